"""Recognise timed location tracks in videos; a first position is given where its layout is known."""

from __future__ import annotations

import re
import struct
from collections.abc import Generator, Iterator

from wmp_postlint import lazy
from wmp_postlint.media import bmff, telemetry
from wmp_postlint.media.facts import EmbeddedText, Position, Trace
from wmp_postlint.media.gps import judged
from wmp_postlint.media.source import Item, Items, Source

DETAIL = "The video carries a timed location track: where the camera was, moment by moment."
MAX_SAMPLES = 24
_SAMPLE = 16384
_BLOCK = 0x8000  # dash-cams put their blocks at multiples of this
_NEAR, _FAR = 512 * 1024, 4 * 1024 * 1024  # the first block lies within 2 MB in every sample known
_LOOSE = lazy.regex(rb"\$G[PNLAB](?:RMC|GGA),[0-9.]{1,12},A|freeGPS |PNDM|\[1\]\[[NS]\]")
_INSTA360 = b"8db42d694ccc418790edff439fe026bf"
_ALWAYS = {b"gps ", b"GPS ", b"gps0", b"gpsl", b"freg", b"CAGP"}
RIFF_TRAILER = {b"gpsa", b"gps0", b"gsen", b"gsea"}
GARMIN = bytes.fromhex("9b630f8d637440ec8204bc5ff5091728")
FLY360 = bytes.fromhex("efe1589abb7749ef809527759eb1dc6f")
_TOMTOM = {0: 12, 1: 4, 2: 12, 3: 12, 5: 92, 0xFF: 4}
BOXES = {b"gps0", b"gps ", b"GPS ", b"gpsl", b"freg", b"CAGP", b"TTAD", b"udat"}


def _found(found: telemetry.Found | None, path: str) -> Iterator[Position | Trace]:
    if found is not None:
        yield judged(*found, path)


def _sample(form: bytes, raw: bytes, path: str) -> Iterator[Position | Trace]:
    """Yield the position in one sample, by its track's format or else by the looks of it."""
    known = {b"camm": telemetry.camm, b"rtmd": telemetry.rtmd, b"mett": telemetry.parrot}.get(form)
    if known is None:
        yield from _found(telemetry.first(raw), path)
        return
    pair = known(raw)
    if pair is not None:
        yield judged(*pair, f"timed-{form.decode('ascii')}", path)


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
        found.extend(_sample(form, raw, path))
        if any(isinstance(item, Position) for item in found):
            break
        if form == b"mebx":
            certain = certain or b"location.ISO6709" in described
        elif form not in (b"camm", b"rtmd"):
            marks = form == b"gpmd" and (b"GPS5" in raw or b"GPS9" in raw or raw.startswith(b"\0\0\xf2\xe1\xf0\xeeTT"))
            certain = certain or marks or _LOOSE.search(raw) is not None
    if certain or found:
        yield Trace("track", "timed", path, DETAIL)
        yield from [item for item in found if isinstance(item, Position)] or found[:1]


def _records(kind: bytes, raw: bytes) -> Iterator[tuple[float, float]]:
    """Yield the pairs in a box or chunk of records of one width."""
    if kind == b"gps0":
        for latitude, longitude in telemetry.records(raw, "<dd", 32):
            if abs(latitude) <= 9000 and abs(longitude) <= 18000:
                yield telemetry.minutes(latitude), telemetry.minutes(longitude)
    elif kind == b"GPS ":
        for south, latitude, west, longitude in telemetry.records(raw, "<16xcIcI", 36):
            pair = telemetry.minutes(latitude / 1000), telemetry.minutes(longitude / 1000)
            yield telemetry.signed(pair[0], south, pair[1], west)
    elif kind == b"TTAD":
        yield from _tomtom(raw)
    elif kind == b"SLLT":
        for east, parts, north, rest, west, south in telemetry.records(raw, ">5xHIHI11xcc", 30):
            yield telemetry.signed(north + rest / 1e8, south, east + parts / 1e8, west)
    elif kind == GARMIN:
        for latitude, longitude in telemetry.records(raw[17:], ">12xii", 20):
            yield latitude * 180 / 0x80000000, longitude * 180 / 0x80000000
    elif kind == FLY360:
        for sort, latitude, longitude in telemetry.records(raw, ">B9xff", 32):
            if sort == 5:
                yield latitude, longitude


def _tomtom(raw: bytes) -> Iterator[tuple[float, float]]:
    """Yield the pairs in TomTom's records: a type, then values; after an unknown type the next time (255) is sought."""
    at, lost = 76, True
    while at < len(raw):
        sort = raw[at]
        length = _TOMTOM.get(sort, 0)
        if not length or (lost and sort != 0xFF):
            at, lost = at + 1, True
            continue
        if sort == 5 and len(raw) >= at + 93:
            yield struct.unpack_from("<dd", raw, at + 29)
        at, lost = at + 1 + length, False


def read_records(kind: bytes, raw: bytes, path: str) -> Iterator[Position | Trace]:
    """Yield the track and its first position in a stretch of records: a dash-cam's box, or one with a known id."""
    pair = next(filter(telemetry.usable, _records(kind, raw)), None)
    if pair is not None:
        yield Trace("track", "timed", path, DETAIL)
        yield judged(*pair, "timed-dashcam", path)


def read_gps_box(source: Source, box: bmff.Box, path: str) -> Items:
    """Yield the locations of a dash-cam's own box: records, texts, or a list of blocks in the media data."""
    raw = source.read(box.start, min(box.end - box.start, 1 << 18))
    if not raw.strip(b"\0"):
        return
    known = telemetry.first(raw)
    items = [*_found(known, path)] if known else [*read_records(box.type, raw, path)]
    if not items and box.type in (b"TTAD", b"udat"):
        return
    yield Trace("track", "timed", path, DETAIL)
    yield from items
    if not items and box.type == b"gps ":  # Novatek's list: where each block lies, and how long it is
        for at, length in telemetry.records(raw[8:], ">II", 8):
            block = source.read(int(at), min(int(length), _SAMPLE))
            if block[4:12] == b"freeGPS " and (found := telemetry.first(block[12:])):
                yield judged(*found, path)
                return


def read_free_gps(source: Source, start: int, size: int, path: str) -> Items:
    """Yield the track that dash-cams hide among a video's media data: searched near its start, then block by block."""
    at = source.find(b"freeGPS ", start, start + min(size, _NEAR))
    if at < 0:
        first = (source.base + start + _NEAR) // _BLOCK * _BLOCK - source.base
        for place in range(first, min(start + min(size, _FAR), source.size), _BLOCK):
            if source.peek(place + 4, 8) == b"freeGPS ":
                at = place + 4
                break
    if at >= 0:
        yield Trace("track", "freegps", path, DETAIL)
        yield from _found(telemetry.first(source.read(at + 8, 1024)), path)


def read_riff_trailer(source: Source, start: int, path: str) -> Items:
    """Yield the locations in the chunks that a dash-cam of Auto-Vox puts behind a video's boxes."""
    for _ in range(64):
        head = source.read(start, 8)
        if head[:4] not in RIFF_TRAILER:
            return
        length = int.from_bytes(head[4:], "little")
        if head[:4] == b"gps0" and (found := telemetry.first(source.read(start + 8, min(length, _SAMPLE)))):
            yield Trace("track", "timed", path, DETAIL)
            yield judged(*found, path)
            return
        start += 8 + length


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
            yield from _insta360(source.read(start, min(length, 53 * 200)), path)
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
