"""Read the position in a FLIR thermal camera's own block (an FFF container; layout after ExifTool's documentation)."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator

from wmp_postlint.media.facts import Position, Trace
from wmp_postlint.media.gps import BROKEN, judged

_GPS_RECORD = 0x2B


def position(block: bytes, path: str) -> Iterator[Position | Trace]:
    """Yield the position of each GPSInfo record in an FFF block."""
    if block[:4] not in (b"FFF\0", b"AFF\0") or len(block) < 64:
        return
    version = struct.unpack_from(">I", block, 20)[0]
    order = ">" if 100 <= version < 200 else "<"
    start, count = struct.unpack_from(order + "II", block, 24)
    for index in range(min(count, 256)):
        at = start + 32 * index
        if at + 32 > len(block):
            return
        kind, _, _, _, offset, length = struct.unpack_from(order + "HHIIII", block, at)
        if kind == _GPS_RECORD and length >= 32:
            yield from _record(block[offset : offset + length], path)


def _record(record: bytes, path: str) -> Iterator[Position | Trace]:
    if len(record) < 32:
        yield Trace("broken", "flir", path, BROKEN)
        return
    valid = struct.unpack_from("<I", record)[0]  # always little-endian, whatever the container
    if not valid:
        return
    latitude, longitude = struct.unpack_from("<dd", record, 16)
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        yield Trace("broken", "flir", path, BROKEN)
        return
    south, west = record[8:9] == b"S", record[10:11] == b"W"
    yield judged(-abs(latitude) if south else latitude, -abs(longitude) if west else longitude, "flir", path)
