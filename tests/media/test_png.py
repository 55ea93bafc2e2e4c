"""PNG chunks: eXIf, texts, raw profiles, and bombs among them."""

from __future__ import annotations

import zlib

from wmp_postlint.media import read_media
from wmp_postlint.media import samples as make

PLACE = (52.4862, -1.8904)


def test_reads_exif_and_xmp() -> None:
    facts = read_media(make.png(PLACE, xmp_gps=PLACE))
    assert [p.route for p in facts.positions] == ["exif-gps", "xmp"]
    assert facts.problems == ()


def test_an_ordinary_picture_says_nothing() -> None:
    facts = read_media(make.png())
    assert (facts.container, facts.positions, facts.traces, facts.texts, facts.problems) == ("png", (), (), (), ())


def test_reads_raw_profiles() -> None:
    body = b"Exif\0\0" + make.exif(PLACE)
    text = b"\nexif\n%8d\n" % len(body) + body.hex().encode() + b"\n"
    for name in (b"exif", b"APP1"):
        for chunk in ((b"tEXt", b"Raw profile type " + name + b"\0" + text),
                      (b"zTXt", b"Raw profile type " + name + b"\0\0" + zlib.compress(text))):  # fmt: skip
            assert [p.route for p in read_media(make.png(chunks=(chunk,))).positions] == ["exif-gps"]


def test_reads_compressed_xmp_and_texts() -> None:
    packed = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(make.xmp(PLACE))
    facts = read_media(make.png(chunks=((b"iTXt", packed), (b"zTXt", b"Comment\0\0" + zlib.compress(b"hello")))))
    assert [p.route for p in facts.positions] == ["xmp"]
    assert [(text.name, text.text, text.kind) for text in facts.texts] == [("png.Comment", "hello", "text")]


def test_reads_iptc_in_a_raw_profile() -> None:
    body = make.iptc(city="Leeds")
    text = b"\niptc\n%8d\n" % len(body) + body.hex().encode()
    facts = read_media(make.png(chunks=((b"tEXt", b"Raw profile type iptc\0" + text),)))
    assert [(t.name, t.text, t.kind) for t in facts.texts] == [("iptc.city", "Leeds", "place")]
