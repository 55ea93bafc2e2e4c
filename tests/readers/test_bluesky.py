"""Bluesky's records: facets in bytes, profiles, cards, quotes, replies, and every shape that they come in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from formats import SAMPLES, given, post_of, posts, read
from hypothesis import given as generated
from hypothesis import strategies as st

from wmp_postlint.readers.kinds.bluesky import KIND


def record(text: str = "a", **more: Any) -> dict[str, Any]:
    return {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-05-04T09:00:00Z", **more}


def facet(start: object, end: object) -> dict[str, Any]:
    feature = {"$type": "app.bsky.richtext.facet#link", "uri": "https://elsewhere.example"}
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}


def test_a_list_of_records() -> None:
    first, profile = posts(SAMPLES / "bluesky.json")
    (link,) = first.links
    assert (link.url, link.text) == ("https://elsewhere.example/page", "library.example")
    assert first.text[link.start : link.end] == "library.example"
    assert profile.kind == "profile"
    assert "Neighbourhood officers" in profile.text
    assert "feed.like" in str(read(SAMPLES / "bluesky.json")[1].skipped)


@generated(st.text(max_size=20), st.text(min_size=1, max_size=10), st.text(max_size=10))
def test_facets_are_bytes(before: str, words: str, after: str) -> None:
    start, end = len(before.encode()), len((before + words).encode())
    post = post_of(record(before + words + after, facets=[facet(start, end)]))
    assert post.links[0].text == words
    assert post.text[post.links[0].start : post.links[0].end] == words


@pytest.mark.parametrize(("start", "end"), [(0, 99), (-1, 1), (1, 0), ("0", 1), (None, None)])
def test_a_facet_outside_its_text(start: object, end: object) -> None:
    assert "outside its text" in str(given(record(facets=[facet(start, end)]))[0].error)


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda one: one,
        lambda one: [one],
        lambda one: [{"uri": "at://did:plc:a/app.bsky.feed.post/1", "value": one}],
        lambda one: {"uri": "at://did:plc:a/x/1", "value": one},
        lambda one: {"records": [{"value": one}], "cursor": "x"},
        lambda one: {"feed": [{"post": {"uri": "at://did:plc:a/x/1", "author": {"handle": "a"}, "record": one}}]},
    ],
)
def test_shapes(wrapped: Any) -> None:
    assert post_of(wrapped(record("Hello"))).text == "Hello"


def test_lines() -> None:
    lines = "\n".join(json.dumps(record(text)) for text in ("a", "b"))
    assert [post.text for post in posts("-", stdin=lines.encode())] == ["a", "b"]
    assert KIND.name == "Bluesky records"
    assert [each.line for each in read("-", stdin=(lines + "\n{").encode())] == [1, 2, 3]


def test_embeds() -> None:
    external = {"external": {"uri": "https://a.example", "title": "Card", "description": "Words"}}
    assert post_of(record(embed=external)).links[0].text == "Card\n\nWords"
    both = {"media": {"images": [{"alt": "A van"}]}, "record": {"record": {"uri": "at://did:plc:b/x/2"}}}
    post = post_of(record(embed=both, reply={"parent": {"uri": "at://did:plc:c/x/3"}}, tags=["news"]))
    assert [medium.alt for medium in post.media] == ["A van"]
    assert [link.url for link in post.links] == ["at://did:plc:b/x/2"]
    assert post.kind == "reply"
    assert post.text == "a\n\n#news"
    assert post.in_reply_to is not None
    assert post.in_reply_to.handle == "did:plc:c"
