"""``postlint baseline``: the findings that an archive had when the checker was adopted."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import UTC, datetime

from wmp_postlint.checker.options import add_baseline_key, add_config, add_policy, add_rules, add_trust
from wmp_postlint.checker.terminal import visible

_ACTIONS = {
    "create": "note down the findings that there are",
    "update": "let go of findings that are gone",
    "show": "count the findings by rule",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "Keeps a baseline: the findings that posts had when the checker was adopted. With postlint check --baseline "
        "FILE only others count."
    )
    actions = parser.add_subparsers(title="actions", dest="action", required=True, metavar=" | ".join(_ACTIONS))
    for name, words in _ACTIONS.items():
        action = actions.add_parser(name, help=words, description=f"{words.capitalize()}.")
        action.add_argument("baseline", metavar="FILE", help="the baseline")
        if name == "show":
            action.add_argument("--json", action="store_true", help="as JSON")
            continue
        action.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
        if name == "update":
            action.add_argument("--accept-new", action="store_true", help="also take in findings that are new")
        action.epilog = "Exit codes: 0 done; 2 wrong call, or something could not be looked at, and so is not in it."
        add_baseline_key(action)
        add_trust(action)
        add_rules(action)
        add_config(action)
        add_policy(action)


def run(given: argparse.Namespace) -> int:
    """Do what is asked and return the exit code."""
    if given.action == "show":
        return _show(given)
    from wmp_postlint.checker.answers import Answers
    from wmp_postlint.checker.baseline import KEY_VARIABLE, Baseline
    from wmp_postlint.checker.check import outcomes
    from wmp_postlint.checker.configured import configure, linter_for, sources_for

    config = configure(given, given.paths)
    linter = linter_for(config, given, trust_approvals=given.trust_approvals, ocr=config.settings.ocr)
    new = given.action == "create"
    if new:
        ref = linter.policy.ref
        baseline = Baseline.new(given.baseline, f"{ref.id} {ref.version}", given.baseline_key)
    else:
        baseline = Baseline.read(given.baseline, given.baseline_key)
    answers = Answers(
        linter.policy,
        per_file=config.settings.per_file_ignores,
        folder=config.folder,
        source=config.file or "",
        baseline=baseline,
    )
    unread = 0
    for outcome in outcomes(sources_for(config, given.paths, sys.stdin.buffer), linter, datetime.now(UTC), answers):
        unread += outcome.unchecked
    gone, fresh = baseline.unmet, baseline.fresh
    accept = new or given.accept_new
    baseline.update(accept_new=accept)
    baseline.write()
    _say(f"{given.baseline}: {sum(baseline.counts.values())} findings are known now")
    if gone:
        _say(f"  {gone} that were not met were let go")
    if fresh and not new:
        _say(f"  {fresh} new {'were taken in' if accept else 'ones stay open; --accept-new takes them in'}")
    if answers.unanswerable:
        _say(f"  {answers.unanswerable} stay open: the policy pack lets nothing answer them")
    if unread:
        _say(f"  {unread} posts could not be read or wholly looked at; see postlint check")
    if new and not given.baseline_key and not os.environ.get(KEY_VARIABLE):
        _say(f"Its key is {given.baseline}.key: keep it out of the repository; in CI give it as {KEY_VARIABLE}.")
    return 2 if unread else 0


def _show(given: argparse.Namespace) -> int:
    from wmp_postlint.checker.baseline import show

    policy, counts = show(given.baseline)
    if given.json:
        found = {"version": 1, "policy": policy, "findings": sum(counts.values()), "rules": counts}
        sys.stdout.write(json.dumps(found) + "\n")
        return 0
    for rule, count in counts.items():
        _say(f"{count:>7}  {rule}")
    _say(f"{sum(counts.values())} findings, made under {policy}")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{visible(line)}\n")
