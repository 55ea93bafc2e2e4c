"""What lies unseen in a file is found, and what every camera writes beside a picture is not."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image

from wmp_postlint import Linter, Media, Post
from wmp_postlint.media import samples as make

LINTER = Linter(select=["image/hidden-content"])


def kinds(data: bytes) -> list[object]:
    report = LINTER.lint(Post("Our new van.", media=(Media(data=data, alt="A van"),)))
    return [finding.data["kind"] for finding in report.findings]


def picture(width: int, height: int, form: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, form)
    return out.getvalue()


def with_thumbnail(large: tuple[int, int], small: tuple[int, int]) -> bytes:
    thumbnail, whole = picture(*small), picture(*large)
    first = make.exif(description="A van")
    at = len(first)
    second = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, at + 30, 0x0202, 4, 1, len(thumbnail), 0)
    link = 8 + 2 + 12 * struct.unpack_from("<H", first, 8)[0]
    block = first[:link] + struct.pack("<I", at) + first[link + 4 :] + second + thumbnail
    exif = b"Exif\0\0" + block
    return whole[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + whole[2:]


def test_a_preview_of_another_shape() -> None:
    assert kinds(with_thumbnail((900, 300), (160, 120))) == ["thumbnail"]
    assert kinds(with_thumbnail((400, 400), (160, 90))) == ["thumbnail"]


@pytest.mark.parametrize("small", [(160, 120), (120, 160), (160, 90)])
def test_a_preview_of_the_same_shape_turned_or_with_bars(small: tuple[int, int]) -> None:
    large = (small[0] * 5, small[1] * 5)
    assert kinds(with_thumbnail(large, small)) == []


def test_black_bars_around_a_preview() -> None:
    assert kinds(with_thumbnail((1600, 900), (160, 120))) == []


def test_what_a_crop_left_behind_the_end() -> None:
    old = picture(64, 48, "PNG")
    assert kinds(picture(16, 12, "PNG") + old[len(old) // 3 :]) == ["data"]
    assert kinds(picture(16, 12) + b"\x5a\xa5" * 3000) == ["data"]


def test_a_video_behind_a_picture_and_a_second_picture() -> None:
    assert kinds(make.jpeg(trailer=make.mp4())) == ["video"]
    assert kinds(make.jpeg(trailer=make.jpeg())) == ["picture"]


def test_a_document_that_keeps_its_earlier_version() -> None:
    whole = picture(32, 24, "PDF")
    assert kinds(whole) == []
    assert kinds(whole + b"9 0 obj\n<</Title(New)>>\nendobj\nxref\n0 0\ntrailer<<>>\nstartxref\n0\n%%EOF\n") == [
        "version"
    ]


@pytest.mark.parametrize("tail", [b"", b"\0" * 5000, b"\r\n\r\n", b"\xff" * 300, b"x" * 20])
def test_filling_is_nothing(tail: bytes) -> None:
    assert kinds(make.jpeg(trailer=tail)) == []


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP", "TIFF", "BMP"])
def test_plain_pictures_hide_nothing(form: str) -> None:
    assert kinds(picture(64, 48, form)) == []
