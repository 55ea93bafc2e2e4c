"""What all rules about personal data, save that about names, say of several hundred ordinary posts of a force."""

from __future__ import annotations

import pytest
from personal_data_checks import findings, ordinary_posts

from wmp_postlint import Rule, Severity, all_rules

FAMILY = [rule for rule in all_rules() if rule.name.startswith("personal-data/")]
RULES = [rule for rule in FAMILY if not rule.name.endswith("/person-name")]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_ordinary_posts_pass(rule: Rule) -> None:
    flagged = [post for post in ordinary_posts() if any(f.severity >= Severity.WARNING for f in findings(rule, post))]
    assert flagged == []
