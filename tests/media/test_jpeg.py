"""JPEG segments in any order, extensions, nested pictures and what follows the end."""

from __future__ import annotations

import struct

import pytest

from wmp_postlint.media import read_media
from wmp_postlint.media import samples as make

PLACE = (52.4862, -1.8904)
XMP_MORE = b"http://ns.adobe.com/xmp/extension/\0"


def routes(data: bytes) -> list[tuple[str, str]]:
    facts = read_media(data)
    assert facts.problems == ()
    return [(p.route, p.path) for p in facts.positions]


def test_exif_behind_other_segments() -> None:
    before = ((0xE1, XMP_MORE + b"0" * 40), (0xE7, b"HUAWEI\0\0"), (0xFE, b"comment"), (0xED, b"Photoshop 3.0\0"))
    assert routes(make.jpeg(PLACE, segments=before)) == [("exif-gps", "jpeg/APP1[2]/IFD0/GPS")]


def test_an_ordinary_picture_says_nothing() -> None:
    facts = read_media(make.jpeg())
    assert (facts.container, facts.positions, facts.traces, facts.texts, facts.problems) == ("jpeg", (), (), (), ())


def test_extended_xmp_is_joined_in_order() -> None:
    packet = make.xmp(PLACE)
    half = len(packet) // 2
    pieces = [(half, packet[half:]), (0, packet[:half])]
    segments = tuple((0xE1, XMP_MORE + b"A" * 32 + struct.pack(">II", len(packet), at) + piece) for at, piece in pieces)
    assert routes(make.jpeg(segments=segments)) == [("xmp", "jpeg/APP1 extended XMP/gps")]


def test_a_thumbnail_with_its_own_exif() -> None:
    thumbnail = make.jpeg(PLACE)
    entries = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 38, 0x0202, 4, 1, len(thumbnail), 0)
    block = b"II*\0\x08\0\0\0" + entries + thumbnail
    assert len(block) - len(thumbnail) == 38
    assert [route for route, _ in routes(make.jpeg(exif_block=block))] == ["exif-gps"]


def test_a_motion_photo_video_after_the_end() -> None:
    assert routes(make.jpeg(trailer=make.mp4(PLACE)))[0][0] == "quicktime-xyz"
    assert routes(make.jpeg(trailer=b"\0" * 40 + make.mp4(PLACE)))[0][0] == "quicktime-xyz"


def test_a_second_picture_after_the_end() -> None:
    assert routes(make.jpeg(trailer=make.jpeg(PLACE)))[0][0] == "exif-gps"


def test_a_flir_block() -> None:
    record = struct.pack("<I4s2s2s4xdd", 1, b"\2\2\0\0", b"N\0", b"W\0", *PLACE) + b"\0" * 32
    head = b"FFF\0" + b"\0" * 16 + struct.pack(">III", 101, 64, 1)
    entry = struct.pack(">HHIIII12x", 0x2B, 1, 1, 1, 96, len(record))
    block = head.ljust(64, b"\0") + entry + record
    assert routes(make.jpeg(segments=((0xE1, b"FLIR\0\1\0\0" + block),))) == [("flir", "jpeg/APP1 FLIR")]


def test_texts_of_every_kind() -> None:
    facts = read_media(make.jpeg(iptc_caption="OFFICIAL: not for release", comment="ask the custody desk"))
    assert {(text.name, text.text) for text in facts.texts} == {
        ("iptc.caption", "OFFICIAL: not for release"),
        ("jpeg.Comment", "ask the custody desk"),
    }


def test_an_exif_block_under_another_name_is_found_by_the_last_search() -> None:
    assert routes(make.jpeg(segments=((0xE4, b"OTHER\0" + make.exif(PLACE)),)))[0][0] == "exif-gps"


@pytest.mark.parametrize("keep", [0.5, 0.9, 0.99])
def test_a_picture_cut_short_says_so(keep: float) -> None:
    data = make.jpeg(PLACE, comment="x" * 200)
    assert any("cut short" in problem for problem in read_media(data[: int(len(data) * keep)]).problems)
