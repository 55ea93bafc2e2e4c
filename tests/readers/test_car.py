"""Repositories of Bluesky as CAR files: one that the reference implementation wrote, and ones made here."""

from __future__ import annotations

import struct
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from formats import SAMPLES, posts, read
from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint.readers.car import Car
from wmp_postlint.readers.cbor import Cid, decode
from wmp_postlint.readers.loaded import UnreadableError

SAMPLE = SAMPLES / "bluesky.car"


def head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    size = next(size for size in range(4) if number < 1 << 8 * (1 << size))
    return bytes([kind << 5 | 24 + size]) + number.to_bytes(1 << size, "big")


def encode(value: Any) -> bytes:
    if value is None or isinstance(value, bool):
        return bytes([0xF6 if value is None else 0xF4 + value])
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, Cid):
        return head(6, 42) + encode(b"\0" + bytes(value))
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(encode, value))
    return head(5, len(value)) + b"".join(encode(key) + encode(item) for key, item in value.items())


class Writer:
    """Blocks of a CAR file."""

    def __init__(self) -> None:
        self.blocks: list[tuple[Cid, bytes]] = []

    def put(self, value: Any) -> Cid:
        content = encode(value)
        cid = Cid(b"\x01\x71\x12\x20" + sha256(content).digest())
        self.blocks.append((cid, content))
        return cid

    def car(self, root: Cid) -> bytes:
        parts = [encode({"roots": [root], "version": 1}), *(cid + content for cid, content in self.blocks)]
        return b"".join(varint(len(part)) + part for part in parts)


def varint(number: int) -> bytes:
    low = number & 127
    return bytes([low | 128]) + varint(number >> 7) if number > 127 else bytes([low])


def repository(texts: list[str], deep: bool) -> bytes:
    """A repository of posts, in one node or in a tree that hangs to the left and the right."""
    writer = Writer()
    record = {"$type": "app.bsky.feed.post", "createdAt": "2026-05-04T09:00:00Z"}
    entries = [
        {"p": 0, "k": f"app.bsky.feed.post/{index:06}".encode(), "v": writer.put({**record, "text": text}), "t": None}
        for index, text in enumerate(texts)
    ]
    tree = None
    if deep:
        for entry in entries:
            tree = writer.put({"l": tree, "e": [entry]})
    else:
        for number, entry in enumerate(entries[1:]):
            entry["p"], entry["k"] = 19, f"{number + 1:06}".encode()
    tree = tree or writer.put({"l": None, "e": entries})
    return writer.car(writer.put({"did": "did:plc:a", "version": 3, "data": tree, "rev": "1", "sig": b"x"}))


def test_what_the_reference_implementation_wrote() -> None:
    found = read(SAMPLE)
    assert [each.skipped for each in found if each.skipped] == ["a record that publishes no words (app.bsky.feed.like)"]
    profile, first, second, third = [each.post for each in found if each.post]
    assert profile
    assert profile.kind == "profile"
    assert profile.text == "Walsall Police\n\nNot for reporting crime: call 101 or 999."
    assert first
    assert first.id == "at://did:plc:exampleexampleexample/app.bsky.feed.post/3kaaaaaaaaa2a"
    assert second
    assert second.text == "🚓 £50 purse found in Erdington. Ring me on 07700 900461"
    assert second.published_at
    assert third
    assert third.links[0].text == "our advice"
    assert third.text[third.links[0].start : third.links[0].end] == "our advice"
    assert posts("-", stdin=SAMPLE.read_bytes()) == posts(SAMPLE)


@pytest.mark.parametrize("deep", [False, True])
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=30))
def test_every_post_in_its_order(deep: bool, texts: list[str]) -> None:
    found = list(Car(BytesIO(repository(texts, deep))).records())
    assert [record["text"] for _, _, record in found if isinstance(record, dict)] == texts
    assert [key for _, key, _ in found] == [f"app.bsky.feed.post/{index:06}" for index in range(len(texts))]


def test_no_changed_byte_goes_unseen() -> None:
    """Wherever a byte is changed or the file is cut, there is an error, or all posts are as they were."""
    content = SAMPLE.read_bytes()
    whole = posts(SAMPLE)
    for at in range(len(content)):
        for changed in (content[:at] + bytes([content[at] ^ 0x21]) + content[at + 1 :], content[:at]):
            try:
                found = list(Car(BytesIO(changed)).records())
            except UnreadableError:
                continue
            good = [record for _, _, record in found if not isinstance(record, UnreadableError)]
            assert len(good) < len(found) or len(found) == len(whole) + 1


def test_a_repository_that_lies_about_lengths() -> None:
    for content in (
        b"",
        b"\x80" * 12,
        b"\xff\xff\xff\xff\x0f",
        varint(3) + b"\xa2ab",
        repository(["x"], False) + b"\x05a",
    ):
        with pytest.raises(UnreadableError):
            list(Car(BytesIO(content)).records())


def test_a_tree_that_is_too_deep_is_an_error() -> None:
    with pytest.raises(UnreadableError, match="too deep"):
        list(Car(BytesIO(repository(["x"] * 300, deep=True))).records())


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.binary() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(PLAIN)
def test_cbor_comes_back(value: Any) -> None:
    try:
        content = encode(value)
    except UnicodeEncodeError:  # a lone surrogate, which no CBOR text holds
        return
    assert decode(content) == value


@given(st.binary(max_size=60))
def test_any_bytes_are_a_value_or_a_mistake(content: bytes) -> None:
    try:
        decode(content)
    except UnreadableError:
        return


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x9b\x7f" + b"\xff" * 7, "ends too early"),
        (b"\x81" * 100 + b"\x01", "nested too deeply"),
        (b"\x9f\x01\xff", "without a length"),
        (b"\xa2aaa\x01aa\x02"[:1] + b"\x61a\x01\x61a\x02", "twice"),
        (b"\xa1\x01\x02", "no text"),
        (b"\xc1\x01", "no link"),
        (b"\xf9\x3c\x00", "unknown kind"),
        (b"\x61\xff", "not UTF-8"),
        (b"\x01\x01", "after its end"),
    ],
)
def test_what_is_no_dag_cbor(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        decode(content)
