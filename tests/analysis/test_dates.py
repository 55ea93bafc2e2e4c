"""Dates in every way that Britain writes them, and laws that hold for all of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint.analysis.dates import british, find_dates, last_clock, part_of_day_ends

# What the reading takes is a moment on British clocks, without a zone.
NOW = datetime(2026, 6, 10, 12)  # noqa: DTZ001
MOMENTS = st.datetimes(datetime(2001, 1, 1), datetime(2068, 1, 1))  # noqa: DTZ001
DAYS = st.dates(date(2001, 1, 1), date(2069, 12, 31))
FORMS = [
    "{day} {month} {year}", "{day}{th} {month} {year}", "{day}{th} of {month} {year}", "{month} {day}, {year}",
    "{month} {day}{th} {year}", "{weekday} {day} {month} {year}", "{weekday}, {day}{th} {month} {year}",
    "{mon} {day} {short} {year}", "{day} {short}. {year}", "{day} {month} {year} ({weekday})",
    "{weekday} {day}/{number}/{year}", "{day:02}/{number:02}/{year}", "{day}.{number}.{year}",
    "{year}-{number:02}-{day:02}",
    "{day:02}/{number:02}/{yy:02}", "{day}-{number}-{year}", "{weekday} the {day}{th} of {month} {year}",
]  # fmt: skip


def written(form: str, day: date) -> str:
    th = "th" if 11 <= day.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    names = {"month": f"{day:%B}", "short": f"{day:%b}", "weekday": f"{day:%A}", "mon": f"{day:%a}"}
    return form.format(day=day.day, th=th, number=day.month, year=day.year, yy=day.year % 100, **names)


@given(DAYS, st.sampled_from(FORMS), st.sampled_from(["", "On ", "until ", "(", "DATE: "]))
def test_a_written_date_is_read_back(day: date, form: str, before: str) -> None:
    text = f"{before}{written(form, day)} we meet"
    (when,) = find_dates(text, None)
    assert (when.first, when.last, when.full) == (day, day, True)
    assert text[when.start : when.end] == written(form, day)
    assert when.weekday in (None, day.weekday())


@given(DAYS, st.sampled_from(FORMS))
def test_case_is_nothing(day: date, form: str) -> None:
    text = written(form, day)
    assert find_dates(text.upper(), None) == find_dates(text.lower(), None) == find_dates(text, None)


@given(MOMENTS, st.integers(-182, 182), st.sampled_from(FORMS[:3]))
def test_a_date_without_a_year_is_the_nearest(now: datetime, ahead: int, form: str) -> None:
    day = now.date() + timedelta(days=ahead)
    if (day.month, day.day) != (2, 29):
        (when,) = find_dates(written(form, day).rpartition(" ")[0], now)
        assert (when.first, when.full) == (day, False)
        assert find_dates(written(form, day).rpartition(" ")[0], None)[0].first is None


@given(st.text(alphabet="0123456789/.-: adefjmnorstuy", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    last = 0
    for when in find_dates(text, NOW):
        assert last <= when.start < when.end <= len(text)
        assert (when.first is None) == (when.last is None)
        assert when.first is None or when.last is None or when.first <= when.last
        last = when.end


@given(MOMENTS)
def test_british_time_is_an_hour_ahead_at_most(moment: datetime) -> None:
    ahead = british(moment.replace(tzinfo=UTC)) - moment
    assert ahead in (timedelta(0), timedelta(hours=1))
    zoneinfo = pytest.importorskip("zoneinfo")
    try:
        london = zoneinfo.ZoneInfo("Europe/London")
    except zoneinfo.ZoneInfoNotFoundError:
        return
    assert british(moment.replace(tzinfo=UTC)) == moment.replace(tzinfo=UTC).astimezone(london).replace(tzinfo=None)


@pytest.mark.parametrize("hours", [-9, 0, 5.5, 12])
def test_the_zone_of_the_moment_is_nothing(hours: float) -> None:
    zone = timezone(timedelta(hours=hours))
    moment = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert british(moment.astimezone(zone)) == datetime(2026, 7, 1, 0, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("25 to 31 May", date(2026, 5, 25), date(2026, 5, 31)),
        ("6 & 7 June", date(2026, 6, 6), date(2026, 6, 7)),
        ("1st - 3rd July 2026", date(2026, 7, 1), date(2026, 7, 3)),
        ("8/6", date(2026, 6, 8), date(2026, 6, 8)),
        ("Sunday 14th", date(2026, 6, 14), date(2026, 6, 14)),
        ("Sun the 31st", date(2026, 5, 31), date(2026, 5, 31)),
        ("today", date(2026, 6, 10), date(2026, 6, 10)),
        ("Tonight", date(2026, 6, 10), date(2026, 6, 10)),
        ("tomorrow evening", date(2026, 6, 11), date(2026, 6, 11)),
        ("this Friday", date(2026, 6, 12), date(2026, 6, 12)),
        ("next Tuesday", date(2026, 6, 23), date(2026, 6, 23)),
    ],
)
def test_ranges_and_relative_words(text: str, first: date, last: date) -> None:
    (when,) = find_dates(f"See you {text}!", NOW)
    assert (when.first, when.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "24/7", "20/1879957/21", "MPBE/11597/21", "32 May 2026", "30 February 2026", "may 5 people", "10-2pm",
        "1/2 price 3.5", "version 1.2.3.4", "0121 496 0123", "Tuesday 5 people", "#tonight", "@today", "J10 of the M6",
        "£3.50",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert [when for when in find_dates(text, NOW) if when.first != date(2026, 2, 1)] == []


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("10am", time(10)), ("from 6 to 8pm", time(20)), ("10am - 12 noon", time(12)), ("19:30hrs", time(19, 30)),
        ("2-4pm", time(16)), ("12pm", time(12)), ("12am", time(0)), ("till midnight", time(23, 59)), ("at 7", None),
        ("£7.30", None), ("log 1230", None),
    ],
)  # fmt: skip
def test_times_of_day(text: str, clock: time | None) -> None:
    assert last_clock(text, 0, len(text)) == clock


def test_parts_of_the_day() -> None:
    assert part_of_day_ends("This MORNING") == time(12)
    assert part_of_day_ends("today") == time(23, 59)
