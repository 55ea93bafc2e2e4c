"""Rules that read cues, and others with invented posts of their own, held to those posts."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from case_posts import FOLDER, Case, CasePosts, label

from wmp_postlint import Rule, all_rules
from wmp_postlint.finding import Severity

RANK = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


def posts() -> Iterator[tuple[Rule, Case]]:
    """Each post with the rule that it was written for; posts of other rules of the family are left out."""
    rules = {rule.name: rule for rule in all_rules()}
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            if rule := rules.get(f"{path.stem}/{case.get('for')}"):
                yield rule, case


POSTS = [pytest.param(rule, case, id=f"{rule.name}-{label(case)}") for rule, case in posts()]


@pytest.mark.parametrize(("rule", "case"), POSTS)
def test_post(rule: Rule, case: Case) -> None:
    """A post is found at its severity, or left alone."""
    found = CasePosts(rule, rule.name.partition("/")[0]).findings(
        case["text"], case.get("on", "text"), **case.get("post", {})
    )
    if not case["expect"]:
        assert found == []
        return
    assert found
    assert max(found, key=lambda finding: RANK[finding.severity]).severity == case.get("severity", "error")


def test_every_family_has_hard_negatives() -> None:
    by_rule: dict[str, list[bool]] = {}
    for rule, case in posts():
        by_rule.setdefault(rule.name, []).append(bool(case["expect"]))
    for name, expected in by_rule.items():
        assert sum(not found for found in expected) >= len(expected) // 4, name
