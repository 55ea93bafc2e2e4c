"""Markdown drafts: front matter means what it says, and positions are those of the file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from wmp_postlint import Approval, Location, Post
from wmp_postlint.readers.loaded import Loaded, UnreadableError
from wmp_postlint.readers.markdown import read


def draft(text: str) -> Loaded:
    return read(text, "a.post.md", Path("folder"))


def post(text: str) -> Post:
    loaded = draft(text)
    assert loaded.post is not None, loaded.error
    return loaded.post


def test_without_front_matter() -> None:
    assert post("Tea *today*\n\n") == Post("Tea *today*", text_format="markdown")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_text_and_where_it_begins(ends: str) -> None:
    loaded = draft(ends.join(["---", "id: x", "text_format: plain", "--- ", "", "  ", "One", " two", "", ""]))
    assert loaded.post == Post("One\n two", id="x")
    assert loaded.text_line == 7


def test_yaml_values_are_text() -> None:
    found = post(
        "---\nid: 007\nlang: no\nplatform: ~\nkind:  reply\naccount: {handle: 1234, kind: team}\n"
        "published_at: 2026-05-05T09:00:00+00:00\nlocation:\n  latitude: 52.40\n  longitude: -1\n  name: yes\n"
        "approvals:\n- {covers: appeal, by: off, reference: 1e3, expires: 2026-12-01}\nmeta: {a: 1, b: [true, null]}\n"
        "links:\n- {url: 'https://example.com', start: 0, end: 3}\n---\nTea"
    )
    assert (found.id, found.lang, found.platform, found.kind) == ("007", "no", None, "reply")
    assert found.account is not None
    assert found.account.handle == "1234"
    assert found.published_at == datetime(2026, 5, 5, 9, tzinfo=UTC)
    assert found.location == Location(52.4, -1.0, "yes")
    assert found.approvals == (Approval("appeal", "off", "1e3", date(2026, 12, 1)),)
    assert found.meta == {"a": "1", "b": ["true", None]}
    assert (found.links[0].start, found.links[0].end) == (0, 3)


def test_toml() -> None:
    found = post(
        '+++\nid = "x"\npublished_at = 2026-05-05T09:00:00Z\n[location]\nlatitude = 1\nlongitude = 2.5\n+++\nTea'
    )
    assert found.published_at == datetime(2026, 5, 5, 9, tzinfo=UTC)
    assert found.location == Location(1.0, 2.5)


def test_pictures_are_found_beside_the_draft() -> None:
    assert post("---\nmedia:\n- path: a.jpg\n  alt:\n---\nTea").media[0].path == str(Path("folder/a.jpg"))


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("---\nid: x\nTea", 1, None, "never closes it; add a line ---"),
        ("---\nid: 'x\n---\nTea", 2, 5, "not YAML"),
        ("---\nid: x\n  bad: y\n---\nTea", 3, 6, "not YAML"),
        ("---\nid: x\nid: y\n---\nTea", 3, 1, "the key 'id' is there twice"),
        ("---\nmeta: &a [1]\nid: *a\n---\nTea", 3, 5, "aliases"),
        ("---\nid: !!python/object:os.system x\n---\nTea", 2, 5, "tags (!)"),
        ("---\nid: !!bool maybe\n---\nTea", 2, 5, "tags (!)"),
        ("---\n- a\n- b\n---\nTea", 2, None, "without keys"),
        ("---\n? [a]\n: b\n---\nTea", 2, 3, "a key must be a plain text"),
        ("---\nid: \x07\n---\nTea", 1, None, "control character"),
        ("---\nmeta: " + "[" * 5000 + "\n---\nTea", 1, None, "nesting"),
        ("---\ntext: Tea\n---\nTea", 1, None, "put the text after the front matter"),
        ("---\nid: " + "x" * 100_000 + "\n---\nTea", 1, None, "name pictures by path"),
        ("+++\nid = x\n+++\nTea", 2, 6, "not TOML"),
        ('+++\nid = "a"\nid = "b"\n+++\nTea', 3, None, "not TOML"),
    ],
)
def test_mistakes_name_their_place(text: str, line: int, column: int | None, words: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        draft(text)
    assert words in caught.value.problem
    assert (caught.value.line, caught.value.column) == (line, column)


def test_a_wrong_key_is_the_posts_mistake() -> None:
    assert "tile: unknown key" in str(draft("---\ntile: x\n---\nTea").error)
