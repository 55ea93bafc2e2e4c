"""Feeds and WordPress: titles, plain and rendered bodies, XML that must not be believed."""

from __future__ import annotations

from typing import Any

import pytest
from formats import NUMBER, SAMPLES, given, post_of, posts, read

from wmp_postlint import Document, Linter, load_policy

NAMES = ("rss.xml", "atom.xml", "feed.json", "wordpress.json")


@pytest.mark.parametrize("name", NAMES)
def test_bodies_are_read_as_seen_and_findings_point_into_the_source(name: str) -> None:
    first, second = posts(SAMPLES / name)
    seen = Document(first, load_policy()).surfaces[0].folded.text
    assert "Tea & talk" in seen
    assert NUMBER in seen
    assert "<" not in seen
    report = Linter(select=["personal-data"]).lint(first)
    spans = [finding.span for finding in report.findings]
    assert spans
    assert all(span and "900461" in first.text[span.start : span.end] for span in spans)
    assert "quiet week" in second.text
    assert str(first.published_at) == "2026-05-04 09:00:00+00:00"


def test_wordpress() -> None:
    raw, _ = posts(SAMPLES / "wordpress.json")
    assert "<!-- wp:paragraph -->" in raw.text  # what the editor holds, not what the site makes of it
    assert raw.id == "4711"
    picture = {"source_url": "https://a.example/files/van.jpg", "alt_text": "A van", "caption": {"rendered": "Ours"}}
    one: dict[str, Any] = {"id": 1, "title": {"raw": "a < b"}, "content": {"raw": ""}, "featured_media": 7}
    assert post_of(one).text == "a &lt; b"
    assert len(post_of(one).media) == 1
    one["_embedded"] = {"wp:featuredmedia": [picture]}
    (medium,) = post_of(one).media
    assert (medium.filename, medium.alt, medium.caption) == ("van.jpg", "A van", "Ours")
    assert Linter().lint(post_of(one)).errors  # its content could not be looked at
    assert "neither a title nor a content" in str(given([{"content": {"raw": "a"}}, {"id": 3}])[1].error)


def test_json_feed_attachments() -> None:
    item = {
        "id": "1",
        "title": "Van",
        "attachments": [{"url": "https://a.example/van.jpg?x=1", "mime_type": "image/jpeg"}],
    }
    post = post_of({"version": "https://jsonfeed.org/version/1", "items": [item]})
    assert (post.text, post.media[0].filename) == ("Van", "van.jpg")
    assert "without a title" in str(
        given({"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"}]})[0].error
    )


def rss(inside: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<rss version="2.0"><channel>{inside}</channel></rss>'.encode()


def test_enclosures() -> None:
    content = rss('<item><title>Van</title><enclosure url="https://a.example/van.png" type="image/png"/></item>')
    assert [medium.filename for medium in posts("-", stdin=content)[0].media] == ["van.png"]


@pytest.mark.parametrize(
    ("content", "words", "line"),
    [
        (rss("<item><title>a</title>"), "mismatched tag", 1),
        (rss("<item/>"), "without a title", 1),
        (rss(""), "holds no post", None),
        (rss("<item><title>&x;</title></item>", '<!DOCTYPE rss [<!ENTITY x "y">]>'), "document type", 1),
        (b"<rss><channel>\n<item>\n<title>a</title></item>\n<b></channel></rss>", "mismatched tag", 4),
    ],
)
def test_mistakes(content: bytes, words: str, line: int | None) -> None:
    last = read("-", stdin=content)[-1]
    assert words in str(last.error)
    assert last.line == line


def test_entries_before_a_mistake_are_kept() -> None:
    content = b"<rss><channel><item><title>a</title></item><item></rss>"
    assert [each.post is not None for each in read("-", stdin=content)] == [True, False]
