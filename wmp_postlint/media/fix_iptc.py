"""Take datasets out of an IPTC stream, in place: those that stay move up, and the room at the end is zeroed."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.media import iptc
from wmp_postlint.media.canvas import Canvas, Removal
from wmp_postlint.media.source import Source


def fix(source: Source, path: str, canvas: Canvas) -> None:
    """Remove what the canvas is to be rid of from one IIM stream that lies in the file in one piece."""
    raw = source.read(0, source.size)
    fixed = fixed_stream(raw, canvas.remove)
    if fixed != raw:
        canvas.write(source.base, fixed)
        canvas.removed("iptc", path, source.base, len(raw))


def fixed_stream(raw: bytes, remove: Removal) -> bytes:
    """Return an IIM stream of the same length without the datasets that are to go."""
    if remove == "all":
        return b"\0" * len(raw)
    kept = b"".join(
        raw[start:end] for record, number, start, end in _datasets(raw) if not _unwanted(record, number, remove)
    )
    return kept.ljust(len(raw), b"\0")[: len(raw)]


def _unwanted(record: int, number: int, remove: Removal) -> bool:
    kind = iptc.kind_of(number) if record == 2 else ""
    return kind == "place" or (kind == "identity" and remove != "location")


def _datasets(raw: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Yield record, dataset, where it begins, where it ends."""
    at = raw.find(b"\x1c")
    while 0 <= at <= len(raw) - 5:
        length, start = int.from_bytes(raw[at + 3 : at + 5], "big"), at + 5
        if length & 0x8000:
            width = min(length & 0x7FFF, 8)
            length, start = int.from_bytes(raw[start : start + width], "big"), start + width
        end = min(start + length, len(raw))
        yield raw[at + 1], raw[at + 2], at, end
        at = raw.find(b"\x1c", end)
