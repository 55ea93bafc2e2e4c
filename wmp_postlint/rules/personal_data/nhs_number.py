"""NHS numbers in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.checkdigits import nhs
from wmp_postlint.analysis.digit_groups import numbers
from wmp_postlint.analysis.references import searchable
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

_LABEL = lazy.regex(
    r"(?:\b|(?<=#))(?:nhs|n\.h\.s\.?|h\s?(?:&|and|\+)\s?c|patient|hospital|chi|medical|gp|health(?:care)?|national\s+health)(?:\s?no|\b)"
    r"(?:[^.!?]|\bno\.){0,40}\Z",
    re.IGNORECASE,
)
_LABEL_AFTER = lazy.regex(
    r"[\s,;(-]{0,3}(?:(?:is|was|as|being)\s)?(?:(?:her|his|my|your|their|the|an?|\w{2,20}'s)\s)?"
    r"(?:nhs|chi|h\s?(?:&|and)\s?c|hospital|patient|health(?:care)?)\s(?:number|no|num|id)\b",
    re.IGNORECASE,
)
# How an amount is written: 9 434 765 919.
_THOUSANDS = (1, 3, 3, 3)
# How North Americans lay out telephone numbers; no code or exchange of theirs begins with 0 or 1.
_AMERICAN = lazy.regex(r"[2-9]\d\d[2-9]\d{6}")


class NhsNumber(TextRule):
    """Flags NHS numbers.

    The number leads to a person's health record, the most private data there is. Instead, leave it out. Ten digits
    count when their check digit is right and either words such as "NHS number" or "patient" stand beside them or they
    are written 3-3-4; the test range from 999 counts by itself. Limits: ten digits in a row without a word
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
        for number in numbers(text, 10, 10):
            if not nhs(number.digits) or number.layout == _THOUSANDS:
                continue
            before, after = text[max(0, number.start - 60) : number.start], text[number.end : number.end + 40]
            labelled = _LABEL.search(before) is not None or _LABEL_AFTER.match(after) is not None
            # Numbers in use begin with 3 to 7 or 9.
            grouped = number.alone and number.layout == (3, 3, 4) and number.digits[0] in "345679"
            grouped = grouped and (number.gap is None or not number.gap.strip() or not _AMERICAN.match(number.digits))
            if (labelled and number.alone) or grouped or (number.alone and number.digits.startswith("999")):
                confidence = Confidence.HIGH if labelled else Confidence.MEDIUM
                yield self.finding(surface, surface.span(number.start, number.end), confidence=confidence)
