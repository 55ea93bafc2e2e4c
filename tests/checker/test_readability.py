"""What is said to an officer: every finding names its clause, says what to do, and is easy to read."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from readability import grade, syllables
from test_rules import run

import wmp_postlint
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


_SENTENCE = re.compile(r"[A-Z{][^\n]* [^\n]*[.!?]")
_DATA = Path(wmp_postlint.__file__).parent / "data"


def sentences(rule: Rule) -> set[str]:
    """Every sentence that the rule's file or its vocabulary could say, whether an example makes it or not."""
    tree = ast.parse(inspect.getsource(inspect.getmodule(type(rule)) or type(rule)))
    left = set()  # docstrings, examples, and the parts of a text that is put together
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(node.body[0], ast.Expr):
            left.add(node.body[0].value)
        elif (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Flag", "Pass", "Media")
        ):
            left |= {part for part in ast.walk(node) if isinstance(part, ast.expr)}
        elif isinstance(node, ast.JoinedStr):
            left |= set(node.values)
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and node not in left:
            found |= set(text_of(node))
    vocabulary = _DATA / f"{getattr(rule, 'vocabulary', rule.name.replace('-', '_'))}.toml"
    if vocabulary.exists():
        found |= set(messages(tomllib.loads(vocabulary.read_text("utf-8"))))
    return {words for words in found if _SENTENCE.fullmatch(words)}


def text_of(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "it" for part in node.values)


def messages(value: object) -> Iterator[str]:
    """The messages and advice of a vocabulary's readings."""
    if isinstance(value, list):
        for item in value:
            yield from messages(item)
    elif isinstance(value, dict):
        yield from (item for key, item in value.items() if key in ("message", "advice") and isinstance(item, str))
        for item in value.values():
            yield from messages(item)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_a_rule_could_say(rule: Rule) -> None:
    """A sentence is read beside the rule's own message or advice, whichever it does not stand in for."""
    office = POLICY.force.press_office
    found = sentences(rule)
    assert rule.message in found or "\n" in rule.message
    for words in found - {rule.message, rule.advice}:
        hardest = min(
            grade(f"{rule.message} {words}"), grade(f"{words} {rule.advice.replace('{press_office}', office)}")
        )
        assert hardest <= HARDEST, f"{hardest:.1f}: {words}"


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
