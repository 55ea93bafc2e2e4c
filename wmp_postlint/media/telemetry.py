"""Read the first position in a stretch of timed data: a sample of a track, a dash-cam's box, a drone's packet.

Each reader knows one layout, as it is documented or described by those who took it apart, and answers with a pair of
degrees or None. They share one rule: a pair counts only when it lies on earth and is not 0,0.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Iterator
from typing import Any

from wmp_postlint import lazy

Pair = tuple[float, float]
Found = tuple[float, float, str]

_NMEA = lazy.regex(
    rb"[A-Z]{2}(?:RMC,[0-9.]{0,12},A?,|GGA,[0-9.]{0,12},)"
    rb"([0-9]{3,4}\.[0-9]{1,9}),([NS]),([0-9]{3,5}\.[0-9]{1,9}),([EW])"
)
_NAMED = lazy.regex(
    rb"lat(?:itude)?\s?[:=]\s?([-+]?[0-9]{1,2}\.[0-9]{1,15})[^0-9-]{1,40}?"
    rb"l(?:ong?t?itude|ong?)\s?[:=]\s?([-+]?[0-9]{1,3}\.[0-9]{1,15})",
    re.I,
)
_DJI = lazy.regex(rb"GPS\s?\(\s?([-+]?[0-9]{0,3}\.[0-9]{1,15})\s?,\s?([-+]?[0-9]{0,3}\.[0-9]{1,15})")
_DASHED = lazy.regex(rb"-([NS])([0-9]{1,2}\.[0-9]{1,12})-([EW])([0-9]{1,3}\.[0-9]{1,12})")
_COMMAS = lazy.regex(rb"A,[0-9]{6},[0-9.]{6,12},([0-9]{4}\.[0-9]{1,9}),([NS]),([0-9]{5}\.[0-9]{1,9}),([EW])")
_LUCAS = lazy.regex(rb"\$GA,[0-9]{1,8},A,([0-9]{3,4}\.[0-9]{1,9}),([0-9]{3,5}\.[0-9]{1,9}),[0-9]{1,5},([NS]),([EW])")
_UNSIGNED = lazy.regex(rb"\$GPSINFO,[^,]{1,12},[^,]{1,24},([0-9]{3,4}\.[0-9]{1,9}),([0-9]{3,5}\.[0-9]{1,9})")
_BRACKETS = lazy.regex(rb"\[1\]\[([NS])\]\[([0-9]{2})([0-9]{6})\]\[([EW])\]\[([0-9]{3})([0-9]{6})\]")
_DIGITS = lazy.regex(rb"([NS])([0-9]{2})([0-9]{6})([EW])([0-9]{3})([0-9]{6})")
_ISO = lazy.regex(rb"([-+][0-9]{2}\.[0-9]{2,12})([-+][0-9]{3}\.[0-9]{2,12})")
_FLOATS = lazy.regex(rb"A([NS])([EW])[\0-\xff]([\0-\xff]{8})")
_MIXED = lazy.regex(rb"A\0\0\0([\0-\xff]{4})([NS])\0\0\0([\0-\xff]{4})([EW])\0\0\0")
_DOUBLES = lazy.regex(rb"A\0\0\0([\0-\xff]{8})([NS])\0\0\0[\0-\xff]{4}([\0-\xff]{8})([EW])\0\0\0")
_KLV = bytes.fromhex("060e2b34020b01010e01030101000000")
_CIPHERED = lazy.regex(rb"^[\0-\xff]{2}(?:\xf2\xe1\xf0\xee|[\0-\xff]{2}\xaa\xaa)TT", re.S)
_SHIFT = 16  # what some dash-cams add to each letter; their "$GPRMC," begins so
_SHIFTED = bytes(byte + _SHIFT for byte in b"$GPRMC,")


def minutes(text: bytes | float) -> float:
    """Return the degrees of a number in degrees and minutes (5229.172)."""
    value = float(text)
    whole = math.trunc(value / 100)
    return whole + (value - whole * 100) / 60


def signed(latitude: float, south: bytes, longitude: float, west: bytes) -> Pair:
    """Return a pair with the signs that the letters S and W ask for."""
    return -abs(latitude) if south == b"S" else latitude, -abs(longitude) if west == b"W" else longitude


def _nmea(raw: bytes) -> Pair | None:
    match = _NMEA.search(raw)
    return signed(minutes(match[1]), match[2], minutes(match[3]), match[4]) if match else None


def _words(raw: bytes) -> Pair | None:
    """Positions written as text in other ways than NMEA's."""
    for pattern in (_COMMAS, _DASHED, _LUCAS, _UNSIGNED, _NAMED, _DJI, _BRACKETS, _ISO):
        match = pattern.search(raw)
        if match is None:
            continue
        if pattern is _COMMAS:
            return signed(minutes(match[1]), match[2], minutes(match[3]), match[4])
        if pattern is _DASHED:
            return signed(float(match[2]), match[1], float(match[4]), match[3])
        if pattern is _LUCAS:
            return signed(minutes(match[1]), match[3], minutes(match[2]), match[4])
        if pattern is _UNSIGNED:
            return minutes(match[1]), minutes(match[2])
        if pattern is _BRACKETS:
            return _digits(match)
        return (float(match[2]), float(match[1])) if pattern is _DJI else (float(match[1]), float(match[2]))
    return None


def _digits(match: re.Match[bytes]) -> Pair:
    """Degrees and ten-thousandths of minutes without a point."""
    latitude, longitude = (int(match[at]) + int(match[at + 1]) / 600_000 for at in (2, 5))
    return signed(latitude, match[1], longitude, match[4])


def _ciphers(raw: bytes) -> Pair | None:
    """What dash-cams disguise: every byte against 0xAA, or every letter moved by the same amount."""
    at = raw.find(b"TT") - 6 if b"TT" in raw[:32] else -1
    if at >= 0 and _CIPHERED.match(raw[at : at + 8]):
        match = _DIGITS.search(bytes(byte ^ 0xAA for byte in raw[at : at + 400]))
        return _digits(match) if match else None
    if raw.startswith(b"VIDEOUUU"):
        match = _DIGITS.search(raw)
        return _digits(match) if match else None
    start = raw.find(_SHIFTED)
    if start >= 0:
        return _nmea(bytes((byte - _SHIFT) & 255 for byte in raw[start : start + 100]))
    if len(raw) > 5 and raw[:1] == b"\0" and raw[-1:] == b"\n":
        move = ord("*") - raw[-4]
        return _nmea(bytes((byte + move) & 255 for byte in raw[1:512]))
    return None


def _floats(raw: bytes) -> Pair | None:
    """Novatek's records and those of others: a status, letters, and numbers in degrees and minutes."""
    for match in _FLOATS.finditer(raw, 0, 1 << 16):
        if match[1] and (pair := _degrees(*struct.unpack("<ff", match[3]))):
            return signed(pair[0], match[1], pair[1], match[2])
    for pattern, form in ((_MIXED, "<f"), (_DOUBLES, "<d")):
        found = pattern.search(raw)
        if found:
            latitude, longitude = struct.unpack(form, found[1])[0], struct.unpack(form, found[3])[0]
            if pair := _degrees(latitude, longitude):
                return signed(pair[0], found[2], pair[1], found[4])
    return None


def _degrees(latitude: float, longitude: float) -> Pair | None:
    good = all(math.isfinite(value) and value % 100 < 60 for value in (latitude, longitude))
    return (minutes(latitude), minutes(longitude)) if good and 1e-3 < latitude < 9000 and longitude > 1e-3 else None


def _gopro(raw: bytes) -> Pair | None:
    """GoPro's GPS5 and GPS9 (key, type, size, repeat; SCAL before the values)."""
    for key in (b"GPS5", b"GPS9"):
        at = raw.find(key)
        scale = raw.rfind(b"SCAL", 0, at) if at > 0 else -1
        if scale < 0 or len(raw) < at + 16 or not int.from_bytes(raw[at + 6 : at + 8], "big"):
            continue
        width = 2 if raw[scale + 4 : scale + 5] in (b"s", b"S") else 4
        by = [int.from_bytes(raw[scale + 8 + width * n : scale + 8 + width * (n + 1)], "big") for n in (0, 1)]
        if all(by):
            latitude, longitude = struct.unpack_from(">ii", raw, at + 8)
            return latitude / by[0], longitude / by[1]
    return None


def camm(raw: bytes) -> Pair | None:
    """Read Google's camera motion packets, of which a sample may hold several (types 5 and 6 have a position)."""
    sizes = {0: 16, 1: 12, 2: 16, 3: 16, 4: 16, 5: 28, 6: 60, 7: 16}
    at = 0
    while at + 4 <= len(raw):
        kind = int.from_bytes(raw[at + 2 : at + 4], "little")
        if kind in (5, 6) and len(raw) >= at + sizes[kind]:
            latitude, longitude = struct.unpack_from("<dd", raw, at + (4 if kind == 5 else 16))
            return latitude, longitude
        if kind not in sizes:
            return _nmea(raw)
        at += sizes[kind]
    return None


def rtmd(raw: bytes) -> Pair | None:
    """Read Sony's real-time metadata: Exif GPS tags 1 to 4 under the numbers 0x8501 to 0x8504."""
    return _tags(raw, b"\x85\1\0\2", b"\x85\2\0\x18", b"\x85\3\0\2", b"\x85\4\0\x18")


def nikon(raw: bytes) -> Pair | None:
    """Read the notes of a Nikon's video: Exif GPS tags 1 to 4, each with four bytes of number, a type and a count."""
    number = b"\x01\x20\0"
    return _tags(raw, number + b"\1\0\2\0\2", number + b"\2\0\5\0\3", number + b"\3\0\2\0\2", number + b"\4\0\5\0\3")


def pentax(raw: bytes) -> Pair | None:
    """Read the notes of a Pentax' video, where each value has its place after the mark "GPS_"."""
    at = raw.find(b"GPS_")
    parts = [_sum(raw, at + place) for place in (10, 36)] if at >= 0 else []
    if len(parts) < 2 or parts[0] is None or parts[1] is None:
        return None
    return signed(parts[0], raw[at + 8 : at + 9], parts[1], raw[at + 34 : at + 35])


def _tags(raw: bytes, south: bytes, latitude: bytes, west: bytes, longitude: bytes) -> Pair | None:
    parts = []
    for tag in (latitude, longitude):
        value = _sum(raw, raw.find(tag) + len(tag)) if tag in raw else None
        if value is None:
            return None
        parts.append(value)
    letters = [raw[raw.find(tag) + len(tag) :][:1] if tag in raw else b"" for tag in (south, west)]
    return signed(parts[0], letters[0], parts[1], letters[1])


def _sum(raw: bytes, at: int) -> float | None:
    """Degrees of three rational numbers."""
    if len(raw) < at + 24:
        return None
    n = struct.unpack_from(">6I", raw, at)
    return float(sum(n[2 * k] / n[2 * k + 1] / 60**k for k in range(3) if n[2 * k + 1]))


def _marked(raw: bytes) -> Pair | None:
    """Layouts that begin with a mark of their own."""
    if b"PNDM" in raw[:8]:  # Garmin's dash-cams
        return _whole(raw, raw.index(b"PNDM") + 12, ">ii", 180 / 0x80000000)
    if raw.startswith(b"gReV"):
        return _whole(raw, 4, "<ii", 1e-6)
    if raw.startswith(b"FMAS\0\0\0\0") and raw[120:121] == b"A" and len(raw) >= 132:  # Vantrue
        parts = struct.unpack_from("<BBH", raw, 128), struct.unpack_from("<BBxH", raw, 123)
        north, east = (whole + (some + rest / 6000) / 60 for whole, some, rest in parts)
        return signed(north, raw[122:123], east, raw[121:122])
    at = raw.find(b"AITG")
    if at >= 0 and len(raw) >= at + 36:  # Auto-Vox
        pair = _degrees(*struct.unpack_from("<dd", raw, at + 4))
        south, west = b"S" if raw[at + 33] == 2 else b"", b"W" if raw[at + 34] == 2 else b""
        return signed(pair[0], south, pair[1], west) if pair else None
    at = raw.find(_KLV)
    return _misb(raw[at + 16 :]) if at >= 0 else None


def _whole(raw: bytes, at: int, form: str, scale: float) -> Pair | None:
    if len(raw) < at + 8:
        return None
    latitude, longitude = struct.unpack_from(form, raw, at)
    return latitude * scale, longitude * scale


def _misb(raw: bytes) -> Pair | None:
    """Read a drone's KLV packet (MISB ST 0601: tags 13 and 14 are the sensor's latitude and longitude)."""
    at = 1 + (raw[0] & 127 if raw and raw[0] & 128 else 0)
    found: dict[int, int] = {}
    for _ in range(128):
        if at + 2 > len(raw):
            break
        tag, size = raw[at], raw[at + 1]
        if tag in (13, 14) and size == 4:
            found[tag] = int.from_bytes(raw[at + 2 : at + 6], "big", signed=True)
        at += 2 + size
    return (found[13] * 90 / 0x7FFFFFFF, found[14] * 180 / 0x7FFFFFFF) if len(found) == 2 else None


def parrot(raw: bytes) -> Pair | None:
    """Read the first record of a Parrot drone's sample."""
    if raw[:2] == b"P1" or len(raw) == 60:
        return _whole(raw, 28 if raw[:2] == b"P1" else 32, ">ii", 1 / 0x100000)
    return _whole(raw, 8, ">ii", 1 / 0x400000) if raw[:2] in (b"P2", b"P3") else None


def records(raw: bytes, form: str, width: int) -> Iterator[tuple[Any, ...]]:
    """Yield records of one width, unpacked."""
    size = struct.calcsize(form)
    for at in range(0, min(len(raw), 200 * width) - size + 1, width):
        yield struct.unpack_from(form, raw, at)


_READERS: tuple[tuple[str, Callable[[bytes], Pair | None]], ...] = (
    ("timed-nmea", _nmea), ("timed-gopro", _gopro), ("timed-binary", _marked), ("timed-cipher", _ciphers),
    ("timed-text", _words), ("timed-dashcam", _floats),
)  # fmt: skip


def first(raw: bytes) -> Found | None:
    """Return latitude, longitude and the route of the first position in some bytes, in whatever layout."""
    for route, read in _READERS:
        pair = read(raw)
        if pair is not None and usable(pair):
            return *pair, route
    return None


def usable(pair: Pair) -> bool:
    """Tell whether a pair lies on earth and is not 0,0."""
    return all(map(math.isfinite, pair)) and abs(pair[0]) <= 90 and abs(pair[1]) <= 180 and any(pair)
