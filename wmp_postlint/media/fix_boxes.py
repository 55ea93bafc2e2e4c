"""Turn the boxes that tell a location or a person, in videos and HEIF pictures, into free space."""

from __future__ import annotations

from wmp_postlint.media import bmff, scan, stills, userdata
from wmp_postlint.media.canvas import Canvas, Removal, tells
from wmp_postlint.media.facts import EmbeddedText
from wmp_postlint.media.reader import read_blocks
from wmp_postlint.media.source import Block, Items, Source

_CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"udta", b"moof", b"traf", b"meta", b"skip"}
_FREE = {b"free", b"skip", b"wide"}
_DROPPED = {b"gps0", b"gps ", b"gpsl"}
MAX_BOXES = 20_000


def fix(source: Source, path: str, canvas: Canvas) -> None:
    """Free the user data, item lists and loose boxes that tell what the canvas is to be rid of."""
    todo = [(0, source.size, path, b"")]
    many = 0
    while todo:
        start, end, where, parent = todo.pop()
        for box in bmff.boxes(source, start, end):
            many += 1
            if many > MAX_BOXES:
                return
            here = f"{where}/{box.type.decode('latin-1').strip()}"
            if box.type == b"meta":
                skip = 0 if source.read(box.start + 4, 4) in (b"hdlr", b"mhdr", b"keys", b"ilst", b"free") else 4
                _items(source, box._replace(start=box.start + skip), here, canvas)
                todo.append((box.start + skip, box.end, here, b"meta"))
            elif box.type in _CONTAINERS and box.end - box.start >= 8:
                todo.append((box.start, box.end, here, box.type))
            elif parent == b"udta" or box.type in (b"loci", b"\xa9xyz"):
                if _tells(userdata.read_user_box(source, box, here), canvas.remove, source):
                    _free(source, box, here, canvas)
            elif box.type in _FREE and source.read(box.start, 4096).strip(b"\0"):
                _blank(source, box, here, canvas)
            elif box.type == b"brob" and source.read(box.start, 4) in (b"Exif", b"xml "):
                facts = read_blocks(stills.unpacked(source, box, here), source)
                if canvas.remove == "all" or any(tells(fact, canvas.remove) for fact in facts):
                    _free(source, box, here, canvas)


def _tells(items: Items, remove: Removal, source: Source) -> bool:
    for item in items:
        if isinstance(item, Block):
            if any(True for _ in scan.look(source.sub(item.offset, item.length), item.path)):
                return True
        elif tells(item, remove) or (remove == "all" and isinstance(item, EmbeddedText)):
            return True
    return False


def _items(source: Source, meta: bmff.Box, path: str, canvas: Canvas) -> None:
    """Free the entries of an item list, one at a time, by what the reader says of a list with that entry only."""
    lists = [box for box in bmff.boxes(source, meta.start, meta.end) if box.type == b"ilst"]
    keys = [
        source.read(box.head, box.end - box.head)
        for box in bmff.boxes(source, meta.start, meta.end)
        if box.type == b"keys"
    ]
    for item in bmff.boxes(source, lists[0].start, lists[0].end) if lists else ():
        raw = source.read(item.head, item.end - item.head)
        alone = b"".join([*keys, (len(raw) + 8).to_bytes(4, "big") + b"ilst" + raw])
        part = Source(alone, source.deadline, in_file=False)
        whole = bmff.Box(b"meta", 0, len(alone), False, 0)
        if _tells(userdata.read_ilst(part, whole, path), canvas.remove, part):
            _free(source, item, f"{path}/ilst", canvas)


def _free(source: Source, box: bmff.Box, path: str, canvas: Canvas) -> None:
    canvas.write(source.base + box.head + 4, b"free")
    _blank(source, box, path, canvas)


def _blank(source: Source, box: bmff.Box, path: str, canvas: Canvas) -> None:
    canvas.wipe(source.base + box.start, box.end - box.start)
    canvas.removed("box", path, source.base + box.head, box.end - box.head)
