"""A place that a file names is found by every field; a marking in one is found by its own rule."""

from __future__ import annotations

import pytest

from wmp_postlint import Linter, Media, Post
from wmp_postlint.finding import Severity
from wmp_postlint.media import samples as make

LINTER = Linter(select=["image/place-name", "image/location", "marking"])


def findings(data: bytes) -> list[tuple[str, str, Severity]]:
    report = LINTER.lint(Post("Our new van.", media=(Media(data=data, alt="A van"),)))
    assert report.errors == ()
    return [(one.rule, one.field.removeprefix("media[0].metadata."), one.severity) for one in report.findings]


def iptc(**texts: str) -> bytes:
    return make.jpeg(segments=((0xED, b"Photoshop 3.0\0" + make.iptc(**texts)),))


def note(maker: bytes, entries: list[tuple[int, int, int, bytes]]) -> bytes:
    """A picture with a maker's note whose values lie where the note says, counted from the Exif block's start."""
    directory = make._directory(entries, 0, "<")
    body = maker + directory
    for _ in range(2):
        block = make.exif(fields=[(0x927C, 7, len(body), body)])
        at = block.index(body) + len(maker)
        body = maker + make._directory(entries, at, "<")
    return make.jpeg(exif_block=make.exif(fields=[(0x927C, 7, len(body), body)]))


@pytest.mark.parametrize("field", ["sublocation"])
def test_a_street_is_a_warning(field: str) -> None:
    assert findings(iptc(**{field: "12 Mill Lane"})) == [("image/place-name", "iptc.sublocation", Severity.WARNING)]
    assert findings(make.jpeg(xmp_packet=make.xmp(Location="Mill Lane")))[0][2] is Severity.WARNING


def test_a_town_is_advice() -> None:
    assert [one[2] for one in findings(iptc(city="Leeds", country="United Kingdom"))] == [Severity.INFO, Severity.INFO]


def test_a_name_in_a_video() -> None:
    text = b"Mill Lane"
    place = make.box(b"\xa9loc", len(text).to_bytes(2, "big") + b"\x15\xc7" + text)
    video = make.mp4() + make.box(b"moov", make.box(b"udta", place))
    assert findings(video) == [("image/place-name", "quicktime.Location", Severity.WARNING)]


def test_what_a_panasonic_writes() -> None:
    entries = [(0x6D, 7, 72, b"Leeds".ljust(72, b"\0")), (0x6F, 7, 128, b"Mill Lane Library".ljust(128, b"\0"))]
    found = findings(note(b"Panasonic\0\0\0", entries))
    assert found == [
        ("image/place-name", "makernote.City", Severity.INFO),
        ("image/place-name", "makernote.Landmark", Severity.WARNING),
    ]
    assert findings(note(b"Panasonic\0\0\0", [(0x6D, 7, 72, b"---".ljust(72, b"\0"))])) == []


def test_what_a_nikon_writes() -> None:
    info = b"0100\1GBR\0" + b"Mill Lane Library".ljust(70, b"\0")
    inner = b"II*\0\x08\0\0\0" + make._directory([(0x39, 7, len(info), info)], 8, "<")
    block = make.exif(fields=[(0x927C, 7, len(inner) + 10, b"Nikon\0\2\x10\0\0" + inner)])
    found = findings(make.jpeg(exif_block=block))
    assert found == [("image/place-name", "makernote.Location", Severity.WARNING)]


def test_a_makers_note_is_freed_of_places_in_place() -> None:
    from wmp_postlint import fix_media

    data = note(b"Panasonic\0\0\0", [(0x6F, 7, 128, b"Mill Lane Library".ljust(128, b"\0"))])
    fixed = fix_media(data).data
    assert findings(fixed) == []
    assert b"Panasonic" in fixed


@pytest.mark.parametrize("texts", [{"title": "A van"}, {"description": "Our new van, at last"}, {"City": ""}])
def test_titles_are_no_places(texts: dict[str, str]) -> None:
    assert findings(make.jpeg(xmp_packet=make.xmp(None, **texts))) == []


def test_a_marking_in_a_caption_is_found() -> None:
    rules = [rule for rule, field, _ in findings(iptc(caption="OFFICIAL-SENSITIVE: plan of the raid"))]
    assert rules == ["marking/classification"]
