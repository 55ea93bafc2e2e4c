"""Dates as people in Britain write them, and what they mean when a post is published.

Days come before months. A date without a year is the one nearest to the moment of publishing; words such as
"tonight" and "tomorrow" count from it, in British time, whatever zone the moment is given in.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.document import Document, Surface
from wmp_postlint.lazy import Record

DateKind = Literal["date", "range", "relative", "weekday"]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAYS = "mon tue wed thu fri sat sun".split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_YEAR = r"(?:(?:19|20)\d\d|'\d\d)"
_DATE = lazy.regex(
    rf"""(?<![\w/.-])(?:(?P<before>{_WEEKDAY})(?!\w)(?:,|(?<!day)\.)?\s{{1,2}}(?:the\s|-\s)?)?
    (?: (?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?
        (?:\s?(?:-|to|&|and|until|till)\s?(?:{_WEEKDAY}[.,]?\s)?(?P<last>[12]?\d|3[01])(?:st|nd|rd|th)?)?
        [\s-]{{0,2}}(?:of\s)?(?P<month>{_MONTH})(?![a-z])\.?(?:,?[\s-]?(?P<year>{_YEAR})(?!\d))?
      | (?P<usmonth>{_MONTH})(?![a-z])\.?\s(?:the\s)?(?P<usday>[12]?\d|3[01])(?:st|nd|rd|th)?
        (?![\d:]|\.\d|\s?[ap]m)(?:,?\s(?P<usyear>{_YEAR})(?!\d))?
      | (?P<nday>0?[1-9]|[12]\d|3[01])(?P<sep>[/.-])(?P<nmonth>0?[1-9]|1[0-2])
        (?:(?P=sep)(?P<nyear>(?:19|20)?\d\d))?(?![\d/]|[.-]\d)
      | (?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d) )
    (?:,?\s?\(?(?P<after>{_WEEKDAY})(?!\w)\)?)?""",
    re.VERBOSE | re.IGNORECASE,
)
_RELATIVE = lazy.regex(
    rf"""(?<![\w#@])(?:(?P<word>today|tonight|tonite|2nite|tomorrow|2moro|tmrw|this\s(?:morning|afternoon|evening))
        (?:\s(?P<part>morning|afternoon|evening|night))?
      | (?P<which>this|on|next|come|coming)\s(?P<weekday>{_WEEKDAY})(?!\w))(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
# "Sunday 15th": the month goes without saying.
_DAY = lazy.regex(
    rf"(?<![\w/.-])(?P<weekday>{_WEEKDAY})(?!\w)[.,]?\s(?:the\s)?(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)(?!\w)",
    re.IGNORECASE,
)
_CLOCK = lazy.regex(
    r"""(?<![\w:.£/-])(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>am|pm)
      | (?P<hour24>[01]?\d|2[0-3])[:.](?P<minute24>[0-5]\d)(?:\s?(?:hrs|hours))?
      | (?P<word>noon|midday|midnight))(?![\w:/]|\.\d)
      | (?<![\w:.£/-])(?P<from>1[0-2]|0?[1-9])(?:[:.][0-5]\d)?\s?(?:-|to|until|till)\s?
        (?P<to>1[0-2]|0?[1-9])(?:[:.](?P<tominute>[0-5]\d))?\s?(?P<tohalf>am|pm)(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_PART_ENDS = {"morning": time(12), "afternoon": time(18), "evening": time(23, 59), "night": time(23, 59)}
# A day and month without a year lie within half a year of the post.
_HALF_YEAR = timedelta(days=183)
_SLASH = "/"
_ALWAYS = (24, 7)


class When(Record):
    """A date in a text.

    Attributes:
        start: where it begins in the folded text.
        end: where it ends.
        kind: a ``date``, a ``range`` of days, a ``relative`` word such as "tonight", or a lone ``weekday``.
        first: the first day it means, or None where that cannot be told.
        last: the last day it means.
        weekday: the weekday that stands beside it, Monday being 0, or None.
        full: whether its year is written.
    """

    start: int
    end: int
    kind: DateKind
    first: date | None
    last: date | None
    weekday: int | None = None
    full: bool = False


def british(moment: datetime) -> datetime:
    """Return a moment with a zone as British clocks show it, without one.

    Summer time runs from the last Sunday of March to the last of October, 01:00 UTC each (Summer Time Order 2002).
    """
    clock = moment.astimezone(UTC).replace(tzinfo=None)
    begin, end = (datetime.combine(_last_sunday(clock.year, month), time(1)) for month in (3, 10))
    return clock + timedelta(hours=1) if begin <= clock < end else clock


def read_dates(document: Document, surface: Surface) -> tuple[When, ...]:
    """Return the dates of one text, in order."""
    return tuple(find_dates(surface.text, british(document.published_at) if document.published_at else None))


def find_dates(text: str, now: datetime | None) -> list[When]:
    """Return the dates in a text, in order.

    Args:
        text: a folded text.
        now: the moment of publishing in British time, without a zone; without it only full dates have a day.
    """
    found = [when for match in _DATE.finditer(text) if (when := _written(match, now))]
    for pattern, read in ((_DAY, _day_of_month), (_RELATIVE, _relative)):
        for match in pattern.finditer(text):
            if not any(match.start() < when.end and when.start < match.end() for when in found):
                found.append(read(match, now))
    return sorted(found, key=lambda when: when.start)


def last_clock(text: str, start: int, end: int) -> time | None:
    """Return the latest time of day that stands between two places of a text."""
    return max((moment for match in _CLOCK.finditer(text, start, end) if (moment := _time(match))), default=None)


def weekday_of(word: str) -> int:
    """Return the number of a weekday, written out or short, Monday being 0."""
    return _DAYS.index(word[:3].lower())


def _last_sunday(year: int, month: int) -> date:
    end = date(year, month, 31)
    return end - timedelta(days=(end.weekday() + 1) % 7)


def _written(match: re.Match[str], now: datetime | None) -> When | None:
    groups = match.groupdict()
    named = groups["month"] or groups["usmonth"]
    beside = groups["before"] or groups["after"]
    weekday = weekday_of(beside) if beside else None
    if groups["iso"]:
        year, month, day = map(int, groups["iso"].split("-"))
        written = True
    else:
        day = int(groups["day"] or groups["usday"] or groups["nday"])
        month = _MONTHS.index(named[:3].lower()) + 1 if named else int(groups["nmonth"])
        digits = groups["year"] or groups["usyear"] or groups["nyear"]
        written = digits is not None
        # "10.2" and "3-4" are more than dates; "9/6" hardly is.
        if not named and not written and (groups["sep"] != _SLASH or (day, month) == _ALWAYS):
            return None
        if groups["usmonth"] == "may" and weekday is None and not written:
            return None  # "may 5 people"
        year = _full_year(digits) if digits else 0
    last_day = int(groups["last"]) if groups["last"] else day
    end = match.end() - (len(match.group()) - len(match.group().rstrip(" .")))
    if groups["after"] and not groups["before"] and _continues(match):
        weekday, end = None, match.start("after")
        end -= len(match.string[match.start() : end]) - len(match.string[match.start() : end].rstrip(" ,("))
    first = _day(year, month, day) if year else _nearest(month, day, now)
    last = _day(first.year, month, last_day) if first else None
    if year and first is None:
        return None
    if last is None or (first and last < first):
        last = first
    kind: DateKind = "range" if last != first else "date"
    return When(match.start(), end, kind, first, last, weekday, written)


def _continues(match: re.Match[str]) -> bool:
    """Tell whether a weekday after a date belongs to what follows: another date, or a plural."""
    rest = match.string[match.end() : match.end() + 12]
    return re.match(r"\s(?:the\s)?\d", rest) is not None and "(" not in match.group()


def _day_of_month(match: re.Match[str], now: datetime | None) -> When:
    """Read a weekday and the day of a month that is not named: the nearest day that is both."""
    near = (now.date() + timedelta(days=ahead) for ahead in sorted(range(-20, 21), key=abs)) if now else iter(())
    weekday, number = weekday_of(match["weekday"]), int(match["day"])
    day = next((day for day in near if (day.weekday(), day.day) == (weekday, number)), None)
    return When(match.start(), match.end(), "date", day, day, weekday)


def _relative(match: re.Match[str], now: datetime | None) -> When:
    if now is None:
        return When(match.start(), match.end(), "relative" if match["word"] else "weekday", None, None)
    today = now.date()
    if match["word"]:
        ahead = match["word"][:2].lower() in ("2m", "tm") or match["word"].lower() == "tomorrow"
        day = today + timedelta(days=ahead)
        return When(match.start(), match.end(), "relative", day, day)
    ahead_by = (weekday_of(match["weekday"]) - today.weekday()) % 7
    day = today + timedelta(days=ahead_by + 7 * (match["which"].lower() == "next" and ahead_by < 7))
    return When(match.start(), match.end(), "weekday", day, day)


def part_of_day_ends(words: str) -> time:
    """Return when a part of the day is over: noon after "this morning", six after "this afternoon"."""
    return next((end for part, end in _PART_ENDS.items() if part in words.lower()), time(23, 59))


def _nearest(month: int, day: int, now: datetime | None) -> date | None:
    if now is None:
        return None
    days = [found for year in (now.year - 1, now.year, now.year + 1) if (found := _day(year, month, day))]
    near = min(days, key=lambda found: abs(found - now.date()), default=None)
    return near if near and abs(near - now.date()) <= _HALF_YEAR else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_year(digits: str) -> int:
    number = int(digits.lstrip("'"))
    if number > 99:
        return number
    return number + (2000 if number < 70 else 1900)


def _time(match: re.Match[str]) -> time | None:
    if match["word"]:
        return time(23, 59) if match["word"].lower() == "midnight" else time(12)
    if match["hour24"]:
        return time(int(match["hour24"]), int(match["minute24"]))
    hour, minute, half = (
        match[key] for key in (("to", "tominute", "tohalf") if match["to"] else ("hour", "minute", "half"))
    )
    return time(int(hour) % 12 + 12 * (half.lower() == "pm"), int(minute or 0))
