"""``postlint lsp``: marks posts in an editor while they are written."""

from __future__ import annotations

import argparse

from wmp_postlint.checker.options import add_reading
from wmp_postlint.errors import InputError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "A language server: an editor starts it and talks to it over standard input and output, and it marks what must "
        "not go out while a post is written. Needs the extra lsp."
    )
    parser.add_argument("--stdio", action="store_true", help="taken because some editors give it")
    parser.add_argument("--trust-approvals", action="store_true", help="let unsigned approvals inside the files count")
    add_reading(parser)


def run(given: argparse.Namespace) -> int:
    """Serve one editor until it says that it ends."""
    import gc

    from wmp_postlint.checker.configured import standing_linter

    try:
        from wmp_postlint.checker import language_server
    except ModuleNotFoundError as error:
        raise InputError("lsp", f"needs {error.name}; install it with: pip install 'wmp-postlint[lsp]'") from None
    linter = standing_linter(given, trust_approvals=given.trust_approvals or None)
    # The command line starts without it, and an editor may stay open for weeks.
    gc.enable()
    language_server.make(linter).start_io()
    return 0
