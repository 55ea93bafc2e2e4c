"""Mastodon's outbox: HTML as it is seen, boosts that hold no words, polls, warnings, attachments."""

from __future__ import annotations

from typing import Any

import pytest
from formats import NUMBER, SAMPLES, given, post_of, posts, read

from wmp_postlint import Document, Linter, load_policy


def outbox(**note: Any) -> dict[str, Any]:
    activity = {"type": "Create", "actor": "https://social.example/users/a", "object": {"type": "Note", **note}}
    return {"type": "OrderedCollection", "orderedItems": [activity]}


def test_an_export() -> None:
    first, poll, picture = posts(SAMPLES / "mastodon")
    assert first.text_format == "html"
    assert first.account is not None
    assert first.account.handle == "erdington@social.example"
    document = Document(first, load_policy())
    assert NUMBER in document.surfaces[0].folded.text
    assert [link.url for link in document.links] == ["https://library.example/friday"]
    (finding,) = Linter(select=["personal-data"]).lint(first).findings
    assert finding.span is not None
    assert first.text[finding.span.start : finding.span.end] == "07700&nbsp;900461"
    assert "The library" in poll.text
    assert "A poll" in poll.text
    assert (picture.media[0].alt, str(picture.media[0].path)[-13:]) == ("A marked van", "files/van.jpg")
    assert [each.skipped for each in read(SAMPLES / "mastodon") if each.skipped] == [
        "a boost: the words of the other account are not in the export"
    ]


def test_who_may_see_it() -> None:
    public = "https://www.w3.org/ns/activitystreams#Public"
    assert post_of(outbox(content="a", to=[public])).kind == "post"
    assert post_of(outbox(content="a", to=["https://social.example/users/b"])).kind == "direct_message"
    assert post_of(outbox(content="a", to=["https://social.example/users/a/followers"])).kind == "post"
    reply = post_of(outbox(content="a", to=[public], inReplyTo="https://other.example/@b/7"))
    assert reply.kind == "reply"
    assert reply.in_reply_to is not None
    assert reply.in_reply_to.handle == "b@other.example"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"type": "OrderedCollection", "orderedItems": []}, "holds no post"),
        ({"type": "OrderedCollection", "orderedItems": [{"type": "Create", "object": "https://a.example"}]}, "address"),
        (outbox(), "without words"),
        ({"type": "OrderedCollection", "orderedItems": {}}, "holds no post"),
    ],
)
def test_mistakes(content: object, words: str) -> None:
    assert words in str(given(content)[-1].error)


def test_what_is_no_post_is_said() -> None:
    content = {"type": "OrderedCollection", "orderedItems": [{"type": "Like"}, {"type": "Delete"}, 3]}
    assert [each.skipped for each in given(content)] == [
        f"an activity that publishes no words ({kind})" for kind in ("Like", "Delete", None)
    ]
