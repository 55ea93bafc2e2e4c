"""``postlint check``: checks post files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wmp_postlint.checker.options import add_colour, add_policy, add_rules, patterns, style_of, width
from wmp_postlint.errors import InputError
from wmp_postlint.finding import Severity

if TYPE_CHECKING:
    from wmp_postlint.audit_log import AuditLog


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "Checks *.post.json, *.posts.jsonl and *.post.md files, folders of them, or standard input (-)."
    )
    parser.epilog = (
        "Exit codes: 0 clean; 1 findings that block; 2 wrong call, or something could not be read or looked at."
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
    add_rules(parser)
    parser.add_argument("--trust-approvals", action="store_true", help="let unsigned approvals inside the files count")
    parser.add_argument(
        "--fail-on",
        choices=[str(severity) for severity in Severity],
        default="error",
        help="what exit code 1 takes (error)",
    )
    parser.add_argument(
        "--output-format", choices=("full", "json"), default="full", help="for people or for programs (full)"
    )
    parser.add_argument("--ocr", action="store_true", help="read the text that can be seen in pictures too (extra ocr)")
    text = parser.add_mutually_exclusive_group()
    text.add_argument("--mask", action="store_true", help="put stars in place of the posts' words in the full format")
    text.add_argument("--show-text", action="store_true", help="show found words and coordinates in the json format")
    parser.add_argument("-q", "--quiet", action="count", default=0, help="no marks; twice: the summary alone")
    parser.add_argument("-v", "--verbose", action="store_true", help="a line for each post")
    parser.add_argument("--lang", metavar="TAG", help="the language of the findings, where the policy pack has it (en)")
    parser.add_argument("--log", metavar="FILE", help="write every decision to this log (postlint log start)")
    add_policy(parser)
    add_colour(parser)


def run(given: argparse.Namespace) -> int:
    """Check the posts and return the exit code."""
    from wmp_postlint.checker.check import Format, check
    from wmp_postlint.linter import Linter
    from wmp_postlint.readers.files import find

    linter = Linter(
        policy=given.policy,
        select=patterns(given.select),
        ignore=patterns(given.ignore),
        trust_approvals=given.trust_approvals,
        ocr=given.ocr,
        lang=given.lang,
        log=_log(given.log),
    )
    if not linter.rules:
        raise InputError("rules", "none is left to check with; change --select or --ignore")
    to: Format
    if given.output_format == "json":
        from wmp_postlint.checker.json_format import JsonFormat

        to = JsonFormat(sys.stdout.buffer.write, linter.policy, given.show_text)
    else:
        from wmp_postlint.checker.details import Sheet
        from wmp_postlint.checker.full import FullFormat

        sheet = Sheet(linter.policy, width(), style_of(given), given.mask)
        to = FullFormat(sys.stdout, sheet, 1 if given.verbose else -given.quiet)
    return check(find(given.paths, sys.stdin.buffer), linter, to, Severity(given.fail_on))


def _log(path: str | None) -> AuditLog | None:
    if path is None:
        return None
    from wmp_postlint.audit_log import AuditLog

    return AuditLog(Path(path))
