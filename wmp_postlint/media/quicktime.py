"""Walk ISO base media files: videos (MP4, MOV, 3GP), HEIF pictures and Canon CR3, all by their boxes."""

from __future__ import annotations

from wmp_postlint.media import bmff, tracks
from wmp_postlint.media.source import Block, Items, Problem, Source
from wmp_postlint.media.userdata import read_ilst, read_user_box

MAX_VISITED = 20_000
_UNREAD = 1 << 20
_CONTAINERS = (
    b"moov",
    b"trak",
    b"mdia",
    b"minf",
    b"stbl",
    b"udta",
    b"wave",
    b"moof",
    b"traf",
    b"mvex",
    b"skip",
    b"gmhd",
    b"TTMD",
)
_QUIET = {b"ftyp", b"styp", b"wide", b"hdlr", b"mvhd", b"tkhd", b"mdhd", b"vmhd", b"smhd", b"stsd", b"stts", b"stss",
          b"stsc",
          b"stsz", b"stco", b"co64", b"ctts", b"dinf", b"edts", b"elst", b"iods", b"tref", b"sdtp", b"sgpd", b"sbgp",
          b"trex",
          b"tfhd", b"trun", b"tfdt", b"mfhd", b"sidx", b"mfra", b"nmhd", b"gmin", b"pitm", b"iinf", b"iloc", b"iprp",
          b"iref",
          b"idat", b"dref", b"mehd", b"cslg", b"stz2", b"ssix", b"prft", b"load", b"tapt", b"tmcd", b"hnti",
          b"cprt"}  # fmt: skip
_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_EXIF_UUIDS = (b"JpgTiffExif->JP2", bytes.fromhex("05375acdb90c4fd3a0c1a3a1e2d2ac4b"))
_CANON_UUID = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_BLACKVUE = (b"cprt", b"sttm", b"ptnm", b"ptrh", b"thum", b"gps ", b"3gf ")  # what a dash-cam keeps in free space
_CUT = "The {} is cut short: its end is missing, so not all of it could be looked at."


def walk(source: Source, path: str) -> Items:
    """Yield what a file of boxes holds, apart from its pictures and sounds."""
    what = "picture" if path.rpartition("/")[2] in ("heic", "avif", "cr3") else "video"
    seen: set[bytes] = set()
    trailer = yield from tracks.read_trailer(source, path)
    todo: list[tuple[int, int, str, bytes]] = [(0, source.size - trailer, path, b"")]
    visited = 0
    while todo:
        start, end, where, parent = todo.pop()
        at = start
        inner: list[tuple[int, int, str, bytes]] = []
        for box in bmff.boxes(source, start, end):
            visited += 1
            if visited > MAX_VISITED or len(where) > 400:
                yield Problem(f"The {what} has more parts than can be looked at.")
                return
            at = box.end
            if not parent:
                seen.add(box.type)
            here = f"{where}/{box.type.decode('latin-1').strip()}"
            if not parent and source.read(box.head, 4) in tracks.RIFF_TRAILER:
                yield from tracks.read_riff_trailer(source, box.head, here)
                at = end
                break
            if box.cut and not parent:
                yield Problem(_CUT.format(what), pixels=box.type == b"mdat")
            if box.type in _CONTAINERS and not (box.type == b"skip" and not _is_boxes(source, box)):
                if box.type == b"udta" and source.read(box.start, 8) == b"VIDEOUUU":  # Kenwood's dash-cams
                    yield from tracks.read_gps_box(source, box, here)
                    continue
                inner.append((box.start, box.end, here, box.type))
                if box.type == b"trak":
                    yield from tracks.read(source, box, here)
            else:
                yield from _box(source, box, here, parent, inner)
        if not parent and at < end and end - at >= 8:
            yield Block("unread", at, min(end - at, _UNREAD * 4), f"{where}/after the boxes")
            if not _harmless(source, at):
                yield Problem(f"The {what} is damaged: it has a part that could not be read.")
        todo.extend(reversed(inner))
    if what == "video" and b"moov" not in seen and b"meta" not in seen and b"moof" not in seen:
        timed = any(kind in seen for kind in (b"gps0", b"gps ", b"GPS "))
        if not timed:
            yield Problem("The video has no index, so its metadata could not be looked at.")
    elif what == "picture" and not seen & {b"meta", b"moov"}:
        yield Problem("The picture has no index, so its metadata could not be looked at.")


def _harmless(source: Source, at: int) -> bool:
    """Say whether what follows the last box is only filling, or a few bytes."""
    rest = source.read(at, 64)
    return not rest.strip(b"\0\xff") or source.size - at < 8


def _is_boxes(source: Source, box: bmff.Box) -> bool:
    head = source.read(box.start, 8)
    return 8 <= int.from_bytes(head[:4], "big") <= box.end - box.start and head[4:8].isalnum()


def _box(source: Source, box: bmff.Box, path: str, parent: bytes, inner: list[tuple[int, int, str, bytes]]) -> Items:
    size = box.end - box.start
    kind = box.type
    if kind == b"meta":
        skip = 0 if source.read(box.start + 4, 4) in (b"hdlr", b"mhdr", b"keys", b"ilst", b"free") else 4
        yield from bmff.items(source, box._replace(start=box.start + skip - 4), path)
        yield from read_ilst(source, box._replace(start=box.start + skip), path)
        inner.append((box.start + skip, box.end, path, kind))
    elif kind == b"uuid":
        name = source.read(box.start, 16)
        start = box.start + 16
        if name == _XMP_UUID:
            yield Block("xmp", start, size - 16, path)
        elif name in _EXIF_UUIDS:
            skip = 6 if source.read(start, 6) == b"Exif\0\0" else 0
            yield Block("tiff", start + skip, size - 16 - skip, path)
        elif name == _CANON_UUID:
            inner.append((start, box.end, f"{path}/Canon", b"uuid"))
        elif name in (tracks.GARMIN, tracks.FLY360):
            yield from tracks.read_records(name, source.read(start, min(size - 16, _UNREAD)), path)
        else:
            yield Block("unread", start, min(size, _UNREAD), path)
    elif kind in (b"CMT1", b"CMT2", b"CMT3", b"CMT4"):
        yield Block("gps-tiff" if kind == b"CMT4" else "tiff", box.start, size, path)
    elif kind == b"XMP_":
        yield Block("xmp", box.start, size, path)
    elif kind == b"Exif":
        raw = source.read(box.start, 256)
        skip = bmff.exif_item(raw)
        yield Block("tiff" if skip >= 0 else "unread", box.start + max(skip, 0), size - max(skip, 0), path)
    elif kind == b"mpvd":
        yield Block("nested", box.start, size, path)
    elif kind in tracks.BOXES:
        yield from tracks.read_gps_box(source, box, path)
    elif kind == b"cmov":
        yield from _compressed(source, box, path)
    elif kind == b"mdat":
        yield from tracks.read_free_gps(source, box.start, size, path)
    elif parent == b"udta" or kind == b"loci" or kind == b"\xa9xyz":
        yield from read_user_box(source, box, path)
    elif kind == b"ilst" or kind == b"keys":
        return
    elif kind == b"free" and source.read(box.start + 4, 4) in _BLACKVUE:
        inner.append((box.start, box.end, path, b"free"))
    elif kind == b"free" and parent == b"" and size > 4096:
        yield Block("unread", box.start, min(size, _UNREAD // 4), path)
    elif kind not in _QUIET and size > 12 and parent not in (b"stbl", b"minf", b"mdia", b"traf"):
        yield Block("unread", box.start, min(size, _UNREAD), path)


def _compressed(source: Source, box: bmff.Box, path: str) -> Items:
    from wmp_postlint.media.png import inflate

    for inner in bmff.boxes(source, box.start, box.end):
        if inner.type == b"cmvd":
            raw = inflate(source.read(inner.start + 4, inner.end - inner.start - 4), source)
            if not raw:
                yield Problem("The video's index is compressed and could not be read.")
            yield Block("boxes", 0, len(raw), path, raw)
