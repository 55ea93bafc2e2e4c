"""Times in the tables that people upload, where 05/06 is a day in May or one in June."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.readers.export import british
from wmp_postlint.readers.loaded import UnreadableError

Order = Literal["day first", "month first"]

_TIME = (
    r"(?:[T ,]+(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?::(?P<second>\d{2})(?:\.\d{1,6})?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
)
_ZONE = r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
_YEAR_FIRST = lazy.regex(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}{_ZONE}")
_YEAR_LAST = lazy.regex(rf"(?P<one>\d{{1,2}})[-/.](?P<two>\d{{1,2}})[-/.](?P<year>\d{{4}}|\d{{2}}){_TIME}{_ZONE}")


def looks_like_a_time(text: str) -> bool:
    """Whether a text is a date, with a time or without."""
    return bool(_YEAR_FIRST.fullmatch(text.strip()) or _YEAR_LAST.fullmatch(text.strip()))


def order_of(texts: Iterable[str]) -> Order | None:
    """Return which of day and month comes first, where the dates of a file show it and do not contradict each other."""
    orders: set[Order] = set()
    for text in texts:
        if match := _YEAR_LAST.fullmatch(text.strip()):
            if int(match["one"]) > 12:
                orders.add("day first")
            if int(match["two"]) > 12:
                orders.add("month first")
    return orders.pop() if len(orders) == 1 else None


def time_of(text: str, order: Order | None) -> datetime | None:
    """Return the moment that a text means, on British clocks where it names no zone, or None where it could be two.

    Args:
        text: a date, with a time or without.
        order: which of day and month comes first, where the file shows it.

    Raises:
        UnreadableError: if it is no date.
    """
    given = text.strip()
    match = _YEAR_FIRST.fullmatch(given) or _YEAR_LAST.fullmatch(given)
    if match is None:
        raise UnreadableError("has a time that cannot be read; write it as 2026-05-31 09:00")
    parts = match.groupdict()
    if "one" in parts:
        one, two = int(parts["one"]), int(parts["two"])
        month_first = order == "month first" if order else two > 12
        if order is None and one <= 12 and two <= 12 and one != two:
            return None
        day, month = (two, one) if month_first else (one, two)
    else:
        day, month = int(parts["day"]), int(parts["month"])
    hour, half = int(parts["hour"] or 0), (parts["half"] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    try:
        return datetime(
            year, month, day, hour, int(parts["minute"] or 0), int(parts["second"] or 0), tzinfo=_zone(parts["zone"])
        )
    except ValueError:
        raise UnreadableError("has a time that no calendar knows; correct its day, month or hour") from None


def _zone(text: str | None) -> tzinfo:
    zone = datetime.fromisoformat(f"2000-01-01T00:00:00{text}").tzinfo if text else None
    return zone or british()
