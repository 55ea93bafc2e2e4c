"""Walk RIFF chunks: WebP's EXIF and XMP, AVI's lists and index of texts."""

from __future__ import annotations

from wmp_postlint.media.facts import Trace
from wmp_postlint.media.gps import judged
from wmp_postlint.media.source import Block, Items, Problem, Source

MAX_CHUNKS = 100_000
_INFO = {
    b"IART": ("Artist", "identity"), b"ICMT": ("Comment", "text"), b"ICOP": ("Copyright", "identity"),
    b"INAM": ("Title", "text"), b"ISBJ": ("Subject", "text"), b"IKEY": ("Keywords", "text"), b"IENG": ("Engineer",
    "identity"),
    b"ICMS": ("Commissioned", "identity"), b"ITCH": ("Technician", "identity"), b"IARL": ("ArchivalLocation", "place"),
    b"ILOC": ("Location", "place"), b"ISRC": ("Source", "identity"), b"ICNT": ("Country", "place"),
    b"DISP": ("Title", "text"),
    b"TITL": ("Title", "text"), b"COMM": ("Comment", "text"), b"LOCA": ("Location", "place"),
    b"DESC": ("Description", "text"),
}  # fmt: skip
_EXIF = b"Exif\0\0"


def walk(source: Source, path: str) -> Items:
    """Yield the metadata chunks of a WebP or an AVI; a writer's missing pad byte after an odd chunk is allowed for."""
    todo = [(12, min(source.size, 8 + max(4, int.from_bytes(source.read(4, 4), "little"))), path)]
    declared = todo[0][1]
    is_webp = source.read(8, 4) == b"WEBP"
    if int.from_bytes(source.read(4, 4), "little") + 8 > source.size + 1:
        yield Problem("The file is cut short: its end is missing, so not all of it could be looked at.")
    pictures = many = 0
    while todo:
        at, end, where = todo.pop()
        while at + 8 <= end and many < MAX_CHUNKS:
            many += 1
            if many % 64 == 0:
                source.check()
            head = source.read(at, 12)
            kind, length = head[:4], int.from_bytes(head[4:8], "little")
            start = at + 8
            here = f"{where}/{kind.decode('latin-1').strip()}"
            if start + length > end and kind not in (b"LIST", b"RIFF", b"VP8 ", b"VP8L", b"movi"):
                yield Problem(f"A part of the file ({here}) is cut short or damaged.")
                yield Block("unread", at, end - at, here)
            length = min(length, end - start)
            if kind in (b"VP8 ", b"VP8L", b"ANMF"):
                pictures += 1
            if kind in (b"EXIF", b"Exif", b"EXIF"[:3] + b"\0"):
                skip = 6 if source.read(start, 6) == _EXIF else 0
                yield Block("tiff", start + skip, length - skip, here)
            elif kind in (b"XMP ", b"XMP\0", b"_PMX"):
                yield Block("xmp", start, length, here)
            elif kind in (b"LIST", b"RIFF"):
                if head[8:12] != b"movi":
                    todo.append((start + 4, start + length, f"{where}/{head[8:12].decode('latin-1')}"))
                else:
                    yield from _streams(source.read(start, min(length, 1 << 20)), here)
            elif kind == b"SLLT":  # a dash-cam's records
                from wmp_postlint.media import tracks

                yield from tracks.read_records(kind, source.read(start, min(length, 1 << 16)), here)
            elif kind in _INFO and length < 65536:
                label, sort = _INFO[kind]
                body = source.read(start + (4 if kind == b"DISP" else 0), length)
                yield Block(f"text-{sort}", start, length, here, f"riff.{label}\0".encode() + body)
            elif kind not in (_WEBP if is_webp else _AVI):
                yield Block("unread", start, min(length, 1 << 20), here)
            at = start + length
            if length % 2 and not _looks_like_chunk(source.read(at, 4)):
                at += 1
    if is_webp and not pictures:
        yield Problem("The picture is damaged: it has no picture data.")
    if declared < source.size:
        yield Block("trailer", declared, source.size - declared, f"{path}/after the end")


def _streams(raw: bytes, path: str) -> Items:
    """Yield the location track that dash-cams put among pictures and sound."""
    from wmp_postlint.media import scan, telemetry, tracks

    at = raw.find(b"freeGPS ")
    if at >= 0:
        yield Trace("track", "freegps", path, tracks.DETAIL)
        found = telemetry.first(raw[at + 8 : at + 1024])
        if found is not None:
            yield judged(*found, path)
    else:
        yield from scan.sentences(raw, path)


_WEBP = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP")

_AVI = (b"idx1", b"strh", b"strf", b"avih")


def _looks_like_chunk(head: bytes) -> bool:
    """Say whether an odd chunk is followed straight away by the next one, without the pad byte the format asks for."""
    return head in _WEBP or head in (b"EXIF", b"XMP ")
