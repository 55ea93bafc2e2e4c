"""Wording weighed by what was learnt: the arithmetic, the bounds, and what happens without weights."""

from __future__ import annotations

import json
import zlib
from itertools import pairwise
from math import sqrt
from types import SimpleNamespace
from typing import Any

import pytest

from wmp_postlint import Linter, Post, resource
from wmp_postlint.analysis import learnt
from wmp_postlint.analysis.learnt import FORMAT, OFFSET, Weights, carried, features, stretches, weights, words
from wmp_postlint.document import Document
from wmp_postlint.errors import NotLooked

ROWS = {"raid": (100, -20), "dawn": (27, 5), "raid dawn": (-128, 127), "kind:post": (-1, 0)}
SCALES, BIASES = (0.05, 0.5), (-1.0, 2.0)


def packed(rows: dict[str, tuple[int, int]], **changes: Any) -> bytes:
    keyed = sorted((zlib.crc32(feature.encode()), row) for feature, row in rows.items())
    rest = b"".join(key.to_bytes(4, "little") for key, _ in keyed)
    rest += b"".join(bytes(weight + OFFSET for weight in row) for _, row in keyed)
    about = {
        "format": FORMAT,
        "features": len(rows),
        "crc32": zlib.crc32(rest),
        "bars": {"one": {"post": 0.0}, "two": {"reply": 0.0}},
        "scales": SCALES,
        "biases": BIASES,
        **changes,
    }
    return json.dumps(about).encode() + b"\n" + rest


def document(text: str, **post: Any) -> Document:
    return Document(Post(text=text, **post), Linter().policy)


def found(text: str, **post: Any) -> dict[str, list[tuple[int, int]]]:
    read = document(text, **post)
    return carried(read, read.surfaces[0])


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Weights:
    """Weights of two readings, one of which the words raid and dawn speak for."""
    own = Weights(packed(ROWS))
    monkeypatch.setattr(learnt, "weights", lambda: own)
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


@pytest.mark.parametrize("name", ["one", "two"])
def test_one_addition_adds_every_reading(made: Weights, name: str) -> None:
    listed = ["raid", "dawn", "raid dawn", "unheard of"]
    at = made.names.index(name)
    plain = sum(ROWS[feature][at] for feature in listed[:3]) * SCALES[at] / sqrt(2 + 4) + BIASES[at]
    assert made.scores(made.sum(listed), len(listed), 2)[at] == pytest.approx(plain)


def test_the_most_that_is_weighed_together_does_not_run_over(made: Weights) -> None:
    listed = ["raid dawn"] * (2 * learnt._MOST_WORDS + 3)
    total = made.sum(listed)
    least, most = -128 * len(listed) * 0.05 / sqrt(104) - 1, 127 * len(listed) * 0.5 / sqrt(104) + 2
    assert made.scores(total, len(listed), 100) == pytest.approx([least, most])


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


def test_the_sentence_that_speaks_is_marked(made: Weights) -> None:
    text = "Nice day.  Raid at dawn, raid, dawn!  Tea after."
    read = document(text)
    [(start, end)] = carried(read, read.surfaces[0])["one"]
    assert text[start:end] == "Raid at dawn, raid, dawn!"


def test_only_the_kinds_of_posts_that_have_a_bar(made: Weights) -> None:
    assert set(found("Raid at dawn, raid, dawn!")) == {"one"}
    assert "one" not in found("Raid at dawn, raid, dawn!", kind="reply")
    assert found("Nothing of all this", kind="reply") == {"two": [(0, 19)]}


def test_a_long_text_is_weighed_in_parts_that_cover_it(made: Weights) -> None:
    text = "word " * 2_000 + "Raid at dawn. " + "Fine words here. " * 499 + "Fine words here"
    parts = list(stretches(text, ["kind:post"]))
    assert len(parts) > 20
    bounds = [(low, high) for part in parts for low, high, _ in part._sentences]
    assert bounds[0][0] == 0
    assert bounds[-1][1] == len(text)
    assert all(one[1] == two[0] for one, two in pairwise(bounds))
    assert all(len(part.split()) <= 105 for part in (text[low:high] for low, high in bounds))


def test_missing_weights_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(path: str, package: str = "") -> bytes:
        raise OSError(path)

    monkeypatch.setattr(learnt, "resource", SimpleNamespace(read_bytes=gone))
    weights.cache_clear()
    try:
        with pytest.raises(NotLooked, match="Install the package again"):
            weights()
        report = Linter().lint("Raid tomorrow at dawn.")
        assert report.verdict != "pass"
        assert any("not weighed" in error.message for error in report.errors)
    finally:
        weights.cache_clear()


def test_the_bundled_weights_fit_their_vocabularies() -> None:
    assert weights().names
    for name, bars in weights().bars.items():
        assert resource.read_table(f"{name}.toml"), name
        assert bars
