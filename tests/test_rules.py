"""Every rule against its own examples, each rule run alone: the examples are the rules' specification."""

from __future__ import annotations

import inspect

import pytest

from wmp_postlint import Document, Flag, Pass, Rule, all_rules, load_policy
from wmp_postlint.checker.hold import post_of, spans_and_text
from wmp_postlint.finding import Finding
from wmp_postlint.rule import Example

POLICY = load_policy()
RULES = all_rules()
CASES = [
    pytest.param(rule, example, id=f"{rule.name}-{index}")
    for rule in RULES
    for index, example in enumerate(rule.examples)
]


def run(rule: Rule, example: Example) -> list[Finding]:
    return list(rule.run(Document(post_of(example), POLICY)))


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example(rule: Rule, example: Example) -> None:
    """A rule finds exactly what its examples mark."""
    spans, _ = spans_and_text(example.marked)
    found = run(rule, example)
    if not isinstance(example, Flag):
        assert [(finding.field, finding.span) for finding in found] == []
        return
    assert found, "the rule does not fire on its own example"
    if spans:
        assert sorted((f.field, f.span.start, f.span.end) for f in found if f.span) == [
            (example.on, start, end) for start, end in spans
        ]
    if example.field is not None:
        assert {finding.field for finding in found} == {example.field}
    if example.severity is not None:
        assert {finding.severity for finding in found} == {example.severity}
    assert spans or example.field, "an example must mark a span or name a field"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_contract(rule: Rule) -> None:
    """A rule documents itself and shows at least three posts on each side."""
    assert len(inspect.getdoc(type(rule)) or "") > 150
    assert sum(isinstance(example, Flag) for example in rule.examples) >= 3
    assert sum(isinstance(example, Pass) for example in rule.examples) >= 3
    assert rule.clauses
    for clause in rule.clauses:
        assert clause in POLICY.clauses, f"{clause} is no clause of the pack"
    for words in (rule.message, rule.advice):
        assert words[0].isupper(), words
        assert words.endswith("."), words
