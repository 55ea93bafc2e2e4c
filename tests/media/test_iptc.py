"""IPTC datasets in JPEG and Photoshop files."""

from __future__ import annotations

import struct

from wmp_postlint.media import read_media
from wmp_postlint.media import samples as make


def test_reads_captions_keywords_and_places() -> None:
    resources = make.iptc(caption="Café raid", headline="H", keywords="secret", city="Leeds", sublocation="Park Row")
    facts = read_media(make.jpeg(segments=((0xED, b"Photoshop 3.0\0" + resources),)))
    assert [(text.name, text.text, text.kind) for text in facts.texts] == [
        ("iptc.caption", "Café raid", "text"),
        ("iptc.headline", "H", "text"),
        ("iptc.keywords", "secret", "text"),
        ("iptc.city", "Leeds", "place"),
        ("iptc.sublocation", "Park Row", "place"),
    ]


def test_reads_latin_text_without_a_coding_mark() -> None:
    stream = b"\x1c\2\x78\0\4Caf\xe9"
    resources = b"8BIM\4\4\0\0" + struct.pack(">I", len(stream)) + stream + b"\0"
    facts = read_media(make.jpeg(segments=((0xED, b"Photoshop 3.0\0" + resources),)))
    assert [text.text for text in facts.texts] == ["Café"]


def test_goes_on_after_a_broken_dataset() -> None:
    stream = b"\x1c\2\x05\0\1A\xff\xff\x1c\2\x5a\0\5Leeds"
    resources = b"8BIM\4\4\0\0" + struct.pack(">I", len(stream)) + stream
    facts = read_media(make.jpeg(segments=((0xED, b"Photoshop 3.0\0" + resources),)))
    assert [text.text for text in facts.texts] == ["A", "Leeds"]


def test_reads_a_photoshop_document() -> None:
    resources = make.iptc(city="Leeds")
    packet = make.xmp((51.5, -0.1278))
    resources += b"8BIM\4\x24\0\0" + struct.pack(">I", len(packet)) + packet + b"\0" * (len(packet) % 2)
    head = b"8BPS\0\1" + b"\0" * 6 + struct.pack(">HIIHH", 3, 1, 1, 8, 3) + b"\0\0\0\0"
    facts = read_media(head + struct.pack(">I", len(resources)) + resources + b"\0" * 8)
    assert (facts.container, [p.route for p in facts.positions], facts.problems) == ("psd", ["xmp"], ())
    assert [text.text for text in facts.texts] == ["Leeds"]
