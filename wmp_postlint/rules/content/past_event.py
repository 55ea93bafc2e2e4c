"""Invitations to what is over, and "today" for another day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.cue_text import sentence_starts
from wmp_postlint.analysis.dates import When, british, last_clock, part_of_day_ends, read_dates, weekday_of
from wmp_postlint.analysis.lexicon import load_vocabulary
from wmp_postlint.analysis.phrases import Phrases
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.rule import Flag, Pass, TextRule
from wmp_postlint.text import Text

# Keys of ``meta`` under which schedulers say when a post was written.
_WRITTEN = ("written_at", "drafted_at", "created_at")
_BESIDE = lazy.regex(r"[\s,:(-]{1,4}(?:is\s)?")
_LONE_WEEKDAY = lazy.regex(
    r"[\s,:(-]{1,3}(mon|tues|wednes|thurs|fri|satur|sun)day(?!\w|'s|\s(?:night|morning|evening|and|to|\d))",
    re.IGNORECASE,
)
_JUNE = {"published_at": "2026-06-10T12:00:00+01:00"}


class _Vocabulary(Record):
    invite: tuple[str, ...]
    report: tuple[str, ...]


@cache
def _pattern(group: str) -> Phrases:
    return Phrases(getattr(load_vocabulary("content/past_event", _Vocabulary), group))


class PastEvent(TextRule):
    """Flags an announcement of what is over when the post appears, and "today" or "tonight" for another day.

    A stale invitation sends people to a locked door and makes the account look unread. Instead, take the post down,
    or write the coming date. It needs the moment of publishing (``published_at``): dates without a year are those
    nearest to it. A post that was written on one day and is scheduled for another, which a scheduler can say in
    ``meta`` (``written_at``), finds every "tonight" and "tomorrow". Reports of the past, witness appeals and court
    results pass. Limits: an event that is announced without a date, or whose length is not given, is taken to be
    still on.
    """

    name = "content/past-event"
    clauses = ("4.1",)
    severity = Severity.WARNING
    message = "This announces what will be over when the post appears."
    advice = "Take it out, or give the coming date."
    examples = (
        Flag("Join us at Tipton library on «Tuesday 9 June» from 10am.", post=_JUNE),
        Flag("Beat surgery «today» 9am - 11am at the library, see you there.", post=_JUNE),
        Flag("«Tonight (Tuesday)» we are out in Dudley.", post=_JUNE),
        Flag("Applications close on «31 May 2026». Apply now!", post=_JUNE),
        Flag(
            "Come and see us «tonight»!",
            post={"published_at": "2026-06-10T09:00:00+01:00", "meta": {"written_at": "2026-06-09T16:00:00+01:00"}},
        ),
        Pass("Join us at Tipton library on Tuesday 16 June from 10am.", post=_JUNE),
        Pass("Thank you to everyone who came to see us on Tuesday 9 June.", post=_JUNE),
        Pass("Were you on High Street on Friday 5 June? We want to hear from witnesses.", post=_JUNE),
        Pass("Join us on Tuesday 9 June."),
        Pass("Beat surgery today 2pm - 4pm at the library.", post=_JUNE),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        now = document.published_at and british(document.published_at)
        if now is None or surface.kind in ("filename", "metadata", "place"):
            return
        dates = document.read(read_dates, surface)
        written = _written(document) if dates else None
        for index, when in enumerate(dates):
            if when.first is None:
                continue
            beside = dates[index + 1] if index + 1 < len(dates) else None
            if end := self._misnamed(surface.text, when, beside, now):
                message = "This calls a day today, tonight or tomorrow that is not, when the post appears."
                yield self.finding(surface, surface.span(when.start, end), message=message)
            elif when.kind == "relative" and written and written.date() != now.date():
                message = "This counts from the day on which it was written, and the post appears on another."
                yield self.finding(surface, surface.span(when.start, when.end), message=message)
            elif _over(surface.text, when, now) and _announced(surface.text, when):
                yield self.finding(surface, surface.span(when.start, when.end), confidence=Confidence.MEDIUM)

    def _misnamed(self, text: str, when: When, beside: When | None, now: datetime) -> int:
        """Return where a relative word with the other day's name beside it ends, or 0."""
        if when.kind != "relative" or when.first is None:
            return 0
        if lone := _LONE_WEEKDAY.match(text, when.end):
            closing = text[lone.end() : lone.end() + 1] == ")"
            return lone.end() + closing if weekday_of(lone[1]) != when.first.weekday() else 0
        if beside and beside.kind == "date" and beside.first and _BESIDE.fullmatch(text[when.end : beside.start]):
            return beside.end if beside.first != when.first else 0
        return 0


def _over(text: str, when: When, now: datetime) -> bool:
    """Tell whether a date, with the last time of day that stands behind it in its sentence, lies before now."""
    assert when.first is not None
    last = when.last or when.first
    if last != now.date():
        return last < now.date()
    start, end = _sentence(text, when)
    clock = last_clock(text, start, end)
    if clock is None and when.kind == "relative":
        clock = part_of_day_ends(text[when.start : when.end])
    return clock is not None and clock <= now.time()


def _announced(text: str, when: When) -> bool:
    start, end = _sentence(text, when)
    sentence = Text(text[start:end])
    if _pattern("report").found(sentence):
        return False
    if _pattern("invite").found(sentence):
        return True
    # "Saturday 6th June, outside the Co-op. Pop along!"
    starts = Text.of(text).read(sentence_starts)
    before = max((place for place in starts if place < start), default=start)
    after = next((place for place in starts if place > end), len(text))
    near = Text(text[before:after])
    return _pattern("invite").found(near) and not _pattern("report").found(near)


def _sentence(text: str, when: When) -> tuple[int, int]:
    starts = Text.of(text).read(sentence_starts)
    start = max(place for place in starts if place <= when.start)
    return start, next((place for place in starts if place > when.start), len(text))


def _written(document: Document) -> datetime | None:
    """When the post was written, if the scheduler says so."""
    for key in _WRITTEN:
        value = document.post.meta.get(key)
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            continue
        if isinstance(moment, datetime) and moment.tzinfo is not None:
            return british(moment)
    return None
