"""``postlint explain``: explains a rule, or lists those of a family."""

from __future__ import annotations

import argparse
import sys

from wmp_postlint.checker.options import add_colour, add_policy, style_of, width


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = "Explains a rule, or lists a family's."
    parser.add_argument("rule", metavar="FAMILY/RULE", help="the name of a rule or of a family")
    add_policy(parser)
    add_colour(parser)


def run(given: argparse.Namespace) -> int:
    """Explain it."""
    from wmp_postlint.checker import explain
    from wmp_postlint.linter import Linter

    linter = Linter(policy=given.policy)
    for line in explain.explain(given.rule, linter.rules, linter.policy, width(), style_of(given)):
        sys.stdout.write(f"{line}\n")
    return 0
