"""The whole reader: files, names, unknown content, ordinary pictures from Pillow."""

# ruff: noqa: E501 - a table reads better with a case a line
from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from wmp_postlint.media import read_media
from wmp_postlint.media import samples as make

PLACE = (52.4862, -1.8904)


def test_bytes_and_path_agree(tmp_path: Path) -> None:
    for data in (make.jpeg(PLACE), make.png(PLACE) + b"\0" * 500_000, make.mp4(PLACE)):
        path = tmp_path / "any.name"
        path.write_bytes(data)
        assert read_media(path) == read_media(data)


def test_a_large_jpeg_is_read_in_windows(tmp_path: Path) -> None:
    data = make.jpeg(PLACE)
    at = data.rindex(b"\x3f\xff\xd9")
    path = tmp_path / "large.jpg"
    path.write_bytes(data[:at] + b"\x12\xff\0" * 400_000 + data[at:] + make.mp4(PLACE))
    facts = read_media(path)
    assert ([p.route for p in facts.positions], facts.problems) == (["exif-gps", "quicktime-xyz"], ())


@pytest.mark.parametrize("data", [
    b"hello, this is a note", b"<!doctype html><p>x</p>", b"PK\3\4" + b"\0" * 60, b"\0" * 400, b"\xff", b"%!PS-Adobe", b"RIFF1234WAVEfmt ",
])  # fmt: skip
def test_what_is_no_picture_is_not_clean(data: bytes) -> None:
    facts = read_media(data)
    assert (facts.container, facts.suffixes) == (None, frozenset())
    assert facts.problems == ("The file is not a picture or video that can be read.",)


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    assert read_media(b"").problems == ("The file is empty.",)
    assert "could not be opened" in read_media(tmp_path).problems[0]
    assert "could not be opened" in read_media(tmp_path / "missing.jpg").problems[0]
    assert "could not be opened" in read_media(Path("bad\0name")).problems[0]


def test_suffixes_fit_the_content() -> None:
    assert "jpg" in read_media(make.jpeg()).suffixes
    assert "heic" in read_media(make.heic()).suffixes
    assert "jpg" not in read_media(make.png()).suffixes


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "JPEG2000", "AVIF", "MPO", "PDF"])
@pytest.mark.parametrize("animated", [False, True])
def test_ordinary_pictures_from_pillow_give_no_problem(form: str, animated: bool) -> None:
    image = pytest.importorskip("PIL.Image")
    frames = [image.effect_noise((48, 32), 60 + n).convert("RGB") for n in range(3)]
    out = io.BytesIO()
    options = (
        {"save_all": True, "append_images": frames[1:]} if animated and form not in ("JPEG", "BMP", "JPEG2000") else {}
    )
    try:
        frames[0].save(out, form, **options)
    except (KeyError, OSError):
        pytest.skip(f"this Pillow writes no {form}")
    facts = read_media(out.getvalue())
    assert facts.container is not None
    assert (facts.positions, facts.traces, facts.problems) == ((), (), ())


@pytest.mark.parametrize(
    "data", [make.jpeg(PLACE), make.png(PLACE), make.webp(PLACE, xmp_gps=PLACE), make.tiff(PLACE), make.webp()]
)
def test_the_samples_open_in_pillow(data: bytes) -> None:
    image = pytest.importorskip("PIL.Image").open(io.BytesIO(data))
    image.load()
    assert image.size in ((8, 8), (1, 1))


def test_importing_is_cheap() -> None:
    code = "import sys; before = set(sys.modules); import wmp_postlint.media; print(*(set(sys.modules) - before))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"PIL", "exifread", "zlib", "xml", "pyexpat", "wmp_postlint.media.xmp"} & set(loaded)
