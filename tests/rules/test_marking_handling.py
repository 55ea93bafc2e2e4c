"""Handling instructions: recall and false alarms on invented posts."""

from __future__ import annotations

import pytest
from case_posts import Case, CasePosts, label

_module = pytest.importorskip("wmp_postlint.rules.marking.handling")
POSTS = CasePosts(_module.Handling(), "marking")
findings = POSTS.findings


@pytest.mark.parametrize("case", POSTS.wanted, ids=label)
def test_recall(case: Case) -> None:
    POSTS.check_found(case)


@pytest.mark.parametrize("case", POSTS.innocent, ids=label)
def test_no_false_alarm(case: Case) -> None:
    POSTS.check_silent(case)


@pytest.mark.parametrize(
    "unit", ["a", "not for ", "intel ", "handling code ", "TLP:", "do not share ", "EMBARGO ", "5x5x5 "]
)
def test_awkward_repeats_do_not_hang(unit: str) -> None:
    POSTS.check_repeats(unit)


def test_one_finding_covers_a_marking_with_its_instruction() -> None:
    assert findings("OFFICIAL - HMG USE ONLY\nTimings") == []
    assert findings("OFFICIAL-SENSITIVE TLP:AMBER\nTimings") == []


def test_codes_need_intelligence_beside_them() -> None:
    for innocent in ("Seen on the A45 and the A41", "Lives in B24", "Bay 1AP", "A grade E41 light bulb was nicked"):
        assert findings(innocent) == []
    for coded in ("Intel: E41", "intelligence (B 2 4)", "graded 1/A/P", "3x5x2 intel report 2CC"):
        assert findings(coded), coded


FAR = "and then nothing else happened for a good long while on that quiet day when nobody was there at all, "


def spans(text: str) -> list[tuple[str, str]]:
    return [(text[f.span.start : f.span.end], str(f.severity)) for f in findings(text) if f.span]


def test_an_embargo_on_trade_is_none() -> None:
    assert findings("Arms trade embargo until Friday") == []
    assert findings("Morning all. Arms trade embargo until Friday") == []
    assert spans("Embargo until 10am Friday") == [("Embargo until", "error")]
    assert spans(f"An arms {FAR}embargo until 10am") == [("embargo until", "error")]


def test_a_sign_stands_near_the_words() -> None:
    assert findings("In the bays it is for police use only") == []
    assert spans(f"In the bays {FAR}for police use only") == [("for police use only", "error")]
    assert spans(f"For police use only {FAR}in the bays") == [("For police use only", "error")]


def test_each_instruction_is_found() -> None:
    assert spans("TLP:AMBER Not for onward transmission. FOR PUBLIC RELEASE") == [
        ("TLP:AMBER", "error"),
        ("Not for onward transmission", "error"),
        ("FOR PUBLIC RELEASE", "info"),
    ]
