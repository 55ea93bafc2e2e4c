"""GPS directories of every shape, texts, and what exifread and Pillow are asked."""

from __future__ import annotations

import logging
import struct

import pytest

from wmp_postlint.media import read_media
from wmp_postlint.media import samples as make

PLACE = (52.4862, -1.8904)


def read(block: bytes) -> list[tuple[float, float]]:
    facts = read_media(make.jpeg(exif_block=block))
    return [(p.latitude, p.longitude) for p in facts.positions]


def rationals(*pairs: int, order: str = "<", letter: str = "I") -> bytes:
    return struct.pack(f"{order}{len(pairs)}{letter}", *pairs)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("place", [PLACE, (-33.8568, 151.2153), (51.4779, 0.0), (0.0, 32.5)])
def test_reads_both_byte_orders(order: str, place: tuple[float, float]) -> None:
    assert read(make.exif(place, order=order)) == [pytest.approx(place, abs=1e-5)]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ([(2, 2, 9, b"52.4862N\0"), (4, 2, 9, b"1.8904W\0\0")], PLACE),
        ([(2, 5, 1, rationals(524862, 10000)), (3, 2, 2, b"W\0"), (4, 5, 1, rationals(18904, 10000))], PLACE),
        ([(2, 5, 3, rationals(52, 1, 30, 1, 0, 0)), (4, 5, 3, rationals(1, 1, 0, 1, 0, 0))], (52.5, 1.0)),
        (
            [(2, 10, 1, rationals(525, 10, letter="i")), (4, 10, 1, rationals(-18904, 10000, letter="i"))],
            (52.5, -1.8904),
        ),
        ([(2, 12, 1, struct.pack("<d", 52.4862)), (4, 12, 1, struct.pack("<d", -1.8904))], PLACE),
        ([(2, 5, 3, rationals(52, 1, 30, 1, 0, 1)), (4, 5, 3, rationals(0, 0, 0, 0, 0, 0))], (52.5, 0.0)),
        ([(1, 2, 2, b"s\0"), (2, 5, 1, rationals(52, 1)), (3, 2, 2, b"e\0"), (4, 5, 1, rationals(2, 1))], (-52.0, 2.0)),
    ],
)
def test_reads_odd_values(fields: make.Fields, place: tuple[float, float]) -> None:
    assert read(make.exif(gps_directory=fields)) == [pytest.approx(place, abs=1e-5)]


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ([], []),
        ([(0, 1, 4, b"\2\3\0\0")], []),
        ([(7, 5, 3, rationals(1, 1, 2, 1, 3, 1))], ["time-only"]),
        ([(0x1D, 2, 11, b"2024:05:06\0")], ["time-only"]),
        ([(2, 5, 1, rationals(52, 1))], ["broken"]),
        ([(2, 5, 1, rationals(0, 0)), (4, 5, 1, rationals(0, 0))], ["broken"]),
        ([(2, 5, 1, rationals(0, 1)), (4, 5, 1, rationals(0, 1))], ["zero"]),
        ([(2, 5, 1, rationals(999, 1)), (4, 5, 1, rationals(1, 1))], ["impossible"]),
    ],
)
def test_a_gps_block_without_a_position(fields: make.Fields, kinds: list[str]) -> None:
    facts = read_media(make.jpeg(exif_block=make.exif(gps_directory=fields)))
    assert (facts.positions, [trace.kind for trace in facts.traces], facts.problems) == ((), kinds, ())


def test_a_trace_never_shows_the_coordinates() -> None:
    fields: make.Fields = [(2, 5, 1, rationals(777, 1)), (4, 5, 1, rationals(1, 1))]
    trace = read_media(make.jpeg(exif_block=make.exif(gps_directory=fields))).traces[0]
    assert "777" not in trace.detail


def test_finds_gps_in_any_directory() -> None:
    inner = make.exif(PLACE)
    # the outer directory points to the inner one as a SubIFD, whose offsets are moved along with it
    outer = b"II*\0\x08\0\0\0" + struct.pack("<HHHIII", 1, 0x014A, 4, 1, 26, 0)
    assert len(outer) == 26
    moved = bytearray(inner[8:])
    entry = moved.index(struct.pack("<H", 0x8825))
    gps = struct.unpack_from("<I", moved, entry + 8)[0] + 18
    struct.pack_into("<I", moved, entry + 8, gps)
    for index in range(5):
        at = gps - 26 + 2 + 12 * index
        if struct.unpack_from("<H", moved, at)[0] in (2, 4):
            struct.pack_into("<I", moved, at + 8, struct.unpack_from("<I", moved, at + 8)[0] + 18)
    assert read(outer + bytes(moved)) == [pytest.approx(PLACE, abs=1e-5)]


def test_reads_the_texts_people_write() -> None:
    fields: make.Fields = [
        (0x9286, 7, 20, b"UNICODE\0" + "Öffnen".encode("utf-16-le")),
        (0x9C9B, 1, 12, "Titel\0".encode("utf-16-le")),
    ]
    block = make.exif(description="OFFICIAL-SENSITIVE", artist="A. Example", fields=fields)
    texts = {text.name: (text.text, text.kind) for text in read_media(make.jpeg(exif_block=block)).texts}
    assert texts == {
        "exif.ImageDescription": ("OFFICIAL-SENSITIVE", "text"),
        "exif.Artist": ("A. Example", "identity"),
        "exif.UserComment": ("Öffnen", "text"),
        "exif.XPTitle": ("Titel", "text"),
    }


def test_a_tiff_file_is_read_by_its_structure() -> None:
    facts = read_media(make.tiff(PLACE, xmp_gps=(51.5, 0.0), order=">"))
    assert sorted(p.route for p in facts.positions) == ["exif-gps", "xmp"]
    assert (facts.container, facts.problems) == ("tiff", ())


def test_leaves_global_logging_as_it_was(caplog: pytest.LogCaptureFixture) -> None:
    fields: make.Fields = [(2, 5, 3, rationals(52, 1)), (4, 5, 0xFFFFFF, rationals(1, 1))]
    level, disabled = logging.getLogger("exifread").level, logging.getLogger("exifread").disabled
    with caplog.at_level(logging.DEBUG):
        read_media(make.jpeg(exif_block=make.exif(gps_directory=fields)))
    logging.getLogger("exifread").error("a caller's own use still logs")
    assert [record.message for record in caplog.records if record.name == "exifread"] == [
        "a caller's own use still logs"
    ]
    assert (logging.getLogger("exifread").level, logging.getLogger("exifread").disabled) == (level, disabled)


def test_a_tiff_cut_short_says_so_and_an_emptied_block_does_not() -> None:
    data = make.tiff(PLACE)
    facts = read_media(data[:-64])
    assert (len(facts.positions), "cut short" in facts.problems[0]) == (1, True)
    assert read_media(make.jpeg(exif_block=b"")).problems == ()
    assert read_media(make.jpeg(exif_block=b"\0" * 200)).problems == ()
