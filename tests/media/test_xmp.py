"""XMP in every form and notation, broken, and hostile."""

from __future__ import annotations

import pytest

from wmp_postlint.media import MediaFacts, read_media
from wmp_postlint.media import samples as make

HEAD = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
TAIL = "</rdf:RDF></x:xmpmeta>"


def read(body: str, attributes: str = "") -> MediaFacts:
    packet = (
        f'{HEAD}<rdf:Description rdf:about="" xmlns:exif="e" xmlns:a="a" {attributes}>{body}</rdf:Description>{TAIL}'
    )
    return read_media(make.jpeg(xmp_packet=packet.encode()))


def pairs(facts: MediaFacts) -> list[tuple[float, float]]:
    return [(round(p.latitude, 4), round(p.longitude, 4)) for p in facts.positions]


@pytest.mark.parametrize(
    ("body", "attributes"),
    [
        ("", 'exif:GPSLatitude="51,30.0N" exif:GPSLongitude="0,7.668W"'),
        ("<exif:GPSLatitude>51,30,0N</exif:GPSLatitude><exif:GPSLongitude> 0,7.668W </exif:GPSLongitude>", ""),
        ("", 'a:GpsLatitude="+51.5" a:GpsLongitude="-0.1278"'),
        ("", 'a:GPSLatitude="51.5" a:GPSLongtitude="-0.1278"'),
        ("", 'a:GPSLatitude="51.5" a:GPSLongitude="0.1278" a:GPSLongitudeRef="W"'),
        ("<a:decimalLatitude>51.5</a:decimalLatitude><a:decimalLongitude>-0.1278</a:decimalLongitude>", ""),
        ('<a:Location rdf:parseType="Resource"><a:decimalLatitude>51.5</a:decimalLatitude>'
         "<a:decimalLongitude>-0.1278</a:decimalLongitude></a:Location>", ""),
        ('<a:LocationCreated><rdf:Bag><rdf:li rdf:parseType="Resource"><exif:GPSLatitude>51,30.0N</exif:GPSLatitude>'
         "<exif:GPSLongitude>0,7.668W</exif:GPSLongitude></rdf:li></rdf:Bag></a:LocationCreated>", ""),
        ('<a:LocationShown><rdf:Bag><rdf:li exif:GPSLatitude="51,30.0N" exif:GPSLongitude="0,7.668W"/></rdf:Bag>'
         "</a:LocationShown>", ""),
    ],
)  # fmt: skip
def test_reads_positions(body: str, attributes: str) -> None:
    facts = read(body, attributes)
    assert (pairs(facts), facts.problems) == ([(51.5, -0.1278)], ())


def test_two_places_are_not_mixed_up() -> None:
    items = "".join(f'<rdf:li exif:GPSLatitude="{n},0N" exif:GPSLongitude="{n + 1},0E"/>' for n in (50, 10))
    assert pairs(read(f"<a:LocationShown><rdf:Bag>{items}</rdf:Bag></a:LocationShown>")) == [(50.0, 51.0), (10.0, 11.0)]


@pytest.mark.parametrize("broken", [f"{HEAD}<rdf:Description ", "<x:xmpmeta <<<", "<x:xmpmeta><unclosed>"])
def test_reads_positions_in_broken_xml(broken: str) -> None:
    packet = broken + ' exif:GPSLatitude="51,30.0N" exif:GPSLongitude="0,7.668W" '
    assert pairs(read_media(make.jpeg(xmp_packet=packet.encode()))) == [(51.5, -0.1278)]


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_reads_every_coding(coding: str) -> None:
    packet = make.xmp((51.5, -0.1278)).decode()
    assert pairs(read_media(make.jpeg(xmp_packet=packet[packet.index("<x:") :].encode(coding)))) == [(51.5, -0.1278)]


def test_texts_places_and_people() -> None:
    body = (
        "<a:title><rdf:Alt><rdf:li xml:lang='x-default'>A &amp; B</rdf:li></rdf:Alt></a:title>"
        "<a:City>Leeds</a:City><a:creator><rdf:Seq><rdf:li>A. Example</rdf:li></rdf:Seq></a:creator>"
        "<a:Regions><rdf:Bag><rdf:li a:Name='B. Example'/></rdf:Bag></a:Regions><a:Rating>5</a:Rating>"
    )
    assert {(t.name, t.text, t.kind) for t in read(body).texts} == {
        ("xmp.title", "A & B", "text"),
        ("xmp.City", "Leeds", "place"),
        ("xmp.creator", "A. Example", "identity"),
        ("xmp.Name", "B. Example", "identity"),
    }


@pytest.mark.parametrize(
    ("attributes", "kinds"),
    [
        ('exif:GPSLatitude="51,30.0N"', ["broken"]),
        ('exif:GPSLatitude="0" exif:GPSLongitude="0"', ["zero"]),
        ('exif:GPSLatitude="500" exif:GPSLongitude="0"', ["impossible"]),
        ('exif:GPSTimeStamp="2024-05-06T10:11:12Z"', ["time-only"]),
        ('a:Plate="lat" a:Longitudes="5"', []),
    ],
)
def test_what_is_no_position(attributes: str, kinds: list[str]) -> None:
    facts = read("", attributes)
    assert (facts.positions, [trace.kind for trace in facts.traces]) == ((), kinds)


def test_entities_are_refused() -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x:xmpmeta xmlns:x="x"><a:title>&b;</a:title></x:xmpmeta>'
    )
    facts = read_media(make.jpeg(xmp_packet=bomb.encode()))
    assert any("entities" in problem for problem in facts.problems)
    assert not any("aaaa" in text.text for text in facts.texts)


def test_a_sidecar_file() -> None:
    facts = read_media(make.xmp((51.5, -0.1278)))
    assert (facts.container, pairs(facts), facts.problems) == ("xmp", [(51.5, -0.1278)], ())
