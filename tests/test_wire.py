"""The wire format of a post: read strictly, with errors that name the key and say what was expected."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime
from typing import Any

import pytest

from wmp_postlint import Account, Approval, Link, Media, Post, PostError, Waiver
from wmp_postlint.readers.wire import read_post

WHOLE: dict[str, Any] = {
    "text": "Hello https://t.co/x",
    "text_format": "plain",
    "id": "7",
    "kind": "repost",
    "platform": "x",
    "account": {"handle": "@ErdingtonWMP", "kind": "team", "platform": "x"},
    "media": [{"path": "a.jpg", "filename": "b.jpg", "alt": "A van", "caption": "Van"}, {"data": "aGk="}],
    "links": [{"url": "https://example.org/1", "text": "t.co/x", "start": 6, "end": 20}],
    "shared_from": {"handle": "WMPolice", "platform": "x", "text": "Words"},
    "in_reply_to": {"handle": "someone", "text": "Question"},
    "location": {"latitude": 52, "longitude": -1.9, "name": "Here"},
    "published_at": "2026-05-05T09:00:00+01:00",
    "approvals": [{"covers": "appeal", "by": "Press", "reference": "C1", "expires": "2026-06-01", "digest": "d"}],
    "waivers": [{"rule": "a/b", "reason": "agreed", "by": "Press", "until": "2026-06-01T00:00:00Z"}],
    "lang": "en",
    "meta": {"anything": [1, {"nested": None}]},
}


def test_every_key_is_read() -> None:
    post = read_post(WHOLE)
    assert post.account == Account("@ErdingtonWMP", "team", "x")
    assert post.media[0] == Media(path="a.jpg", filename="b.jpg", alt="A van", caption="Van")
    assert post.media[1].data == b"hi"
    assert post.links == (Link("https://example.org/1", "t.co/x", 6, 20),)
    assert post.location
    assert post.location.latitude == 52.0
    assert post.published_at
    assert post.published_at.astimezone(UTC) == datetime(2026, 5, 5, 8, tzinfo=UTC)
    assert post.approvals == (Approval("appeal", "Press", "C1", date(2026, 6, 1), "d"),)
    assert post.waivers == (Waiver("a/b", "agreed", "Press", datetime(2026, 6, 1, tzinfo=UTC)),)
    assert post.meta == {"anything": [1, {"nested": None}]}
    assert read_post(post) == post


def test_base64_may_be_wrapped_over_lines() -> None:
    data = base64.encodebytes(bytes(200)).decode()
    assert read_post({"text": "", "media": [{"data": data}]}).media[0].data == bytes(200)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"txt": 1}, "txt: unknown key, did you mean 'text'?"),
        ({"account": {"handel": "x"}}, "account.handel: unknown key, did you mean 'handle'?"),
        ({"media": [{}, {"alt_text": "x"}]}, r"media\[1\].alt_text: unknown key, did you mean 'alt'?"),
        ({"text": None}, "text: expected text, got null"),
        ({"text": 5}, "text: expected text, got a number"),
        ({"id": 5}, "id: expected text, got a number"),
        ({"kind": "tweet"}, 'kind: expected one of "post", "reply", "direct_message", "repost", "profile"'),
        ({"text_format": "rtf"}, 'text_format: expected one of "plain", "html", "markdown"'),
        ({"account": "WMPolice"}, "account: expected an object"),
        ({"account": {}}, "account.handle: missing, expected text"),
        ({"account": {"handle": "a", "kind": "boss"}}, 'account.kind: expected one of "corporate"'),
        ({"media": {}}, "media: expected a list, got an object"),
        ({"media": "a.jpg"}, "media: expected a list, got text"),
        ({"media": [{"data": "no base64!"}]}, r"media\[0\].data: expected bytes"),
        ({"media": [{"path": 3}]}, r"media\[0\].path: expected text or a file path, got a number"),
        ({"published_at": "tomorrow"}, "published_at: expected a date and time with its zone"),
        ({"published_at": "2026-05-05T09:00:00"}, "published_at: expected a date and time with its zone"),
        ({"published_at": 1777777777}, "published_at: expected a date and time with its zone"),
        ({"approvals": [{"covers": "appeal", "by": "P"}]}, r"approvals\[0\].reference: missing"),
        ({"approvals": [{"covers": "", "by": "P", "reference": "1"}]}, r"approvals\[0\].covers: expected some words"),
        ({"approvals": [{"covers": "a", "by": "P", "reference": "1", "expires": "soon"}]}, r"approvals\[0\].expires"),
        ({"waivers": [{"rule": "a/b", "reason": " ", "by": "P"}]}, r"waivers\[0\].reason: expected some words"),
        ({"waivers": [{"rule": "a/b", "by": "P"}]}, r"waivers\[0\].reason: missing"),
        ({"links": [{"url": "u", "start": 1, "end": 900}]}, r"links\[0\].end: expected a position in the text"),
        ({"links": [{"url": "u", "start": 3}]}, r"links\[0\]: expected start and end together"),
        ({"links": [{"url": "u", "start": True, "end": 2}]}, r"links\[0\].start: expected a whole number"),
        ({"location": {"latitude": 91, "longitude": 0}}, "location.latitude: expected degrees from -90 to 90"),
        ({"location": {"latitude": "52"}}, "location.latitude: expected a number, got text"),
        ({"location": {"latitude": float("nan"), "longitude": 0}}, "location.latitude: expected a number"),
        ({"location": {"latitude": 52}}, "location: expected latitude and longitude together"),
        ({"meta": []}, "meta: expected an object, got a list"),
        ({5: "x"}, "keys must be text"),
    ],
)
def test_mistakes_are_named(change: dict[Any, Any], message: str) -> None:
    with pytest.raises(PostError, match=message):
        read_post({"text": "Hello", **change})


def test_a_missing_text_is_named() -> None:
    with pytest.raises(PostError, match="text: missing, expected text"):
        read_post({"id": "1"})


@pytest.mark.parametrize("value", [None, 5, b"bytes", ["text"], object()])
def test_what_is_no_post_is_refused(value: object) -> None:
    with pytest.raises(PostError, match="expected text, a Post or an object"):
        read_post(value)


@pytest.mark.parametrize(
    "post",
    [
        Post(None),  # type: ignore[arg-type]  # what an untyped caller would write
        Post("x", media=["a.jpg"]),  # type: ignore[arg-type]
        Post("x", account="@a"),  # type: ignore[arg-type]
        Post("x", published_at=datetime(2026, 5, 5)),  # noqa: DTZ001  a naive time is the mistake
        Post("x", kind="tweet"),  # type: ignore[arg-type]
    ],
)
def test_posts_built_in_python_are_checked_too(post: Post) -> None:
    with pytest.raises(PostError):
        read_post(post)


def test_lists_are_as_good_as_tuples() -> None:
    post = read_post(Post("x", media=[Media(alt="y")]))  # type: ignore[arg-type]
    assert post.media == (Media(alt="y"),)


def test_errors_never_quote_the_value() -> None:
    with pytest.raises(PostError) as caught:
        read_post({"text": "x", "kind": "07700 900123"})
    assert "07700" not in str(caught.value)


def test_a_post_in_a_log_line_gives_nothing_away() -> None:
    assert "secret" not in repr(Post("secret", media=(Media(alt="secret", data=b"secret"),), meta={"k": "secret"}))
