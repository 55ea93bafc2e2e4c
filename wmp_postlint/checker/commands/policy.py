"""``postlint policy``: packs validated, shown, compared, held to their example posts, and set as a table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from wmp_postlint.checker.terminal import visible

if TYPE_CHECKING:
    from wmp_postlint.linter import Linter
    from wmp_postlint.packs import PackName

_ACTIONS = {
    "validate": "check a pack and its examples",
    "show": "print a pack",
    "diff": "compare two packs",
    "test": "run a pack's example posts",
    "table": "print every clause with its rules, as Markdown",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = "Looks at policy packs: bundled ones, installed ones, and TOML files."
    actions = parser.add_subparsers(title="actions", dest="action", required=True, metavar=" | ".join(_ACTIONS))
    made = {
        name: actions.add_parser(name, help=words, description=f"{words.capitalize()}.")
        for name, words in _ACTIONS.items()
    }
    for name, action in made.items():
        if name == "diff":
            action.add_argument("pack", metavar="OLD", help="a pack's name or a TOML file")
            action.add_argument("other", metavar="NEW", help="a pack's name or a TOML file")
        else:
            action.add_argument("pack", nargs="?", default=None, metavar="PACK", help="a pack's name or a TOML file")
    made["show"].add_argument("--resolved", action="store_true", help="laid over what it extends, with origins")
    made["validate"].epilog = "Exit codes: 0 nothing that must be mended; 1 something must be; 2 it cannot be read."
    made["diff"].epilog = "Exit codes: 0 they are alike; 1 they differ; 2 one cannot be read."
    made["test"].epilog = "Exit codes: 0 every post is as expected; 1 one is not, or there are none; 2 wrong call."


def run(given: argparse.Namespace) -> int:
    """Do what is asked and return the exit code."""
    pack = _named(given.pack)
    if given.action == "diff":
        return _diff(pack, _named(given.other))
    return {"validate": _validate, "show": _show, "test": _test, "table": _table}[given.action](pack, given)


def _validate(pack: PackName, given: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from wmp_postlint.checker.policy_check import remarks
    from wmp_postlint.finding import Severity

    linter = _linter(pack)
    counts = dict.fromkeys(Severity, 0)
    for remark in remarks(pack, linter, datetime.now(UTC).date()):
        counts[remark.severity] += 1
        _say(f"{remark.severity}: {pack}: {remark.where}: {remark.message}")
    said = ", ".join(f"{number} {severity}" for severity, number in counts.items() if number) or "nothing to mend"
    _say(f"{linter.policy.id} {linter.policy.version}: {len(linter.rules)} rules, {said}")
    return 1 if counts[Severity.ERROR] else 0


def _show(pack: PackName, given: argparse.Namespace) -> int:
    from wmp_postlint.checker.policy_show import resolved_toml
    from wmp_postlint.packs import source_of

    lines: Iterable[str] = source_of(pack).decode("utf-8", "replace").splitlines()
    if given.resolved:
        _linter(pack)  # what cannot be used is not shown as if it could
        lines = resolved_toml(pack)
    for line in lines:
        _say(line)
    return 0


def _diff(one: PackName, other: PackName) -> int:
    from wmp_postlint.checker.policy_show import differences, severity_differences

    old, new = _linter(one), _linter(other)
    lines = [*differences(one, other), *severity_differences(new.rules, old.policy, new.policy)]
    for line in lines:
        _say(line)
    return 1 if lines else 0


def _test(pack: PackName, given: argparse.Namespace) -> int:
    from wmp_postlint.checker.hold import broken_examples, broken_posts, count_posts
    from wmp_postlint.checker.policy_check import EXAMPLES
    from wmp_postlint.packs import beside
    from wmp_postlint.patterns import pattern_rules

    linter, path = _linter(pack), beside(pack, EXAMPLES)
    patterns = pattern_rules(linter.policy)
    problems = [f"{rule.name}: {problem}" for rule in patterns for problem in broken_examples(rule, linter.policy)]
    problems += broken_posts(path, linter) if path else []
    for problem in problems:
        _say(problem)
    posts, shown = (count_posts(path) if path else 0), sum(len(rule.examples) for rule in patterns)
    _say(f"{posts} example posts, {shown} examples of patterns: {len(problems) or 'none'} not as expected")
    return 1 if problems or not posts + shown else 0


def _table(pack: PackName, given: argparse.Namespace) -> int:
    from wmp_postlint.checker.policy_table import policy_table

    linter = _linter(pack)
    for line in policy_table(linter.rules, linter.policy, f"postlint policy table {pack}"):
        _say(line)
    return 0


def _named(pack: str | None) -> PackName:
    from wmp_postlint.policy import DEFAULT_PACK

    if pack is None:
        return DEFAULT_PACK
    return Path(pack) if "/" in pack or pack.endswith(".toml") else pack


def _linter(pack: PackName) -> Linter:
    from wmp_postlint.linter import Linter

    return Linter(policy=pack)


def _say(line: str) -> None:
    sys.stdout.write(f"{visible(line)}\n")
