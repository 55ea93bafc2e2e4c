"""JSON in pieces: the same values as the whole parser gives, each where it stands, however the bytes come."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint.readers import json_stream
from wmp_postlint.readers.json_stream import JsonStream, whole
from wmp_postlint.readers.loaded import UnreadableError

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


class Drops(io.BytesIO):
    """A file that gives a few bytes at a time."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(3)


@given(st.lists(VALUES, max_size=5), st.sampled_from([None, 2]), st.booleans())
def test_a_list(values: list[object], indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(values, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "replace")
    items = list(JsonStream(Drops(text)).items())
    assert [item.value for item in items] == json.loads(text)
    lines = text.decode().split("\n")
    for item in items:
        rest = "\n".join([lines[item.line - 1][item.column - 1 :], *lines[item.line :]])
        assert json.JSONDecoder().raw_decode(rest)[0] == item.value


@given(st.dictionaries(st.text(max_size=4), VALUES, max_size=4), st.lists(VALUES, max_size=4))
def test_an_object(members: dict[str, object], values: list[object]) -> None:
    content = {**members, "items": values}
    items = list(JsonStream(Drops(json.dumps(content).encode())).items("items"))
    assert [item.value for item in items if item.in_list] == values
    assert {item.key: item.value for item in items if not item.in_list} == {
        key: value for key, value in members.items() if key != "items"
    }
    assert whole(io.BytesIO(json.dumps(content).encode())) == content


def read(text: bytes) -> None:
    for item in JsonStream(io.BytesIO(text)).items():
        if item.error:
            raise item.error


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        (b'[{"a": 1},\n {"a": }, 2]', 2, 8, "a value is missing"),
        (b"[1,\n2", 2, 2, "it ends too early"),
        (b'[{"a": "b', 1, 10, "it ends too early"),
        (b"[1 2]", 1, 4, "expected a comma"),
        (b"[1] 2", 1, 5, "something stands after"),
        (b"[1,]", 1, 4, "a value is missing"),
        (b'{"a" 1}', 1, 6, "expected a colon"),
        (b"{a: 1}", 1, 2, "in double quotes"),
        (b"hello", 1, 1, "expected a list or an object"),
        (b'["caf\xe9"]', 1, 6, "not UTF-8"),
        (b'["a",\n"caf\xe9"]', 2, 5, "not UTF-8"),
    ],
)
def test_mistakes(text: bytes, line: int, column: int, words: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(text)
    assert words in caught.value.problem
    assert (caught.value.line, caught.value.column) == (line, column)


def test_a_broken_member_loses_no_other() -> None:
    items = list(JsonStream(io.BytesIO(b'[{"a": tru}, {"a": 1, "a": 2}, {"a": 3}]')).items())
    assert [item.error is None for item in items] == [False, False, True]


def test_long_members_are_refused_and_memory_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "MAX_BYTES", 100)
    with pytest.raises(UnreadableError, match="longer than"):
        list(JsonStream(Drops(b'["' + b"a" * 500 + b'"]')).items())
    stream = JsonStream(io.BytesIO(b"[" + b'{"a": "bbbbbbbbbbbbbbbbbb"},' * 50_000 + b"1]"))
    assert max(len(stream._text) for _ in stream.items()) < 200_000
