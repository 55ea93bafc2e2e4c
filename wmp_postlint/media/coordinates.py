"""Read coordinates in the notations found in metadata, and judge a pair of them."""

from __future__ import annotations

import math
import re

from wmp_postlint import lazy

_NUMBER = lazy.regex(
    r"[-+]?(?:[0-9]{1,12}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:[eE][-+]?[0-9]{1,3})?(?:\s{0,2}/\s{0,2}[0-9]{1,12})?"
)
_LETTER = lazy.regex(r"^\s*([NSEW])(?![A-DF-MO-RT-VX-Z])|([NSEW])(?:orth|outh|ast|est)?\s*$", re.IGNORECASE)
_ISO = lazy.regex(r"\s*([-+][0-9]{1,6}(?:\.[0-9]{0,20})?)([-+][0-9]{1,7}(?:\.[0-9]{0,20})?)(?![0-9])")
_PAIR = lazy.regex(r"\s*([-+]?[0-9]{1,3}\.[0-9]{1,20})\s{0,3}[,; ]\s{0,3}([-+]?[0-9]{1,3}\.[0-9]{1,20})(?![0-9.])")
_LIMIT = 200


def parse_number(text: str) -> float | None:
    """Return a decimal number or a rational such as 15/1; None when it is neither, or is divided by nought."""
    top, _, bottom = text.partition("/")
    try:
        value = float(top) / (float(bottom) if bottom else 1.0)
    except (ValueError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None


def degrees(parts: list[float | None]) -> float | None:
    """Add up degrees, minutes and seconds; a part that is None counts as 0, all None gives None."""
    if all(part is None for part in parts[:3]):
        return None
    value = sum((part or 0.0) / scale for part, scale in zip(parts, (1.0, 60.0, 3600.0), strict=False))
    return value if math.isfinite(value) else None


def parse_angle(text: str) -> float | None:
    """Return degrees from "51,30.5N", "51,30,15N", "+51.5", "51 deg 30 min 15 N", "51/1 30/1 15/1" and the like."""
    text = text.strip()[:_LIMIT]
    letter = _LETTER.search(text)
    if letter is None and "." not in text and "/" not in text and text.count(",") == 1:
        text = text.replace(",", ".")  # a decimal comma: the comma notation of XMP always ends in a letter
    found = _NUMBER.findall(text)
    if not found or len(found) > 4:
        return None
    numbers = [parse_number(part) for part in found[:3]]
    negative = found[0].startswith("-")
    value = degrees([None if part is None else abs(part) for part in numbers])
    if value is None:
        return None
    if letter is not None:
        negative = (letter.group(1) or letter.group(2)).upper() in "SW"
    return -value if negative else value


def _sexagesimal(text: str, degree_digits: int) -> float:
    whole = text[1:].partition(".")[0]
    value = abs(float(text))
    if len(whole) > degree_digits + 2:
        value = value // 10000 + value % 10000 // 100 / 60 + value % 100 / 3600
    elif len(whole) > degree_digits:
        value = value // 100 + value % 100 / 60
    return -value if text[0] == "-" else value


def parse_iso6709(text: str) -> tuple[float, float] | None:
    """Return (latitude, longitude) from an ISO 6709 string such as +51.5074-000.1278/; None when it is none."""
    match = _ISO.match(text[:_LIMIT])
    if match is None:
        return parse_pair(text)
    return _sexagesimal(match[1], 2), _sexagesimal(match[2], 3)


def parse_pair(text: str) -> tuple[float, float] | None:
    """Return (latitude, longitude) from two decimal numbers with a comma, semicolon or space between them."""
    match = _PAIR.match(text[:_LIMIT])
    return (float(match[1]), float(match[2])) if match else None


def fault(latitude: float, longitude: float) -> str | None:
    """Return "zero" for 0,0, "impossible" for a pair that is no place on earth, None for a usable one."""
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return "impossible"
    return "zero" if abs(latitude) < 1e-9 and abs(longitude) < 1e-9 else None
