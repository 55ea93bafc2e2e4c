"""WebP with and without the Exif head, with and without pad bytes, and AVI."""

from __future__ import annotations

import struct

import pytest

from wmp_postlint.media import read_media
from wmp_postlint.media import samples as make

PLACE = (52.4862, -1.8904)


@pytest.mark.parametrize("exif_header", [True, False])
def test_reads_exif_and_xmp(exif_header: bool) -> None:
    facts = read_media(make.webp(PLACE, xmp_gps=PLACE, exif_header=exif_header))
    assert ([p.route for p in facts.positions], facts.problems) == (["exif-gps", "xmp"], ())


def test_an_ordinary_picture_says_nothing() -> None:
    facts = read_media(make.webp())
    assert (facts.container, facts.positions, facts.traces, facts.texts, facts.problems) == ("webp", (), (), (), ())


@pytest.mark.parametrize("pad", [b"\0", b""])
def test_an_odd_chunk_before_the_exif(pad: bytes) -> None:
    plain = make.webp()[12:]
    block = make.exif(PLACE)
    body = plain + b"ICCP" + struct.pack("<I", 3) + b"abc" + pad + b"EXIF" + struct.pack("<I", len(block)) + block
    data = b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
    assert [p.route for p in read_media(data).positions] == ["exif-gps"]


def test_reads_an_avi() -> None:
    info = b"INFO" + b"ICMT" + struct.pack("<I", 6) + b"hello\0"
    packet = make.xmp(PLACE)
    body = b"LIST" + struct.pack("<I", len(info)) + info + b"_PMX" + struct.pack("<I", len(packet)) + packet
    facts = read_media(b"RIFF" + struct.pack("<I", len(body) + 4) + b"AVI " + body)
    assert facts.container == "avi"
    assert [text.text for text in facts.texts] == ["hello"]
    assert [p.route for p in facts.positions] == ["xmp"]
