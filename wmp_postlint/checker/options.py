"""Options that several commands take, and what they mean."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from wmp_postlint.checker.terminal import Style, colour_wanted


def add_policy(parser: argparse.ArgumentParser) -> None:
    """Add ``--policy``."""
    parser.add_argument(
        "--policy", metavar="NAME|FILE", help="a bundled or installed policy pack, or a TOML file (west-midlands)"
    )


def add_colour(parser: argparse.ArgumentParser) -> None:
    """Add ``--color``."""
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="whether to colour (auto)")


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Add ``--select`` and ``--ignore``."""
    parser.add_argument("--select", action="append", metavar="RULES", help="run only these rules, families or patterns")
    parser.add_argument(
        "--ignore", action="append", metavar="RULES", help="leave out these rules, families or patterns"
    )


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add ``--ocr`` and ``--lang``, and the rules and the policy, for commands that lint as long as they are asked."""
    parser.add_argument("--ocr", action="store_true", help="read the text that can be seen in pictures too (extra ocr)")
    parser.add_argument("--lang", metavar="TAG", help="the language of the findings, where the policy pack has it (en)")
    add_rules(parser)
    add_policy(parser)


def add_config(parser: argparse.ArgumentParser) -> None:
    """Add ``--config`` and ``--no-config``."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--config", metavar="FILE", help="this configuration, instead of the one found by the files")
    which.add_argument("--no-config", action="store_true", help="read no configuration file")


def add_trust(parser: argparse.ArgumentParser) -> None:
    """Add ``--trust-approvals``."""
    parser.add_argument(
        "--trust-approvals",
        action=argparse.BooleanOptionalAction,
        help="let unsigned approvals inside the files count",
    )


def add_baseline_key(parser: argparse.ArgumentParser) -> None:
    """Add ``--baseline-key``."""
    parser.add_argument(
        "--baseline-key", metavar="FILE", help="the baseline's key (POSTLINT_BASELINE_KEY, or BASELINE.key)"
    )


def patterns(values: Sequence[str] | None) -> list[str] | None:
    """Return the patterns of an option that may be repeated and hold lists with commas; None where it was not given."""
    if values is None:
        return None
    return [pattern.strip() for value in values for pattern in value.split(",") if pattern.strip()]


def style_of(given: argparse.Namespace) -> Style:
    """Return the colours that ``--color``, the environment and standard output ask for."""
    return Style(colour_wanted(given.color, sys.stdout))


def width() -> int:
    """Return how many cells a line of the terminal has, at least 20."""
    # What shutil does, without the archive formats that it brings with it.
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return max(20, int(columns))
    try:
        return max(20, os.get_terminal_size(sys.__stdout__.fileno()).columns)  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 80


class Help(argparse.HelpFormatter):
    """Lays help out for the terminal."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=width() - 2)
