"""HEIF items, by both construction methods, and videos inside pictures."""

from __future__ import annotations

import pytest

from wmp_postlint.media import read_media
from wmp_postlint.media import samples as make

PLACE = (52.4862, -1.8904)


@pytest.mark.parametrize("method", [0, 1])
@pytest.mark.parametrize(("brand", "container"), [(b"heic", "heic"), (b"avif", "avif"), (b"mif1", "heic")])
def test_reads_exif_and_xmp_items(method: int, brand: bytes, container: str) -> None:
    facts = read_media(make.heic(PLACE, xmp_gps=PLACE, method=method, brand=brand))
    assert (facts.container, [p.route for p in facts.positions], facts.problems) == (container, ["exif-gps", "xmp"], ())


def test_an_exif_item_with_a_wrong_offset() -> None:
    data = make.heic(PLACE).replace(b"\0\0\0\6Exif", b"\0\0\0\0Exif")
    assert [p.route for p in read_media(data).positions] == ["exif-gps"]


def test_a_motion_video_box() -> None:
    facts = read_media(make.heic() + make.box(b"mpvd", make.mp4(PLACE)))
    assert [p.route for p in facts.positions] == ["quicktime-xyz"]


def test_an_ordinary_picture_says_nothing() -> None:
    facts = read_media(make.heic())
    assert (facts.positions, facts.traces, facts.texts, facts.problems) == ((), (), (), ())


def test_a_cut_picture_says_so() -> None:
    assert read_media(make.heic(PLACE)[:-20]).problems
