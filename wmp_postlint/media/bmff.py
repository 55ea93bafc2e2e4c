"""Step through ISO base media boxes, and find every Exif and XMP item of a HEIF file through iinf and iloc."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wmp_postlint import lazy
from wmp_postlint.media.source import MAX_BLOCK, Block, Items, Problem, Source

MAX_BOXES = 20_000
MAX_ITEMS = 4096
MAX_EXTENTS = 64
MAX_PIECE = 1 << 20
_TIFF = lazy.regex(rb"II\*\0|MM\0\*")


class Box(NamedTuple):
    """One box: its type, where its payload begins, where it should end, and whether the file ends before that."""

    type: bytes
    start: int
    end: int
    cut: bool
    head: int


def boxes(source: Source, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """Yield the boxes between two offsets, stopping at the first that cannot be one."""
    stop = source.size if end is None else min(end, source.size)
    at = start
    for index in range(MAX_BOXES):
        if index % 64 == 0:
            source.check()
        head = source.read(at, 16)
        if at + 8 > stop or len(head) < 8:
            return
        size, kind, payload = int.from_bytes(head[:4], "big"), head[4:8], at + 8
        if size == 1:
            size, payload = int.from_bytes(head[8:16], "big"), at + 16
        elif size == 0:
            size = stop - at
        if size < payload - at:
            return
        yield Box(kind, payload, min(at + size, stop), at + size > stop, at)
        at += size


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    end = data.find(b"\0", at)
    return (data[at:], len(data)) if end < 0 else (data[at:end], end + 1)


def _item_types(source: Source, box: Box) -> tuple[dict[int, bytes], bool]:
    """Return item id -> "Exif", "xmp" or "other", and whether an item is encrypted."""
    version = source.uint(box.start, 1)
    first = box.start + (6 if version == 0 else 8)
    types: dict[int, bytes] = {}
    locked = False
    for entry in boxes(source, first, box.end):
        if entry.type != b"infe" or len(types) >= MAX_ITEMS:
            continue
        data = source.read(entry.start, min(entry.end - entry.start, 1024))
        if len(data) < 8:
            continue
        if data[0] < 2:
            name_end = _string(data, 8)[1]
            kind, mime, item, lock = b"mime", _string(data, name_end)[0], int.from_bytes(data[4:6], "big"), data[6:8]
        else:
            width = 2 if data[0] == 2 else 4
            at = 4 + width
            item, lock, kind = int.from_bytes(data[4:at], "big"), data[at : at + 2], data[at + 2 : at + 6]
            mime = _string(data, _string(data, at + 6)[1])[0]
        locked = locked or (kind in (b"Exif", b"mime") and lock != b"\0\0")
        if kind == b"mime" and b"xml" in mime.lower():
            kind = b"xmp"
        types[item] = kind
    return types, locked


def _locations(source: Source, box: Box) -> dict[int, tuple[int, list[tuple[int, int]]]]:
    """Return item id -> construction method and extents (offset, length)."""
    data = source.read(box.start, min(box.end - box.start, MAX_BLOCK))
    if len(data) < 8:
        return {}
    version, sizes = data[0], data[4] << 8 | data[5]
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version in (1, 2) else 0
    at = 6

    def number(width: int) -> int:
        nonlocal at
        at += width
        return int.from_bytes(data[at - width : at], "big")

    count = number(4 if version == 2 else 2)
    found: dict[int, tuple[int, list[tuple[int, int]]]] = {}
    for _ in range(min(count, MAX_ITEMS)):
        if at >= len(data):
            break
        source.check()
        item = number(4 if version == 2 else 2)
        method = number(2) & 15 if version in (1, 2) else 0
        number(2)
        base = number(base_size)
        extents = []
        for _ in range(min(number(2), MAX_EXTENTS)):
            number(index_size)
            offset = number(offset_size)
            extents.append((base + offset, number(length_size)))
        found[item] = method, extents
    return found


def exif_item(raw: bytes) -> int:
    """Return where the TIFF structure begins in a HEIF Exif item, whose offset field writers often get wrong; or -1."""
    skip = 4 + int.from_bytes(raw[:4], "big")
    if raw[skip : skip + 2] in (b"II", b"MM"):
        return skip
    match = _TIFF.search(raw[:256])
    return match.start() if match else -1


def items(source: Source, box: Box, path: str) -> Items:
    """Yield the Exif and XMP items that a meta box (given by its payload) lists."""
    parts = {inner.type: inner for inner in boxes(source, box.start + 4, box.end)}
    if b"iinf" not in parts:
        return
    types, locked = _item_types(source, parts[b"iinf"])
    if locked:
        yield Problem("The picture's metadata is encrypted and could not be looked at.")
    places = _locations(source, parts[b"iloc"]) if b"iloc" in parts else {}
    data_box = parts.get(b"idat")
    for item, kind in types.items():
        if kind not in (b"Exif", b"xmp", b"jpeg"):
            continue
        here = f"{path}/item {item}"
        method, extents = places.get(item, (0, []))
        if method == 1 and data_box is not None:
            extents = [(data_box.start + offset, length) for offset, length in extents]
        elif method != 0 or not extents:
            yield Problem(f"A metadata block ({here}) is stored in a way that cannot be read.")
            continue
        extents = [(offset, length or source.size - offset) for offset, length in extents]
        source.check()
        total = sum(length for _, length in extents)
        if len(extents) == 1:
            at, raw, there = extents[0][0], source.read(extents[0][0], min(total, 256)), source.size - extents[0][0]
        else:  # pieces: put together, each item when its turn comes, so that only one is held
            at, raw = 0, b"".join(source.read(offset, min(length, MAX_PIECE)) for offset, length in extents)
            there = len(raw)
        if there < total:
            yield Problem(f"A metadata block ({here}) is cut short.")
        skip = exif_item(raw) if kind == b"Exif" else 0
        if skip < 0:
            if raw.strip(b"\0"):
                yield Problem(f"A metadata block ({here}) is damaged and could not be read.")
                yield Block("unread", 0, len(raw), here, raw)
            continue
        sort = {b"Exif": "tiff", b"xmp": "xmp", b"jpeg": "nested"}[kind]
        if len(extents) == 1:
            yield Block(sort, at + skip, total - skip, here)
        else:
            yield Block(sort, 0, len(raw) - skip, here, raw[skip:])
