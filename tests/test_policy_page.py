"""``docs/policy.md``: every clause has a rule or a reason, and the page is what the command makes of them."""

from __future__ import annotations

from pathlib import Path

import wmp_postlint
from wmp_postlint import Linter, load_policy
from wmp_postlint.checker.policy_table import by_clause, policy_table, uncovered

PAGE = Path(wmp_postlint.__file__).parents[1] / "docs" / "policy.md"
# The clauses of CC/01 v1.5: how many each numbered section has; the sections after them count as one each.
SECTIONS = {1: 2, 2: 4, 3: 14, 4: 24, 5: 8, 6: 12}
WHOLE = range(7, 14)


def test_the_pack_holds_every_clause_of_the_policy() -> None:
    clauses = {f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)}
    assert load_policy().clauses.keys() == clauses | {str(section) for section in WHOLE}


def test_every_clause_has_a_rule_or_the_reason_why_none() -> None:
    linter = Linter()
    assert uncovered(linter.rules, linter.policy) == []
    assert all(len(reason) > 20 for reason in linter.policy.undecidable.values())


def test_every_rule_stands_under_a_clause() -> None:
    linter = Linter()
    listed = {rule.name for rules in by_clause(linter.rules, linter.policy).values() for rule in rules}
    assert listed == {rule.name for rule in linter.rules}


def test_the_page_is_up_to_date() -> None:
    linter = Linter()
    made = "\n".join(policy_table(linter.rules, linter.policy, "postlint policy table west-midlands")) + "\n"
    assert PAGE.read_text("utf-8") == made, "run `make policy` after a change of rules or pack"
