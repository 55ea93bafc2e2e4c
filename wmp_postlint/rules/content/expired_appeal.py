"""Appeals for missing people that go out weeks after the person was last seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from wmp_postlint import lazy
from wmp_postlint.analysis.appeal import open_appeals
from wmp_postlint.analysis.dates import british, read_dates
from wmp_postlint.document import Document
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.rule import Flag, Pass, PostRule

# No source sets a number of days; two weeks is ours.
_AGE = timedelta(days=14)
_BEFORE = 80
_GONE = lazy.regex(
    r"\b(?:last\s(?:seen|known|heard)|(?:not|n't)\s(?:\w+\s)?been\s(?:seen|heard)|went\smissing|missing\s(?:\w+\s){0,6}?since|since"
    r"|disappeared|left\s|reported\s(?:as\s)?missing|missing\sfrom|vanished)[^!?\n]{0,80}$",
    re.IGNORECASE,
)
_KNOWN_TO_BE_OLD = lazy.regex(
    r"\b(?:(?<!-)years?(?!-old)|anniversary|renew\w*|re-?appeal\w*|fresh|new\sappeal|still\s(?:missing|looking|searching|trying)|continu\w+"
    r"|never\s(?:stopped|given)|months?|weeks?|long[- ]?term|cold\scase|birthday|update|as\syet)\b",
    re.IGNORECASE,
)
_JUNE = {"published_at": "2026-06-10T12:00:00+01:00"}


class ExpiredAppeal(PostRule):
    """Flags a missing-person appeal that goes out more than two weeks after the person was last seen.

    Old appeals are shared again long after the person came home, who then stays findable as missing. Instead, ask
    whether the appeal still stands before it goes out again. It needs the moment of publishing. Appeals that say
    themselves how long it has been, anniversaries and renewed appeals pass. Limits: it knows the date in the text
    only, not the case.
    """

    name = "content/expired-appeal"
    clauses = ("4.1", "4.12")
    severity = Severity.WARNING
    message = "This appeal is more than two weeks old. The person may have been found."
    advice = "Ask {press_office} whether the appeal still stands. If it does, say how long it has been."
    examples = (
        Flag("Have you seen missing 14-year-old Tansy Harcastle? She was last seen on «2 May».", post=_JUNE),
        Flag("MISSING: Sam Lowde, 40. He has not been seen since «Tuesday 12 May 2026».", post=_JUNE),
        Flag("Help us find Rowan Thrale who went missing on «1st April».", post=_JUNE),
        Pass("Have you seen missing 14-year-old Tansy Harcastle? She was last seen on 8 June.", post=_JUNE),
        Pass("Renewed appeal to find Sam Lowde, missing since 2 May.", post=_JUNE),
        Pass("Missing Tansy Harcastle has been found safe. She was last seen on 2 May.", post=_JUNE),
        Pass("Have you seen missing Tansy Harcastle? She was last seen on 2 May."),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        if document.published_at is None:
            return
        oldest = british(document.published_at).date() - _AGE
        for appeal in open_appeals(document):
            text = appeal.surface.text
            if appeal.kind != "missing" or _KNOWN_TO_BE_OLD.search(text):
                continue
            for when in document.read(read_dates, appeal.surface):
                before = text[max(0, when.start - _BEFORE) : when.start]
                if when.last and when.last < oldest and _GONE.search(before):
                    yield self.finding(
                        appeal.surface, appeal.surface.span(when.start, when.end), confidence=Confidence.MEDIUM
                    )
                    break
