"""Read the names of places in the notes that some makers' cameras write (layouts as ExifTool documents them)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wmp_postlint.media.ifd import Entry, Reader

TAG = 0x927C
_PANASONIC = {0x67: "Location", 0x69: "Country", 0x6B: "State", 0x6D: "City", 0x6F: "Landmark", 0x80: "City2"}
_NIKON = 0x39
_MAX_LEAP = 16 << 20


class Place(NamedTuple):
    """A place's name, and where its bytes lie, counted from the start of the TIFF structure around the note."""

    name: str
    text: str
    at: int
    size: int


def places(reader: Reader, note: Entry) -> Iterator[Place]:
    """Yield the place names in one maker's note."""
    head = reader.source.read(note.at, 12)
    if head.startswith(b"Panasonic\0\0\0"):
        entries, _, _ = reader.directory(note.at + 12)
        for entry in entries:
            if entry.tag in _PANASONIC and entry.at < _MAX_LEAP:
                text = _text(reader.raw(entry, 128))
                if text:
                    yield Place(_PANASONIC[entry.tag], text, entry.at, entry.size)
    elif head.startswith(b"Nikon\0\2"):
        base = note.at + 10
        inner = Reader(reader.source.sub(base, note.size - 10))
        entries, _, _ = inner.directory(inner.first)
        for entry in entries:
            if entry.tag == _NIKON and entry.size >= 12:
                raw = inner.raw(entry, 128)
                wide = raw[4] == 2
                text = raw[9:].decode("utf-16-be", "replace").partition("\0")[0] if wide else _text(raw[9:])
                if text.strip():
                    yield Place("Location", text.strip(), base + entry.at + 5, entry.size - 5)


def _text(raw: bytes) -> str:
    text = raw.partition(b"\0")[0].decode("utf-8", "replace").strip()
    return "" if text.strip("-") == "" else text
