"""Slips of the pen: what is followed, what is an ordinary word, and what a text makes of them."""

from __future__ import annotations

import pytest

from wmp_postlint import Document, Finding, Post, Severity, all_rules, load_policy
from wmp_postlint.analysis.slips import followed, slips

RULES = [rule for rule in all_rules() if rule.name.startswith("disrepute/")]


def findings(text: str) -> list[Finding]:
    document = Document(Post(text), load_policy())
    return [finding for rule in RULES for finding in rule.run(document)]


def test_swapped_dropped_and_parted() -> None:
    made = {slip for slip, _ in slips({"wanker"}, frozenset())}
    assert {"wnaker", "wankre", "wankr", "wank er"} <= made
    assert "waker" not in made  # a word of its own
    assert all(slip[0] == "w" for slip in made)


def test_an_ordinary_word_is_no_slip() -> None:
    assert "bitches" in followed()
    assert "bicthes" in {slip for slip, _ in slips({"bitches"}, frozenset())}
    assert "bicthes" not in {slip for slip, _ in slips({"bitches"}, frozenset({"bicthes"}))}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What a wnaker he is.", "wnaker"),
        ("You bsatard", "bsatard"),
        ("He is a was ter, that fagg ot.", "fagg ot"),
        ("Total bulllshit and bullsht.", "bullsht"),
        ("Go home you fa-ggots", "fa-ggots"),
    ],
)
def test_a_slip_is_found_where_it_stands(text: str, found: str) -> None:
    assert found in {
        text[f.span.start : f.span.end] for f in findings(text) if f.span and f.severity >= Severity.WARNING
    }


@pytest.mark.parametrize(
    "text",
    [
        "King Cnut held court in Shift Street.",
        "The SLT and the CNT met.",
        "It's punk, it's hit parade, it s hit the shops.",
        "Those who re-offend are sent back.",
        "Batches of honey, a horse, a carp and mining gear were stolen.",
        "Mr Wnaker of Bsatard Lane",
        "Pass the pi key to the coo nest.",
    ],
)
def test_names_initials_and_ordinary_words_are_left(text: str) -> None:
    assert [f for f in findings(text) if f.severity >= Severity.WARNING] == []


@pytest.mark.parametrize(("text", "found"), [("those whitefaggots left", "faggots"), ("allniggers out", "niggers")])
def test_words_run_together(text: str, found: str) -> None:
    assert found in {text[f.span.start : f.span.end] for f in findings(text) if f.span}


@pytest.mark.parametrize(
    "text", ["Bitchfield is closed", "fire retardant foam", "a weathercock in Pakistan", "shitake soup"]
)
def test_compounds_and_places_are_left(text: str) -> None:
    assert [f for f in findings(text) if f.severity >= Severity.WARNING] == []


@pytest.mark.parametrize("written", ["sh1t", "f.u.c.k", "w@nker", "b!tch", "a$$hole", "f u c k", "fuuuck", "𝓯𝓾𝓬𝓴"])
@pytest.mark.parametrize("frame", ["He said {}!", "({}), really", "So {}... or not", "{}!!"])
def test_a_disguised_word_ends_before_the_punctuation_that_follows(written: str, frame: str) -> None:
    text = frame.format(written)
    start = text.index(written)
    assert (start, start + len(written)) in {(f.span.start, f.span.end) for f in findings(text) if f.span}
