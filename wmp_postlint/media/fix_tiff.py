"""Take entries out of the directories of a TIFF structure, in place: nothing outside the directories moves."""

from __future__ import annotations

from typing import Literal

from wmp_postlint.media import makernotes
from wmp_postlint.media.canvas import Canvas, Removal
from wmp_postlint.media.ifd import MAX_ENTRIES, Entry, Reader
from wmp_postlint.media.source import Source

MAX_IFDS = 256
GPS = 0x8825
_SUB_IFDS = (0x8769, 0xA005, 0x014A, 0x0190)
_GEO = {0x830E, 0x8480, 0x8482, 0x85D8, 0x87AF, 0x87B0, 0x87B1}
# Artist, host, copyright, XP author, maker's note, unique id, owner, serial numbers, image's author and editor.
_IDENTITY = {
    0x013B, 0x013C, 0x8298, 0x9C9D, 0x927C, 0xA420, 0xA430, 0xA431, 0xA435, 0xA437, 0xA438, 0xC62F, 0xC65D,
    0xC68C, 0xC7A7, 0x9287, 0xC634,
}  # fmt: skip
_TEXTS = {0x010D, 0x010E, 0x011D, 0x9286, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F, 0xA436}
# What a picture needs to be shown as it is; "all" keeps nothing else of an Exif block.
_RENDERING = {0x0112, 0x011A, 0x011B, 0x0128, 0x0213, 0x8769, 0xA001, 0xA002, 0xA003, 0x9000, 0x9101, 0xA000}
_PICTURES = ((0x0111, 0x0117), (0x0144, 0x0145), (0x0201, 0x0202))
_PADDING = 0xEA1C


def fix(source: Source, path: str, canvas: Canvas, *, gps_first: bool, is_file: bool) -> None:
    """Remove from a TIFF structure what the canvas is to be rid of.

    Args:
        source: the structure, as it is in the file.
        path: where in the container it lies.
        canvas: the copy of the file that is written to.
        gps_first: whether its first directory is a GPS one.
        is_file: whether the structure is a picture of its own, so that only the entries named may go.
    """
    reader = Reader(source)
    if source.size < 8 or (reader.big and not is_file):
        return
    pictures = _picture_data(reader) if is_file else []
    seen: set[int] = set()
    todo = [(reader.first, gps_first)]
    while todo and len(seen) < MAX_IFDS:
        source.check()
        at, is_gps = todo.pop()
        if at in seen or not 0 < at < source.size:
            continue
        seen.add(at)
        entries, after, fault = reader.directory(at)
        if fault or len(entries) > MAX_ENTRIES:
            canvas.refuse(f"a metadata directory ({path}) is damaged")
            return
        if is_gps:
            _empty(reader, at, entries, path, canvas, pictures)
            continue
        if after:
            todo.append((after, False))
        drop = set()
        for index, entry in enumerate(entries):
            if entry.tag == GPS:
                drop.add(index)
                todo.append((reader.number(entry.at, 8 if reader.big and entry.type in (16, 18) else 4), True))
            elif entry.tag in _SUB_IFDS:
                wide = 8 if entry.type in (16, 18) else 4
                many = min(entry.many, 32) if entry.tag == 0x014A else 1
                todo += [(reader.number(entry.at + wide * number, wide), False) for number in range(many)]
            elif _unwanted(entry, canvas.remove, is_file):
                drop.add(index)
            elif entry.tag == makernotes.TAG:
                for place in makernotes.places(reader, entry):
                    _wipe(reader, place.at, place.size, canvas, pictures, path)
                    canvas.removed("makernote", f"{path}/{place.name}", source.base + place.at, place.size)
        if drop:
            _drop(reader, at, entries, drop, path, canvas, pictures)


def _unwanted(entry: Entry, remove: Removal, is_file: bool) -> bool:
    if entry.tag in _GEO:
        return True
    if remove == "location":
        return False
    if entry.tag in _IDENTITY:
        return True
    return remove == "all" and (entry.tag in _TEXTS if is_file else entry.tag not in _RENDERING)


def _picture_data(reader: Reader) -> list[tuple[int, int]]:
    """Where the pixels of a TIFF file lie: nothing there may be written to."""
    found: list[tuple[int, int]] = []
    seen: set[int] = set()
    todo = [reader.first]
    while todo and len(seen) < MAX_IFDS:
        at = todo.pop()
        if at in seen or not at:
            continue
        seen.add(at)
        entries, after, _ = reader.directory(at)
        by_tag = {entry.tag: entry for entry in entries}
        todo.append(after)
        for tag in _SUB_IFDS:
            if tag in by_tag:
                todo += [int(number or 0) for number in reader.numbers(by_tag[tag], 32)]
        for start, size in _PICTURES:
            if start in by_tag and size in by_tag:
                pairs = zip(reader.numbers(by_tag[start], 65536), reader.numbers(by_tag[size], 65536), strict=False)
                found += [(int(a or 0), int(a or 0) + int(b or 0)) for a, b in pairs]
    return found


def _wipe(reader: Reader, start: int, size: int, canvas: Canvas, pictures: list[tuple[int, int]], path: str) -> None:
    end = min(start + size, reader.source.size)
    if any(start < stop and first < end for first, stop in pictures):
        canvas.refuse(f"metadata ({path}) overlaps the picture data")
        return
    canvas.wipe(reader.source.base + start, end - start)


def _empty(
    reader: Reader, at: int, entries: list[Entry], path: str, canvas: Canvas, pictures: list[tuple[int, int]]
) -> None:
    """Wipe a whole directory and every value of it."""
    head, width, link = (8, 20, 8) if reader.big else (2, 12, 4)
    for entry in entries:
        _wipe(reader, entry.at, entry.size, canvas, pictures, path)
    _wipe(reader, at, head + width * len(entries) + link, canvas, pictures, path)
    canvas.removed("exif-gps", f"{path}/GPS", reader.source.base + at, head + width * len(entries) + link)


def _drop(
    reader: Reader,
    at: int,
    entries: list[Entry],
    drop: set[int],
    path: str,
    canvas: Canvas,
    pictures: list[tuple[int, int]],
) -> None:
    """Close the gaps that dropped entries leave in a directory; the room at its end is wiped."""
    head, width, link = (8, 20, 8) if reader.big else (2, 12, 4)
    start = at + head
    raw = reader.source.read(start, len(entries) * width + link)
    kept = [raw[index * width : (index + 1) * width] for index in range(len(entries)) if index not in drop]
    order: Literal["little", "big"] = "little" if reader.little else "big"
    if not kept:  # a directory must have an entry
        padding = _PADDING.to_bytes(2, order) + (7).to_bytes(2, order) + (4).to_bytes(width - 8, order)
        kept = [padding.ljust(width, b"\0")[:width]]
    for index in drop:
        entry = entries[index]
        if entry.tag != GPS and entry.size > (8 if reader.big else 4):
            _wipe(reader, entry.at, entry.size, canvas, pictures, path)
        canvas.removed("exif", f"{path}/0x{entry.tag:04X}", reader.source.base + start + index * width, width)
    body = b"".join(kept) + raw[len(entries) * width :].ljust(link, b"\0")
    canvas.write(reader.source.base + at, len(kept).to_bytes(head, order) + body.ljust(len(raw), b"\0"))
