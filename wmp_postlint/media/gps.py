"""Read one Exif GPS directory, whatever types its writer used."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.media.coordinates import degrees, fault, parse_angle
from wmp_postlint.media.facts import Position, Trace
from wmp_postlint.media.ifd import Entry, Reader

ROUTE = "exif-gps"
ZERO = "The file has a GPS block, but its position is 0,0."
IMPOSSIBLE = "The file has a GPS position that is no place on earth."
BROKEN = "The file has a GPS block with a position that cannot be read in full."


def judged(latitude: float, longitude: float, route: str, path: str) -> Position | Trace:
    """Return a Position, or a Trace when the pair is 0,0 or no place on earth."""
    kind = fault(latitude, longitude)
    if kind is None:
        return Position(latitude + 0.0, longitude + 0.0, route, path)  # adding 0.0 turns -0.0 into 0.0
    return Trace(kind, route, path, ZERO if kind == "zero" else IMPOSSIBLE)


def _angle(reader: Reader, entry: Entry) -> tuple[float | None, bool]:
    """Return degrees without or with a sign, and whether a sign was in the value."""
    if entry.type in (2, 7):
        raw = reader.raw(entry, 200).partition(b"\0")[0]
        value = parse_angle(raw.decode("latin-1"))
        return value, value is not None and value < 0
    numbers = reader.numbers(entry, 3)
    value = degrees([None if number is None else abs(number) for number in numbers])
    signed = any(number is not None and number < 0 for number in numbers)
    return (None if value is None else -value if signed else value), signed


def _reference(reader: Reader, entry: Entry | None) -> str:
    return reader.raw(entry, 8).strip(b"\0 ").decode("latin-1")[:1].upper() if entry is not None else ""


def pair(latitude: float | None, south: str, longitude: float | None, west: str) -> tuple[float, float] | None:
    """Apply the hemisphere letters; a missing half counts as 0 when the other is there. None when both are missing."""
    if latitude is None and longitude is None:
        return None
    north_east = [latitude or 0.0, longitude or 0.0]
    for index, (letter, good, bad) in enumerate(((south, "N", "S"), (west, "E", "W"))):
        if letter == bad:
            north_east[index] = -abs(north_east[index])
        elif letter == good:
            north_east[index] = abs(north_east[index])
    return north_east[0], north_east[1]


def read(reader: Reader, entries: list[Entry], path: str) -> Iterator[Position | Trace]:
    """Yield the positions of a GPS directory; nothing for one that is empty or holds a version only."""
    found = {entry.tag: entry for entry in entries if entry.many}
    for first, route in ((1, ROUTE), (0x13, "exif-gps-destination")):
        latitude, longitude = found.get(first + 1), found.get(first + 3)
        if latitude is None and longitude is None:
            continue
        if latitude is None or longitude is None:
            yield Trace("broken", route, path, "The file has a GPS block with half a position.")
            continue
        lat, _ = _angle(reader, latitude)
        lon, _ = _angle(reader, longitude)
        both = pair(lat, _reference(reader, found.get(first)), lon, _reference(reader, found.get(first + 2)))
        if both is None or lat is None or lon is None:
            yield Trace("broken", route, path, BROKEN)
        if both is not None and (fault(*both) != "zero" or (lat is not None and lon is not None)):
            yield judged(*both, route, path)
    if not any(tag in found for tag in (2, 4, 0x14, 0x16)) and (7 in found or 0x1D in found):
        yield Trace("time-only", ROUTE, path, "The file has a GPS block with a time but no position.")
