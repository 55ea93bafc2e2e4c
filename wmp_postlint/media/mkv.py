"""Read the tags of a Matroska or WebM file: titles, comments and locations."""

from __future__ import annotations

from wmp_postlint.media.coordinates import parse_iso6709
from wmp_postlint.media.facts import EmbeddedText
from wmp_postlint.media.gps import judged
from wmp_postlint.media.source import Block, Items, Problem, Source

MAX_ELEMENTS = 50_000
_SEGMENT, _TAGS, _INFO, _ATTACHMENTS, _CLUSTER, _CUES = (
    0x18538067,
    0x1254C367,
    0x1549A966,
    0x1941A469,
    0x1F43B675,
    0x1C53BB6B,
)
_TAG, _SIMPLE, _NAME, _STRING, _TITLE, _FILE, _DATA = 0x7373, 0x67C8, 0x45A3, 0x4487, 0x7BA9, 0x61A7, 0x465C
_MASTERS = {_SEGMENT, _TAGS, _INFO, _ATTACHMENTS, _TAG, _SIMPLE, _FILE}
_TEXTS = {"TITLE": "text", "COMMENT": "text", "DESCRIPTION": "text", "SUBJECT": "text", "KEYWORDS": "text",
          "SYNOPSIS": "text",
          "SUMMARY": "text", "ARTIST": "identity", "AUTHOR": "identity", "COPYRIGHT": "identity",
          "DIRECTOR": "identity",
          "RECORDING_LOCATION": "place", "COMPOSITION_LOCATION": "place", "LOCATION": "place",
          "COUNTRY": "place"}  # fmt: skip


def _number(source: Source, at: int, *, keep: bool) -> tuple[int, int]:
    """Return a variable-length number and its width; width 0 when there is none."""
    head = source.read(at, 8)
    if not head or head[0] == 0:
        return 0, 0
    width = 9 - head[0].bit_length()
    value = int.from_bytes(head[:width], "big")
    return (value if keep else value & (1 << 7 * width) - 1), width


def walk(source: Source, path: str) -> Items:
    """Yield the tags of a Matroska file; the pictures and sounds are stepped over."""
    todo = [(0, source.size)]
    name = ""
    many = 0
    while todo:
        at, end = todo.pop()
        while at < end:
            many += 1
            if many % 64 == 0:
                source.check()
            kind, id_width = _number(source, at, keep=True)
            size, width = _number(source, at + id_width, keep=False)
            if not id_width or not width or many > MAX_ELEMENTS:
                yield Problem("The video is damaged: a part of it could not be read.")
                return
            start = at + id_width + width
            unknown = size == (1 << 7 * width) - 1
            if start + size > source.size and not unknown:
                yield Problem(
                    "The video is cut short: its end is missing, so not all of it could be looked at.", pixels=True
                )
            stop = end if unknown else min(start + size, end)
            if kind in _MASTERS:
                todo.append((stop, end))
                at, end = start, stop
                continue
            if kind == _CLUSTER and unknown:
                onward = source.find(_TAGS.to_bytes(4, "big"), start)
                stop = onward if onward >= 0 else end
            elif kind == _NAME:
                name = source.read(start, min(size, 256)).decode("utf-8", "replace").strip("\0")
            elif kind in (_STRING, _TITLE):
                text = source.read(start, min(size, 65536)).decode("utf-8", "replace").strip("\0 \r\n")
                yield from _tag("TITLE" if kind == _TITLE else name, text, path)
            elif kind == _DATA:
                yield Block("nested", start, size, f"{path}/attachment")
            at = stop


def _tag(name: str, text: str, path: str) -> Items:
    label = name.upper()
    both = parse_iso6709(text) if "LOCATION" in label or "GPS" in label or "GEO" in label else None
    if both:
        yield judged(*both, "matroska-tag", f"{path}/{name}")
    elif text and _TEXTS.get(label.rpartition("/")[2]):
        yield EmbeddedText(f"mkv.{name}", text, _TEXTS[label.rpartition("/")[2]])
