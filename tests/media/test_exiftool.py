"""What ExifTool writes into every container it can write, we find; what we have fixed, ExifTool finds clean.

ExifTool is the judge: a location counts when it reads one, and is gone when it reads none by any route.
"""

from __future__ import annotations

import io
import json
import shutil
import struct
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageSequence

from wmp_postlint import fix_media
from wmp_postlint.media import read_media
from wmp_postlint.media import samples as make
from wmp_postlint.media.canvas import Removal

EXIFTOOL = shutil.which("exiftool")
pytestmark = pytest.mark.skipif(EXIFTOOL is None, reason="ExifTool is not installed (Debian: libimage-exiftool-perl)")

PILLOW = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "tif": "TIFF", "gif": "GIF", "jp2": "JPEG2000", "avif": "AVIF",
          "pdf": "PDF"}  # fmt: skip
_EXIF = ["-EXIF:GPSLatitude=52.4862", "-EXIF:GPSLatitudeRef=N", "-EXIF:GPSLongitude=1.8904", "-EXIF:GPSLongitudeRef=W"]


def _pair(group: str, latitude: str = "GPSLatitude", longitude: str = "GPSLongitude") -> list[str]:
    return [f"-{group}{latitude}=52.4862", f"-{group}{longitude}=-1.8904"]


ROUTES: dict[str, list[str]] = {
    "exif": _EXIF,
    "exif-dest": [tag.replace("GPSL", "GPSDestL") for tag in _EXIF],
    "xmp": _pair("XMP-exif:"),
    "created": _pair("XMP-iptcExt:LocationCreated"),
    "shown": [*_pair("XMP-iptcExt:LocationShown"), "-XMP-iptcExt:LocationShownCity=Leeds"],
    "darwin": _pair("XMP-dwc:", "DecimalLatitude", "DecimalLongitude"),
    "drone": _pair("XMP-drone-dji:", "GPSLatitude", "GPSLongtitude"),
    "iptc": ["-IPTC:City=Leeds", "-IPTC:Sub-location=12 Mill Lane"],
    "iptc-content": ["-IPTC:ContentLocationName=Mill Lane"],
    "city": ["-XMP-photoshop:City=Leeds", "-XMP-iptcCore:Location=Mill Lane"],
    "created-name": ["-XMP-iptcExt:LocationCreatedLocationName=Mill", "-XMP-iptcExt:LocationCreatedSublocation=Lane"],
    "created-id": ["-XMP-iptcExt:LocationCreatedLocationId=https://example.org/place/1"],
    "everything": [*_EXIF, *_pair("XMP-exif:"), "-IPTC:City=Leeds", "-XMP-dc:Title=A van", "-EXIF:Orientation#=6"],
    "user-data": ["-UserData:GPSCoordinates=52.4862 -1.8904 10"],
    "keys": ["-Keys:GPSCoordinates=52.4862 -1.8904 10"],
    "items": ["-ItemList:GPSCoordinates=52.4862 -1.8904 10"],
    "loci": ["-UserData:LocationInformation=Role=shooting Lat=52.4862 Lon=-1.8904 Alt=0.00 Body=earth"],
}
_LOCATED = ("Latitude", "GPSCoordinates", "GPSPosition", "LocationInformation")
_COORDINATES = ("Latitude", "Longitude", "Info")
_PLACES = ("City", "Sub-location", "Location", "LocationName", "Sublocation", "LocationId")


def _bases(folder: Path) -> list[Path]:
    picture = Image.effect_noise((48, 32), 70).convert("RGB")
    for suffix, form in PILLOW.items():
        try:
            picture.save(folder / f"a.{suffix}", form)
        except (KeyError, OSError):  # this Pillow does not write it
            (folder / f"a.{suffix}").unlink(missing_ok=True)
    head = b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, 8, 8, 8, 3) + struct.pack(">III", 0, 0, 0)
    (folder / "a.psd").write_bytes(head + b"\0\0" + b"\x80" * 192)
    code = make.box(b"jxlc", b"\xff\x0a" + b"\x7f\0\x90\0" * 20)
    jxl = b"\0\0\0\x0cJXL \r\n\x87\n" + make.box(b"ftyp", b"jxl \0\0\0\0jxl ") + code
    (folder / "a.jxl").write_bytes(jxl)
    (folder / "a.mp4").write_bytes(make.mp4())
    (folder / "a.mov").write_bytes(make.mp4(brand=b"qt  "))
    (folder / "a.heic").write_bytes(make.heic())
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write each route into each container that takes it, in one run of ExifTool."""
    bases, out = tmp_path_factory.mktemp("bases"), tmp_path_factory.mktemp("written")
    words: list[str] = []
    for base in _bases(bases):
        for route, tags in ROUTES.items():
            words += ["-q", "-q", "-n", "-m", *tags, "-o", str(out / f"{route}{base.suffix}"), str(base), "-execute"]
    (bases / "words").write_text("\n".join(words), encoding="utf-8")
    subprocess.run([str(EXIFTOOL), "-@", str(bases / "words")], capture_output=True, check=False, timeout=240)
    assert len(list(out.iterdir())) > 150
    return out


def _asked(folder: Path) -> dict[str, dict[str, Any]]:
    call = [str(EXIFTOOL), "-j", "-G0:1:3", "-a", "-ee", "-n", "-u", str(folder)]
    read: list[dict[str, Any]] = json.loads(subprocess.run(call, capture_output=True, check=False, timeout=240).stdout)
    return {Path(one["SourceFile"]).name: one for one in read}


def _said(one: dict[str, Any], words: tuple[str, ...]) -> list[str]:
    return [
        key for key, value in one.items()
        if key != "SourceFile" and any(word in key.rpartition(":")[2] for word in words) and value not in ("", "---")
    ]  # fmt: skip


def _pixels(data: bytes) -> list[bytes] | None:
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return [frame.tobytes() for frame in ImageSequence.Iterator(picture)]
    except (OSError, RuntimeError):  # what Pillow does not decode, and the samples without a coded picture
        return None


def test_what_exiftool_reads_is_found(written: Path) -> None:
    missed = []
    for name, one in _asked(written).items():
        facts = read_media(written / name)
        coordinates = [(round(position.latitude, 4), round(position.longitude, 4)) for position in facts.positions]
        if _said(one, _LOCATED) and (52.4862, -1.8904) not in coordinates:
            missed.append(f"{name}: location")
        names = [key for key in _said(one, _PLACES) if not any(word in key for word in _COORDINATES)]
        if names and not any(text.kind == "place" for text in facts.texts):
            missed.append(f"{name}: place")
        if not _said(one, (*_LOCATED, *_PLACES)) and (facts.positions or facts.traces):
            missed.append(f"{name}: false alarm")
    assert missed == []


@pytest.mark.parametrize("remove", ["location", "identifying", "all"])
def test_what_was_fixed_is_clean_for_exiftool(written: Path, tmp_path: Path, remove: Removal) -> None:
    for path in written.iterdir():
        data = path.read_bytes()
        fixed = fix_media(data, remove).data
        assert len(fixed) == len(data)
        assert _pixels(fixed) == _pixels(data), path.name
        (tmp_path / path.name).write_bytes(fixed)
    left = {name: _said(one, (*_LOCATED, "Longitude", *_PLACES)) for name, one in _asked(tmp_path).items()}
    assert len(left) == len(list(written.iterdir()))
    assert {name: keys for name, keys in left.items() if keys} == {}


def test_what_is_seen_stays_as_it_is(written: Path) -> None:
    for path in written.glob("everything.*"):
        data = path.read_bytes()
        for remove in ("location", "identifying", "all"):
            fixed = fix_media(data, remove).data
            try:
                with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(fixed)) as after:
                    assert after.getexif().get(0x0112) == before.getexif().get(0x0112), path.name
                    assert after.info.get("icc_profile") == before.info.get("icc_profile"), path.name
            except OSError:
                assert path.suffix not in (".jpg", ".png", ".webp", ".tif")
