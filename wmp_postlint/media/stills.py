"""Walk the smaller still formats: GIF, BMP, JPEG XL, JPEG 2000 and Fujifilm's raw wrapper."""

from __future__ import annotations

import contextlib

from wmp_postlint.media import bmff
from wmp_postlint.media.facts import Trace
from wmp_postlint.media.source import MAX_BLOCK, Block, Items, Problem, Source

MAX_BLOCKS = 200_000
_UUIDS = {
    bytes.fromhex("be7acfcb97a942e89c71999491e3afac"): "xmp",
    b"JpgTiffExif->JP2": "tiff",
    bytes.fromhex("05375acdb90c4fd3a0c1a3a1e2d2ac4b"): "tiff",
    bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38"): "iptc",
    bytes.fromhex("09a14e97c0b442e0bebf36df6f0ce36f"): "photoshop",
}
_GEO = bytes.fromhex("b14bf8bd083d4b43a5ae8cd7d5a6ce03")
_XMP_TAIL = 258  # what makes a GIF's packet, which is no chain of sub-blocks, one that can be skipped
CUT = "The picture is cut short: its end is missing, so not all of it could be looked at."


def _sub_blocks(source: Source, at: int) -> tuple[bytes, int]:
    """Return the joined data sub-blocks of a GIF extension and the offset after them."""
    out = bytearray()
    for _ in range(MAX_BLOCKS):
        size = source.read(at, 1)
        if not size or size == b"\0":
            break
        out += source.read(at + 1, size[0])
        at += 1 + size[0]
    return bytes(out), at + 1


def _skip(source: Source, at: int) -> int:
    """Return the offset after a chain of sub-blocks."""
    window, start = source.read(at, 1 << 20), at
    for index in range(1 << 22):
        if index % 4096 == 0:
            source.check()
        if at - start >= len(window) - 1:
            window, start = source.read(at, 1 << 20), at
            if not window:
                return source.size + 1
        size = window[at - start]
        at += 1 + size
        if size == 0:
            return at
    return source.size + 1


def walk_gif(source: Source, path: str) -> Items:
    """Yield a GIF's comments and application blocks."""
    flags = source.read(10, 1) or b"\0"
    at = 13 + (3 << (flags[0] & 7) + 1 if flags[0] & 0x80 else 0)
    if at - 13 > 0:
        at = 13 + 3 * (1 << (flags[0] & 7) + 1)
    ended = False
    for index in range(MAX_BLOCKS):
        if index % 64 == 0:
            source.check()
        kind = source.read(at, 2)
        if kind[:1] == b";":
            ended = True
            at += 1
            break
        if kind[:1] == b",":
            flags = source.read(at + 9, 1) or b"\0"
            at = _skip(source, at + 11 + (3 * (1 << (flags[0] & 7) + 1) if flags[0] & 0x80 else 0))
        elif kind == b"!\xfe":
            start = at + 2
            raw, at = _sub_blocks(source, start)
            yield Block("text", start, at - start, f"{path}/comment", b"gif.Comment\0" + raw)
        elif kind == b"!\xff":
            name = source.read(at + 3, 11)
            start = at + 14
            if name[:8] == b"XMP Data":  # the packet lies there in one piece, and a 257-byte tail makes it skippable
                at = _skip(source, start)
                finish = _xmp_end(source, start)
                yield Block("xmp", start, (max(start, at - _XMP_TAIL) if finish < 0 else finish) - start, f"{path}/XMP")
            elif name[:8] in (b"NETSCAPE", b"ANIMEXTS", b"ICCRGBG1"):
                at = _skip(source, start)
            else:
                at = _skip(source, start)
                yield Block("unread", start, min(at, source.size) - start, f"{path}/{name[:8].decode('latin-1')}")
        elif kind[:1] == b"!":
            start = at + 2
            at = _skip(source, start)
            if kind == b"!\x01":
                raw, _ = _sub_blocks(source, start)
                yield Block("text", start, at - start, f"{path}/plain text", b"gif.PlainText\0" + raw[12:])
        elif kind[:1] == b"\0":
            at += 1
        else:
            break
    if not ended:
        yield Block("unread", min(at, source.size), source.size, f"{path}/broken part")
        yield Problem(
            CUT if at >= source.size else "The picture is damaged: a part of it could not be read.", pixels=True
        )
    elif at < source.size:
        yield Block("trailer", at, source.size - at, f"{path}/after the end")


def _xmp_end(source: Source, start: int) -> int:
    for tail in (b"<?xpacket end=", b"</x:xmpmeta>", b"</rdf:RDF>"):
        at = source.find(tail, start)
        if at >= 0:
            return source.find(b">", at) + 1
    return -1


def walk_bmp(source: Source, path: str) -> Items:
    """Yield nothing of a bitmap, which has no metadata, except what follows its end or is missing from it."""
    declared = int.from_bytes(source.read(2, 4), "little")
    pixels = int.from_bytes(source.read(10, 4), "little")
    if pixels > source.size:
        yield Problem(CUT, pixels=True)
    if 26 < declared < source.size:
        yield Block("trailer", declared, source.size - declared, f"{path}/after the end")
    yield Block("unread", 0, min(pixels, source.size, 1 << 20), path)


def walk_jxl(source: Source, path: str) -> Items:
    """Yield the Exif and XMP boxes of a JPEG XL file; a bare codestream has none."""
    if source.read(0, 2) == b"\xff\x0a":
        return
    code = False
    for box in bmff.boxes(source):
        size = box.end - box.start
        here = f"{path}/{box.type.decode('latin-1').strip()}"
        if box.cut:
            yield Problem(CUT, pixels=box.type in (b"jxlc", b"jxlp"))
        if box.type == b"Exif":
            skip = bmff.exif_item(source.read(box.start, 256))
            yield Block("tiff" if skip >= 0 else "unread", box.start + max(skip, 0), size - max(skip, 0), here)
        elif box.type == b"xml ":
            yield Block("xmp", box.start, size, here)
        elif box.type == b"brob" and source.read(box.start, 4) in (b"Exif", b"xml "):
            yield from unpacked(source, box, here)
        elif box.type in (b"jxlc", b"jxlp"):
            code = True
        elif box.type not in (b"JXL ", b"ftyp", b"jxll", b"jxli", b"jbrd"):
            yield Block("unread", box.start, size, here)
    if not code:
        yield Problem(CUT)


def unpacked(source: Source, box: bmff.Box, path: str) -> Items:
    """Yield the block in a box of Brotli, which the extra "jxl" reads; without it, that it was not looked at."""
    kind = source.read(box.start, 4)
    try:
        import brotli
    except ImportError:
        yield Problem("The picture's metadata is packed with Brotli: pip install 'wmp-postlint[jxl]'.")
        return
    engine, raw = brotli.Decompressor(), b""
    with contextlib.suppress(brotli.error):
        raw = engine.process(source.read(box.start + 4, box.end - box.start - 4), output_buffer_limit=MAX_BLOCK)
    if not engine.is_finished() and len(raw) < MAX_BLOCK:
        yield Problem(f"A metadata block ({path}) is damaged and could not be read in full.")
    if len(raw) >= MAX_BLOCK:
        yield Problem(f"A metadata block ({path}) is too large to be looked at in full.")
    skip = max(0, bmff.exif_item(raw)) if kind == b"Exif" else 0
    yield Block("tiff" if kind == b"Exif" else "xmp", 0, len(raw) - skip, path, raw[skip:])


def walk_jp2(source: Source, path: str) -> Items:
    """Yield the XMP, Exif, IPTC and GeoJP2 boxes of a JPEG 2000 file."""
    if source.read(0, 4) == b"\xff\x4f\xff\x51":
        return
    code = False
    todo = [(0, source.size, path)]
    while todo:
        start, end, where = todo.pop()
        for box in bmff.boxes(source, start, end):
            size = box.end - box.start
            here = f"{where}/{box.type.decode('latin-1').strip()}"
            if box.cut and where == path:
                yield Problem(CUT, pixels=box.type == b"jp2c")
            name = source.read(box.start, 16) if box.type == b"uuid" else b""
            if name in _UUIDS:
                skip = 22 if source.read(box.start + 16, 6) == b"Exif\0\0" else 16
                yield Block(_UUIDS[name], box.start + skip, size - skip, here)
            elif name == _GEO:
                yield Trace("unparsed", "geotiff", here, "The picture carries map coordinates (GeoJP2).")
            elif box.type in (b"jp2h", b"asoc", b"jpch", b"jplh", b"uinf", b"res ") and where.count("/") < 8:
                todo.append((box.start, box.end, here))
            elif box.type == b"xml ":
                yield Block("xmp", box.start, size, here)
            elif box.type == b"lbl ":
                yield Block("text", box.start, size, here, b"jp2.Label\0" + source.read(box.start, min(size, 65536)))
            elif box.type == b"jp2c":
                code = True
            elif box.type == b"uuid":
                yield Block("unread", box.start, size, here)
    if not code:
        yield Problem(CUT)


def walk_raf(source: Source, path: str) -> Items:
    """Yield the JPEG in which a Fujifilm raw picture keeps its metadata."""
    at, size = source.uint(84, 4), source.uint(88, 4)
    if source.read(at, 2) != b"\xff\xd8":
        yield Problem("The raw picture's metadata could not be found.")
        yield Block("unread", 0, min(source.size, 4 << 20), path)
        return
    yield Block("nested", at, size, path)
