"""What is said to an officer: every finding names its clause, says what to do, and is easy to read."""

from __future__ import annotations

import inspect

import pytest
from readability import grade, syllables
from test_rules import run

from wmp_postlint import Flag, Rule, all_rules, load_policy

POLICY = load_policy()
HARDEST = 9.0
RULES = all_rules()


def said(rule: Rule) -> set[tuple[str, str, tuple[str, ...]]]:
    """What a rule says: its own words, and those of the findings of its examples."""
    found = {(rule.message, rule.advice, rule.clauses)}
    for example in rule.examples:
        if isinstance(example, Flag):
            found |= {(finding.message, finding.advice, finding.clauses) for finding in run(rule, example)}
    office = POLICY.force.press_office
    return {
        (message.replace("{press_office}", office), advice.replace("{press_office}", office), clauses)
        for message, advice, clauses in found
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_a_rule_says(rule: Rule) -> None:
    for message, advice, clauses in said(rule):
        words = f"{message} {advice}"
        assert grade(words) <= HARDEST, f"{grade(words):.1f}: {words}"
        assert clauses
        assert all(clause in POLICY.clauses for clause in clauses), clauses
        assert message.rstrip()[-1] in ".!?"
        assert advice.rstrip()[-1] in ".!?"
        assert len(advice.split()) >= 2
        assert message != advice
        # Words of programmers, which no officer uses.
        for foreign in ("regex", "string", "null", "metadata block", "span", "payload", "boolean", "exception"):
            assert foreign not in words.lower().split()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_fixes_say_what_they_do(rule: Rule) -> None:
    for example in rule.examples:
        if isinstance(example, Flag):
            for fix in (fix for finding in run(rule, example) for fix in finding.fixes):
                assert grade(fix.description) <= HARDEST + 3, fix.description  # a single short sentence
                assert fix.description.endswith(".")


def test_every_rule_has_its_page() -> None:
    assert all(inspect.getdoc(type(rule)) for rule in RULES)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("police", 2), ("the", 1), ("take", 1), ("people", 2), ("somebody", 3), ("address", 2), ("officer", 3),
        ("agreement", 3), ("communications", 5), ("number", 2), ("publish", 2), ("corporate", 3), ("houses", 2),
        ("wanted", 2), ("asked", 1), ("little", 2), ("file", 1), ("files", 1), ("area", 3), ("vehicle", 3),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_grades_are_those_of_the_formula() -> None:
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    hard = "Notwithstanding the aforementioned considerations, dissemination necessitates authorisation."
    assert grade(hard) > 20
