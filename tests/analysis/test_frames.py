"""Frames: every entry of a frame vocabulary keeps what its own examples say, and what is unknown is refused."""

from __future__ import annotations

import pytest

from wmp_postlint import Document, Post, Severity, all_rules, load_policy
from wmp_postlint.analysis import frames as module
from wmp_postlint.analysis.force_words import force_words_of
from wmp_postlint.analysis.frames import Frame, FrameRule, FramesFile, frame_matches, load_frames
from wmp_postlint.errors import DataError

VOCABULARIES = sorted({rule.vocabulary for rule in all_rules() if isinstance(rule, FrameRule)})
FRAMES = [(vocabulary, frame) for vocabulary in VOCABULARIES for frame in load_frames(vocabulary).frames]


def found(vocabulary: str, text: str, name: str | None = None) -> list[tuple[int, int]]:
    document = Document(Post(text), load_policy())
    (surface,) = document.surfaces
    matches = frame_matches(document, surface, vocabulary)
    return [(match.start, match.end) for match in matches if name in (None, match.frame.name)]


def label(value: object) -> str:
    return value.name if isinstance(value, Frame) else str(value)


@pytest.mark.parametrize(("vocabulary", "frame"), FRAMES, ids=label)
def test_examples_of_a_frame(vocabulary: str, frame: Frame) -> None:
    for marked in frame.found:
        start = marked.index("«")
        end = marked.index("»") - 1
        text = marked.replace("«", "").replace("»", "")
        assert (start, end) in found(vocabulary, text, frame.name), marked
    for text in frame.left:
        assert found(vocabulary, text) == [], text


@pytest.mark.parametrize(("vocabulary", "frame"), FRAMES, ids=label)
def test_capitals_and_typographic_apostrophes_change_nothing(vocabulary: str, frame: Frame) -> None:
    for marked in frame.found:
        text = marked.replace("«", "").replace("»", "")
        assert found(vocabulary, text.upper()) == found(vocabulary, text)
        assert found(vocabulary, text.replace("'", "\u2019")) == found(vocabulary, text)


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_quoted_words_weigh_less(vocabulary: str) -> None:
    frame = next(frame for frame in load_frames(vocabulary).frames if frame.severity != "info" and not frame.needs)
    said = frame.found[0].split("«")[1].split("»")[0]
    document = Document(Post(f'He shouted "{said}" at her.'), load_policy())
    (match, *_) = frame_matches(document, document.surfaces[0], vocabulary)
    assert match.severity < Severity(frame.severity)
    assert match.notes


def test_an_unknown_slot_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = Frame("odd", "It is odd.", ("{nobody} there",), ("«a»",), ("b",))
    monkeypatch.setattr(module, "load_frames", lambda name: FramesFile({}, (frame,)))
    with pytest.raises(DataError, match="nobody"):
        module.frames_index(VOCABULARIES[0].partition("/")[0], force_words_of(load_policy()))
