"""Words cut into pieces: the longest that fit, and what no piece holds."""

from __future__ import annotations

import pytest

from wmp_postlint.analysis import subwords
from wmp_postlint.analysis.subwords import END, UNKNOWN, Subwords

LINES = ["[UNK]", "[SEP]", "po", "police", "##lice", "##lic", "p", "##o", "##r", "-", "\U0001f600", "cafe"]


@pytest.fixture
def cut() -> Subwords:
    return Subwords.of("\n".join(LINES) + "\n")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("police", [3]),
        ("  Police \n PO", [3, 2]),
        ("polices", [3, UNKNOWN]),
        ("polic", [2, 5]),
        ("por", [2, 8]),
        ("po-r", [2, 9, UNKNOWN]),
        ("xpo", [UNKNOWN, 7]),
        ("xxpo", [UNKNOWN, 7]),
        ("xyz zz", [UNKNOWN]),
        ("", []),
        ("Caf\u00e9 cafe\u0301", [11, 11]),
        ("po\U0001f600\U0001f600", [2, 10, 10]),
        ("\U0001f600\U0001f3fd\u200d\ufe0f", [10]),
        ("[SEP]", [UNKNOWN]),
    ],
)
def test_the_longest_pieces(cut: Subwords, text: str, pieces: list[int]) -> None:
    assert cut.numbers(text) == pieces
    assert END not in pieces


def test_a_word_is_cut_once(cut: Subwords, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subwords, "_CACHED", 2)
    assert cut.numbers("po police po por po") == [2, 3, 2, 2, 8, 2]
    assert len(cut._words) <= 2


def test_an_empty_vocabulary_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        Subwords.of("\n\n")
