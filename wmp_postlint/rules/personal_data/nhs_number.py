"""NHS numbers in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.checkdigits import nhs
from wmp_postlint.analysis.references import searchable
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

_NUMBER = lazy.regex(r"(?<![\w£$€.,/+-])(?<!\d[ -])\d{3}(?P<gap>[ \t]{1,2}|[-.]|)\d{3}(?P=gap)\d{4}(?![\w/]|[ .,-]?\d)")
_LABEL = lazy.regex(
    r"\b(?:nhs|n\.h\.s\.?|patient|hospital|chi|medical|gp|health(?:care)?)\b(?:[^.!?\n]|\bno\.){0,40}\Z", re.IGNORECASE
)


class NhsNumber(TextRule):
    """Flags NHS numbers.

    The number leads to a person's health record, the most private data there is. Instead, leave it out. Ten digits
    count when their check digit is right and either words such as "NHS number" or "patient" stand before them or they
    are written 3-3-4 with spaces; the test range from 999 counts by itself. Limits: ten digits in a row without a word
    before them may be anything, and are left alone.
    """

    name = "personal-data/nhs-number"
    clauses = ("4.13", "5.3")
    least_digits = 10
    severity = Severity.ERROR
    message = "This is an NHS number."
    advice = "Take the number out."
    examples = (
        Flag("NHS number «9434765919» was on the wristband."),
        Flag("patient «943-476-5919» has been found"),
        Flag("The form says «943 476 5919»."),
        Flag("It was «999 000 0018»"),
        Flag("nhs no: «9990000026»"),
        Flag("Hospital number on his band: «401 023 2137»"),
        Pass("Thanks to the #NHS: 9434765910 claps!"),
        Pass("NHS 111 or call 0800 555 111."),
        Pass("Tweet 9434765919 was deleted."),
        Pass("NHS number 0000000000 is a dummy, 1111111111 too."),
        Pass("Ring +1 202 555 0143 or 212-555-0199"),
        Pass("Views: 943,476,5919. Cost: £9434765919."),
        Pass("Crime ref 5221234567, and 13210123456"),
        Pass("Patients waited 1234567890 seconds, it felt like."),
        Pass("Phone 0121 496 0123, open 100 200 3000"),
        Pass("NHS heroes raised 9 434 765 919 pounds"),
        Pass("ISBN 943 476 59191 and 1 943 476 5919"),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = document.read(searchable, surface)
        for match in _NUMBER.finditer(text) if text else ():
            digits = re.sub(r"\D", "", match.group())
            if not nhs(digits):
                continue
            labelled = _LABEL.search(text[max(0, match.start() - 60) : match.start()]) is not None
            # Numbers in use begin with 3 to 7 or 9; with spaces only, since hyphens are how Americans write telephones.
            grouped = match["gap"].strip(" \t") == "" != match["gap"] and digits[0] in "345679"
            if labelled or grouped or digits.startswith("999000"):
                confidence = Confidence.HIGH if labelled else Confidence.MEDIUM
                yield self.finding(surface, surface.span(*match.span()), confidence=confidence)
