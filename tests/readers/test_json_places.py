"""The places of characters in JSON strings, against the file itself."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint.readers.files import find
from wmp_postlint.readers.json_places import JsonSource


def at(source: str, place: tuple[int, int], length: int) -> str:
    """Return what stands at a line and a column of a file."""
    line = source.split("\n")[place[0] - 1]
    return line[place[1] - 1 : place[1] - 1 + length]


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.text('ab"\\/\n\t£\u202e🚓e\u0301', max_size=12),
    st.booleans(),
    st.sampled_from([None, 2]),
)
def test_a_found_word_stands_where_it_is_said_to(before: str, between: str, escaped: bool, indent: int | None) -> None:
    """Whatever escapes stand before it, the characters at the place are those of the word, and end where it ends."""
    text = f"{before}PEAR{between}FIG"
    value = {"id": "x", "media": [{"alt": "no"}, {"alt": text}], "text": before}
    source = "\n" + json.dumps(value, ensure_ascii=escaped, indent=indent)
    start, end = len(before), len(text) - 3
    places = JsonSource(source[1:], 2, 1).places("media[1].alt", text, start, start + 4, end, len(text))
    assert places is not None
    assert at(source, places[0], 4) == "PEAR"
    assert places[1] == (places[0][0], places[0][1] + 4)
    assert at(source, places[2], 4) == 'FIG"'
    assert at(source, places[3], 1) == '"'


def test_the_field_decides_between_alike_texts() -> None:
    source = '{"media": [{"alt": "same"}], "links": [{"url": "u", "text": "same"}], "te\\u0078t": "same"}'
    places = JsonSource(source, 7, 5)
    assert places.places("text", "same", 0) == ((7, source.index('"same"}', 80) + 6),)
    assert places.places("media[0].alt", "same", 1) == ((7, 26),)
    assert places.places("links[0].text", "same", 0) == ((7, source.index('text": "same"') + 13),)


def test_an_export_is_found_by_what_it_says() -> None:
    text = "<p>Ring me on 07700 900461</p>"
    source = json.dumps({"object": {"content": text, "contentMap": {"en": text}}})
    assert JsonSource(source, 1, 1).places("text", text, 14) == ((1, 39),)
    assert JsonSource('{"a": "hm", "b": "hm"}', 1, 1).places("text", "hm", 0) is None
    assert JsonSource(source, 1, 1).places("text", "else", 0) is None


@pytest.mark.parametrize("name", ["a.post.json", "a.posts.json", "a.posts.jsonl"])
def test_each_of_our_own_formats_knows_its_source(tmp_path: Path, name: str) -> None:
    posts = [{"text": "Good morning"}, {"text": "\u00a3\n🚓 Ring", "id": "é"}]
    content = {
        "a.post.json": json.dumps(posts[1], indent=1),
        "a.posts.json": "\ufeff" + json.dumps(posts, indent=1),
        "a.posts.jsonl": "\n\n".join(map(json.dumps, posts)),
    }[name]
    (tmp_path / name).write_text(content, "utf-8")
    (source,) = find([str(tmp_path / name)], BytesIO())
    loaded = list(source.read())[-1]
    assert loaded.json is not None
    (place,) = loaded.json.places("text", posts[1]["text"], 4) or (None,)
    assert place is not None
    assert at(content.removeprefix("\ufeff"), place, 4) == "Ring"


@given(st.text('&<>;amplt "\\é🚓', max_size=20), st.booleans())
def test_the_entities_of_an_archive_of_x(before: str, escaped: bool) -> None:
    text = f"{before} PEAR"
    said = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    source = json.dumps({"tweet": {"id": "1", "full_text": said}}, ensure_ascii=escaped)
    places = JsonSource(source, 1, 1).places("text", text, len(text) - 4, len(text))
    assert places is not None
    assert at(source, places[0], 5) == 'PEAR"'
    assert at(source, places[1], 1) == '"'
