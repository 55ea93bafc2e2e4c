"""CAR files, in which AT Protocol servers hand out repositories: blocks by their content's hash, and the tree of them.

The blocks stand in no order; where each lies is noted down in one pass, and each is read, and its hash checked, when
the tree leads to it. Source: the CAR v1 specification of IPLD, and the repository specification of AT Protocol (v3).
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

from wmp_postlint.readers.cbor import Cid, decode
from wmp_postlint.readers.loaded import MAX_BYTES, TOO_LONG, UnreadableError

_AGAIN = "download the repository again"
_SHA256 = b"\x12\x20"
_VERSIONS = (2, 3)
_DEEPEST = 256


class Car:
    """A repository in a CAR file.

    Args:
        file: the bytes; it must be possible to go back in them.

    Raises:
        UnreadableError: if it is no CAR file of version 1 with one root, or ends too early.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: dict[bytes, tuple[int, int]] = {}
        header = decode(self._take(self._length() or 0))
        roots = header.get("roots") if isinstance(header, dict) else None
        if not isinstance(header, dict) or header.get("version") != 1 or not isinstance(roots, list) or not roots:
            raise UnreadableError("is no CAR file of version 1")
        self._root = roots[0]
        self._index()

    def records(self) -> Iterator[tuple[str, str, object | UnreadableError]]:
        """Yield the records in the order of their keys: whose repository it is, the key, and the record or its mistake.

        Raises:
            UnreadableError: if the tree itself is damaged, so that records may be missing.
        """
        commit = self._object(self._root)
        owner, tree = commit.get("did"), commit.get("data")
        if commit.get("version") not in _VERSIONS or not isinstance(owner, str):
            raise UnreadableError("is a CAR file without a repository in it")
        for key, address in self._entries(tree, 0):
            try:
                yield owner, key, self._object(address)
            except UnreadableError as error:
                yield owner, key, error

    def _entries(self, node: object, depth: int) -> Iterator[tuple[str, object]]:
        """Yield the keys of a tree with the addresses of their records, what lies left of a key before it."""
        if depth > _DEEPEST:
            raise UnreadableError(f"holds a tree that is too deep; {_AGAIN}")
        table = self._object(node)
        if table.get("l") is not None:
            yield from self._entries(table["l"], depth + 1)
        before = b""
        entries = table.get("e")
        if not isinstance(entries, list):
            raise UnreadableError(f"holds a damaged tree; {_AGAIN}")
        for entry in entries:
            shared, rest = (entry.get("p"), entry.get("k")) if isinstance(entry, dict) else (None, None)
            if not isinstance(shared, int) or not isinstance(rest, bytes) or not 0 <= shared <= len(before):
                raise UnreadableError(f"holds a damaged tree; {_AGAIN}")
            before = before[:shared] + rest
            yield before.decode("utf-8", "replace"), entry.get("v")
            if entry.get("t") is not None:
                yield from self._entries(entry["t"], depth + 1)

    def _object(self, address: object) -> dict[str, object]:
        if not isinstance(address, Cid) or address not in self._places:
            raise UnreadableError(f"lacks a part that it says it has; {_AGAIN}")
        start, length = self._places[address]
        self._file.seek(start)
        content = self._take(length)
        if sha256(content).digest() != address[-32:]:
            raise UnreadableError(f"holds a part that was changed or damaged; {_AGAIN}")
        value = decode(content)
        if not isinstance(value, dict):
            raise UnreadableError(f"holds a record that is no object; {_AGAIN}")
        return value

    def _index(self) -> None:
        """Note down where each block lies."""
        while (length := self._length()) is not None:
            start = self._file.tell()
            # Version, codec, and a hash of 32 bytes: the only addresses that repositories use.
            address = self._take(min(length, 36))
            if len(address) < 36 or address[0] != 1 or address[2:4] != _SHA256:
                raise UnreadableError(f"holds a part with an address of another kind; {_AGAIN}")
            self._places[Cid(address)] = (start + 36, length - 36)
            self._file.seek(start + length)
            if length and self._file.tell() != start + length:
                raise UnreadableError(f"ends too early; {_AGAIN}")

    def _length(self) -> int | None:
        """Read the length of what follows; None at the end of the file."""
        value = shift = 0
        while True:
            byte = self._file.read(1)
            if not byte:
                if shift:
                    raise UnreadableError(f"ends too early; {_AGAIN}")
                return None
            value |= (byte[0] & 127) << shift
            shift += 7
            if byte[0] < 128:
                break
            if shift > 56:
                raise UnreadableError("is no CAR file: a length in it has no end")
        if value > MAX_BYTES:
            raise UnreadableError(TOO_LONG)
        return value

    def _take(self, length: int) -> bytes:
        content = self._file.read(length)
        if len(content) < length:
            raise UnreadableError(f"ends too early; {_AGAIN}")
        return content
