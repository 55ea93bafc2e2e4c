"""``postlint fix``: takes what gives somebody away out of pictures and videos."""

from __future__ import annotations

import argparse
import sys

from wmp_postlint.checker.terminal import visible


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = "Writes copies of pictures and videos without their location; no pixel is touched."
    parser.epilog = "Exit codes: 0 every file is clean now; 2 a file was refused or could not be read, or a wrong call."
    parser.add_argument("paths", nargs="+", metavar="FILE", help="a picture or a video")
    parser.add_argument(
        "--remove",
        choices=("location", "identifying", "all"),
        default="location",
        help="location; also owners, serial numbers and faces; or all metadata (location)",
    )
    parser.add_argument(
        "--output", metavar="PATH", help="where the copy goes, or the folder for several (NAME.clean.EXT)"
    )
    parser.add_argument("--in-place", action="store_true", help="replace the files themselves")


def run(given: argparse.Namespace) -> int:
    """Repair the files."""
    from wmp_postlint.checker.fix import run as fix

    def say(line: str) -> None:
        sys.stdout.write(f"{visible(line)}\n")

    return fix(given.paths, given.remove, say, output=given.output, in_place=given.in_place)
