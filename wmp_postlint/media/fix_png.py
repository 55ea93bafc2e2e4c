"""Neutralise the text chunks of a PNG that tell what is to be removed, and set the check sums right."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from wmp_postlint.media import fix_xmp, png
from wmp_postlint.media.canvas import Canvas, tells
from wmp_postlint.media.source import Source

# Ancillary, private, safe to copy: every reader steps over it.
_NOTHING = b"voId"
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
MAX_CHUNKS = 100_000


def _chunks(source: Source) -> Iterator[tuple[bytes, int, int]]:
    at = 8
    for _ in range(MAX_CHUNKS):
        head = source.read(at, 8)
        length = int.from_bytes(head[:4], "big")
        if len(head) < 8 or at + 12 + length > source.size:
            return
        yield head[4:], at + 8, length
        at += 12 + length


def fix(source: Source, path: str, canvas: Canvas) -> None:
    """Blank whole text chunks where a value is compressed or written as digits, and renew every check sum."""
    for kind, start, length in _chunks(source):
        here = f"{path}/{kind.decode('latin-1')}"
        if kind in (b"zxIf", b"eXIf") and source.read(start, 1) == b"\0":
            canvas.write(source.base + start - 4, _NOTHING)  # deflated: goes as a whole
            canvas.wipe(source.base + start, length)
            canvas.removed("exif", here, source.base + start, length)
        elif kind in _TEXTS and _tells(source, kind, start, length, canvas):
            canvas.write(source.base + start - 4, _NOTHING)
            canvas.wipe(source.base + start, length)
            canvas.removed("png-text", here, source.base + start, length)
        elif kind == b"tIME" and canvas.remove == "all":
            canvas.write(source.base + start - 4, _NOTHING)
            canvas.wipe(source.base + start, length)
            canvas.removed("png-time", here, source.base + start, length)
        at = source.base + start
        body = canvas.data[at - 4 : at + length]
        if bytes(body) != source.read(start - 4, length + 4):
            canvas.write(at + length, zlib.crc32(body).to_bytes(4, "big"))


def _tells(source: Source, kind: bytes, start: int, length: int, canvas: Canvas) -> bool:
    keyword, value, _ = png._text(kind, source.read(start, length), source)
    if keyword in png._XMP_KEYS or b"<x:xmpmeta" in value:
        if bytes(canvas.data[source.base + start : source.base + start + length]) != source.read(start, length):
            return False  # it lies there in plain and has been dealt with
        return canvas.remove == "all" or fix_xmp.tells(value, "", canvas.remove)
    if canvas.remove == "all":
        return True
    if keyword.lower().startswith(b"raw profile type "):
        from wmp_postlint.media.reader import read_blocks

        facts = read_blocks(png._profile(keyword, value, ""), source)
        return any(tells(fact, canvas.remove) for fact in facts)
    return canvas.remove == "identifying" and keyword.lower() in png._IDENTITIES
