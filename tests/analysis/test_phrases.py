"""Phrases of vocabulary files: edges of words, order, blanking, slots."""

from __future__ import annotations

import re

import pytest

from wmp_postlint.analysis.phrases import Phrases, fill


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("do(?:n't| not) go", "Do not  go there"),
        ("colou?rs?", "COLOR"),
        ("(?:a|an|the)? ?wanted {who}", "the WANTED\nman"),
        ("a{2,3}b+c", "aabbc"),
        ("[ab]cd|efg?", "ef"),
        (r"(?-i:[A-Z])\w+ was here", "Jane was here"),
        ("#?missing ?[|:]", "#Missing|"),
    ],
)
def test_a_match_is_never_ruled_out(source: str, text: str) -> None:
    match = Phrases((source,), {"who": "(?:m[ae]n|women)"}).search(text)
    assert match is not None
    assert match.group() == text.removesuffix(" there")


def test_matches_come_in_order_without_overlap() -> None:
    phrases = Phrases(("have you seen", "you seen him", "him", "seen"))
    assert [m.group() for m in phrases.finditer("have you seen him? him!")] == ["have you seen", "him", "him"]


def test_a_match_ends_at_the_edge_of_a_word() -> None:
    assert Phrases(("man",)).search("management of a manor") is None
    assert Phrases(("wanted ?:",)).search("WANTED:Tom") is not None


def test_blanking_keeps_every_place() -> None:
    text = Phrases(("missing out", "out")).blank("missing out, out on it")
    assert len(text) == len("missing out, out on it")
    assert re.findall(r"\w+", text) == ["on", "it"]


def test_an_unknown_slot_is_an_error() -> None:
    with pytest.raises(KeyError):
        Phrases(("missing {nobody}",))


def test_slots_may_refer_to_each_other() -> None:
    assert fill(r"a{who}\d{2,3}", {"who": "(?:{him}|her)", "him": "his?"}) == r"a(?:his?|her)\d{2,3}"
    assert not Phrases(("missing man",)).possible("a missing dog")
