"""Ask exifread and Pillow about a TIFF block in which our own reading found no location.

Neither ever opens a file: they get the block's bytes, at most 16 MB, and only when a GPS pointer can be in it.
"""

from __future__ import annotations

import contextvars
import io
import logging
import warnings
from collections.abc import Iterator
from typing import Any

from wmp_postlint.media.coordinates import degrees, parse_angle
from wmp_postlint.media.facts import Position, Trace
from wmp_postlint.media.gps import ROUTE, judged, pair
from wmp_postlint.media.source import MAX_BLOCK, Source

_quiet: contextvars.ContextVar[bool] = contextvars.ContextVar("quiet", default=False)


def _passes(_record: logging.LogRecord) -> bool:
    """Drop what exifread logs while we call it; a caller's own use of it logs as before."""
    return not _quiet.get()


def _angle(value: Any) -> float | None:
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if isinstance(value, str):
        return parse_angle(value.partition("\0")[0])
    parts: list[float | None] = []
    for part in value if isinstance(value, (list, tuple)) else [value]:
        try:
            parts.append(float(part))
        except (ZeroDivisionError, ValueError, TypeError):
            parts.append(None)
    return degrees([None if part is None or part != part else part for part in parts])


def _letter(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return str(value or "").strip()[:1].upper()


def _exifread(block: bytes) -> tuple[Any, Any, Any, Any] | None:
    import exifread

    logger = logging.getLogger("exifread")
    if _passes not in logger.filters:
        logger.addFilter(_passes)
    token = _quiet.set(True)
    try:
        tags = exifread.process_file(io.BytesIO(block), details=False)
    finally:
        _quiet.reset(token)
    if "GPS GPSLatitude" not in tags or "GPS GPSLongitude" not in tags:
        return None
    values = [tags[f"GPS GPS{name}"].values if f"GPS GPS{name}" in tags else "" for name in _NAMES]
    return values[0], values[1], values[2], values[3]


def _pillow(block: bytes) -> tuple[Any, Any, Any, Any] | None:
    from PIL import Image

    exif = Image.Exif()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exif.load(b"Exif\0\0" + block)
        ifd = exif.get_ifd(0x8825)
    if 2 not in ifd or 4 not in ifd:
        return None
    return ifd[2], ifd.get(1), ifd[4], ifd.get(3)


_NAMES = ("Latitude", "LatitudeRef", "Longitude", "LongitudeRef")


def ask(source: Source, path: str) -> Iterator[Position | Trace]:
    """Yield the positions that exifread or Pillow read in a TIFF block; what they raise counts as nothing read."""
    if source.size > MAX_BLOCK:
        return
    block = source.read(0, MAX_BLOCK)
    if b"\x88\x25" not in block and b"\x25\x88" not in block:
        return
    for read in (_exifread, _pillow):
        source.check()
        try:
            found = read(block)
            both = pair(_angle(found[0]), _letter(found[1]), _angle(found[2]), _letter(found[3])) if found else None
        except Exception:  # noqa: BLE001, S112 - both raise whatever they meet on damaged blocks
            continue
        if both is not None:
            item = judged(*both, ROUTE, path)
            if isinstance(item, Position):
                yield item
