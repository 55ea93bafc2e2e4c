"""Walk a JPEG's segments: Exif, XMP and its extension, Photoshop and FLIR blocks, comments, what follows the end."""

from __future__ import annotations

from wmp_postlint import lazy
from wmp_postlint.media.flir import position as flir_position
from wmp_postlint.media.source import Block, Items, Problem, Source

_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_MORE = b"http://ns.adobe.com/xmp/extension/\0"
_MARKER = lazy.regex(rb"\xff[\xc4\xda-\xdf\xe0-\xef\xfe\xd9]")
MAX_SEGMENTS = 8192
CUT_SHORT = "The picture is cut short: its end is missing, so not all of it could be looked at."


class _Parts:
    """Collects the pieces of metadata that span several segments."""

    def __init__(self) -> None:
        self.xmp: dict[bytes, dict[int, bytes]] = {}
        self.photoshop: list[tuple[int, bytes]] = []
        self.flir: list[bytes] = []
        self.exif: list[tuple[int, int, str]] = []


def _segment(source: Source, marker: int, at: int, length: int, path: str, parts: _Parts) -> Items:
    head = source.read(at, 40)
    if marker == 0xFE:
        text = source.read(at, length)
        yield Block("text", at, length, f"{path}/COM", b"jpeg.Comment\0" + text)
    elif head.startswith(b"Exif\0"):
        parts.exif.append((at + 6, length - 6, path))
        yield Block("tiff", at + 6, length - 6, path)
    elif head.startswith(_XMP):
        yield Block("xmp", at + len(_XMP), length - len(_XMP), path)
    elif head.startswith(_XMP_MORE):
        body = source.read(at + len(_XMP_MORE), length - len(_XMP_MORE))
        parts.xmp.setdefault(body[:32], {})[int.from_bytes(body[36:40], "big")] = body[40:]
    elif head.startswith((b"Photoshop 3.0\0", b"Adobe_Photoshop2.5:", b"Adobe_CM")):
        skip = 14 if head.startswith(b"Photoshop 3.0\0") else head.find(b"8BIM") if b"8BIM" in head else len(head)
        parts.photoshop.append((at + skip, source.read(at + skip, length - skip)))
    elif head.startswith(b"FLIR\0"):
        parts.flir.append(source.read(at + 8, length - 8))
    elif head.startswith((b"ICC_PROFILE\0", b"JFIF\0", b"JFXX\0", b"MPF\0", b"Adobe\0")):
        if head.startswith(b"JFXX\0\x10"):
            yield Block("nested", at + 6, length - 6, f"{path}/thumbnail")
    else:
        yield Block("unread", at, length, path)


def _collected(source: Source, path: str, parts: _Parts) -> Items:
    for pieces in parts.xmp.values():
        whole = b"".join(pieces[key] for key in sorted(pieces))
        yield Block("xmp", 0, len(whole), f"{path}/APP1 extended XMP", whole)
    if len(parts.photoshop) == 1:
        at, raw = parts.photoshop[0]
        yield Block("photoshop", at, len(raw), f"{path}/APP13")
    elif parts.photoshop:  # a resource may run from one segment into the next, or each may be whole
        raw = b"".join(body for _, body in parts.photoshop)
        yield Block("photoshop", 0, len(raw), f"{path}/APP13", raw)
    if parts.flir:
        yield from flir_position(b"".join(parts.flir), f"{path}/APP1 FLIR")
    if len(parts.exif) > 1:  # Exif of more than 64 KB goes on in a second segment, which has no TIFF head
        first = parts.exif[0]
        if any(source.read(at, 2) not in (b"II", b"MM") for at, _, _ in parts.exif[1:]):
            raw = b"".join(source.read(at, length) for at, length, _ in parts.exif)
            yield Block("tiff", first[0], len(raw), f"{path}/APP1 joined", raw)


def walk(source: Source, path: str) -> Items:
    """Yield the metadata blocks of a JPEG (or of an Exiv2 EXV file, which has the same segments)."""
    parts = _Parts()
    at = 7 if source.read(0, 7) == b"\xff\x01Exiv2" else 2
    is_exv = at == 7
    counts: dict[int, int] = {}
    ended = False
    for _ in range(MAX_SEGMENTS):
        source.check()
        head = source.read(at, 4)
        if len(head) < 2:
            break
        if head[0] != 0xFF:  # junk between segments: go on at the next marker, but look through what was skipped
            onward = _next_marker(source, at)
            yield Block("unread", at, onward - at, f"{path}/between segments")
            if onward >= source.size:
                break
            at = onward
            continue
        marker = head[1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            ended = True
            at += 2
            break
        if marker in (0x00, 0x01) or 0xD0 <= marker <= 0xD8:
            at += 2
            continue
        length = int.from_bytes(head[2:4], "big")
        if length < 2 or at + 2 + length > source.size:
            yield Block("unread", at, source.size - at, f"{path}/broken segment")
        name = f"APP{marker - 0xE0}" if 0xE0 <= marker <= 0xEF else f"{marker:02X}"
        counts[marker] = counts.get(marker, 0) + 1
        if 0xE0 <= marker <= 0xEF or marker == 0xFE:
            here = f"{path}/{name}[{counts[marker]}]"
            yield from _segment(source, marker, at + 4, min(length - 2, source.size - at - 4), here, parts)
        at += 2 + max(length, 2)
        if marker == 0xDA:
            at = _next_marker(source, at)
    else:
        yield Problem("The picture has more parts than can be looked at.")
        yield Block("unread", at, source.size - at, path)
    yield from _collected(source, path, parts)
    if ended and at < source.size:
        from wmp_postlint.media import tracks

        behind = yield from tracks.read_trailer(source, path)
        if source.size - behind > at:
            yield Block("trailer", at, source.size - behind - at, f"{path}/after the end")
    elif not ended and not is_exv:
        yield Problem(CUT_SHORT, pixels=True)


def _next_marker(source: Source, at: int) -> int:
    """Return the offset of the next marker, past the coded picture data; the end of the source when there is none."""
    found = source.search(_MARKER, at)
    return found if found >= 0 else source.size
