"""Words and pairs weighed for a cheap look: the arithmetic, the windows, and what happens without weights."""

from __future__ import annotations

import json
import zlib
from math import sqrt
from types import SimpleNamespace
from typing import Any

import pytest

from wmp_postlint import Linter, Post
from wmp_postlint.analysis import word_weights
from wmp_postlint.analysis.word_weights import FORMAT, MOST_WORDS, OFFSET, Weights, features, hints, weights, words
from wmp_postlint.document import Document
from wmp_postlint.errors import NotLooked

ROWS = {"raid": (100, -20), "dawn": (27, 5), "raid dawn": (-128, 127), "kind:post": (-1, 0)}
SCALES, BIASES = (0.05, 0.5), (-1.0, -9.0)


def packed(rows: dict[str, tuple[int, int]], **changes: Any) -> bytes:
    keyed = sorted((zlib.crc32(feature.encode()), row) for feature, row in rows.items())
    rest = b"".join(key.to_bytes(4, "little") for key, _ in keyed)
    rest += b"".join(bytes(weight + OFFSET for weight in row) for _, row in keyed)
    about = {
        "format": FORMAT,
        "features": len(rows),
        "crc32": zlib.crc32(rest),
        "bars": {"one": -0.5, "two": 80.0},
        "scales": SCALES,
        "biases": BIASES,
        **changes,
    }
    return json.dumps(about).encode() + b"\n" + rest


def hinted(text: str, **post: Any) -> bool:
    document = Document(Post(text=text, **post), Linter().policy)
    return hints(document, document.surfaces[0])


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Weights:
    """Weights of two readings, one of which the words raid and dawn speak for."""
    own = Weights(packed(ROWS))
    monkeypatch.setattr(word_weights, "weights", lambda: own)
    return own


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Don't go", ["do", "n't", "go"]),
        ("We’re on #Patrol", ["we", "'re", "on", "patrol"]),
        ("@someone see https://example.org/a.b", ["<handle>", "see", "<url>"]),
        ("PIN 4471, at 5am", ["pin", "<0000>", ",", "at", "<0am>"]),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert [word for word, _ in words(text)] == found


def test_a_letter_that_grows_when_it_is_made_small_moves_nothing() -> None:
    assert words("İ at 5")[1:] == [("at", 2), ("<0>", 5)]


def test_a_feature_counts_once() -> None:
    assert features(["no", "no", "no"]) == ["no", "^ no", "no no", "no $"]


@pytest.mark.parametrize("at", [0, 1])
def test_one_addition_adds_every_reading(made: Weights, at: int) -> None:
    plain = sum(ROWS[feature][at] for feature in ("raid", "dawn", "raid dawn")) * SCALES[at] / sqrt(2 + 4) + BIASES[at]
    assert made.scores(["raid", "dawn"], ["unheard of"])[at] == pytest.approx(plain)


def test_the_most_that_is_weighed_together_does_not_run_over() -> None:
    listed = [f"word{number}" for number in range(MOST_WORDS)]
    low_and_high = Weights(packed(dict.fromkeys(features(listed), (-128, 127))))
    count = len(features(listed))
    root = sqrt(MOST_WORDS + 4)
    expected = [-128 * count * SCALES[0] / root + BIASES[0], 127 * count * SCALES[1] / root + BIASES[1]]
    assert low_and_high.scores(listed, []) == pytest.approx(expected)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}\n",
        packed(ROWS, format=FORMAT + 1),
        packed(ROWS, features=3),
        packed(ROWS)[:-1],
        packed(ROWS)[:-1] + b"\x00",
    ],
)
def test_damaged_weights_are_refused(content: bytes) -> None:
    with pytest.raises((ValueError, KeyError)):
        Weights(content)


def test_only_words_that_speak_for_something_hint(made: Weights) -> None:
    assert hinted("Raid or dawn")
    assert not hinted("Raid dawn"), "the pair speaks against it"
    assert not hinted("Tea at four")
    assert not hinted("\u2014")


def test_a_long_text_is_weighed_window_by_window(made: Weights) -> None:
    assert hinted("word " * 500 + "raid or dawn" + " word" * 500)
    assert not hinted("word " * 1_000)


def test_missing_weights_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(path: str, package: str = "") -> bytes:
        raise OSError(path)

    monkeypatch.setattr(word_weights, "resource", SimpleNamespace(read_bytes=gone))
    weights.cache_clear()
    try:
        with pytest.raises(NotLooked, match="Install the package again"):
            weights()
        report = Linter().lint("Raid tomorrow at dawn.")
        assert report.verdict != "pass"
        assert any("not weighed" in error.message for error in report.errors)
    finally:
        weights.cache_clear()
