"""Walk a PNG's chunks: eXIf, the three kinds of text, raw profiles, and what follows the end."""

from __future__ import annotations

import re

from wmp_postlint.media.source import MAX_BLOCK, Block, Items, Problem, Source

MAX_CHUNKS = 100_000
MAX_PLAIN = 256 * 1024
MAX_PROFILE = 4 * 1024 * 1024  # in digits, two for a byte
_STEP = 1 << 20
_XMP_KEYS = (b"XML:com.adobe.xmp", b"com.adobe.xmp")
_IDENTITIES = (b"author", b"artist", b"copyright", b"source", b"creator", b"owner")
_PICTURE = (b"IDAT", b"fdAT")


def inflate(raw: bytes, source: Source, limit: int = MAX_BLOCK) -> bytes:
    """Return up to `limit` inflated bytes; what can be inflated of a damaged stream."""
    import zlib

    engine = zlib.decompressobj()
    out = bytearray()
    try:
        at = 0
        while at < len(raw) and len(out) < limit and not engine.eof:
            out += engine.decompress(raw[at : at + 65536], _STEP)
            at += 65536
            while engine.unconsumed_tail and len(out) < limit:
                source.check()
                out += engine.decompress(engine.unconsumed_tail, _STEP)
    except zlib.error:
        pass
    return bytes(out[:limit])


def _raw_profile(value: bytes) -> bytes:
    """Return the bytes of ImageMagick's hexadecimal "Raw profile type" text: name, length, hex digits."""
    digits = b"".join(b"".join(value.strip().split(b"\n")[2:]).split())
    digits = re.sub(rb"[^0-9a-fA-F]", b"0", digits)  # a damaged digit must not shift the others
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))


def _text(kind: bytes, raw: bytes, source: Source) -> tuple[bytes, bytes, bool]:
    """Return keyword, value and whether the value is UTF-8."""
    keyword, _, rest = raw.partition(b"\0")
    if kind == b"tEXt":
        return keyword, rest, False
    limit = MAX_BLOCK if keyword in _XMP_KEYS else MAX_PROFILE if b"profile" in keyword else MAX_PLAIN
    if kind == b"zTXt":
        return keyword, inflate(rest[1:], source, limit), False
    compressed, rest = rest[:1] == b"\1", rest[2:]
    value = rest.split(b"\0", 2)[-1]
    return keyword, inflate(value, source, limit) if compressed else value, True


def _profile(keyword: bytes, value: bytes, path: str) -> Items:
    body = _raw_profile(value)
    name = keyword[len("Raw profile type ") :].strip().lower()
    if body.startswith(b"Exif\0\0"):
        body = body[6:]
    elif body.startswith(b"http://ns.adobe.com/xap/1.0/\0"):
        body, name = body[29:], b"xmp"
    if body[:2] in (b"II", b"MM"):
        yield Block("tiff", 0, len(body), path, body)
    elif name == b"xmp":
        yield Block("xmp", 0, len(body), path, body)
    elif body[:4] == b"8BIM":
        yield Block("photoshop", 0, len(body), path, body)
    elif name == b"iptc":
        yield Block("iptc", 0, len(body), path, body)
    elif name not in (b"icc", b"icm"):
        yield Block("unread", 0, len(body), path, body)


def walk(source: Source, path: str) -> Items:
    """Yield the metadata blocks of a PNG, an APNG, or an MNG or JNG that holds the same chunks."""
    at = 8
    ended = False
    pictures = 0
    for index in range(MAX_CHUNKS):
        if index % 64 == 0:
            source.check()
        head = source.read(at, 8)
        if len(head) < 8:
            break
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        start = at + 8
        here = f"{path}/{kind.decode('latin-1')}"
        if start + length + 4 > source.size:
            yield Block("unread", at, source.size - at, f"{path}/broken chunk")
            break
        at = start + length + 4
        if kind in (b"IEND", b"MEND"):
            ended = True
            break
        if kind in _PICTURE or kind == b"JDAT":
            pictures += 1
        elif kind == b"zxIf" or (kind == b"eXIf" and source.read(start, 1) == b"\0"):  # as drafts of eXIf had it
            body = inflate(source.read(start + 5, length - 5), source)
            yield Block("tiff", 0, len(body), here, body)
        elif kind in (b"eXIf", b"exIf"):
            skip = 6 if source.read(start, 6) == b"Exif\0\0" else 0
            yield Block("tiff", start + skip, length - skip, here)
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            keyword, value, is_utf8 = _text(kind, source.read(start, min(length, MAX_BLOCK)), source)
            here = f"{here} {keyword.decode('latin-1')[:40]}"
            if keyword in _XMP_KEYS or (b"<x:xmpmeta" in value and b"<rdf:RDF" in value):
                if kind == b"iTXt" and value and source.find(value[:64], start, at) >= 0:
                    yield Block("xmp", start + length - len(value), len(value), here)
                else:
                    yield Block("xmp", 0, len(value), here, value)
            elif keyword.lower().startswith(b"raw profile type "):
                if len(value) >= MAX_PROFILE:
                    yield Problem(f"A metadata block ({here}) is too large to be looked at in full.")
                yield from _profile(keyword, value[:MAX_PROFILE], here)
            else:
                text = value if is_utf8 else value.decode("latin-1").encode()
                sort = "text-identity" if keyword.lower() in _IDENTITIES else "text"
                yield Block(sort, start, length, here, b"png." + keyword + b"\0" + text)
        elif kind not in _QUIET:
            yield Block("unread", start, length, here)
    if not ended:
        yield Problem("The picture is cut short: its end is missing, so not all of it could be looked at.")
    elif not pictures:
        yield Problem("The picture is damaged: it has no picture data.")
    if ended and at < source.size:
        yield Block("trailer", at, source.size - at, f"{path}/after the end")


_QUIET = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"bKGD", b"pHYs", b"tIME", b"sBIT", b"hIST",
          b"acTL",
          b"fcTL", b"cICP", b"mDCV", b"cLLI", b"sPLT", b"oFFs", b"sTER")  # fmt: skip
