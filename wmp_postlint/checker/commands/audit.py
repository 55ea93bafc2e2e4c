"""``postlint audit``: checks a whole archive into a folder of results, by all cores; a killed run can go on."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from wmp_postlint.checker.options import add_policy, add_rules, patterns
from wmp_postlint.checker.progress import duration
from wmp_postlint.errors import InputError

if TYPE_CHECKING:
    from wmp_postlint.scale.audit import Progress

# Seconds between two lines of progress: on a terminal one line is drawn anew, elsewhere each stays.
_REST, _REST_IN_A_FILE = 0.2, 60.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "Checks an archive of X or another platform, JSONL, CSV or Parquet, and writes the findings as Parquet by "
        "month and a summary as one page. The same call goes on where a killed one stopped. Needs the extra arrow."
    )
    parser.epilog = (
        "Exit codes: 0 clean; 1 posts that block; 2 wrong call, or something could not be read or looked at, which the "
        "summary counts."
    )
    parser.add_argument("source", metavar="SOURCE", help="a file, a folder, or an archive as it was given out")
    parser.add_argument("--out", required=True, metavar="DIR", help="the folder for the results")
    parser.add_argument("--workers", type=_count, metavar="N", help="how many processes (as many as cores)")
    parser.add_argument("--ocr", action="store_true", help="read the text that can be seen in pictures too (extra ocr)")
    parser.add_argument(
        "--details", action="store_true", help="keep whole reports, which may hold personal data such as coordinates"
    )
    parser.add_argument(
        "--leave-out", action="append", default=[], metavar="COLUMN", help="columns of Parquet to ignore"
    )
    add_rules(parser)
    add_policy(parser)


def run(given: argparse.Namespace) -> int:
    """Run the audit and return the exit code."""
    if importlib.util.find_spec("pyarrow") is None:
        raise InputError("audit", "needs pyarrow; install it with: pip install 'wmp-postlint[arrow]'")
    from wmp_postlint.scale.audit import audit

    figures = audit(
        given.source,
        Path(given.out),
        policy=given.policy,
        select=patterns(given.select),
        ignore=patterns(given.ignore),
        workers=given.workers,
        ocr=given.ocr,
        details=given.details,
        leave_out=given.leave_out,
        told=_teller(sys.stderr),
    )
    verdicts = figures["verdicts"]
    counts = f"{verdicts['block']} block, {verdicts['review']} to look at, {verdicts['pass']} pass"
    print(f"{figures['posts']} posts: {counts}; see {Path(given.out) / 'summary.html'}")
    if figures["not looked at"]:
        print(f"not wholly looked at: {sum(figures['not looked at'].values())} errors, counted in the summary")
        return 2
    return 1 if verdicts["block"] else 0


def _teller(out: TextIO) -> Callable[[Progress], None]:
    terminal = out.isatty()
    rest = _REST if terminal else _REST_IN_A_FILE
    last = monotonic()

    def tell(progress: Progress) -> None:
        nonlocal last
        if monotonic() - last < rest:
            return
        last = monotonic()
        out.write(f"\r\x1b[K{_line(progress)}" if terminal else f"{_line(progress)}\n")
        out.flush()

    return tell


def _line(progress: Progress) -> str:
    rate = progress.posts / max(progress.seconds, 1e-6)
    # What an earlier run did took no time of this one: the share is counted from where this one began.
    share = progress.share - progress.before
    left = progress.seconds / share * (1 - progress.share) if share > 0 else None
    rest = f", {duration(left)} left" if left is not None else ""
    return f"{progress.share:.0%}, {progress.posts} posts, {rate:.0f} a second{rest}"


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1024:
        raise argparse.ArgumentTypeError("expected a number of processes from 1 to 1024")
    return int(text)
