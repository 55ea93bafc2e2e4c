"""``postlint mcp``: lets an assistant that drafts posts check them."""

from __future__ import annotations

import argparse
from pathlib import Path

from wmp_postlint.checker.options import add_reading
from wmp_postlint.errors import InputError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "A server of the Model Context Protocol: an assistant starts it, talks to it over standard input and output, "
        "and it says what must not go out. It writes, keeps and fetches nothing. Needs the extra mcp."
    )
    parser.add_argument("--media", type=Path, metavar="FOLDER", help="let pictures be named that lie in this folder")
    add_reading(parser)


def run(given: argparse.Namespace) -> int:
    """Serve one assistant until it says that it ends."""
    import gc

    from wmp_postlint.checker.configured import standing_linter

    try:
        from wmp_postlint.checker import assistant
    except ModuleNotFoundError as error:
        raise InputError("mcp", f"needs {error.name}; install it with: pip install 'wmp-postlint[mcp]'") from None
    if given.media is not None and not given.media.is_dir():
        raise InputError("--media", "expected a folder that is there")
    linter = standing_linter(given, trust_approvals=False)  # an assistant could write any
    # The command line starts without it, and an assistant may stay for long.
    gc.enable()
    assistant.make(linter, given.media).run()
    return 0
