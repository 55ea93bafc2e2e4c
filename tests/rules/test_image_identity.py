"""What names a person in a file is found by every common field; firms, devices and empty numbers pass."""

from __future__ import annotations

import pytest

from wmp_postlint import Linter, Media, Post
from wmp_postlint.finding import Severity
from wmp_postlint.media import samples as make

LINTER = Linter(select=["image/identity"])
_SPACES = " ".join(
    f'xmlns:{prefix}="http://ns.example.org/{prefix}/"'
    for prefix in ("exif", "dc", "aux", "MP", "mwg", "ext", "core", "plus", "crs", "mm", "photoshop")
)


def xmp(inner: str) -> bytes:
    head = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    return f'{head}<rdf:Description rdf:about="" {_SPACES}>{inner}</rdf:Description></rdf:RDF></x:xmpmeta>'.encode()


def severities(data: bytes) -> list[Severity]:
    report = LINTER.lint(Post("Our new van.", media=(Media(data=data, alt="A van"),)))
    assert report.errors == ()
    return [finding.severity for finding in report.findings]


NAMED = {
    "creator": "<dc:creator><rdf:Seq><rdf:li>Sam Carter</rdf:li></rdf:Seq></dc:creator>",
    "owner": "<aux:OwnerName>Sam Carter</aux:OwnerName>",
    "face": "<mwg:Regions><mwg:RegionList><rdf:Bag><rdf:li><rdf:Description mwg:Type='Face' mwg:Name='Sam Carter'/>"
            "</rdf:li></rdf:Bag></mwg:RegionList></mwg:Regions>",
    "face of Microsoft": "<MP:RegionInfo><MP:Regions MP:PersonDisplayName='Sam Carter'/></MP:RegionInfo>",
    "person shown": "<ext:PersonInImage><rdf:Bag><rdf:li>Sam Carter</rdf:li></rdf:Bag></ext:PersonInImage>",
    "contact": "<core:CreatorContactInfo rdf:parseType='Resource'><core:CiEmailWork>sam@example.org</core:CiEmailWork>"
               "</core:CreatorContactInfo>",
    "path of a raw file": "<crs:RawFileName>/Users/scarter/Desktop/van.nef</crs:RawFileName>",
    "path in a history": r"<mm:parameters>saved to C:\Users\scarter\van.psd by hand</mm:parameters>",
    "caption's writer": "<photoshop:CaptionWriter>Sam Carter</photoshop:CaptionWriter>",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_who_is_named_is_a_warning(name: str) -> None:
    assert severities(make.jpeg(xmp_packet=xmp(NAMED[name]))) == [Severity.WARNING]


@pytest.mark.parametrize("tag", [0x013B, 0xA430, 0xA437])
def test_the_fields_of_exif(tag: int) -> None:
    assert severities(make.jpeg(exif_block=make.exif(fields=[(tag, 2, 11, b"Sam Carter\0")]))) == [Severity.WARNING]


def test_a_byline() -> None:
    assert severities(make.jpeg(segments=((0xED, b"Photoshop 3.0\0" + make.iptc(byline="Sam Carter")),))) == [
        Severity.WARNING
    ]


@pytest.mark.parametrize("tag", [0xA420, 0xA431, 0xA435, 0xC62F])
def test_numbers_are_advice(tag: int) -> None:
    assert severities(make.jpeg(exif_block=make.exif(fields=[(tag, 2, 9, b"08123456\0")]))) == [Severity.INFO]


QUIET = {
    "force": "<dc:creator><rdf:Seq><rdf:li>West Midlands Police</rdf:li></rdf:Seq></dc:creator>",
    "firm": "<dc:creator><rdf:Seq><rdf:li>Example Studios</rdf:li></rdf:Seq></dc:creator>",
    "crown": "<dc:rights><rdf:Alt><rdf:li>Crown copyright</rdf:li></rdf:Alt></dc:rights>",
    "program": "<mm:softwareAgent>Adobe Photoshop 24.0</mm:softwareAgent>",
    "nobody's folder": r"<mm:parameters>C:\Users\Public\Pictures\van.psd</mm:parameters>",
    "address of a site": "<mm:parameters>https://example.org/users/sam/van.html</mm:parameters>",
    "ids of a document": "<mm:DocumentID>xmp.did:1234</mm:DocumentID><mm:InstanceID>xmp.iid:5</mm:InstanceID>",
    "no number": "<aux:SerialNumber>0000000</aux:SerialNumber>",
}  # fmt: skip


@pytest.mark.parametrize("name", QUIET)
def test_what_names_nobody_passes(name: str) -> None:
    assert severities(make.jpeg(xmp_packet=xmp(QUIET[name]))) == []


@pytest.mark.parametrize("words", [b"iPhone 12\0", b"Pixel 7a\0", b"SM-G991B\0"])
def test_a_phone_is_no_person(words: bytes) -> None:
    assert severities(make.jpeg(exif_block=make.exif(fields=[(0x013C, 2, len(words), words)]))) == []
