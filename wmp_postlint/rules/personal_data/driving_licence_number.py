"""Driving licence numbers in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.references import searchable
from wmp_postlint.analysis.tokens import words_in
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

# Great Britain (DVLA): surname padded with 9s; decade, month (50 more for women), day, year of birth; initials; check.
_GAP = r"[ \n.-]?"
_GREAT_BRITAIN = lazy.regex(
    rf"(?<![\w/-])(?=[A-Z]{{1,5}}9{{0,4}}{_GAP}\d)[A-Z][A-Z9]{{4}}{_GAP}\d{_GAP}(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])"
    rf"(?:0[1-9]|[12]\d|3[01])\d{_GAP}[A-Z9]{{2}}{_GAP}[A-Z0-9]{_GAP}[A-Z]{{2}}(?:{_GAP}\d\d)?(?![\w/-])",
    re.IGNORECASE,
)
_HINT = lazy.regex(r"\d(?:[ \n.-]?\d){5}[ \n.-]?[A-Za-z9]{2}")
_WORDS = frozenset({"driver", "drivers", "driving", "dva"})
_NORTHERN_IRELAND = lazy.regex(
    r"\b(?:driv(?:ing|er'?s?)\s+licen[cs]e|dva(?:\s+licen[cs]e)?|driver(?=\s+(?:number|no|num)\b))\s*(?:(?:number|no|num)\b\.?)?[\s:#(-]{0,3}(?:(?:is|was)\s)?"
    r"(?P<number>\d{8})(?!\w)",
    re.IGNORECASE,
)


class DrivingLicenceNumber(TextRule):
    """Flags driving licence numbers.

    The number holds its owner's surname, date of birth and initials, and opens the licence record. Instead, say that a
    licence was found and where to claim it. Numbers of Great Britain are known by their build, in any case, together
    or in groups; those of Northern Ireland, eight digits, only after "driving licence". Limits: a number with a digit
    left out is not seen.
    """

    name = "personal-data/driving-licence-number"
    clauses = ("4.13", "5.3")
    least_digits = 5
    severity = Severity.ERROR
    message = "This is a driving licence number, which holds its owner's name and date of birth."
    advice = "Take the number out; say that a licence was found and where it can be claimed."
    examples = (
        Flag("Licence «MORGA657054SM9IJ» handed in."),
        Flag("found: «morga 657054 sm9ij»"),
        Flag("Driver no «TAYLO 803125 J99AB 01» checked"),
        Flag("«FOX99862125A99XY» on the card"),
        Flag("Driving licence number: «12345678»"),
        Pass("A driving licence and 12345678 other things were found."),
        Pass("MORGA657 and MORGA657054 are parts of one."),
        Pass("MORGA653354SM9IJ has no such month, MORGA657994SM9IJ no such day."),
        Pass("ABCDE123456FG1HI is a serial number"),
        Pass("Driving without a licence: 6 points, £300, 20/1879957/21"),
        Pass("HELLO123456WORLD"),
        Pass("https://example.com/MORGA657054SM9IJ"),
        Pass("#MORGA657054SM9IJX and PART-MORGA657054SM9IJ"),
        Pass("Log 1234 of 5 June; flight EZY8125 J99"),
        Pass("Driving licence no longer valid: 12 of 30 drivers."),
        Pass("99999657054SM9IJ"),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = document.read(searchable, surface)
        for match in _GREAT_BRITAIN.finditer(text) if _HINT.search(text) else ():
            yield self.finding(surface, surface.span(*match.span()))
        for match in _NORTHERN_IRELAND.finditer(text) if _WORDS & document.read(words_in, surface) else ():
            yield self.finding(surface, surface.span(*match.span("number")))
