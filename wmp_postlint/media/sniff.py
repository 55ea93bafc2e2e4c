"""Tell the container by a file's content, never by its name."""

from __future__ import annotations

from wmp_postlint import lazy
from wmp_postlint.media import tiff
from wmp_postlint.media.source import Source

_HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"mif2", b"msf1", b"miaf",
         b"1pic",
         b"vvic", b"vvis", b"evbi", b"evmi", b"j2ki", b"jpeg", b"jpgs")  # fmt: skip
_AVIF = (b"avif", b"avis", b"avci", b"avcs")
_TOP = (b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"moof", b"uuid", b"styp", b"sidx", b"meta")
_XML = lazy.regex(
    r"^\s*(?:<(?:\?[^<>]{0,200}|!--[^<>]{0,400}--)>\s*){0,6}<(?:[\w-]{1,20}:)?(?:xmpmeta|xapmeta|RDF)[\s>]"
)
_JP2 = b"\0\0\0\x0cjP  \r\n\x87\n"
_JXL = b"\0\0\0\x0cJXL \r\n\x87\n"


def _iso(head: bytes) -> str:
    size = min(max(16, int.from_bytes(head[:4], "big")), len(head), 256)
    major, others = head[8:12], [head[at : at + 4] for at in range(16, size - 3, 4)]
    if major == b"crx ":
        return "cr3"
    if major == b"qt  ":
        return "mov"
    if major in _AVIF or (major in (b"mif1", b"msf1", b"miaf") and any(brand in _AVIF for brand in others)):
        return "avif"
    if major in _HEIF:
        return "heic"
    if major in (b"jp2 ", b"jpx ", b"jpm "):
        return "jp2"
    return "mp4"


def container(source: Source) -> str | None:
    """Return the container's name, None when it is not one that carries a picture or a video."""
    head = source.read(0, 512)
    if head.startswith((b"\xff\xd8\xff", b"\xff\xd8")) and len(head) > 3:
        return "jpeg"
    if head.startswith(b"\xff\x01Exiv2"):
        return "exv"
    if head.startswith((b"\x89PNG\r\n\x1a\n", b"\x8aMNG\r\n\x1a\n", b"\x8bJNG\r\n\x1a\n")):
        return "png"
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] in (b"WEBP", b"AVI ", b"AVIX"):
        return "webp" if head[8:12] == b"WEBP" else "avi"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"FUJIFILMCCD-RAW"):
        return "raf"
    if tiff.has_header(head):
        return "tiff"
    if head.startswith((_JP2, b"\xff\x4f\xff\x51\0")):
        return "jp2"
    if head.startswith((_JXL, b"\xff\x0a")):
        return "jxl"
    if head.startswith((b"8BPS\0\1", b"8BPS\0\2")):
        return "psd"
    if b"%PDF-" in head:
        return "pdf"
    if head[4:8] == b"ftyp":
        return _iso(head)
    if head[4:8] in _TOP and (head[:4] < b"\x10" or head[:4] in (b"\0\0\0\1",)):
        return "mov"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "mkv"
    if (
        head.startswith(b"BM")
        and len(head) >= 26
        and int.from_bytes(head[14:18], "little") in (12, 16, 40, 52, 56, 64, 108, 124)
    ):
        return "bmp"
    for start, step in ((0, 188), (4, 192)):
        if source.size >= 4 * step and all(source.read(start + step * n, 1) == b"G" for n in range(4)):
            return "m2ts"
    return "xmp" if is_xmp(head) else None


def is_xmp(head: bytes) -> bool:
    """Say whether a file is an XMP sidecar."""
    from wmp_postlint.media.xmp import decode

    return _XML.match(decode(head).lstrip("\ufeff")) is not None
