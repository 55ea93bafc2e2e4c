"""A weekday that does not fit its date."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.dates import read_dates
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class WeekdayMismatch(TextRule):
    """Flags a date whose weekday is another one.

    Half the readers come on the wrong day, and nobody can tell which half is right. Instead, look the date up. A
    date without a year is the one nearest to the moment of publishing, and is left alone where that is not given.
    Dates are read as in Britain, the day before the month. Limits: it cannot tell whether the date or the weekday
    is wrong.
    """

    name = "content/weekday-mismatch"
    clauses = ("4.1",)
    severity = Severity.WARNING
    least_digits = 1
    message = "The weekday does not fit the date."
    advice = "Look the date up, and correct the day or the date."
    examples = (
        Flag("Join us on «Tuesday 6 May 2026»."),
        Flag("Meeting on «Weds 10th December 2026» at 7pm"),
        Flag("Bike marking, «14 August 2026 (Thursday)»"),
        Flag("See you «Saturday 14/6»!", post={"published_at": "2026-06-02T09:00:00+01:00"}),
        Pass("Join us on Tuesday 5 May 2026."),
        Pass("Join us on Friday 12 June.", post={"published_at": "2026-06-02T09:00:00+01:00"}),
        Pass("Join us on Friday 11 June."),
        Pass("On Tuesday 5 people were arrested."),
        Pass("Between Monday 1 and Friday 5 June 2026 we will be in Dudley."),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        if surface.kind in ("filename", "metadata", "place"):
            return
        for when in document.read(read_dates, surface):
            if when.weekday is None or when.first is None or when.first.weekday() == when.weekday:
                continue
            if when.kind == "range" and when.last and when.last.weekday() == when.weekday:
                continue
            day = f"{when.first.day} {when.first:%B %Y}"
            yield self.finding(
                surface,
                surface.span(when.start, when.end),
                confidence=Confidence.HIGH if when.full else Confidence.MEDIUM,
                message=f"{day} is a {_DAYS[when.first.weekday()]}, not a {_DAYS[when.weekday]}.",
                data={"weekday": _DAYS[when.first.weekday()]},
            )
