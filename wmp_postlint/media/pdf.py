"""Look through a PDF for XMP streams, document information and JPEG pictures; it is not parsed as a document."""

from __future__ import annotations

import re

from wmp_postlint import lazy
from wmp_postlint.media.facts import EmbeddedText, Hidden
from wmp_postlint.media.png import inflate
from wmp_postlint.media.source import Block, Items, Problem, Source

MAX_STREAMS = 20_000
MAX_SIZE = 64 * 1024 * 1024
_WINDOW = 16 * 1024 * 1024
_XMP = lazy.regex(rb"<\?xpacket begin|<x:xmpmeta")
_STREAM = lazy.regex(rb"stream\r?\n")
_INFO = lazy.regex(
    rb"/(Title|Author|Subject|Keywords|Creator|Manager|Company)\s{0,4}"
    rb"(?:\(((?:[^()\\]|\\.){1,2000})\)|<([0-9A-Fa-f\s]{2,4000})>)",
    re.S,
)
_KINDS = {b"Author": "identity", b"Manager": "identity", b"Company": "identity", b"Creator": ""}
_ESCAPE = lazy.regex(rb"\\([0-7]{1,3}|\r?\n|.)", re.S)
_SIMPLE = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b""}
MAX_INFLATED = 1 << 20


def _literal(raw: bytes) -> bytes:
    def one(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8) & 255]) if code[:1].isdigit() else _SIMPLE.get(code, code.strip(b"\r\n"))

    return _ESCAPE.sub(one, raw)


def _decode(raw: bytes) -> str:
    if raw.startswith((b"\xfe\xff", b"\xff\xfe")):
        return raw.decode("utf-16", "replace").strip()
    try:
        return raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace").strip()


def _information(data: bytes) -> Items:
    for match in _INFO.finditer(data):
        digits = re.sub(rb"\s", b"", match[3] or b"")
        raw = (
            _literal(match[2])
            if match[2] is not None
            else bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
        )
        text, kind = _decode(raw), _KINDS.get(match[1], "text")
        if text and kind:
            yield EmbeddedText(f"pdf.{match[1].decode('ascii')}", text, kind)


def _packets(data: bytes, base: int | None, path: str) -> Items:
    """Yield every XMP packet in a stretch of bytes; `base` is its offset in the file, None for inflated bytes."""
    at = 0
    for _ in range(256):
        start = _XMP.search(data, at)
        if start is None:
            return
        end = data.find(b"</x:xmpmeta", start.start())
        end = len(data) if end < 0 else data.find(b">", end) + 1
        packet = data[start.start() : end]
        yield Block(
            "xmp", (base or 0) + start.start(), len(packet), f"{path}/XMP", None if base is not None else packet
        )
        at = max(end, start.end())


def walk(source: Source, path: str) -> Items:
    """Yield a PDF's XMP packets, also those in deflated streams, its document information, and its JPEG pictures."""
    if source.size > MAX_SIZE:
        yield Problem("The PDF is too large to be looked at in full.")
    encrypted = False
    streams = ends = 0
    linear = b"/Linearized" in source.read(0, 2048)
    for base in range(0, min(source.size, MAX_SIZE), _WINDOW):
        source.check()
        data = source.read(base, _WINDOW)
        ends += data.count(b"startxref")
        encrypted = encrypted or re.search(rb"/Encrypt[\s/<\[]", data) is not None
        yield from _packets(data, base, path)
        yield from _information(data)
        for match in _STREAM.finditer(data):
            streams += 1
            if streams > MAX_STREAMS:
                yield Problem("The PDF has more streams than can be looked at.")
                return
            if streams % 16 == 0:
                source.check()
            yield from _stream(source, data, match.start(), match.end(), base, path)
    earlier = ends - 1 - linear  # a document that opens before it is loaded has an end near its beginning as well
    if earlier > 0:
        yield Hidden("version", f"{path}/earlier", source.size)
    if encrypted:
        yield Problem("The PDF is encrypted, so its contents could not be looked at.")
    if source.find(b"%%EOF", max(0, source.size - 4096)) < 0:
        yield Problem("The PDF is cut short: its end is missing, so not all of it could be looked at.")


def _stream(source: Source, data: bytes, dictionary_end: int, start: int, base: int, path: str) -> Items:
    dictionary = data[max(0, dictionary_end - 1024) : dictionary_end]
    dictionary = dictionary[dictionary.rfind(b" obj") + 1 :]
    if b"DCTDecode" in dictionary and data[start : start + 2] == b"\xff\xd8":
        end = data.find(b"endstream", start)
        yield Block("nested", base + start, (end if end > 0 else len(data)) - start, f"{path}/picture")
        return
    if (
        (b"FlateDecode" not in dictionary and b"/Fl" not in dictionary)
        or b"/Subtype /Image" in dictionary
        or b"/Subtype/Image" in dictionary
    ):
        return
    if not any(word in dictionary for word in (b"/Metadata", b"/ObjStm", b"/XML")):
        return  # page contents and fonts say nothing about where a picture was taken
    end = data.find(b"endstream", start)
    raw = inflate(data[start : end if end > 0 else len(data)], source, MAX_INFLATED)
    yield from _packets(raw, None, path)
    yield from _information(raw)
