"""A publishing date that could be two."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.document import Document
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, PostRule

_DATE = lazy.regex(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?!\d)")
_TWELVE = 12


class AmbiguousDate(PostRule):
    """Flags a publishing date whose day and month could be swapped, such as 05/06/2026.

    Tools that publish many posts out of one table ask whether the day or the month comes first. A British table on an
    American setting goes out on another day: the appeal before it was agreed, the open day after it was over. Instead,
    write the date as 2026-06-05. Limits: it sees only what a reader left as it was written, under the key
    ``date_as_written`` of ``meta``, where no other date of the same table shows the order.
    """

    name = "content/ambiguous-date"
    clauses = ("4.1",)
    severity = Severity.WARNING
    message = "This date could be read two ways, with the day first or the month first."
    advice = "Write the date as 2026-06-05, with the year first. Or check the date order of your publishing tool."
    examples = (
        Flag("Open day.", field="published_at", post={"meta": {"date_as_written": "05/06/2026 09:00"}}),
        Flag("Open day.", field="published_at", post={"meta": {"date_as_written": "5.6.26"}}),
        Flag("Open day.", field="published_at", post={"meta": {"date_as_written": " 12-11-2026, 7pm"}}),
        Pass("Open day.", post={"meta": {"date_as_written": "05/05/2026 09:00"}}),
        Pass("Open day.", post={"meta": {"date_as_written": "25/06/2026 09:00"}}),
        Pass("Open day.", post={"meta": {"date_as_written": "2026-06-05 09:00"}}),
        Pass("Open day on 05/06/2026."),
        Pass("Open day.", post={"meta": {"date_as_written": 5}}),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        written = document.post.meta.get("date_as_written")
        match = _DATE.match(written) if isinstance(written, str) else None
        if match and match[1].lstrip("0") != match[2].lstrip("0") and max(int(match[1]), int(match[2])) <= _TWELVE:
            yield self.finding("published_at")
