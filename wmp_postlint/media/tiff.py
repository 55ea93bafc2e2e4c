"""Walk a TIFF structure (a TIFF file, a raw picture, or an Exif block) and read the GPS directories in it."""

from __future__ import annotations

from wmp_postlint import lazy
from wmp_postlint.media import gps, makernotes, opinions
from wmp_postlint.media.facts import EmbeddedText, Trace
from wmp_postlint.media.ifd import Entry, Reader
from wmp_postlint.media.source import Block, Items, Problem, Source

MAX_IFDS = 256
MAX_DEPTH = 8
MAX_WEIGHT = 2048
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
_MAGIC = lazy.regex(rb"II(?:[\*\x2b\x55]\0|RO|RS)|MM(?:\0[\*\x2b]|OR)")


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
            elif entry.tag == makernotes.TAG:
                for place in makernotes.places(reader, entry):
                    yield EmbeddedText(f"makernote.{place.name}", place.text, "place")
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
