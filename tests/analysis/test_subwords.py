"""Words cut into pieces: the likeliest cut, and what no piece holds."""

from __future__ import annotations

import pytest

from wmp_postlint.analysis import subwords
from wmp_postlint.analysis.subwords import UNKNOWN, Subwords

LINES = ["", "\u2581po\t-3", "lice\t-3", "\u2581police\t-5", "\u2581p\t-2", "o\t-2", "\u2581\t-4", "r\t-4"]


@pytest.fixture
def cut() -> Subwords:
    return Subwords.of("\n".join(LINES) + "\n")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("police", [3]),
        ("  police \n po", [3, 1]),
        ("po", [1]),
        ("por", [1, 7]),
        ("xpo", [6, UNKNOWN, 5]),
        ("xyz", [6, UNKNOWN]),
        ("", []),
        ("\u2581", [6, 6]),
        ("\U0001f600\U0001f600", [6, UNKNOWN]),
    ],
)
def test_the_likeliest_cut(cut: Subwords, text: str, pieces: list[int]) -> None:
    assert cut.numbers(text) == pieces


def test_a_word_is_cut_once(cut: Subwords, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subwords, "_CACHED", 2)
    assert cut.numbers("po police po por po") == [1, 3, 1, 1, 7, 1]
    assert len(cut._words) <= 2


def test_an_empty_vocabulary_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        Subwords.of("\n\n")
