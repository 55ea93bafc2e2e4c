"""Every rule against its own examples, each rule run alone: the examples are the rules' specification."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from typing import Any

import pytest

from wmp_postlint import Document, Flag, Pass, Post, Rule, all_rules, load_policy
from wmp_postlint.finding import Finding
from wmp_postlint.readers.wire import read_post
from wmp_postlint.rule import Example

POLICY = load_policy()
RULES = all_rules()
CASES = [
    pytest.param(rule, example, id=f"{rule.name}-{index}")
    for rule in RULES
    for index, example in enumerate(rule.examples)
]


def spans_and_text(marked: str) -> tuple[list[tuple[int, int]], str]:
    """Take the marks out of an example: the spans they stood around, and the text without them."""
    spans, text, at = [], "", 0
    for match in re.finditer("«([^»]*)»", marked):
        text += marked[at : match.start()]
        spans.append((len(text), len(text) + len(match.group(1))))
        text += match.group(1)
        at = match.end()
    return spans, text + marked[at:]


def post_of(example: Example) -> Post:
    """Build the post of an example, its marked text put into the field it is for."""
    _, text = spans_and_text(example.marked)
    if example.on == "text":
        return read_post(Post(text, **example.fields))
    post = read_post(Post(**{"text": "", **example.fields}))
    if at := re.fullmatch(r"media\[(\d+)\]\.(\w+)", example.on):
        media = list(post.media)
        changes: dict[str, Any] = {at[2]: text}
        media[int(at[1])] = replace(media[int(at[1])], **changes)
        return replace(post, media=tuple(media))
    holder, _, key = example.on.partition(".")
    return replace(post, **{holder: replace(getattr(post, holder), **{key: text})})


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
