"""``postlint rules``: lists the rules that are installed."""

from __future__ import annotations

import argparse
import sys

from wmp_postlint.checker.options import add_colour, add_policy, style_of, width


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = "Lists the rules that are installed."
    parser.add_argument(
        "--output-format", choices=("full", "json"), default="full", help="for people or for programs (full)"
    )
    add_policy(parser)
    add_colour(parser)


def run(given: argparse.Namespace) -> int:
    """List them."""
    from wmp_postlint.checker import explain
    from wmp_postlint.linter import Linter

    linter = Linter(policy=given.policy)
    if given.output_format == "json":
        sys.stdout.write(explain.rules_json(linter.rules, linter.policy))
    else:
        for line in explain.rules_table(linter.rules, linter.policy, width(), style_of(given)):
            sys.stdout.write(f"{line}\n")
    return 0
