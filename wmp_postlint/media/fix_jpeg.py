"""What spans several segments of a JPEG: the extension of an XMP packet, Photoshop resources, a FLIR block."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator

from wmp_postlint.media import fix_xmp
from wmp_postlint.media.canvas import Canvas
from wmp_postlint.media.facts import Position, Trace
from wmp_postlint.media.flir import position as flir_position
from wmp_postlint.media.source import Source

_XMP_MORE = b"http://ns.adobe.com/xmp/extension/\0"
MAX_SEGMENTS = 8192
Piece = tuple[int, int]


def _segments(source: Source) -> Iterator[tuple[int, int, int]]:
    """Yield marker, where the payload begins and its length, up to the picture data."""
    at = 7 if source.read(0, 7) == b"\xff\x01Exiv2" else 2
    for _ in range(MAX_SEGMENTS):
        head = source.read(at, 4)
        if len(head) < 4 or head[0] != 0xFF or head[1] in (0xDA, 0xD9):
            return
        if head[1] == 0xFF:
            at += 1
            continue
        length = int.from_bytes(head[2:4], "big")
        if 0xE0 <= head[1] <= 0xEF or head[1] == 0xFE:
            yield head[1], at + 4, length - 2
        at += 2 + max(length, 2)


def fix(source: Source, path: str, canvas: Canvas) -> None:
    """Deal with what the blocks of single segments do not show."""
    extensions: dict[bytes, dict[int, Piece]] = {}
    flir: list[Piece] = []
    for marker, start, length in _segments(source):
        head = source.read(start, 40)
        if marker == 0xFE and canvas.remove == "all":
            canvas.wipe(source.base + start, length, b" ")
            canvas.removed("comment", f"{path}/COM", source.base + start, length)
        elif head.startswith(_XMP_MORE):
            at = start + len(_XMP_MORE)
            order = int.from_bytes(source.read(at + 36, 4), "big")
            extensions.setdefault(source.read(at, 32), {})[order] = (at + 40, length - len(_XMP_MORE) - 40)
        elif head.startswith(b"FLIR\0"):
            flir.append((start + 8, length - 8))
        elif (
            head.startswith(b"Exif\0")
            and source.read(start + 6, 2) not in (b"II", b"MM")
            and source.read(start + 6, 64).strip(b"\0")
        ):
            canvas.refuse("its Exif block runs over several segments")
    for guid, pieces in extensions.items():
        _extension(source, guid, [pieces[key] for key in sorted(pieces)], path, canvas)
    if flir:
        _flir(source, flir, path, canvas)


def _extension(source: Source, guid: bytes, pieces: list[Piece], path: str, canvas: Canvas) -> None:
    raw = b"".join(source.read(at, length) for at, length in pieces)
    fixed = fix_xmp.fixed_packet(raw, f"{path}/extended XMP", canvas)
    if fixed == raw:
        return
    _scatter(source, pieces, fixed, canvas)
    canvas.removed("xmp", f"{path}/extended XMP", source.base + pieces[0][0], len(raw))
    # The packet refers to its extension by its digest.
    renewed = hashlib.md5(fixed, usedforsecurity=False).hexdigest().upper().encode()
    at = canvas.data.find(guid, source.base, source.base + source.size)
    while guid.isalnum() and at >= 0:
        canvas.write(at, renewed)
        at = canvas.data.find(guid, at + len(renewed), source.base + source.size)


def _flir(source: Source, pieces: list[Piece], path: str, canvas: Canvas) -> None:
    block = bytearray(b"".join(source.read(at, length) for at, length in pieces))
    if not any(isinstance(item, (Position, Trace)) for item in flir_position(bytes(block), path)):
        return
    order = ">" if 100 <= struct.unpack_from(">I", block, 20)[0] < 200 else "<"
    start, count = struct.unpack_from(order + "II", block, 24)
    for at in range(start, min(start + 32 * min(count, 256), len(block) - 32), 32):
        kind, _, _, _, offset, length = struct.unpack_from(order + "HHIIII", block, at)
        if kind == 0x2B and offset + length <= len(block):
            block[offset : offset + length] = bytes(length)
    _scatter(source, pieces, bytes(block), canvas)
    canvas.removed("flir", f"{path}/FLIR", source.base + pieces[0][0], len(block))


def _scatter(source: Source, pieces: list[Piece], whole: bytes, canvas: Canvas) -> None:
    at = 0
    for start, length in pieces:
        canvas.write(source.base + start, whole[at : at + length])
        at += length
