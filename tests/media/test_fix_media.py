"""A fix takes out what it should, moves nothing, touches no pixel, and refuses what it cannot make clean."""

from __future__ import annotations

import io
import json
import random
import shutil
import struct
import subprocess
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from wmp_postlint import MediaFixError, fix_media
from wmp_postlint.media import read_media
from wmp_postlint.media import samples as make
from wmp_postlint.media.canvas import Removal

PLACE = (52.4862, -1.8904)
MODES: tuple[Removal, ...] = ("location", "identifying", "all")
_GUID = b"0123456789ABCDEF0123456789ABCDEF"


def extended(packet: bytes) -> tuple[tuple[int, bytes], ...]:
    half = len(packet) // 2
    head = b"http://ns.adobe.com/xmp/extension/\0" + _GUID + struct.pack(">I", len(packet))
    return (
        (0xE1, head + struct.pack(">I", half) + packet[half:]),
        (0xE1, head + struct.pack(">I", 0) + packet[:half]),
    )


def gif(packet: bytes) -> bytes:
    picture = io.BytesIO()
    Image.new("L", (2, 2)).save(picture, "GIF")
    raw = picture.getvalue()
    tail = b"\1" + bytes(range(255, -1, -1)) + b"\0"
    return raw[:-1] + b"!\xff\x0bXMP DataXMP" + packet + tail + b";"


def profile(kind: bytes, body: bytes) -> bytes:
    digits = body.hex().encode()
    return b"Raw profile type exif\0" + kind + b"\nexif\n%8d\n" % len(body) + digits + b"\n"


def user_data(*parts: bytes) -> bytes:
    return make.mp4() + make.box(b"moov", make.box(b"udta", *parts))


def loci() -> bytes:
    numbers = b"".join(round(value * 65536).to_bytes(4, "big", signed=True) for value in (PLACE[1], PLACE[0], 0))
    return make.box(b"loci", b"\0\0\0\0\x15\xc7Town hall\0\0" + numbers + b"earth\0\0")


IPTC = make.iptc(caption="A garden", city="Birmingham", byline="A. Person")
PROFILE = profile(b"", b"Exif\0\0" + make.exif(PLACE))
XMP = make.xmp(PLACE, title="A title", City="Birmingham")
LOCATED = {
    "jpeg exif": make.jpeg(PLACE),
    "jpeg exif, big-endian": make.jpeg(exif_block=make.exif(PLACE, order=">", description="A garden")),
    "jpeg exif, nothing but GPS": make.jpeg(exif_block=make.exif(PLACE)),
    "jpeg xmp": make.jpeg(xmp_packet=XMP),
    "jpeg exif and xmp": make.jpeg(PLACE, xmp_gps=PLACE, comment="hello"),
    "jpeg broken xmp": make.jpeg(xmp_packet=XMP.replace(b"</rdf:RDF>", b"")),
    "jpeg utf-16 xmp": make.jpeg(xmp_packet=XMP.decode().encode("utf-16")),
    "jpeg extended xmp": make.jpeg(segments=extended(XMP)),
    "jpeg iptc": make.jpeg(segments=((0xED, b"Photoshop 3.0\0" + IPTC),)),
    "jpeg with a video behind it": make.jpeg(PLACE, trailer=make.mp4(PLACE)),
    "jpeg with a picture behind it": make.jpeg(trailer=make.jpeg(PLACE)),
    "png exif": make.png(PLACE),
    "png xmp": make.png(xmp_gps=PLACE, comment="kept"),
    "png compressed xmp": make.png(chunks=((b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP)),)),
    "png raw profile": make.png(chunks=((b"tEXt", PROFILE),)),
    "png compressed raw profile": make.png(chunks=((b"zTXt", PROFILE[:22] + b"\0" + zlib.compress(PROFILE[22:])),)),
    "webp exif": make.webp(PLACE),
    "webp exif with a head": make.webp(PLACE, exif_header=True),
    "webp xmp": make.webp(xmp_gps=PLACE),
    "tiff": make.tiff(PLACE),
    "gif xmp": gif(XMP),
    "heic exif": make.heic(PLACE),
    "heic exif in idat": make.heic(PLACE, method=1),
    "heic xmp": make.heic(xmp_gps=PLACE),
    "avif exif": make.heic(PLACE, brand=b"avif"),
    "mp4 xyz": make.mp4(PLACE, title="A title"),
    "mp4 keys": make.mp4(keys_gps=PLACE, title="A title"),
    "mov xyz": make.mp4(PLACE, brand=b"qt  "),
    "3gp loci": user_data(loci()),
    "mp4 free space": make.mp4() + make.box(b"free", b"\xa9xyz\0\x12\x15\xc7+52.4862-001.8904/" + b"x" * 5000),
}  # fmt: skip
EXIFTOOL = shutil.which("exiftool")


def told(data: bytes) -> list[str]:
    facts = read_media(data)
    places = [text.name for text in facts.texts if text.kind == "place"]
    return [*(position.route for position in facts.positions), *(trace.route for trace in facts.traces), *places]


def pixels(data: bytes) -> bytes | None:
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.tobytes()
    except (OSError, RuntimeError):  # samples of HEIF have no picture that can be decoded
        return None


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", LOCATED)
def test_the_location_is_gone_and_nothing_moved(name: str, mode: Removal) -> None:
    data = LOCATED[name]
    assert told(data), "the file has to be located before"
    fixed = fix_media(data, mode)
    assert told(fixed.data) == []
    assert len(fixed.data) == len(data)
    assert pixels(fixed.data) == pixels(data)
    assert fixed.removed
    changed = [at for at, (one, other) in enumerate(zip(data, fixed.data, strict=True)) if one != other]
    assert changed


@pytest.mark.parametrize("name", [name for name in LOCATED if name.startswith(("jpeg", "png", "webp", "tiff"))])
def test_what_is_seen_is_decoded(name: str) -> None:
    assert pixels(LOCATED[name])


@pytest.mark.skipif(EXIFTOOL is None, reason="ExifTool is not installed (Debian: libimage-exiftool-perl)")
@pytest.mark.parametrize("mode", MODES)
def test_exiftool_finds_no_location_either(tmp_path: Path, mode: Removal) -> None:
    for number, (name, data) in enumerate(LOCATED.items()):
        suffix = {"3gp": "mp4", "mov": "mov"}.get(name.split()[0], name.split()[0])
        (tmp_path / f"{number:02}.{suffix}").write_bytes(fix_media(data, mode).data)
    call = [str(EXIFTOOL), "-j", "-G0:1:3", "-a", "-ee", "-n", "-u", str(tmp_path)]
    read: list[dict[str, Any]] = json.loads(subprocess.run(call, capture_output=True, check=False).stdout)
    assert len(read) == len(LOCATED)
    for one in read:
        keys = [
            key
            for key in one
            if any(word in key for word in ("Latitude", "Longitude", "GPSPosition", "City", "Coordinates"))
        ]
        assert keys == [], one["SourceFile"]


def test_what_was_not_asked_for_stays() -> None:
    data = make.jpeg(
        exif_block=make.exif(PLACE, description="A garden", artist="A. Person"), comment="hello", xmp_packet=XMP
    )
    texts = {text.name: text.text for text in read_media(fix_media(data).data).texts}
    assert texts["exif.ImageDescription"] == "A garden"
    assert texts["exif.Artist"] == "A. Person"
    assert texts["xmp.title"] == "A title"
    assert texts["jpeg.Comment"] == "hello"


def test_identity_goes_and_titles_stay() -> None:
    block = make.exif(description="A garden", artist="A. Person", fields=[(0xA431, 2, 9, b"SN123456\0")])
    data = make.jpeg(exif_block=block, xmp_packet=make.xmp(title="A title", creator="A. Person"))
    texts = {text.name for text in read_media(fix_media(data, "identifying").data).texts}
    assert texts == {"exif.ImageDescription", "xmp.title"}


def test_all_leaves_the_orientation_only() -> None:
    block = make.exif(PLACE, description="A garden", fields=[(0x0112, 3, 1, b"\6\0")])
    fixed = fix_media(make.jpeg(exif_block=block, comment="hello", xmp_packet=XMP), "all").data
    assert read_media(fixed).texts == ()
    with Image.open(io.BytesIO(fixed)) as picture:
        assert dict(picture.getexif()) == {0x0112: 6}


def test_a_gain_map_stays() -> None:
    packet = XMP.replace(
        b"<rdf:Description ",
        b'<rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0" ',
        1,
    )
    for mode in MODES:
        fixed = fix_media(make.jpeg(xmp_packet=packet), mode).data
        assert b'hdrgm:Version="1.0"' in fixed
        assert told(fixed) == []


def test_a_clean_file_is_given_back_as_it_is() -> None:
    for data in (make.jpeg(), make.png(comment="hello"), make.webp(), make.mp4(title="A title")):
        fixed = fix_media(data)
        assert (fixed.data, fixed.removed) == (data, ())


def test_a_second_fix_finds_nothing() -> None:
    for name, data in LOCATED.items():
        once = fix_media(data).data
        assert fix_media(once).removed == (), name


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"plain words, and no picture at all", "not a picture"),
        (make.jpeg(PLACE)[:-30], "cut short"),
        (make.jpeg(PLACE)[:60], "cut short"),
        (make.mp4() + make.box(b"mdat", b"freeGPS " * 40), "track"),
        (make.jpeg(xmp_packet=b"<!DOCTYPE x [<!ENTITY a 'b'>]><x:xmpmeta xmlns:x='adobe:ns:meta/'/>"), "entities"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_clean_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(MediaFixError, match=words):
        fix_media(data)


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(MediaFixError, match="expected location"):
        fix_media(make.jpeg(), "everything")  # type: ignore[arg-type]


def test_damage_is_refused_or_repaired_and_never_raises_anything_else() -> None:
    chance = random.Random(5)
    files = list(LOCATED.values())
    for _ in range(500):
        data = bytearray(chance.choice(files))
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        try:
            fixed = fix_media(bytes(data), chance.choice(MODES))
        except MediaFixError:
            continue
        assert told(fixed.data) == []
        assert len(fixed.data) == len(data)
