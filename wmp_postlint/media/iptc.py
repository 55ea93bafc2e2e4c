"""Read Photoshop image resources and the IPTC IIM datasets in them."""

from __future__ import annotations

from wmp_postlint.media.facts import EmbeddedText
from wmp_postlint.media.source import Block, Items, Problem, Source

MAX_RESOURCES = 4096
_NAMES = {
    5: ("iptc.title", "text"), 10: ("iptc.urgency", ""), 15: ("iptc.category", "text"), 20: ("iptc.category", "text"),
    25: ("iptc.keywords", "text"), 26: ("iptc.location-name", "place"), 27: ("iptc.location-name", "place"),
    40: ("iptc.instructions", "text"), 80: ("iptc.byline", "identity"), 85: ("iptc.byline-title", "identity"),
    90: ("iptc.city", "place"), 92: ("iptc.sublocation", "place"), 95: ("iptc.province", "place"),
    100: ("iptc.country-code", "place"), 101: ("iptc.country", "place"), 103: ("iptc.reference", "text"),
    105: ("iptc.headline", "text"), 110: ("iptc.credit", "identity"), 115: ("iptc.source", "identity"),
    116: ("iptc.copyright", "identity"), 118: ("iptc.contact", "identity"), 120: ("iptc.caption", "text"),
    121: ("iptc.local-caption", "text"), 122: ("iptc.caption-writer", "identity"), 7: ("iptc.edit-status", "text"),
    22: ("iptc.fixture", "text"), 12: ("iptc.subject", "text"), 231: ("iptc.document-history", "text"),
}  # fmt: skip
_NESTED = (0x040C, 0x0409)


def kind_of(number: int) -> str:
    """Return what a dataset of record 2 holds: "text", "place", "identity", or "" for anything else."""
    return _NAMES.get(number, ("", ""))[1]


def _decode(raw: bytes, utf8: bool) -> str:
    try:
        return raw.decode("utf-8").strip("\0 \r\n\t")
    except UnicodeDecodeError:
        return raw.decode("utf-8" if utf8 else "cp1252", "replace").strip("\0 \r\n\t")


def read_iim(source: Source, path: str) -> Items:
    """Yield the texts of an IIM stream; what follows a broken dataset is skipped up to the next marker."""
    data = source.read(0, source.size)
    at = data.find(b"\x1c")
    utf8 = False
    many = 0
    while 0 <= at <= len(data) - 5 and many < MAX_RESOURCES:
        many += 1
        if many % 64 == 0:
            source.check()
        if data[at] != 0x1C:
            at = data.find(b"\x1c", at)
            continue
        record, dataset, length = data[at + 1], data[at + 2], int.from_bytes(data[at + 3 : at + 5], "big")
        start = at + 5
        if length & 0x8000:
            width = min(length & 0x7FFF, 8)
            length = int.from_bytes(data[start : start + width], "big")
            start += width
        value = data[start : start + length]
        if record == 1 and dataset == 90:
            utf8 = value.startswith(b"\x1b%G")
        name, kind = _NAMES.get(dataset, ("", "")) if record == 2 else ("", "")
        text = _decode(value[:65536], utf8) if kind else ""
        if text:
            yield EmbeddedText(name, text, kind)
        at = start + length


def read_photoshop(source: Source, path: str) -> Items:
    """Yield the metadata blocks among Photoshop's image resources."""
    at = 0
    for _ in range(MAX_RESOURCES):
        head = source.read(at, 7)
        if len(head) < 7 or head[:4] not in (b"8BIM", b"8B64", b"PHUT", b"DCSR", b"AgHg", b"MeSa"):
            onward = source.find(b"8BIM", at + 1)
            if onward < 0:
                return
            at = onward
            continue
        kind = int.from_bytes(head[4:6], "big")
        name_size = head[6] + 1 + (head[6] + 1) % 2
        size = source.uint(at + 6 + name_size, 4)
        start = at + 10 + name_size
        here = f"{path}/8BIM 0x{kind:04X}"
        if kind == 0x0404:
            yield Block("iptc", start, size, here)
        elif kind == 0x0424:
            yield Block("xmp", start, size, here)
        elif kind in (0x0422, 0x0423):
            yield Block("tiff", start, size, here)
        elif kind in _NESTED and size > 28:
            yield Block("nested", start + 28, size - 28, f"{here}/thumbnail")
        elif kind in (0x040B, 0x03F0):
            yield Block("text", start, size, here, b"photoshop.URL\0" + source.read(start, min(size, 4096)))
        at = start + size + size % 2


def walk_psd(source: Source, path: str) -> Items:
    """Yield the image resources of a Photoshop document."""
    colours = source.uint(26, 4)
    at = 30 + colours
    size = source.uint(at, 4)
    yield Block("photoshop", at + 4, size, path)
    if at + 4 + size > source.size:
        yield Problem("The Photoshop document is cut short: not all of it could be looked at.")
