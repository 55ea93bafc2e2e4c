"""Recognise timed location tracks in videos; a first position is given where the format is simple."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Generator, Iterator

from wmp_postlint import lazy
from wmp_postlint.media import bmff
from wmp_postlint.media.facts import EmbeddedText, Position, Trace
from wmp_postlint.media.gps import judged
from wmp_postlint.media.source import Item, Items, Source

DETAIL = "The video carries a timed location track: where the camera was, moment by moment."
MAX_SAMPLES = 24
MAX_RECORDS = 200
_SAMPLE = 16384
_NMEA = lazy.regex(
    rb"\$[A-Z]{2}(?:RMC,[0-9.]*,A?,|GGA,[0-9.]*,)"
    rb"([0-9]{2,3})([0-9]{2}\.[0-9]+),([NS]),([0-9]{2,3})([0-9]{2}\.[0-9]+),([EW])"
)
_NAMED = lazy.regex(
    rb"lat(?:itude)?\s?[:=]\s?([-+]?[0-9]{1,2}\.[0-9]+)[^0-9-]{1,40}?"
    rb"l(?:ong?t?itude|ong?)\s?[:=]\s?([-+]?[0-9]{1,3}\.[0-9]+)",
    re.I,
)
_DJI = lazy.regex(rb"GPS\s?\(\s?([-+]?[0-9]{1,3}\.[0-9]+)\s?,\s?([-+]?[0-9]{1,3}\.[0-9]+)")
_LOOSE = lazy.regex(
    rb"\$G[PNLAB](?:RMC|GGA)|freeGPS |GPS[ _:(]|[Ll]atitude|\[lat|PNDM|"
    rb"[NS] ?[0-9]{1,2}\.[0-9]{3,}.{1,4}[EW] ?[0-9]{1,3}\.[0-9]{3,}"
)
_RTMD = lazy.regex(rb"\x85\x02\0\x18|\x85\x04\0\x18")
_INSTA360 = b"8db42d694ccc418790edff439fe026bf"
_ALWAYS = {b"gps ", b"GPS ", b"gps0", b"gpsl", b"freg", b"CAGP"}


def _ddmm(value: float) -> float:
    whole = math.trunc(value / 100)
    return whole + (value - whole * 100) / 60


def _positions(raw: bytes, path: str) -> Iterator[Position | Trace]:
    """Yield the first position written as text: NMEA, name and value, or DJI's notation."""
    match = _NMEA.search(raw)
    if match:
        halves = [int(match[i]) + float(match[i + 1]) / 60 for i in (1, 4)]
        yield judged(
            -halves[0] if match[3] == b"S" else halves[0],
            -halves[1] if match[6] == b"W" else halves[1],
            "timed-nmea",
            path,
        )
        return
    match = _NAMED.search(raw)
    if match:
        yield judged(float(match[1]), float(match[2]), "timed-text", path)
        return
    match = _DJI.search(raw)
    if match:
        yield judged(float(match[2]), float(match[1]), "timed-text", path)


def _gpmf(raw: bytes, path: str) -> Iterator[Position | Trace]:
    """Yield the first GPS5 or GPS9 position of a GoPro sample (key, type, size, repeat; SCAL before the values)."""
    for key in (b"GPS5", b"GPS9"):
        at = raw.find(key)
        scale_at = raw.rfind(b"SCAL", 0, at) if at > 0 else -1
        if scale_at < 0 or len(raw) < at + 16:
            continue
        width = 2 if raw[scale_at + 4 : scale_at + 5] in (b"s", b"S") else 4
        scales = [int.from_bytes(raw[scale_at + 8 + width * i : scale_at + 8 + width * (i + 1)], "big") for i in (0, 1)]
        if all(scales) and int.from_bytes(raw[at + 6 : at + 8], "big"):
            values = [n / s for n, s in zip(struct.unpack_from(">ii", raw, at + 8), scales, strict=True)]
            yield judged(values[0], values[1], "timed-gopro", path)
            return


def _camm(raw: bytes, path: str) -> Iterator[Position | Trace]:
    """Yield the position of a camera motion metadata packet of type 5 or 6 (little-endian doubles)."""
    kind = int.from_bytes(raw[2:4], "little")
    at = {5: 4, 6: 16}.get(kind)
    if raw[:1] != b"X" and at is not None and len(raw) >= at + 16:
        latitude, longitude = struct.unpack_from("<dd", raw, at)
        yield judged(latitude, longitude, "timed-camm", path)


def _sample_offsets(source: Source, table: dict[bytes, bmff.Box]) -> list[tuple[int, int]]:
    """Return offset and length of the first sample of some chunks, spread over the track."""
    box = table.get(b"stco") or table.get(b"co64")
    if box is None:
        return []
    width = 4 if box.type == b"stco" else 8
    count = min(source.uint(box.start + 4, 4), (box.end - box.start - 8) // width)
    sizes = table.get(b"stsz")
    fixed = source.uint(sizes.start + 4, 4) if sizes else 0
    many = min(source.uint(sizes.start + 8, 4), 10_000) if sizes else 0
    largest = fixed
    if sizes and not fixed:
        raw = source.read(sizes.start + 12, 4 * many)
        largest = max(struct.unpack(f">{len(raw) // 4}I", raw[: len(raw) // 4 * 4]), default=0)
    picks = range(count) if count <= MAX_SAMPLES else [count * n // MAX_SAMPLES for n in range(MAX_SAMPLES)]
    found = [(source.uint(box.start + 8 + width * n, width), min(largest * 8 or _SAMPLE, _SAMPLE)) for n in picks]
    if count == 1 and not fixed and sizes:  # all samples in one chunk: step through the first of them
        at = found[0][0]
        found = []
        for n in range(min(many, MAX_SAMPLES * 4)):
            length = source.uint(sizes.start + 12 + 4 * n, 4)
            found.append((at, min(length, _SAMPLE)))
            at += length
    elif fixed and many and count == 1:
        found = [(found[0][0] + fixed * n, min(fixed, _SAMPLE)) for n in range(min(many, MAX_SAMPLES * 4))]
    return found


def read(source: Source, trak: bmff.Box, path: str) -> Items:
    """Yield a trace, and a position where there is one, when a track holds timed locations."""
    handler = b""
    table: dict[bytes, bmff.Box] = {}
    todo = [trak]
    while todo and len(table) < 200:
        for box in bmff.boxes(source, todo[0].start, todo[0].end):
            if box.type in (b"mdia", b"minf", b"stbl"):
                todo.append(box)
            elif box.type == b"hdlr" and not handler:
                handler = source.read(box.start + 8, 4)
            elif box.type[:2] == b"st" or box.type == b"co64":
                table.setdefault(box.type, box)
        todo.pop(0)
    if b"stsd" not in table or handler in (b"vide", b"soun"):
        return
    described = source.read(table[b"stsd"].start, min(table[b"stsd"].end - table[b"stsd"].start, _SAMPLE))
    form = described[12:16]
    if form in (b"djmd", b"dbgi"):
        yield Trace(
            "unparsed", "timed", path, "The video has a drone or action camera data track that may hold locations."
        )
        return
    found: list[Item] = []
    certain = form in _ALWAYS or handler in _ALWAYS
    for at, length in _sample_offsets(source, table):
        source.check()
        raw = source.read(at, length)
        if form == b"camm":
            found.extend(_camm(raw, path))
        elif form == b"gpmd":
            marks = b"GPS5" in raw or b"GPS9" in raw or raw.startswith(b"\0\0\xf2\xe1\xf0\xeeTT")
            certain = certain or marks or raw[24:28] in (
                b"\0ANE", b"\0ANW", b"\0ASE", b"\0ASW")  # fmt: skip
            found.extend(_gpmf(raw, path))
        elif form == b"rtmd":
            certain = certain or _RTMD.search(raw) is not None
        elif form == b"mebx":
            certain = certain or b"location.ISO6709" in described
        if form not in (b"camm", b"rtmd"):
            certain = certain or _LOOSE.search(raw) is not None
            found.extend(_positions(raw, path))
        if any(isinstance(item, Position) for item in found):
            break
    if certain or found:
        yield Trace("track", "timed", path, DETAIL)
        yield from [item for item in found if isinstance(item, Position)] or found[:1]


def read_gps_box(source: Source, box: bmff.Box, path: str) -> Items:
    """Yield the locations of a dash-cam's own box: records of 32 bytes (gps0), or NMEA texts."""
    raw = source.read(box.start, min(box.end - box.start, 1 << 16))
    if not raw.strip(b"\0"):
        return
    yield Trace("track", "timed", path, DETAIL)
    if box.type == b"gps0":
        for at in range(0, min(len(raw), 32 * MAX_RECORDS) - 31, 32):
            latitude, longitude = struct.unpack_from("<dd", raw, at)
            if abs(latitude) <= 9000 and abs(longitude) <= 18000 and (latitude or longitude):
                yield judged(_ddmm(latitude), _ddmm(longitude), "timed-dashcam", path)
                return
    else:
        yield from _positions(raw, path)


def read_trailer(source: Source, path: str) -> Generator[Item, None, int]:
    """Yield the locations of an Insta360 trailer; return its length, 0 when there is none."""
    foot = source.read(source.size - 78, 78)
    if source.size < 78 or foot[-32:] != _INSTA360:
        return 0
    end = source.size - 78
    for _ in range(64):
        kind, length = struct.unpack_from("<HI", foot)
        start = end - length
        if length == 0 or start < 6:
            break
        if kind == 0x700:
            yield Trace("track", "insta360", path, DETAIL)
            yield from _insta360(source.read(start, min(length, 53 * MAX_RECORDS)), path)
        elif kind == 0x101:
            for text in re.findall(rb"[\x20-\x7e]{8,40}", source.read(start, min(length, 1024)))[:1]:
                yield EmbeddedText("insta360.Serial", text.decode("ascii"), "identity")
        end = start - 6
        foot = source.read(end, 6)
        if len(foot) < 6:
            break
    return min(int.from_bytes(source.read(source.size - 40, 4), "little"), source.size)


def _insta360(raw: bytes, path: str) -> Iterator[Position | Trace]:
    for at in range(0, len(raw) - 52, 53):
        status, latitude, south, longitude, west = struct.unpack_from("<cdcdc", raw, at + 10)
        if status == b"A" and south in b"NS" and west in b"EWO" and abs(latitude) <= 90:
            yield judged(
                -latitude if south == b"S" else latitude, longitude if west == b"E" else -longitude, "insta360", path
            )
            return
