"""``postlint check``: checks post files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from wmp_postlint.checker.options import (
    add_baseline_key,
    add_colour,
    add_config,
    add_policy,
    add_rules,
    add_trust,
    width,
)
from wmp_postlint.checker.terminal import Style, colour_wanted, visible
from wmp_postlint.errors import InputError
from wmp_postlint.finding import Severity

if TYPE_CHECKING:
    from wmp_postlint.audit_log import AuditLog
    from wmp_postlint.checker.config import Config
    from wmp_postlint.checker.output import Format, Out
    from wmp_postlint.linter import Linter


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "Checks drafts (*.post.md, *.posts.jsonl, *.posts.csv ...), folders of them, tables for bulk upload, archives "
        "and exports of platforms, feeds, or standard input (-). What a file is, is told by its content."
    )
    parser.epilog = (
        "Words of posts are shown on a terminal and masked wherever else the output goes; --show-text and --mask say "
        "otherwise. Exit codes: 0 clean; 1 findings that block; 2 wrong call, or something could not be read or looked "
        "at."
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
    add_rules(parser)
    add_trust(parser)
    parser.add_argument(
        "--fail-on",
        choices=[str(severity) for severity in Severity],
        help="the mildest finding that exit code 1 takes (error)",
    )
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 where findings would give 1")
    parser.add_argument(
        "--output-format",
        metavar="FORMAT",
        help="full, concise or html for people; json, jsonl, sarif, junit, github or gitlab for programs (full)",
    )
    parser.add_argument("--output-file", metavar="FILE", help="write there instead of to standard output")
    parser.add_argument("--statistics", action="store_true", help="count by rule, in place of the posts themselves")
    parser.add_argument("--watch", action="store_true", help="check again whenever a file changes")
    parser.add_argument(
        "--ocr",
        action=argparse.BooleanOptionalAction,
        help="read the text that can be seen in pictures too (extra ocr)",
    )
    text = parser.add_mutually_exclusive_group()
    text.add_argument(
        "--show-text", action="store_const", const=True, help="show words and places of posts wherever the output goes"
    )
    text.add_argument("--mask", dest="show_text", action="store_const", const=False, help="mask them on a terminal too")
    parser.add_argument("-q", "--quiet", action="count", default=0, help="no marks; twice: the summary alone")
    parser.add_argument("-v", "--verbose", action="store_true", help="a line for each post")
    parser.add_argument("--lang", metavar="TAG", help="the language of the findings, where the policy pack has it (en)")
    parser.add_argument("--log", metavar="FILE", help="write every decision to this log (postlint log start)")
    parser.add_argument("--baseline", metavar="FILE", help="the findings that are known (postlint baseline create)")
    add_baseline_key(parser)
    add_config(parser)
    add_policy(parser)
    add_colour(parser)


def run(given: argparse.Namespace) -> int:
    """Check the posts and return the exit code."""
    from wmp_postlint.checker.configured import configure, linter_for
    from wmp_postlint.checker.output import names

    config = configure(given, given.paths)
    if given.output_format not in names():
        raise InputError("--output-format", f"expected one of {', '.join(names())}")
    if given.watch and "-" in given.paths:
        raise InputError("--watch", "standard input cannot be watched; name files or folders")
    log = _log(given.log)
    answering = bool(given.baseline or config.settings.per_file_ignores)
    linter = linter_for(
        config,
        given,
        trust_approvals=given.trust_approvals,
        ocr=given.ocr,
        lang=given.lang,
        log=None if answering else log,  # else the log would hold what was decided before the answers
    )
    if not linter.rules:
        raise InputError("rules", "none is left to check with; change --select or --ignore")
    if given.watch:
        from wmp_postlint.checker.watch import watch

        return watch(given.paths, lambda: _once(given, linter, config, log if answering else None))
    return _once(given, linter, config, log if answering else None)


def _once(given: argparse.Namespace, linter: Linter, config: Config, log: AuditLog | None) -> int:
    from datetime import UTC, datetime

    from wmp_postlint.checker.check import FOUND, check
    from wmp_postlint.checker.configured import answers_for, sources_for
    from wmp_postlint.checker.output import Out

    with _opened(given.output_file) as (binary, text):
        out = Out(
            write=binary.write,
            text=text,
            policy=linter.policy,
            rules=linter.rules,
            now=datetime.now(UTC),
            fail_on=Severity(given.fail_on),
            show_text=text.isatty() if given.show_text is None else given.show_text,
            width=width(),
            style=Style(colour_wanted(given.color, text)),
            verbosity=1 if given.verbose else -given.quiet,
            config=config.file,
        )
        answers = answers_for(config, given, linter.policy, log)
        sources = sources_for(config, given.paths, sys.stdin.buffer)
        code = check(sources, linter, _format(given, out), out.fail_on, out.now, answers)
        text.flush()
    if answers is not None and answers.unmet:
        sys.stderr.write(f"postlint: note: {visible(answers.unmet)}\n")
    return 0 if given.exit_zero and code == FOUND else code


def _format(given: argparse.Namespace, out: Out) -> Format:
    from wmp_postlint.checker.output import make

    if given.statistics:
        from wmp_postlint.checker.statistics import Statistics

        made: Format = Statistics(out, as_json=given.output_format not in ("full", "concise"))
    else:
        made = make(given.output_format, out)
    marks = given.output_format == "full" and out.verbosity >= 0 and out.text.isatty() and not given.statistics
    if sys.stderr.isatty() and not marks:
        from wmp_postlint.checker.progress import Progress

        return Progress(made, sys.stderr)
    return made


@contextmanager
def _opened(path: str | None) -> Iterator[tuple[BinaryIO, TextIO]]:
    """Open what the output goes to, as bytes and as text."""
    if path is None:
        yield sys.stdout.buffer, sys.stdout
        return
    try:
        with (
            open(path, "wb") as file,  # noqa: PTH123  a path as it was given
            TextIOWrapper(file, "utf-8", errors="backslashreplace", newline="\n", write_through=True) as text,
        ):
            yield file, text
    except OSError as error:
        raise InputError("--output-file", f"{path} cannot be written: {error.strerror or error}") from None


def _log(path: str | None) -> AuditLog | None:
    if path is None:
        return None
    from wmp_postlint.audit_log import AuditLog

    return AuditLog(Path(path))
