"""GIF, BMP, JPEG XL, JPEG 2000, PDF, Matroska and transport streams."""

# ruff: noqa: E501 - a table reads better with a case a line
from __future__ import annotations

import struct
import sys
import zlib

import brotli
import pytest

from wmp_postlint import MediaFixError, fix_media
from wmp_postlint.media import read_media
from wmp_postlint.media import samples as make

PLACE = (52.4862, -1.8904)
TAIL = b"\1" + bytes(range(255, -1, -1)) + b"\0"
GIF = b"GIF89a\1\0\1\0\0\0\0"
FRAME = b",\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
JP2 = b"\0\0\0\x0cjP  \r\n\x87\n" + make.box(b"ftyp", b"jp2 \0\0\0\0jp2 ")
JXL = b"\0\0\0\x0cJXL \r\n\x87\n" + make.box(b"ftyp", b"jxl \0\0\0\0jxl ")
UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
PACKET = make.xmp(PLACE)


def pdf(body: bytes) -> bytes:
    return b"%PDF-1.7\n" + body + b"\ntrailer <<>>\n%%EOF\n"


def ebml(kind: str, body: bytes) -> bytes:
    return bytes.fromhex(kind) + (len(body) | 1 << 28).to_bytes(4, "big") + body


def mdpm() -> bytes:
    numbers = [(0xB1, b"N\0\0\0"), (0xB2, struct.pack(">HH", 52, 1)), (0xB3, struct.pack(">HH", 29, 1)),
               (0xB4, struct.pack(">HH", 1032, 100)), (0xB5, b"W\0\0\0"), (0xB6, struct.pack(">HH", 1, 1)),
               (0xB7, struct.pack(">HH", 53, 1)), (0xB8, struct.pack(">HH", 2544, 100))]  # fmt: skip
    entries = b"".join(bytes([tag]) + value for tag, value in numbers).replace(b"\0\0\0", b"\0\0\3\0")
    data = bytes.fromhex("17ee8c60f84d11d98cd60800200c9a66") + b"MDPM" + bytes([len(numbers)]) + entries
    packet = (b"G\x10\x11\x10" + data).ljust(188, b"\xff")
    return packet + (b"G\x1f\xff\x10" + b"\xff" * 184) * 5


CASES = {
    "gif": GIF + b"!\xff\x0bXMP DataXMP" + PACKET + TAIL + FRAME,
    "jp2": JP2 + make.box(b"uuid", UUID, PACKET) + make.box(b"jp2c", b"x"),
    "jp2 exif": JP2 + make.box(b"uuid", b"JpgTiffExif->JP2", make.exif(PLACE)) + make.box(b"jp2c", b"x"),
    "jxl": JXL + make.box(b"Exif", b"\0\0\0\0" + make.exif(PLACE)) + make.box(b"jxlc", b"x"),
    "jxl xmp": JXL + make.box(b"xml ", PACKET) + make.box(b"jxlc", b"x"),
    "pdf": pdf(b"1 0 obj<</Type/Metadata>>stream\n" + PACKET + b"\nendstream"),
    "pdf flate": pdf(b"1 0 obj<</Type/Metadata/Filter/FlateDecode>>stream\n" + zlib.compress(PACKET) + b"\nendstream"),
    "pdf picture": pdf(b"1 0 obj<</Filter/DCTDecode>>stream\n" + make.jpeg(PLACE) + b"\nendstream"),
    "mkv": ebml("1a45dfa3", b"") + ebml("18538067", ebml("1254c367", ebml("7373", ebml("67c8",
           ebml("45a3", b"LOCATION") + ebml("4487", make.iso6709(PLACE).encode()))))),
    "m2ts": mdpm(),
    "tiff": b"FUJIFILMCCD-RAW ".ljust(84, b"\0") + struct.pack(">II", 92, len(make.jpeg(PLACE))) + make.jpeg(PLACE),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_finds_the_position(name: str) -> None:
    facts = read_media(CASES[name])
    assert (facts.container, facts.problems) == (name.partition(" ")[0], ())
    assert {(round(p.latitude, 3), round(p.longitude, 3)) for p in facts.positions} == {(52.486, -1.89)}


@pytest.mark.parametrize("data", [
    GIF + FRAME, JP2 + make.box(b"jp2c", b"x"), JXL + make.box(b"jxlc", b"x"), b"\xff\x0a" + b"\0" * 20, pdf(b"1 0 obj<<>>"),
    (b"G\x1f\xff\x10" + b"\xff" * 184) * 8, b"BM" + struct.pack("<IIIIiiHHIIIIII", 58, 0, 54, 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0) + b"\0" * 4,
])  # fmt: skip
def test_ordinary_files_say_nothing(data: bytes) -> None:
    facts = read_media(data)
    assert facts.container is not None
    assert (facts.positions, facts.traces, facts.texts, facts.problems) == ((), (), (), ())


def test_what_cannot_be_looked_at_is_said() -> None:
    assert "damaged" in read_media(JXL + make.box(b"brob", b"Exif123") + make.box(b"jxlc", b"x")).problems[0]
    assert "encrypted" in read_media(pdf(b"trailer <</Encrypt 5 0 R>>")).problems[0]
    assert "cut short" in read_media(GIF + FRAME[:-1]).problems[0]


def packed(kind: bytes, body: bytes) -> bytes:
    return JXL + make.box(b"brob", kind + brotli.compress(body)) + make.box(b"jxlc", b"x")


@pytest.mark.parametrize("data", [packed(b"Exif", b"\0\0\0\0" + make.exif(PLACE)), packed(b"xml ", PACKET)])
def test_packed_metadata_of_a_jpeg_xl(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = read_media(data)
    assert facts.positions[0].latitude == pytest.approx(PLACE[0], abs=1e-4)
    assert facts.problems == ()
    fixed = fix_media(data).data
    assert (read_media(fixed).positions, len(fixed)) == ((), len(data))
    monkeypatch.setitem(sys.modules, "brotli", None)
    assert "wmp-postlint[jxl]" in read_media(data).problems[0]
    with pytest.raises(MediaFixError, match="Brotli"):
        fix_media(data)


def test_packed_metadata_without_a_location_stay() -> None:
    data = packed(b"xml ", make.xmp(None, title="A van"))
    assert (fix_media(data).data, [text.text for text in read_media(data).texts]) == (data, ["A van"])


def test_a_bomb_of_brotli_is_not_unpacked() -> None:
    assert read_media(packed(b"xml ", b"<a>" * 20_000_000)).problems


def test_texts() -> None:
    assert [t.text for t in read_media(GIF + b"!\xfe\5hello\0" + FRAME).texts] == ["hello"]
    titles = read_media(pdf(b"1 0 obj<</Title(A \\(b\\))/Author<FEFF00C9>>>")).texts
    assert [(t.name, t.text) for t in titles] == [("pdf.Title", "A (b)"), ("pdf.Author", "É")]
