"""DAG-CBOR, the binary form of records in AT Protocol repositories: the strict subset of CBOR that they use.

Our own reader of a hundred lines: the packages for it come with a compiled library, and a hostile file must end in a
sentence and not in a crash. Source: the DAG-CBOR specification of IPLD, and RFC 8949.
"""

from __future__ import annotations

import struct

from wmp_postlint.readers.loaded import UnreadableError

_DEEPEST = 64
_LINK = 42
_SIMPLE = {20: False, 21: True, 22: None}


class Cid(bytes):
    """The address of a block by its content, without the zero byte that stands before it in CBOR."""


def decode(content: bytes) -> object:
    """Return the value that a block holds: plain data, ``bytes``, and ``Cid`` for links.

    Raises:
        UnreadableError: if it is not DAG-CBOR, or something stands behind its end.
    """
    value, at = _value(content, 0, 0)
    if at != len(content):
        raise _wrong("something stands after its end")
    return value


def _value(content: bytes, at: int, depth: int) -> tuple[object, int]:
    if depth > _DEEPEST:
        raise _wrong("it is nested too deeply")
    kind, number, at = _head(content, at)
    if kind == 0:
        return number, at
    if kind == 1:
        return -1 - number, at
    if kind in (2, 3):
        end = at + number
        if end > len(content):
            raise _wrong("it ends too early")
        if kind == 2:
            return content[at:end], end
        try:
            return content[at:end].decode("utf-8"), end
        except UnicodeDecodeError:
            raise _wrong("a text is not UTF-8") from None
    if kind == 4:
        return _list(content, at, number, depth)
    if kind == 5:
        return _map(content, at, number, depth)
    if kind == 6:
        return _link(content, at, number, depth)
    return _rest(content, at, number)


def _head(content: bytes, at: int) -> tuple[int, int, int]:
    """Read what a value begins with: its kind, its number or length (of kind 7 what follows), and where it goes on."""
    if at >= len(content):
        raise _wrong("it ends too early")
    kind, number = content[at] >> 5, content[at] & 31
    at += 1
    if kind == 7 or number < 24:
        return kind, number, at
    if number > 27:
        raise _wrong("it holds a value without a length")
    size = 1 << (number - 24)
    if at + size > len(content):
        raise _wrong("it ends too early")
    return kind, int.from_bytes(content[at : at + size], "big"), at + size


def _list(content: bytes, at: int, number: int, depth: int) -> tuple[object, int]:
    _room(content, at, number)
    items = []
    for _ in range(number):
        item, at = _value(content, at, depth + 1)
        items.append(item)
    return items, at


def _map(content: bytes, at: int, number: int, depth: int) -> tuple[object, int]:
    _room(content, at, 2 * number)
    members: dict[str, object] = {}
    for _ in range(number):
        key, at = _value(content, at, depth + 1)
        if not isinstance(key, str):
            raise _wrong("a key is no text")
        if key in members:
            raise _wrong("a key stands twice in one object")
        members[key], at = _value(content, at, depth + 1)
    return members, at


def _link(content: bytes, at: int, tag: int, depth: int) -> tuple[object, int]:
    value, at = _value(content, at, depth + 1)
    if tag != _LINK or not isinstance(value, bytes) or value[:1] != b"\0":
        raise _wrong("it holds a tag that is no link")
    return Cid(value[1:]), at


def _rest(content: bytes, at: int, number: int) -> tuple[object, int]:
    if number in _SIMPLE:
        return _SIMPLE[number], at
    if number != 27 or at + 8 > len(content):
        raise _wrong("it holds a value of an unknown kind")
    return struct.unpack(">d", content[at : at + 8])[0], at + 8


def _room(content: bytes, at: int, least: int) -> None:
    """Refuse a list that says it is longer than the bytes that are left, before it takes memory."""
    if least > len(content) - at:
        raise _wrong("it ends too early")


def _wrong(words: str) -> UnreadableError:
    return UnreadableError(f"is a damaged record: {words}; download the repository again")
