"""``postlint lsp``: marks posts in an editor while they are written."""

from __future__ import annotations

import argparse

from wmp_postlint.checker.options import add_policy, add_rules
from wmp_postlint.errors import InputError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "A language server: an editor starts it and talks to it over standard input and output, and it marks what must "
        "not go out while a post is written. Needs the extra lsp."
    )
    parser.add_argument("--stdio", action="store_true", help="taken because some editors give it")
    parser.add_argument("--trust-approvals", action="store_true", help="let unsigned approvals inside the files count")
    parser.add_argument("--ocr", action="store_true", help="read the text that can be seen in pictures too (extra ocr)")
    parser.add_argument("--lang", metavar="TAG", help="the language of the findings, where the policy pack has it (en)")
    add_rules(parser)
    add_policy(parser)


def run(given: argparse.Namespace) -> int:
    """Serve one editor until it says that it ends."""
    import gc

    from wmp_postlint.checker.config import config_for
    from wmp_postlint.checker.configured import linter_for

    try:
        from wmp_postlint.checker import language_server
    except ModuleNotFoundError as error:
        raise InputError("lsp", f"needs {error.name}; install it with: pip install 'wmp-postlint[lsp]'") from None
    config = config_for(("-",))
    linter = linter_for(
        config,
        given,
        trust_approvals=given.trust_approvals or config.settings.trust_approvals,
        ocr=given.ocr or config.settings.ocr,
        lang=given.lang or config.settings.lang,
    )
    if not linter.rules:
        raise InputError("rules", "none is left to check with; change --select or --ignore")
    # The command line starts without it, and an editor may stay open for weeks.
    gc.enable()
    language_server.make(linter).start_io()
    return 0
