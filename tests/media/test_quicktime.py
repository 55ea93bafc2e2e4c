"""Locations and texts in videos, and timed tracks."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from wmp_postlint.media import read_media
from wmp_postlint.media import samples as make

PLACE = (52.4862, -1.8904)
HEAD = make.box(b"ftyp", b"isom\0\0\2\0isom")


def near(data: bytes, route: str) -> None:
    facts = read_media(data)
    assert [p.route for p in facts.positions] == [route]
    assert facts.positions[0].latitude == pytest.approx(PLACE[0], abs=1e-4)
    assert facts.positions[0].longitude == pytest.approx(PLACE[1], abs=1e-4)
    assert facts.problems == ()


def test_user_data_and_keys() -> None:
    near(make.mp4(PLACE), "quicktime-xyz")
    near(make.mp4(keys_gps=PLACE, brand=b"qt  "), "quicktime-keys")


def test_item_list() -> None:
    value = make.box(b"data", struct.pack(">II", 1, 0), make.iso6709(PLACE).encode())
    meta = make.box(b"meta", b"\0\0\0\0", make.box(b"hdlr", b"\0" * 8 + b"mdir" + b"\0" * 13),
                    make.box(b"ilst", make.box(b"\xa9xyz", value)))  # fmt: skip
    near(HEAD + make.box(b"moov", make.box(b"udta", meta)), "quicktime-ilst")


def test_3gpp_location() -> None:
    longitude, latitude = (struct.pack(">i", round(value * 65536)) for value in (PLACE[1], PLACE[0]))
    body = b"\0\0\0\0\x15\xc7Park Row\0\0" + longitude + latitude + b"\0\0\0\0earth\0\0"
    data = HEAD + make.box(b"moov", make.box(b"udta", make.box(b"loci", body)))
    near(data, "3gpp-loci")
    assert [(text.text, text.kind) for text in read_media(data).texts] == [("Park Row", "place")]


def test_xmp_box() -> None:
    uuid = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
    near(make.mp4() + make.box(b"uuid", uuid, make.xmp(PLACE)), "xmp")


def track(form: bytes, sample: bytes) -> bytes:
    def movie(at: int) -> bytes:
        table = make.box(b"stbl", make.box(b"stsd", b"\0\0\0\0\0\0\0\1", make.box(form, b"\0" * 8)),
                         make.box(b"stsz", struct.pack(">III", 0, len(sample), 1)),
                         make.box(b"stco", struct.pack(">III", 0, 1, at)))  # fmt: skip
        media = make.box(b"mdia", make.box(b"hdlr", b"\0" * 8 + b"meta" + b"\0" * 13), make.box(b"minf", table))
        return HEAD + make.box(b"moov", make.box(b"trak", media))

    return movie(len(movie(0)) + 8) + make.box(b"mdat", sample)


GOPRO = b"SCALl\4\0\5" + struct.pack(">5i", 10**7, 10**7, 1000, 1000, 100) + b"GPS5l\x14\0\1" + struct.pack(
    ">5i", round(PLACE[0] * 1e7), round(PLACE[1] * 1e7), 0, 0, 0)  # fmt: skip


@pytest.mark.parametrize(
    ("form", "sample", "route"),
    [
        (b"camm", b"\0\0\5\0" + struct.pack("<ddd", *PLACE, 100.0), "timed-camm"),
        (b"gpmd", GOPRO, "timed-gopro"),
        (b"text", b"$GPRMC,101112.00,A,5229.1720,N,00153.4240,W,0.0,,060524,,,A", "timed-nmea"),
        (b"tx3g", b"\0\x40GPS(-1.8904, 52.4862, 100) ISO 100", "timed-text"),
    ],
)
def test_timed_tracks(form: bytes, sample: bytes, route: str) -> None:
    data = track(form, sample)
    near(data, route)
    assert [trace.kind for trace in read_media(data).traces] == ["track"]


@pytest.mark.parametrize(("form", "sample"), [
    (b"gpmd", b"DEVC\0\1\0\4ACCLs\6\0\1abcdef"), (b"tx3g", b"\0\x10Hello, everybody."), (b"mebx", b"\0\0\0\x08abcd"),
    (b"camm", b"\0\0\2\0" + b"\0" * 12), (b"rtmd", b"\x1c\0\x81\0\0\2\0\1"),
])  # fmt: skip
def test_other_tracks_are_left_alone(form: bytes, sample: bytes) -> None:
    facts = read_media(track(form, sample))
    assert (facts.positions, facts.traces, facts.problems) == ((), (), ())


def test_a_dash_cam_marker() -> None:
    facts = read_media(make.mp4()[:-24] + make.box(b"mdat", b"\0" * 40 + b"\0\0\x80\0freeGPS " + b"\0" * 40))
    assert [trace.kind for trace in facts.traces] == ["track"]


def test_a_large_file_is_read_by_seeking(tmp_path: Path) -> None:
    movie = make.mp4(PLACE)
    path = tmp_path / "long.mp4"
    with path.open("wb") as file:
        file.write(HEAD + struct.pack(">I", 300_000_000) + b"mdat")
        file.truncate(len(HEAD) + 300_000_000)
        file.seek(0, 2)
        file.write(movie[movie.index(b"moov") - 4 : movie.index(b"mdat") - 4])
    facts = read_media(path)
    assert ([p.route for p in facts.positions], facts.problems, facts.size > 3e8) == (["quicktime-xyz"], (), True)


def test_a_video_cut_short_says_so() -> None:
    assert read_media(HEAD + struct.pack(">I", 9999) + b"mdat" + b"\0" * 100).problems
    assert read_media(make.mp4(PLACE)[:120]).problems


def test_a_camera_s_own_xml() -> None:
    xml = b'<Item name="LatitudeRef" value="N"/><Item name="Latitude" value="52:29:10.320"/>'
    xml += b'<Item name="LongitudeRef" value="W"/><Item name="Longitude" value="1:53:25.440"/>'
    meta = make.box(
        b"meta", b"\0\0\0\0", make.box(b"hdlr", b"\0" * 8 + b"nrtm" + b"\0" * 13), make.box(b"xml ", b"\0\0\0\0" + xml)
    )
    near(make.mp4() + meta, "camera-xml")


def test_canon_cr3() -> None:
    directory = make.exif(fields=make.gps_fields(PLACE))
    canon = make.box(b"uuid", bytes.fromhex("85c0b687820f11e08111f4ce462b6a48"), make.box(b"CMT4", directory))
    data = make.box(b"ftyp", b"crx \0\0\0\1crx isom") + make.box(b"moov", canon) + make.box(b"mdat", b"\0" * 8)
    near(data, "exif-gps")
    assert read_media(data).container == "cr3"


def test_a_dash_cam_s_own_box() -> None:
    minutes = [int(abs(v)) * 100 + abs(v) % 1 * 60 for v in PLACE]
    record = struct.pack("<dd", minutes[0], -minutes[1]).ljust(32, b"\0")
    facts = read_media(make.mp4() + make.box(b"gps0", record))
    assert [p.route for p in facts.positions] == ["timed-dashcam"]
    assert facts.positions[0].longitude == pytest.approx(PLACE[1], abs=1e-4)


def test_an_insta360_trailer() -> None:
    record = struct.pack("<IIHcdcdc", 0, 0, 0, b"A", PLACE[0], b"N", -PLACE[1], b"W").ljust(53, b"\0")
    foot = struct.pack("<HI", 0x700, len(record)).ljust(38, b"\0") + struct.pack("<I", len(record) + 78) + b"\0" * 4
    data = make.mp4() + record + foot + b"8db42d694ccc418790edff439fe026bf"
    facts = read_media(data)
    assert ([p.route for p in facts.positions], facts.problems) == (["insta360"], ())
    assert facts.positions[0].longitude == pytest.approx(PLACE[1])
