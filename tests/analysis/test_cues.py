"""Cues: how readings are made of classes of words, and that every bundled vocabulary holds together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wmp_postlint import Document, Post, all_rules, load_policy
from wmp_postlint.analysis import cue_text
from wmp_postlint.analysis.cue_text import Book, CueText, book, sentence_starts
from wmp_postlint.analysis.cues import CueRule
from wmp_postlint.analysis.force_words import force_words_of
from wmp_postlint.errors import DataError

VOCABULARIES = sorted({rule.vocabulary for rule in all_rules() if isinstance(rule, CueRule)})
WORDS = force_words_of(load_policy())
FILE = """
[slots]
when = "tomorrow|tonight"

[cues]
strike = ["raids?", "door to kick"]
ahead = ["at dawn", "{when}"]
done = ["arrested"]
decoy = ["panty raids?"]

[[readings]]
name = "plan"
all = ["strike", "ahead"]
none = ["done"]
"""


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> object:
    """Read a vocabulary that is written in the test."""
    import tomllib

    from wmp_postlint.convert import convert

    def make(text: str) -> Book:
        monkeypatch.setattr(
            cue_text, "load_vocabulary", lambda name, shape: convert(tomllib.loads(text), shape, name, DataError)
        )
        return Book("test/file", WORDS)

    return make


def spans(entries: Book, text: str) -> list[str]:
    document = Document(Post(text), load_policy())
    (surface,) = document.surfaces
    read = CueText(document, surface, entries.classes)
    return [text[start:end] for reading in entries.readings for start, end in read.fitting(reading)]


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_pattern_compiles(vocabulary: str) -> None:
    for label, sources in book(vocabulary, WORDS).classes.items():
        for source in sources:
            pattern = re.compile(source, re.IGNORECASE)
            assert not pattern.fullmatch(""), f"{label}: {source} matches nothing at all"


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_class_is_used(vocabulary: str) -> None:
    used = {"decoy"}
    for reading in book(vocabulary, WORDS).readings:
        used |= {*reading.none, *reading.never}
        used |= {label for group in (*reading.needs, *reading.marked) for label in group}
    assert set(book(vocabulary, WORDS).classes) <= used


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A raid tomorrow.", ["raid tomorrow"]),
        ("We have a door to kick at dawn.", ["door to kick at dawn"]),
        ("A raid. Tomorrow we rest.", []),
        ("A raid tomorrow, one arrested.", []),
        ("A panty raid tomorrow.", []),
        ("Raids tonight. Nobody arrested. Raids tomorrow!", ["Raids tonight", "Raids tomorrow"]),
        ("See www.raid.com tomorrow", []),
        ("Nothing here.", []),
    ],
)
def test_classes_meet_in_a_sentence(text: str, found: list[str], made) -> None:  # type: ignore[no-untyped-def]  # a fixture's function
    assert spans(made(FILE), text) == found


def test_wider_stretches(made) -> None:  # type: ignore[no-untyped-def]  # a fixture's function
    near = made(FILE.replace('none = ["done"]', 'within = "near"\nmark = ["strike"]'))
    assert spans(near, "A raid. Tomorrow.") == ["raid"]
    assert spans(near, "A raid. We rest. Tomorrow.") == []
    post = made(FILE.replace('none = ["done"]', 'within = "post"\nmark = ["strike"]'))
    assert spans(post, "A raid. We rest. Tomorrow.") == ["raid"]
    never = made(FILE.replace("none =", "never ="))
    assert spans(never, "Raids tonight. One arrested yesterday.") == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"{when}"', '"{whne}"', "no slot is called 'whne'"),
        ('none = ["done"]', 'none = ["dnoe"]', "no class of cues is called 'dnoe'"),
        ('"strike", "ahead"', '"strike", "a|b"', "no class of cues is called 'a'"),
    ],
)
def test_a_slip_is_an_error(old: str, new: str, said: str, made) -> None:  # type: ignore[no-untyped-def]  # a fixture's function
    with pytest.raises(DataError, match=re.escape(said)):
        made(FILE.replace(old, new))


def test_sentences() -> None:
    text = "Ask Sgt. Harcastle. He is in | now! At 10.30 sharp\nok"
    starts = sentence_starts(text)
    assert [text[start:end].strip(" |\n") for start, end in zip(starts, [*starts[1:], len(text)], strict=True)] == [
        "Ask Sgt. Harcastle.",
        "He is in",
        "now!",
        "At 10.30 sharp",
        "ok",
    ]


def test_words_of_the_post_that_is_answered_are_not_the_writer_s() -> None:
    rule = next(rule for rule in all_rules() if isinstance(rule, CueRule) and rule.quoted_passes)
    text = next(example.marked for example in rule.examples).replace("«", "").replace("»", "")
    own = Document(Post(text), load_policy())
    found = list(rule.run(own))
    answer = {"kind": "reply", "in_reply_to": {"handle": "sam", "text": f"He wrote: {text}"}}
    from wmp_postlint.readers.wire import read_post

    if len(text) > 12 and found:
        assert list(rule.run(Document(read_post({"text": text, **answer}), load_policy()))) == []


def test_the_files_are_where_their_rules_say() -> None:
    data = Path(cue_text.__file__).parents[1] / "data"
    for vocabulary in VOCABULARIES:
        assert (data / f"{vocabulary}.toml").is_file()
