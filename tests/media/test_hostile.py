"""No content makes the reader raise, hang or swallow memory, and damage never reads as clean."""

# ruff: noqa: E501 - a table reads better with a case a line
from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from tracks_made import TRACKS

from wmp_postlint.media import MediaFacts, read_media
from wmp_postlint.media import samples as make

PLACE = (52.4862, -1.8904)
TIFF = b"II*\0\x08\0\0\0"
ISO = make.box(b"ftyp", b"isom\0\0\2\0isom")
MOST_SECONDS = 2.0
MOST_MEGABYTES = 200
MUTANTS = int(os.environ.get("POSTLINT_MUTANTS", "500"))


def directory(*entries: tuple[int, int, int, int], after: int = 0) -> bytes:
    return (
        struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *e) for e in entries) + struct.pack("<I", after)
    )


def deep(kind: bytes, levels: int) -> bytes:
    data = b""
    for _ in range(levels):
        data = make.box(kind, data)
    return data


def heif_items(count: int) -> bytes:
    infos = b"".join(make.box(b"infe", b"\2\0\0\0" + struct.pack(">HH", n, 0) + b"Exif\0") for n in range(count))
    places = b"".join(struct.pack(">HHHH", n, 0, 0, 4) + struct.pack(">II", 0, 0xFFFFFFFF) * 4 for n in range(count))
    meta = (
        make.box(b"iinf", b"\0\0\0\0" + struct.pack(">H", count) + infos),
        make.box(b"iloc", b"\1\0\0\0\x44\0" + struct.pack(">H", count) + places),
    )
    return (
        make.box(b"ftyp", b"heic\0\0\0\0heic")
        + make.box(b"meta", b"\0\0\0\0", *meta)
        + make.box(b"mdat", make.exif(PLACE) * 5000)
    )


BOMB = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">'
HOSTILE = {
    "self-referencing directories": TIFF + directory((0x8769, 4, 1, 8), (0x8825, 4, 1, 8), (0x014A, 4, 1, 8), after=8),
    "a chain of directories": TIFF + b"".join(directory((0x8769, 4, 1, 8), after=26 + 18 * n) for n in range(5000)),
    "GPS pointers without end": make.jpeg(exif_block=TIFF + directory(*[(0x8825, 4, 1, 8)] * 5000)),
    "GPS pointers below the limit": make.jpeg(exif_block=TIFF + directory(*[(0x8825, 4, 1, 8)] * 4000)),
    "65,535 entries": TIFF + directory(*[(0x8825, 4, 1, 8)] * 65535),
    "huge counts": make.jpeg(exif_block=TIFF + directory((0x010E, 2, 0xFFFFFFFF, 8), (0x927C, 7, 0x3C000000, 8), (0x8825, 4, 1, 8))),
    "deep boxes": ISO + deep(b"moov", 20000),
    "many boxes": ISO + make.box(b"free") * 300_000,
    "boxes of size nought": ISO + b"\0\0\0\0moov" + b"\0\0\0\0udta" * 100_000,
    "deep JPEG 2000 boxes": b"\0\0\0\x0cjP  \r\n\x87\n" + deep(b"asoc", 20000),
    "overlapping HEIF items": heif_items(3000),
    "a sample table without end": ISO + make.box(b"moov", make.box(b"trak", make.box(b"mdia", make.box(b"minf", make.box(b"stbl",
        make.box(b"stsd", b"\0" * 8, make.box(b"gpmd")), make.box(b"stco", struct.pack(">II", 0, 0x7FFFFFFF) + b"\0" * 40000)))))),
    "an XML bomb": make.jpeg(xmp_packet=b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + BOMB + b"]>" + XMP + b"<a>&j;</a></x:xmpmeta>"),
    "deep XML": XMP + b"<a:b>" * 1_000_000,
    "broken XML": XMP + b' a:a="' * 1_000_000,
    "broken XML elements": XMP + b"<a:a " * 1_000_000,
    "many properties": XMP + b"<a:Latitude>5</a:Latitude>" * 200_000 + b"</x:xmpmeta>",
    "a zlib bomb": make.png(chunks=((b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n 99\n" + b"49" * 20_000_000)),)),
    "many zlib bombs": make.png(chunks=((b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(b"<a:b>" * 8_000_000)),) * 40),
    "a PDF of bombs": b"%PDF-1.4\n" + (b"1 0 obj<</ObjStm/FlateDecode>>stream\n" + zlib.compress(b"a" * 10_000_000) + b"endstream\n") * 200,
    "a gigapixel picture": b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 16, 6, 0, 0, 0) + b"\0" * 4,
    "segments without end": b"\xff\xd8" + b"\xff\xe1\0\2" * 300_000,
    "filling without end": b"\xff\xd8" + b"\xff" * 3_000_000,
    "pictures without end": make.jpeg() * 5000,
    "heads without end": b"\xff\xd8\xff\xe5\xff\xff" + TIFF * 8000,
    "lists without end": b"RIFF\xff\xff\xff\x7fAVI " + b"LIST\xff\xff\xff\x7fhdrl" * 100_000,
    "comments without end": b"GIF89a\1\0\1\0\0\0\0" + b"!\xfe\1a\0" * 200_000,
    "packets without end": (b"G\x40\x11\x10" + b"\x17\xee\x8c\x60MDPM" * 23) * 20_000,
    "elements without end": b"\x1a\x45\xdf\xa3\x80" + b"\x18\x53\x80\x67\xff" * 200_000,
}  # fmt: skip


def timed(data: bytes) -> MediaFacts:
    start = time.process_time()  # not the clock's: the machine may be busy with other work
    facts = read_media(data)
    assert time.process_time() - start < MOST_SECONDS
    return facts


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(name: str) -> None:
    facts = timed(HOSTILE[name])
    quiet = (
        "self-referencing directories",
        "huge counts",
        "a sample table without end",
        "GPS pointers below the limit",
    )
    assert facts.problems or name in (
        *quiet,
        "packets without end",
        "many properties",
        "broken XML",
        "elements without end",
    )


SEEDS = [
    make.jpeg(PLACE, xmp_gps=PLACE, iptc_caption="caption", comment="comment", trailer=make.mp4(PLACE)),
    make.png(PLACE, xmp_gps=PLACE, comment="comment"),
    make.webp(PLACE, xmp_gps=PLACE),
    make.tiff(PLACE, xmp_gps=PLACE, description="description"),
    make.heic(PLACE, xmp_gps=PLACE),
    make.heic(PLACE, xmp_gps=PLACE, method=1, brand=b"avif"),
    make.mp4(PLACE, keys_gps=PLACE, title="title"),
    make.xmp(PLACE, title="title", City="Leeds"),
]


def gigapixel() -> dict[str, bytes]:
    """Pictures that say they are enormous and hold next to nothing."""
    large = {0x0100: 1 << 20, 0x0101: 1 << 20}
    tags = [(tag, 4, 1, struct.pack("<I", value)) for tag, value in large.items()]
    jpeg = make.jpeg(PLACE).replace(b"\xff\xc0\0\x0b\x08\0\x08\0\x08", b"\xff\xc0\0\x0b\x08\xff\xff\xff\xff")
    return {
        "jpeg": jpeg,
        "png": make.png(PLACE).replace(struct.pack(">II", 1, 1), struct.pack(">II", 2**31 - 1, 2**31 - 1)),
        "webp": make.webp(PLACE).replace(b"VP8X\x0a\0\0\0\x08\0\0\0" + b"\0" * 6, b"VP8X\x0a\0\0\0\x08\0\0\0" + b"\xff" * 6),
        "tiff": make.exif(PLACE, fields=tags),
        "gif": b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\2\2D\1\0;",
        "psd": b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, 300_000, 300_000, 8, 3) + b"\0" * 12 + b"\0\0",
        "bmp": b"BM" + struct.pack("<IIIIiiHHI", 1000, 0, 54, 40, 1 << 20, 1 << 20, 1, 24, 0) + b"\0" * 940,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["jpeg", "png", "webp", "tiff", "gif", "psd", "bmp"])
def test_the_size_that_a_picture_claims_does_not_matter(name: str) -> None:
    facts = timed(gigapixel()[name])
    assert facts.container == name
    assert bool(facts.positions) == (name in ("jpeg", "png", "webp", "tiff"))


def measured(folder: Path, mutants: int) -> dict[str, Any]:
    """Read every file of a folder, and mutants of these, in a process of its own; return what it took."""
    call = [sys.executable, str(Path(__file__).with_name("hostile_child.py")), str(folder), str(mutants)]
    done = subprocess.run(call, capture_output=True, text=True, check=True, timeout=60 + mutants)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_time_and_memory_over_hostile_files(tmp_path: Path) -> None:
    for name, data in (HOSTILE | {f"gigapixel {name}": data for name, data in gigapixel().items()}).items():
        (tmp_path / name.replace(" ", "-")).write_bytes(data)
    took = measured(tmp_path, 0)
    assert took["files"] == len(HOSTILE) + 7
    assert took["slowest"] < MOST_SECONDS, took
    assert took["megabytes"] < MOST_MEGABYTES, took


def test_mutants(tmp_path: Path) -> None:
    """Cut, flip and stuff real containers; POSTLINT_MUTANTS says how many (``make fuzz``: 10,000)."""
    for number, data in enumerate([*SEEDS, *(data for _, data in TRACKS.values())]):
        (tmp_path / f"{number:03}").write_bytes(data)
    took = measured(tmp_path, MUTANTS)
    assert took["mutants"] == MUTANTS
    assert took["slowest"] < MOST_SECONDS, took
    assert took["megabytes"] < MOST_MEGABYTES, took
    assert took["raised"] == []
    assert took["unclean"] == []


@pytest.mark.parametrize("seed", SEEDS[:2] + SEEDS[4:6])
def test_a_cut_picture_is_never_clean(seed: bytes) -> None:
    whole = read_media(seed)
    assert not whole.problems
    end = len(seed) if seed is not SEEDS[0] else seed.rindex(b"\xff\xd9")
    for length in range(end * 9 // 10, end, 7):
        facts = read_media(seed[:length])
        assert facts.problems or facts.positions
