"""What lies in a picture's file besides the picture that is seen."""

from __future__ import annotations

from wmp_postlint.media.sniff import container
from wmp_postlint.media.source import Source

_VIDEOS = ("mp4", "mov", "avi", "mkv", "m2ts")
_LEAST = 64  # bytes after the end that are not worth a word
_LOOK = 1 << 16
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_ALIKE = 0.06
# Cameras put black bars around a thumbnail of 4:3, whatever the picture's shape up to a wide one.
_BARRED = (1.15, 2.0)


def behind(trailer: Source) -> str | None:
    """Say what follows a picture's end: "video", "picture" or "data"; None for filling and a phone's notes."""
    kind = container(trailer)
    if kind in _VIDEOS:
        return "video"
    if kind is not None:
        return "picture"
    if trailer.find(b"ftyp", 4, 64 << 20) >= 0 and trailer.find(b"moov", 4, trailer.size) >= 0:
        return "video"
    if trailer.find(b"\xff\xd8\xff", 0, 1 << 20) >= 0:
        return "picture"
    notes = trailer.read(max(0, trailer.size - 4), 4) == b"SEFT"  # Samsung's list of what its camera noted
    return "data" if len(trailer.read(0, _LOOK).strip(b"\0\xff \r\n\t")) > _LEAST and not notes else None


def thumbnail(picture: Source, small: Source) -> str | None:
    """Say "thumbnail" when the small picture in a JPEG has another shape than the picture itself."""
    large, little = _shape(picture), _shape(small)
    if large is None or little is None or small.size * 2 > picture.size:
        return None
    if (large > 1) != (little > 1) and abs(large - 1) > _ALIKE and abs(little - 1) > _ALIKE:
        return None  # turned: the orientation tag says which way is up
    wide, narrow = max(large, 1 / large), max(little, 1 / little)
    barred = abs(narrow - 4 / 3) < _ALIKE and _BARRED[0] < wide < _BARRED[1]
    return None if barred or abs(wide - narrow) / wide < _ALIKE else "thumbnail"


def _shape(source: Source) -> float | None:
    """The width of a JPEG by its height; None for anything else."""
    at = 2
    if source.read(0, 2) != b"\xff\xd8":
        return None
    for _ in range(512):
        head = source.read(at, 9)
        if len(head) < 9 or head[0] != 0xFF or head[1] == 0xDA:
            return None
        if head[1] == 0xFF:
            at += 1
            continue
        if head[1] in _FRAMES:
            height, width = int.from_bytes(head[5:7], "big"), int.from_bytes(head[7:9], "big")
            return width / height if width and height else None
        at += 2 + max(2, int.from_bytes(head[2:4], "big"))
    return None
