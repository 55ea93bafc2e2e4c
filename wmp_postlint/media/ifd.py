"""The directories of a TIFF structure: their entries, and the values of these."""

from __future__ import annotations

import struct
from typing import NamedTuple

from wmp_postlint.media.source import Source

MAX_ENTRIES = 4096
_SIZES = (0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8)
_FORMATS = {
    1: "B",
    3: "H",
    4: "I",
    6: "b",
    7: "B",
    8: "h",
    9: "i",
    11: "f",
    12: "d",
    13: "I",
    16: "Q",
    17: "q",
    18: "Q",
}


class Entry(NamedTuple):
    """One directory entry of `many` values, which lie at `at`, counted from the start of the TIFF structure."""

    tag: int
    type: int
    many: int
    at: int
    size: int


class Reader:
    """Reads directories of one TIFF structure in its own byte order."""

    def __init__(self, source: Source) -> None:
        self.source = source
        head = source.read(0, 16)
        self.little = head[:2] == b"II"
        self.order = "<" if self.little else ">"
        self.big = head[2:4] in (b"\x2b\0", b"\0\x2b")
        self.first = self.number(8, 8) if self.big else self.number(4, 4)

    def number(self, at: int, width: int) -> int:
        """Return an unsigned number at an offset; bytes missing at the end count as 0."""
        raw = self.source.read(at, width).ljust(width, b"\0")
        return int.from_bytes(raw, "little" if self.little else "big")

    def directory(self, at: int) -> tuple[list[Entry], int, str | None]:
        """Return the entries at an offset, the offset of the next directory, and what is wrong with it, if anything."""
        head, width, value_width = (8, 20, 8) if self.big else (2, 12, 4)
        count = self.number(at, head)
        raw = self.source.read(at + head, min(count, MAX_ENTRIES) * width)
        fault = None
        if count > MAX_ENTRIES:
            fault = "has far more entries than a picture needs"
        elif len(raw) < count * width:
            fault = "is cut short"
        entries = []
        form = self.order + ("HHQ" if self.big else "HHI")
        for index in range(len(raw) // width):
            tag, type_, many = struct.unpack_from(form, raw, index * width)
            size = (_SIZES[type_] if type_ < len(_SIZES) else 0) * many
            place = at + head + index * width + width - value_width
            entries.append(
                Entry(tag, type_, many, place if size <= value_width else self.number(place, value_width), size)
            )
        return entries, 0 if fault else self.number(at + head + count * width, value_width), fault

    def raw(self, entry: Entry, limit: int = 65536) -> bytes:
        """Return the bytes of an entry's value, as many as are there."""
        return self.source.read(entry.at, min(entry.size, limit))

    def numbers(self, entry: Entry, limit: int = 64) -> list[float | None]:
        """Return an entry's numbers; a rational with a denominator of 0 is None."""
        raw = self.raw(entry, limit * 8)
        if entry.type in (5, 10):
            form = self.order + ("II" if entry.type == 5 else "ii")
            pairs = struct.iter_unpack(form, raw[: len(raw) // 8 * 8])
            return [top / bottom if bottom else None for top, bottom in pairs]
        letter = _FORMATS.get(entry.type)
        if letter is None:
            return []
        size = _SIZES[entry.type]
        return [float(one[0]) for one in struct.iter_unpack(self.order + letter, raw[: len(raw) // size * size])]
