"""People's names in whole posts, as the rule gives them: model, vocabulary, and who is named.

The posts in ``cases/person_name*.txt`` are invented; «» mark the names of people.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from wmp_postlint import Document, Post, Severity, load_policy
from wmp_postlint.rules.personal_data.person_name import PersonName

CASES = Path(__file__).parent / "cases"
RULE = PersonName()


def marked(post: str) -> tuple[str, list[tuple[int, int]]]:
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"«(.*?)»", post):
        start = match.start() - 2 * len(spans)
        spans.append((start, start + len(match.group(1))))
    return re.sub("[«»]", "", post), spans


@cache
def findings(text: str) -> tuple[tuple[int, int, Severity], ...]:
    found = RULE.run(Document(Post(text), load_policy()))
    return tuple((f.span.start, f.span.end, f.severity) for f in found if f.span is not None)


def posts(name: str) -> list[str]:
    return (CASES / f"{name}.txt").read_text("utf-8").splitlines()


def test_police_posts_that_name_somebody_are_told_from_those_that_do_not() -> None:
    judged = [(bool(spans), bool(findings(text))) for text, spans in map(marked, posts("person_name"))]
    named = sum(wanted for wanted, _ in judged)
    found = sum(wanted and got for wanted, got in judged)
    false = sum(got and not wanted for wanted, got in judged)
    assert found / named >= 0.96
    assert found / (found + false) >= 0.94


def test_the_stretches_of_the_names_are_exact() -> None:
    wanted = exact = 0
    for text, spans in map(marked, posts("person_name")):
        wanted += len(spans)
        exact += len(set(spans) & {(start, end) for start, end, _ in findings(text)})
    assert exact / wanted >= 0.92


@pytest.mark.parametrize("case", posts("person_name_bearers"))
def test_who_is_named_decides_how_grave_it_is(case: str) -> None:
    severity, _, post = case.partition("|")
    text, spans = marked(post)
    assert list(findings(text)) == [(start, end, Severity(severity)) for start, end in spans]


@pytest.mark.parametrize(
    "post",
    [
        # Hard negatives beside positives: a brand that is a name, an animal's keeper, a band, a piece of a handle.
        "«Sunita Kaur», a dog walker, found the knife.",
        "Thanks to «Sunita Kaur» and her team.\nTesco Express, Walsall",
        "Well done team «Sunita Kaur»!",
        "«Paul Smith» has been arrested again.",
        "Found dog! Biscuit was on the Hagley Road.",
        "Hellooooooo Walsall!",
        "RT Craig_WMP: road closed.",
        "Zeus had a busy night in Tipton #K9",
        "PC «Sunita Kaur» had a busy night in Tipton #K9",
        "John Lewis in Solihull was robbed.",
        "«John Lewis», 34, was jailed for six years.",
        "Rob and steal? Expect a cell.",
        "«Rob» and «Sunita»'s brother spoke to us.",
        "Eid Al Fitr Mubarak to all.",
        "They got a nick for it.",
        "Home Secretary «Amelia Trent» met us.",
        "Caution: Mr Whippy vans on the High Street.",
    ],
)
def test_what_stands_beside_a_name(post: str) -> None:
    text, spans = marked(post)
    assert [(start, end) for start, end, _ in findings(text)] == spans
