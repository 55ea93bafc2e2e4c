"""Whose account it is, and where sentences end."""

from __future__ import annotations

import pytest

from wmp_postlint import Document, Post, load_policy
from wmp_postlint.analysis.journalists import answered_press, press_account, press_asked, sentences
from wmp_postlint.post import InReplyTo

POLICY = load_policy()


@pytest.mark.parametrize(
    ("handle", "press"),
    [
        ("@bbcwm", "outlet"),
        ("BhamUpdates", "local"),
        ("jane_reporter", "journalist"),
        ("TomJourno", "journalist"),
        ("AmyBBC", "outlet"),
        ("AnyTownNews", "outlet"),
        ("WMPolice", None),
        ("ErdingtonWMP", None),
        ("NewsAgentsWalsall", None),
        ("jane_b", None),
    ],
)
def test_press_account(handle: str, press: str | None) -> None:
    assert press_account(POLICY, handle) == press


def answered(text: str | None, handle: str = "pat_w") -> Document:
    return Document(Post("Yes.", kind="reply", in_reply_to=InReplyTo(handle, text)), POLICY)


def test_a_journalist_is_known_by_words() -> None:
    assert answered_press(answered("I'm a reporter with the Gazette, any update?")) == "journalist"
    assert answered_press(answered("Any update on my burglary?")) is None
    assert answered_press(Document(Post("Hello"), POLICY)) is None


def test_words_that_are_not_known_count_as_a_question() -> None:
    assert press_asked(answered(None, "bbcwm"))
    assert not press_asked(answered("Cadets pass out at Tally Ho", "bbcwm"))


def test_sentences() -> None:
    text = "One. Two 3.5 here!  \nThree... four?"
    assert [text[start:end] for start, end in sentences(text)] == ["One.", "Two 3.5 here!", "Three...", "four?"]
    assert sentences("") == ()
