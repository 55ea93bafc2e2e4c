"""Walk a TIFF structure (a TIFF file, a raw picture, or an Exif block) and read the GPS directories in it."""

from __future__ import annotations

import re
import struct
from typing import NamedTuple

from wmp_postlint.media import gps, opinions
from wmp_postlint.media.facts import EmbeddedText, Trace
from wmp_postlint.media.source import Block, Items, Problem, Source

MAX_ENTRIES = 4096
MAX_IFDS = 256
MAX_DEPTH = 8
MAX_WEIGHT = 2048
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
_SUB_IFDS = {0x8769: "Exif", 0x8825: "GPS", 0xA005: "Interop", 0x014A: "SubIFD", 0x0190: "GlobalParameters"}
_TEXTS = {
    0x010D: ("DocumentName", "text"), 0x010E: ("ImageDescription", "text"), 0x011D: ("PageName", "text"),
    0x013B: ("Artist", "identity"), 0x013C: ("HostComputer", "identity"), 0x8298: ("Copyright", "identity"),
    0x9286: ("UserComment", "text"), 0x9C9B: ("XPTitle", "text"), 0x9C9C: ("XPComment", "text"),
    0x9C9D: ("XPAuthor", "identity"), 0x9C9E: ("XPKeywords", "text"), 0x9C9F: ("XPSubject", "text"),
    0xA420: ("ImageUniqueID", "identity"), 0xA430: ("CameraOwnerName", "identity"),
    0xA431: ("BodySerialNumber", "identity"), 0xA435: ("LensSerialNumber", "identity"),
    0xC62F: ("CameraSerialNumber", "identity"), 0xA436: ("ImageTitle", "text"), 0xA437: ("Photographer", "identity"),
    0xA438: ("ImageEditor", "identity"),
}  # fmt: skip
_GPS_TEXTS = {0x1B: ("GPSProcessingMethod", "text"), 0x1C: ("GPSAreaInformation", "place")}
_MAGIC = re.compile(rb"II(?:[\*\x2b\x55]\0|RO|RS)|MM(?:\0[\*\x2b]|OR)")


class Entry(NamedTuple):
    """One directory entry of `many` values, which lie at `at`, counted from the start of the TIFF structure."""

    tag: int
    type: int
    many: int
    at: int
    size: int


def has_header(head: bytes) -> bool:
    """Say whether the bytes begin a TIFF structure, or one of the raw formats that only change its magic number."""
    return _MAGIC.match(head) is not None


def text_of(raw: bytes, tag: int, little: bool) -> str:
    """Return the text of an ASCII, UNDEFINED or BYTE value by the coding its tag prescribes."""
    if 0x9C9B <= tag <= 0x9C9F:
        return raw.decode("utf-16-le", "replace").partition("\0")[0].strip()
    if tag in (0x9286, 0x1B, 0x1C) and len(raw) >= 8:
        code, body = raw[:8], raw[8:]
        if code.startswith(b"UNICODE"):
            even = sum(1 for byte in body[0:200:2] if byte == 0)
            odd = sum(1 for byte in body[1:200:2] if byte == 0)
            order = "utf-16-le" if odd > even or (odd == even and little) else "utf-16-be"
            return body.decode(order, "replace").strip("\0 \ufeff")
        if code.startswith((b"ASCII\0", b"JIS\0")) or not code.strip(b"\0"):
            raw = body
    raw = raw.strip(b"\0").replace(b"\0", b"\n")
    try:
        return raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace").strip()


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


def walk(source: Source, path: str, *, gps_first: bool = False) -> Items:
    """Yield what a TIFF structure holds. `gps_first` says that its first directory is a GPS one (Canon's CMT4)."""
    reader = Reader(source)
    if source.size < 8 or not source.read(0, 64).strip(b"\0"):
        return  # an emptied block, as some programs leave behind
    if not has_header(source.read(0, 4)):
        yield Problem(f"A metadata block ({path}) has a damaged head.")
        yield Block("unread", 0, source.size, path)
        return
    seen: set[int] = set()
    todo = [(reader.first, "GPS" if gps_first else "IFD0", 0)]
    positions = 0
    weight = 0
    while todo:
        source.check()
        at, name, depth = todo.pop()
        if at in seen or at == 0:
            continue
        if len(seen) >= MAX_IFDS or depth > MAX_DEPTH:
            yield Problem(f"A metadata block ({path}) has more directories than can be looked at.")
            break
        seen.add(at)
        entries, after, fault = reader.directory(at)
        here = f"{path}/{name}"
        weight += len(entries) + 64 * sum(entry.tag in _SUB_IFDS for entry in entries)
        if fault:
            yield Problem(f"A metadata directory ({here}) {fault}.")
        last = name.rpartition("/")[2]
        if after and last.startswith("IFD") and "/" not in name:
            todo.append((after, f"IFD{int(last[3:]) + 1}", depth))
        is_gps = last == "GPS"
        if is_gps:
            yield Block("gps", at, 2 + 12 * len(entries), here)
            for item in gps.read(reader, entries, here):
                positions += not isinstance(item, EmbeddedText)
                yield item
        table = _GPS_TEXTS if is_gps else _TEXTS
        for entry in entries:
            if entry.tag in table:
                label, kind = table[entry.tag]
                text = text_of(reader.raw(entry), entry.tag, reader.little)
                if text and (not is_gps or text.upper() not in ("GPS", "CELLID", "WLAN", "MANUAL", "FUSED", "NETWORK")):
                    yield EmbeddedText(f"exif.{label}", text, kind)
            elif is_gps:
                continue
            elif entry.tag in _SUB_IFDS and entry.many:
                many = min(entry.many, 32) if entry.tag == 0x014A else 1
                width = 8 if entry.type in (16, 18, 13) and self_wide(entry) else 4
                offsets = [reader.number(entry.at + width * index, width) for index in range(many)]
                for index, offset in enumerate(offsets):
                    label = _SUB_IFDS[entry.tag] + (f"[{index + 1}]" if many > 1 else "")
                    todo.append((offset, f"{name}/{label}", depth + 1))
                    if entry.tag == 0x8825 and offset >= source.size:
                        yield Trace("broken", "exif-gps", here, "The file points to a GPS block that lies outside it.")
        if not is_gps:
            yield from _blocks(reader, entries, here)
    if not positions and weight <= MAX_WEIGHT:  # both can take minutes over a directory that a writer of bombs made
        yield from opinions.ask(source, path)


def walk_gps(source: Source, path: str) -> Items:
    """Yield what a TIFF structure holds whose first directory is a GPS one (Canon's CMT4)."""
    return walk(source, path, gps_first=True)


def self_wide(entry: Entry) -> bool:
    """Say whether an entry's offsets take eight bytes each, as in a BigTIFF."""
    return entry.type in (16, 18)


def _blocks(reader: Reader, entries: list[Entry], path: str) -> Items:
    """Yield the other metadata and the embedded pictures that a directory points to."""
    found = {entry.tag: entry for entry in entries}
    for tag, kind in ((0x02BC, "xmp"), (0x83BB, "iptc"), (0x8649, "photoshop")):
        if tag in found and found[tag].many:
            entry = found[tag]
            yield Block(kind, entry.at, entry.size, f"{path}/{kind}")
    for tag in (0x8482, 0x85D8, 0x87AF):
        if tag in found:
            yield Trace("unparsed", "geotiff", path, "The picture carries map coordinates (GeoTIFF).")
            break
    if path.startswith("tiff/IFD") and "/preview" not in path:
        strips = next((found[tag] for tag in (0x0111, 0x0144) if tag in found), None)
        if strips is not None and any((at or 0) >= reader.source.size for at in reader.numbers(strips, 4096)):
            yield Problem(
                "The picture is cut short: its end is missing, so not all of it could be looked at.", pixels=True
            )
    if 0x002E in found and found[0x002E].size > 64:
        yield Block("nested", found[0x002E].at, found[0x002E].size, f"{path}/preview")
    for start, size in ((0x0201, 0x0202), (0x0111, 0x0117)):
        if start not in found or size not in found or found[start].many != 1:
            continue
        at = int((reader.numbers(found[start], 1) or [0])[0] or 0)
        length = int((reader.numbers(found[size], 1) or [0])[0] or 0)
        if at and length > 16 and reader.source.read(at, 3) == b"\xff\xd8\xff":
            yield Block("nested", at, length, f"{path}/preview")
