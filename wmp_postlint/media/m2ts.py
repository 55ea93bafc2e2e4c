"""Look through an MPEG transport stream for positions: AVCHD camera data, dash-cams' and drones' streams."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.media import telemetry
from wmp_postlint.media.coordinates import degrees
from wmp_postlint.media.facts import Position, Trace
from wmp_postlint.media.gps import BROKEN, judged, pair
from wmp_postlint.media.source import Items, Problem, Source
from wmp_postlint.media.tracks import DETAIL

_DASHCAMS = (0x0300, 0x01E4, 0x0E1B)  # identifiers that dash-cams give to a stream which no table lists
MAX_STARTS = 4096
MAX_READ = 4 * 1024 * 1024
_MDPM = bytes.fromhex("17ee8c60f84d11d98cd60800200c9a66") + b"MDPM"


def _private(data: bytes, step: int, skip: int) -> set[int]:
    """Return the identifiers of streams that hold neither pictures nor sound, by how their packets begin."""
    found = set(_DASHCAMS)
    starts = data[skip + 1 :: step]
    for number in [n for n, flags in enumerate(starts) if flags & 0x40][:MAX_STARTS]:
        at = skip + number * step
        head = data[at : at + 188]
        if len(head) > 5 and head[0] == 0x47:
            start = 4 + (1 + head[4] if head[3] & 0x20 else 0)
            if head[start : start + 3] == b"\0\0\1" and head[start + 3 : start + 4] in (b"\xbd", b"\xbf", b"\xfc"):
                found.add((head[1] & 31) << 8 | head[2])
    return found


def _payloads(data: bytes, step: int, skip: int, only: set[int] | None = None) -> dict[int, bytearray]:
    """Return the payload of each packet identifier, joined; or of some, looked for among the first packets."""
    streams: dict[int, bytearray] = {}
    for at in range(skip, len(data) - 187, step):
        if data[at] != 0x47 or (only is not None and ((data[at + 1] & 31) << 8 | data[at + 2]) not in only):
            continue
        control = data[at + 3] >> 4 & 3
        start = at + 4 + (1 + data[at + 4] if control & 2 else 0)
        if control & 1 and start < at + 188:
            streams.setdefault((data[at + 1] & 31) << 8 | data[at + 2], bytearray()).extend(data[start : at + 188])
    return streams


def walk(source: Source, path: str) -> Items:
    """Yield the position in the first megabytes of a transport stream."""
    step, skip = (188, 0) if source.read(188, 1) == b"G" and source.read(0, 1) == b"G" else (192, 4)
    data = source.read(0, MAX_READ)
    private = _private(data, step, skip)
    for stream in _payloads(data, step, skip, private).values() if private else ():
        source.check()
        found = telemetry.first(bytes(stream[:1024]))
        if found is not None:
            yield Trace("track", "timed", path, DETAIL)
            yield judged(*found, path)
            return
    if b"\x17\xee\x8c\x60" not in data and b"MDPM" not in data:
        return
    for stream in _payloads(data, step, skip).values():
        source.check()
        at = stream.find(_MDPM)
        if at >= 0:
            raw = bytes(stream[at + len(_MDPM) : at + len(_MDPM) + 1024]).replace(b"\0\0\3", b"\0\0")
            yield from _camera_data(raw, path)
            return
    if source.size > 8 * MAX_READ and b"freeGPS " in data:
        yield Problem("The video carries location data that could not be read.")


def _camera_data(raw: bytes, path: str) -> Iterator[Position | Trace]:
    """Yield the position in a list of five-byte entries: a tag, and four bytes of value."""
    values = {raw[at]: raw[at + 1 : at + 5] for at in range(1, min(len(raw) - 4, 1 + 5 * raw[0]), 5)} if raw else {}

    def angle(first: int) -> float | None:
        parts: list[float | None] = []
        for tag in range(first, first + 3):
            value = values.get(tag, b"\0\0\0\0")
            bottom = int.from_bytes(value[2:], "big")
            parts.append(int.from_bytes(value[:2], "big") / bottom if bottom else None)
        return degrees(parts)

    if 0xB2 not in values and 0xB6 not in values:
        return
    yield Trace("track", "avchd", path, DETAIL)
    refs = [values.get(tag, b"")[:1].decode("latin-1") for tag in (0xB1, 0xB5)]
    both = pair(angle(0xB2), refs[0], angle(0xB6), refs[1])
    yield judged(*both, "avchd", path) if both else Trace("broken", "avchd", path, BROKEN)
