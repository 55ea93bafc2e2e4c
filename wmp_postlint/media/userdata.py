"""Read the texts and places in QuickTime user data, 3GPP boxes and iTunes-style item lists."""

from __future__ import annotations

from wmp_postlint import lazy
from wmp_postlint.media import bmff, telemetry
from wmp_postlint.media.coordinates import parse_iso6709, parse_pair
from wmp_postlint.media.facts import EmbeddedText, Trace
from wmp_postlint.media.gps import BROKEN, judged
from wmp_postlint.media.source import Block, Items, Source

_ISO6709 = lazy.regex(rb"[-+][0-9]{1,6}(?:\.[0-9]{0,15})?[-+][0-9]{1,7}(?:\.[0-9]{0,15})?")
_EXACT = lazy.regex(r"[-+][0-9]{1,6}\.[0-9]{1,15}[-+][0-9]{1,7}\.[0-9]{1,15}(?:[-+][0-9.]{1,20})?(?:CRS[\w-]{0,20})?/?")
_LABELS = {
    b"\xa9nam": ("Title", "text"), b"\xa9cmt": ("Comment", "text"), b"\xa9des": ("Description", "text"),
    b"\xa9inf": ("Information", "text"), b"\xa9key": ("Keywords", "text"), b"\xa9alb": ("Album", "text"),
    b"\xa9ART": ("Artist", "identity"), b"\xa9aut": ("Author", "identity"), b"\xa9dir": ("Director", "identity"),
    b"\xa9prd": ("Producer", "identity"), b"\xa9own": ("Owner", "identity"), b"\xa9cpy": ("Copyright", "identity"),
    b"\xa9src": ("Source", "identity"), b"\xa9lyr": ("Lyrics", "text"), b"\xa9grp": ("Grouping", "text"),
    b"\xa9wrt": ("Writer", "identity"), b"\xa9prf": ("Performer", "identity"), b"\xa9url": ("URL", "text"),
    b"\xa9req": ("Requirements", "text"), b"\xa9snm": ("SerialNumber", "identity"), b"titl": ("Title", "text"),
    b"dscp": ("Description", "text"), b"desc": ("Description", "text"), b"ldes": ("LongDescription", "text"),
    b"sdes": ("StoreDescription", "text"), b"kywd": ("Keywords", "text"), b"keyw": ("Keywords", "text"),
    b"albm": ("Album", "text"), b"auth": ("Author", "identity"), b"perf": ("Performer", "identity"),
    b"cprt": ("Copyright", "identity"), b"aART": ("AlbumArtist", "identity"), b"catg": ("Category", "text"),
    b"\xa9loc": ("Location", "place"), b"\xa9swf": ("Songwriter", "identity"), b"\xa9gen": ("Genre", "text"),
}  # fmt: skip
_KEYS = {
    "title": "text", "displayname": "text", "comment": "text", "description": "text", "information": "text",
    "keywords": "text",
    "album": "text", "author": "identity", "artist": "identity", "creator": "identity", "copyright": "identity",
    "director": "identity", "producer": "identity", "publisher": "identity", "contentidentifier": "identity",
    "content.identifier": "identity", "location.name": "place", "location.body": "text", "location.note": "text",
    "location.role": "", "location.facing": "", "collection.user": "identity", "serialnumber": "identity", "year": "",
}  # fmt: skip
_MAKERS = {b"NCDT": telemetry.nikon, b"PENT": telemetry.pentax}
_NEVER = ("location.accuracy.horizontal", "location.date", "location.role", "location.facing")


def text_of(raw: bytes) -> str:
    """Return a text in UTF-8, UTF-16 with a byte order mark, or Mac Roman."""
    if raw.startswith((b"\xfe\xff", b"\xff\xfe")):
        return raw.decode("utf-16", "replace").strip("\0 \r\n\t")
    raw = raw.strip(b"\0 \r\n\t")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("mac_roman", "replace")


def _user_text(raw: bytes) -> str:
    """Return the text of a user data box: a QuickTime string list, a 3GPP full box, or the bare text."""
    if len(raw) >= 4 and 0 < int.from_bytes(raw[:2], "big") <= len(raw) - 4:
        return text_of(raw[4 : 4 + int.from_bytes(raw[:2], "big")])
    if len(raw) > 6 and raw[:4] == b"\0\0\0\0":
        return text_of(raw[6:])
    return text_of(raw)


def read_user_box(source: Source, box: bmff.Box, path: str) -> Items:
    """Yield what one user data box says."""
    raw = source.read(box.start, min(box.end - box.start, 65536))
    if box.type == b"loci":
        yield from _loci(raw, path)
    elif box.type in (b"\xa9xyz", b"xyz "):
        match = _ISO6709.search(raw[:256])
        both = parse_iso6709(match[0].decode("ascii")) if match else parse_pair(_user_text(raw))
        if both:
            yield judged(*both, "quicktime-xyz", path)
        elif raw.strip(b"\0 "):
            yield Trace("broken", "quicktime-xyz", path, BROKEN)
    elif box.type in _MAKERS:
        pair = _MAKERS[box.type](raw)
        if pair is not None:
            yield judged(*pair, "quicktime-maker", path)
    elif box.type in _LABELS:
        label, kind = _LABELS[box.type]
        text = _user_text(raw)
        if raw[4:8] == b"data":
            text = text_of(raw[16:])
        if text:
            yield EmbeddedText(f"quicktime.{label}", text, kind)
    else:
        text = _user_text(raw[:200])
        both = parse_iso6709(text) if _EXACT.fullmatch(text) else None
        if both:
            yield judged(*both, "quicktime-xyz", path)
        elif len(raw) > 16:
            yield Block("unread", box.start, box.end - box.start, path)


def _loci(raw: bytes, path: str) -> Items:
    """Yield the place name and the position of a 3GPP location box (3GPP TS 26.244, 8.2)."""
    at = 6
    if raw[at : at + 2] in (b"\xfe\xff", b"\xff\xfe"):
        end = at
        while raw[end : end + 2] not in (b"\0\0", b"") and end < len(raw):
            end += 2
        name, at = text_of(raw[at:end]), end + 2
    else:
        end = raw.find(b"\0", at)
        end = len(raw) if end < 0 else end
        name, at = text_of(raw[at:end]), end + 1
    if name:
        yield EmbeddedText("quicktime.LocationName", name, "place")
    numbers = raw[at + 1 : at + 9]
    if len(numbers) < 8:
        yield Trace("broken", "3gpp-loci", path, BROKEN)
        return
    longitude, latitude = (int.from_bytes(numbers[i : i + 4], "big", signed=True) / 65536 for i in (0, 4))
    yield judged(latitude, longitude, "3gpp-loci", path)
    for part in raw[at + 13 :].split(b"\0")[:2]:
        text = text_of(part)
        if text and text.lower() != "earth":
            yield EmbeddedText("quicktime.LocationNotes", text, "place")


def _key_names(source: Source, box: bmff.Box) -> list[str]:
    names: list[str] = []
    for entry in bmff.boxes(source, box.start + 8, box.end):
        if len(names) < 1024:
            names.append(source.read(entry.start, min(entry.end - entry.start, 256)).decode("utf-8", "replace"))
    return names


def read_ilst(source: Source, meta: bmff.Box, path: str) -> Items:
    """Yield what the item list of a meta box says, by its keys or by its four-letter names."""
    parts = {box.type: box for box in bmff.boxes(source, meta.start, meta.end)}
    names = _key_names(source, parts[b"keys"]) if b"keys" in parts else []
    if b"ilst" not in parts:
        return
    for item in bmff.boxes(source, parts[b"ilst"].start, parts[b"ilst"].end):
        number = int.from_bytes(item.type, "big")
        name = names[number - 1] if 0 < number <= len(names) else ""
        for part in bmff.boxes(source, item.start, item.end):
            size = part.end - part.start
            if part.type == b"name" and not name:
                name = text_of(source.read(part.start + 4, min(size, 256)))
            elif part.type == b"data":
                sort = source.uint(part.start, 4) & 0xFFFFFF
                here = f"{path}/ilst/{name or item.type.decode('latin-1')}"
                if sort in (13, 14) or source.read(part.start + 8, 3) == b"\xff\xd8\xff":
                    yield Block("nested", part.start + 8, size - 8, here)
                else:
                    yield from _value(item.type, name, source.read(part.start + 8, min(size - 8, 65536)), here)


def _value(kind: bytes, name: str, raw: bytes, path: str) -> Items:
    text = text_of(raw)
    local = name.lower().removeprefix("com.apple.quicktime.").removeprefix("com.apple.")
    where = kind == b"\xa9xyz" or "6709" in name or "location" in local or "gps" in local
    if where and local not in _NEVER:
        route = "quicktime-keys" if name else "quicktime-ilst"
        match = _ISO6709.match(raw.strip())
        both = parse_iso6709(match[0].decode("ascii")) if match else parse_pair(text)
        if both:
            yield judged(*both, route, path)
            return
        if kind == b"\xa9xyz" or "6709" in name:
            yield Trace("broken", route, path, BROKEN)
            return
    if _EXACT.fullmatch(text):
        both = parse_iso6709(text)
        if both:
            yield judged(*both, "quicktime-ilst", path)
            return
    label, sort = _LABELS.get(kind, ("", "")) if not name else (name, _KEYS.get(local, ""))
    if not sort and "location" in local and local not in _NEVER and not text.replace(".", "").isdigit():
        sort = "place"
    if text and sort:
        yield EmbeddedText(f"quicktime.{label}", text, sort)
