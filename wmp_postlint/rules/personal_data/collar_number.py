"""Collar, shoulder and warrant numbers of officers in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.references import searchable
from wmp_postlint.analysis.tokens import words_in
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

_RANK = r"(?:T/)?(?:PC|WPC|PCSO|DC|PS|DS|SC|SPC|CSO|[Ss]gt|SGT|Sergeant|Constable|Special Constable)"
_RANKED = lazy.regex(rf"(?<![\w/£$€@#.-]){_RANK}[ ]?(?P<number>(?!(?:19|20)\d\d(?!\d))\d{{4,5}})(?![\w%/]|[.,:-]\d)")
_WORDED = lazy.regex(
    r"\b(?P<kind>collar|shoulder|warrant(?:\s+card)?|epaulette|badge|staff)\s+(?:number|numbers|no|num|id)\b\.?[\s:#-]{0,3}(?:(?:is|was)\s)?"
    r"(?P<number>[A-Z]{0,2}\d{3,6})(?!\w)",
    re.IGNORECASE,
)
_WORDS = frozenset({"collar", "shoulder", "warrant", "epaulette", "badge", "staff"})
_RANK_HINT = lazy.regex(r"[CSOTte][ ]?\d{4}")
_PLACE = lazy.regex(r"\bWashington,?\s\Z|\bgames?\s\Z")


class CollarNumber(TextRule):
    """Flags collar, shoulder and warrant numbers.

    The number stands for one officer or member of staff, and a caller can use it to pose as that officer. Instead, give
    the rank and surname, or the team. After a rank it is advice, since officers wear it on the shoulder; a warrant,
    staff or worded collar number is a warning. Limits: numbers of fewer than four digits and those that could be a year
    are left alone after a rank.
    """

    name = "personal-data/collar-number"
    clauses = ("4.13", "5.3")
    least_digits = 1
    severity = Severity.WARNING
    message = "This is the number of one officer or member of staff."
    advice = "Give the rank and surname, or the team, without the number."
    examples = (
        Flag("Great work by PC «1234» tonight", severity=Severity.INFO),
        Flag("PCSO «30123» is on patrol", severity=Severity.INFO),
        Flag("Ask for Sgt «4567»", severity=Severity.INFO),
        Flag("His warrant number is «12345».", severity=Severity.WARNING),
        Flag("collar number: «7788»", severity=Severity.WARNING),
        Pass("PC12 and PC 99 were on duty; PC of the year 2019 was a PC 2020 nominee."),
        Pass("Washington, DC 20001"),
        Pass("PC gaming at 1440p, Windows PC 1999"),
        Pass("The warrant found 1234 plants."),
        Pass("Constable Smith ran 5000 metres."),
        Pass("PS 4 and PS5 games were stolen, £PC1234"),
        Pass("Call 101 quoting log 1234 of 5 June"),
        Pass("Warrant number one this week!"),
        Pass("DC 1,234 and SC 12:30"),
        Pass("@PC1234 #PC1234"),
        Pass("Special Constables gave 12345 hours."),
        Pass("Staff numbers: 12345 in all"),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = document.read(searchable, surface)
        if not text:
            return
        worded = _WORDS & document.read(words_in, surface)
        for match in _WORDED.finditer(text) if worded else ():
            if match["kind"].casefold() != "staff" or "numbers" not in match.group().casefold():
                yield self.finding(surface, surface.span(*match.span("number")))
        for match in _RANKED.finditer(text) if _RANK_HINT.search(text) else ():
            if not _PLACE.search(text[max(0, match.start() - 14) : match.start()]):
                yield self.finding(surface, surface.span(*match.span("number")), severity=Severity.INFO)
