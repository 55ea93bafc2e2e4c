"""The last look: search bytes that no walker understood for what looks like a location."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.media import telemetry, tiff
from wmp_postlint.media.coordinates import fault, parse_angle, parse_iso6709
from wmp_postlint.media.facts import Position, Trace
from wmp_postlint.media.gps import judged, pair
from wmp_postlint.media.source import Problem, Source

MAX_HITS = 24
_SENTENCES = (b"RMC,", b"GGA,", b"$GA,", b"$GPSINFO,")
_ITEMS = lazy.regex(rb'name="(Latitude|Longitude)(Ref)?"\s{1,8}value="([^"<>]{1,40})"', re.IGNORECASE)
WINDOW = 4 * 1024 * 1024
_TIFF = lazy.regex(rb"II\*\0[\x08-\x40]\0\0\0|MM\0\*\0\0\0[\x08-\x40]")
_XMP = lazy.regex(rb"<(?:x:xmpmeta|rdf:RDF|rdf:Description)[\s>]|GPSL(?:at|ong)itude\s{0,9}[=>]")
_VIDEO = lazy.regex(
    rb"\xa9xyz|com\.apple\.quicktime\.location\.ISO6709|[\0-\2][\0-\xff]{3}loci\0\0\0\0|freeGPS |GPS5\x6c|GPS9\x3f"
)
_ISO = lazy.regex(rb"[-+][0-9]{1,6}(?:\.[0-9]{1,12})?[-+][0-9]{1,7}(?:\.[0-9]{1,12})?")


def look(source: Source, path: str) -> Iterator[Position | Trace]:
    """Yield positions and traces found in unstructured bytes."""
    for start in range(0, source.size, WINDOW):
        source.check()
        window = source.read(start, WINDOW + 4096)
        yield from _tiffs(source, window, start, path)
        yield from _packets(source, window, path)
        yield from _items(window, path)
        yield from sentences(window, path)
        for hit, match in enumerate(_VIDEO.finditer(window)):
            if hit >= MAX_HITS:
                break
            yield from _video(match[0], window[match.end() : match.end() + 256], path)


def sentences(window: bytes, path: str) -> Iterator[Position | Trace]:
    """Yield the track and its first position where a receiver's sentences stand in plain text."""
    for word in _SENTENCES:
        at = window.find(word)
        for _ in range(MAX_HITS):
            if at < 0:
                break
            found = telemetry.first(window[max(0, at - 4) : at + 256])
            if found is not None:
                yield Trace("track", "timed", path, "The file carries a timed location track.")
                yield judged(*found, f"{path}/found by search")
                return
            at = window.find(word, at + 1)


def _items(window: bytes, path: str) -> Iterator[Position | Trace]:
    """Yield the position in a camera's own XML (Sony's Item elements with a name and a value)."""
    found: dict[bytes, str] = {}
    for match in _ITEMS.finditer(window):
        found.setdefault((match[1] + (match[2] or b"")).lower(), match[3].decode("latin-1"))
    if b"latitude" in found and b"longitude" in found:
        both = pair(parse_angle(found[b"latitude"]), found.get(b"latituderef", "")[:1].upper(),
                    parse_angle(found[b"longitude"]), found.get(b"longituderef", "")[:1].upper())  # fmt: skip
        if both:
            yield judged(*both, "camera-xml", f"{path}/XML found by search")


def _tiffs(source: Source, window: bytes, start: int, path: str) -> Iterator[Position | Trace]:
    for hit, match in enumerate(_TIFF.finditer(window)):
        if hit >= MAX_HITS:
            return
        at = start + match.start()
        for item in tiff.walk(source.sub(at, source.size - at), f"{path}/TIFF found by search"):
            if isinstance(item, (Position, Trace)) and (
                isinstance(item, Position) or item.kind in ("zero", "time-only")
            ):
                yield item


def _packets(source: Source, window: bytes, path: str) -> Iterator[Position | Trace]:
    from wmp_postlint.media import xmp

    match = _XMP.search(window)
    if match is None:
        return
    end = window.rfind(b">", match.start())
    packet = window[max(0, match.start() - 60) : end + 1 if end > 0 else len(window)]
    for item in xmp.read(source.derived(packet[: 1 << 20]), f"{path}/XMP found by search"):
        if not isinstance(item, Problem) and isinstance(item, (Position, Trace)):
            yield item


def _video(kind: bytes, after: bytes, path: str) -> Iterator[Position | Trace]:
    match = _ISO.search(after)
    both = parse_iso6709(match[0].decode("ascii")) if match and kind[:1] in (b"\xa9", b"c") else None
    if both and fault(*both) is None:
        yield Position(*both, "quicktime-search", f"{path}/found by search")
    elif kind[:4] in (b"free", b"GPS5", b"GPS9"):
        yield Trace("track", "timed", path, "The file carries a timed location track.")
    else:
        yield Trace(
            "unparsed", "search", path, "The file has what looks like a location in a part that could not be read."
        )
