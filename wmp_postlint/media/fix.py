"""Take a location, or all that identifies, out of a picture or video without touching a pixel.

Everything is overwritten in place: nothing in the file moves, nothing is coded anew. The walkers that read a file show
where its metadata lie; the result is read again by the same code, and refused unless it is clean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wmp_postlint.lazy import Record
from wmp_postlint.media import fix_boxes, fix_iptc, fix_jpeg, fix_png, fix_tiff, fix_xmp
from wmp_postlint.media.canvas import Canvas, MediaFixError, Removal, Removed, tells
from wmp_postlint.media.facts import MediaFacts
from wmp_postlint.media.reader import MAX_DEPTH, MAX_NESTED, inside, read_media, walker
from wmp_postlint.media.source import Block, Source, TookTooLongError

MAX_SIZE = 512 * 1024 * 1024
MAX_SECONDS = 20.0
_ADVICE = "Leave it out of the post, or export it anew without metadata."
_BOXED = ("heic", "avif", "cr3", "mp4", "mov", "jxl", "jp2")
_WHOLE: dict[str, Callable[[Source, str, Canvas], None]] = {
    "jpeg": fix_jpeg.fix, "exv": fix_jpeg.fix, "png": fix_png.fix, **dict.fromkeys(_BOXED, fix_boxes.fix),
}  # fmt: skip


class FixedMedia(Record):
    """A picture or video after the repair.

    data: the file's bytes, as many as before.
    removed: what was overwritten, in the order of the file; empty when there was nothing to remove.
    """

    data: bytes
    removed: tuple[Removed, ...]


def fix_media(data: bytes, remove: Removal = "location") -> FixedMedia:
    """Return a picture or video without its location, without all that identifies, or without any metadata.

    Pixels, colour profile, orientation, gain map, animation and sound stay as they are, bit for bit.

    Args:
        data: the file's bytes.
        remove: ``location`` takes out positions and place names; ``identifying`` also owners, artists, serial numbers,
            unique ids, named faces and maker's notes; ``all`` also titles, captions, comments and dates.

    Raises:
        MediaFixError: if the file is of an unknown kind, damaged or encrypted, carries a timed location track, or holds
            something that cannot be taken out without harm.
    """
    if remove not in ("location", "identifying", "all"):
        raise MediaFixError("remove", f"expected location, identifying or all, got {remove!r}")
    before = read_media(data)
    if before.container is None or before.problems:
        reason = before.problems[0] if before.problems else "The file is not a picture or video that can be read."
        raise MediaFixError("media", f"{reason} {_ADVICE}")
    if len(data) > MAX_SIZE:
        raise MediaFixError("media", f"The file is larger than {MAX_SIZE >> 20} MB. {_ADVICE}")
    if any(trace.kind == "track" for trace in before.traces):
        raise MediaFixError(
            "media", f"The video carries a timed location track, which is part of its streams. {_ADVICE}"
        )
    canvas = Canvas(data, remove)
    source = Source(data)
    source.deadline += MAX_SECONDS
    try:
        _run(source, before.container, canvas)
    except TookTooLongError:
        raise MediaFixError("media", f"Going through the file took too long. {_ADVICE}") from None
    if canvas.reasons:
        raise MediaFixError("media", f"It cannot be made clean: {canvas.reasons[0]}. {_ADVICE}")
    fixed = bytes(canvas.data)
    left = _left(read_media(fixed), remove)
    if left is not None:
        raise MediaFixError("media", f"It cannot be made clean: {left}. {_ADVICE}")
    return FixedMedia(fixed, tuple(sorted(canvas.done, key=lambda one: one.offset)))


def _left(facts: MediaFacts, remove: Removal) -> str | None:
    """What a repaired file still tells, in a few words; None when it is clean."""
    if facts.problems:
        return "the repaired file cannot be read in full"
    for position in facts.positions:
        return f"a location by the route {position.route} ({position.path}) could not be taken out"
    for trace in facts.traces:
        return f"a trace of a location by the route {trace.route} ({trace.path}) could not be taken out"
    return next((f"the field {text.name} could not be emptied" for text in facts.texts if tells(text, remove)), None)


def _run(source: Source, kind: str, canvas: Canvas) -> None:
    """Work through a file and every picture nested in it."""
    todo = [(source, kind, kind, 0)]
    wholes = []  # once their parts are done, since check sums run over these
    nested = 0
    while todo:
        part, sort, path, depth = todo.pop()
        part.check()
        if sort == "xmp":
            fix_xmp.fix(part, path, canvas)
            continue
        if sort in ("tiff", "exif", "gps-tiff"):
            fix_tiff.fix(part, path, canvas, gps_first=sort == "gps-tiff", is_file=sort == "tiff")
        for block in _blocks(part, sort, path):
            if block.data is not None or not part.in_file:
                continue  # put together from pieces: dealt with by what knows the whole container
            inner = part.sub(block.offset, block.length)
            if block.kind in ("nested", "trailer"):
                nested += 1
                if nested <= MAX_NESTED and depth <= MAX_DEPTH:
                    deeper = depth + (block.kind == "nested")
                    todo += [(where, one, at, deeper) for where, one, at in inside(inner, block.kind, block.path)]
            else:
                todo += _block(inner, block.kind, block.path, depth, canvas)
        if sort in _WHOLE:
            wholes.append((_WHOLE[sort], part, path))
    for fix_whole, part, path in wholes:
        fix_whole(part, path, canvas)


def _blocks(part: Source, sort: str, path: str) -> Iterator[Block]:
    if sort == "trailer":
        yield Block("trailer", 0, part.size, path)
        return
    walk = walker("tiff" if sort == "exif" else sort)
    for item in walk(part, path) if walk else ():
        if isinstance(item, Block) and item.kind != "gps":
            yield item


def _block(part: Source, kind: str, path: str, depth: int, canvas: Canvas) -> list[tuple[Source, str, str, int]]:
    """Repair one block; return what in it is still to be walked."""
    if kind == "xmp":
        fix_xmp.fix(part, path, canvas)
    elif kind == "iptc":
        fix_iptc.fix(part, path, canvas)
    elif kind in ("tiff", "gps-tiff", "photoshop", "boxes"):
        return [(part, "exif" if kind == "tiff" else kind, path, depth)]
    return []
