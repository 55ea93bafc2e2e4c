"""Where a text carries a marking: level, reach, and case as the discriminator."""

from __future__ import annotations

import pytest

from wmp_postlint import Document, Post, load_policy
from wmp_postlint.analysis.markings import Marking, markings


def read(text: str) -> tuple[Marking, ...]:
    document = Document(Post(text), load_policy())
    return markings(document, document.surfaces[0])


@pytest.mark.parametrize(
    ("marked", "level", "released"),
    [
        ("OFFICIAL", "official", False),
        ("OFFICIAL - FOR PUBLIC RELEASE", "official", True),
        ("OFFICIAL-SENSITIVE - PERSONAL", "sensitive", False),
        ("RESTRICTED - STAFF", "higher", False),
        ("TOP SECRET STRAP1", "higher", False),
        ("NOT PROTECTIVELY MARKED", "unmarked", True),
        ("Protective Marking: Official Sensitive", "sensitive", False),
        ("[UNCLASSIFIED]", "unmarked", True),
    ],
)
def test_level_and_reach(marked: str, level: str, released: bool) -> None:
    (marking,) = read(f"{marked}\nThe team meets at nine.")
    assert (marking.start, marking.end) == (0, len(marked))
    assert (marking.level, marking.released) == (level, released)


def test_header_and_footer_are_two_markings() -> None:
    assert [marking.start for marking in read("OFFICIAL\nThe team meets at nine.\nOFFICIAL")] == [0, 33]


@pytest.mark.parametrize("word", ["official", "Official", "restricted", "confidential", "secret", "protect"])
def test_a_word_in_ordinary_letters_is_no_marking(word: str) -> None:
    assert read(f"The {word} thing is here.") == ()
    assert read(f"{word} thing: here.") == ()
