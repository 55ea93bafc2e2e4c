"""Blank properties of an XMP packet with spaces, so that the packet stays well-formed and keeps its length."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.media import xmp, xmpfacts
from wmp_postlint.media.canvas import Canvas, Removal
from wmp_postlint.media.canvas import tells as tells_of
from wmp_postlint.media.source import Problem, Source

_NAME = rb"[A-Za-z_][\w.-]{0,60}"
_START = lazy.regex(rb"<(" + _NAME + rb":(" + _NAME + rb"))(?=[\s/>])")
_ATTRIBUTE = lazy.regex(rb"\s" + _NAME + rb":(" + _NAME + rb")\s{0,20}=\s{0,20}(?:\"[^\"<>]*\"|'[^'<>]*')")
_TAG_END = lazy.regex(rb"(?:[^\"'<>]|\"[^\"<]*\"|'[^'<]*')*>")
# A gain map, a motion photo or a depth map cannot be shown without what these say.
_RENDERING = lazy.regex(rb"hdrgm:|HDRGainMap|apdi:|GContainer|Container:Directory|GCamera:Micro|GCamera:Motion|GDepth:")
_LOCATION = {"locationcreated", "locationshown", "geolocation", "lat", "long", "lon", "lng", "latlong", "latlng"}
_IDENTITY = {
    "regions", "regioninfo", "creatorcontactinfo", "documentid", "instanceid", "originaldocumentid", "history",
    "derivedfrom", "personinimagewdetails", "imagecreator", "copyrightowner", "licensor", "imagesupplier",
    "artworkorobject", "pantry", "ingredients",
}  # fmt: skip
_KEPT = {"description", "seq", "bag", "alt", "li", "rdf", "xmpmeta", "xapmeta"}


def fix(source: Source, path: str, canvas: Canvas) -> None:
    """Blank what the canvas is to be rid of in one packet that lies in the file in one piece."""
    raw = source.read(0, source.size)
    fixed = fixed_packet(raw, path, canvas)
    if fixed != raw:
        canvas.write(source.base, fixed)
        canvas.removed("xmp", path, source.base, len(raw))


def fixed_packet(raw: bytes, path: str, canvas: Canvas) -> bytes:
    """Return a packet of the same length without what the canvas is to be rid of."""
    remove = canvas.remove
    if not raw.strip(b"\0 \r\n\t"):
        return raw
    rendering = _RENDERING.search(raw) is not None
    if remove == "all" and not rendering:
        return b" " * len(raw)
    if not tells(raw, path, remove):
        return raw
    fixed = bytearray(raw)
    for start, end in _stretches(raw, remove):
        fixed[start:end] = b" " * (end - start)
    if tells(bytes(fixed), path, remove):
        if rendering:
            canvas.refuse(f"the XMP metadata ({path}) cannot be taken apart without harm to the picture")
        return b" " * len(raw)
    return bytes(fixed)


def tells(raw: bytes, path: str, remove: Removal) -> bool:
    """Whether a packet still tells what is to be removed, or cannot be read."""
    return any(
        isinstance(item, Problem) or tells_of(item, remove) for item in xmp.read(Source(raw, in_file=False), path)
    )


def _unwanted(name: bytes, remove: Removal) -> bool:
    local = name.decode("ascii", "replace").lower()
    if local.startswith("gps") or local in _LOCATION or xmpfacts.is_place(local):
        return True
    if remove == "location":
        return False
    if local in _IDENTITY or xmpfacts.is_identity(local) or local.endswith("path"):
        return True
    return remove == "all" and local not in _KEPT and not xmpfacts.is_rendering(local)


def _stretches(raw: bytes, remove: Removal) -> Iterator[tuple[int, int]]:
    """Yield the stretches of whole elements and attributes that are to go."""
    until = 0
    for match in _START.finditer(raw):
        if match.start() < until or not _unwanted(match[2], remove):
            continue
        head = _TAG_END.match(raw, match.end())
        if head is None:
            continue
        end = head.end()
        if raw[end - 2 : end - 1] != b"/":
            closing = b"</" + match[1]
            close = raw.find(closing, end)
            stop = raw.find(b">", close)
            if close < 0 or stop < 0:
                continue
            end = stop + 1
        until = end
        yield match.start(), end
    for match in _ATTRIBUTE.finditer(raw):
        if _unwanted(match[1], remove):
            yield match.span()
