"""Passport numbers in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.references import searchable
from wmp_postlint.analysis.tokens import words_in
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

# Nine digits in any groups (older ones, and British ones of today with two letters before seven); other countries'
# mix letters with digits.
_FORM = (
    r"(?P<number>(?:GBR[ ]?)?\d(?:[ .-]?\d){8}|[A-Z]{1,2}[ ]?\d{6,8}|\d{2}[A-Z]{2}\d{5}"
    r"|(?=(?:[A-Z]{0,2}\d){5})[A-Z\d]{8,9})(?![\w/]|[ -]?\d)"
)
_NUMBER = lazy.regex(
    r"\b(?:passports?|travel\s+document)\b(?:\s+(?:book|card))?(?:\s*\(?(?:number|no|num|nr|id)\b\.?\)?)?[^\w.!?\n]{0,4}\n?"
    r"(?:(?:is|was|has|had|reads?|with|the|a|bearing|number|numbered|no\.?|num)[\s:]{1,2}){0,4}" + _FORM,
    re.IGNORECASE,
)
_NUMBER_BEFORE = lazy.regex(
    rf"(?<![\w£$€.,/+-])(?<!\d[ -]){_FORM}[\s,;(-]{{0,3}}(?:(?:is|was)\s)?"
    r"(?:(?:the|his|her|my|your|their|\w{2,20}'s)\s)?(?:\w{2,12}\s)?"
    r"passport\s(?:number|no|num|id)\b",
    re.IGNORECASE,
)
# The second line of the machine-readable zone (ICAO Doc 9303, part 4).
_MACHINE_LINE = lazy.regex(r"(?<![\w<])[A-Z0-9][A-Z0-9<]{8}\d[A-Z]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{14}\d\d?(?![\w<])")


class PassportNumber(TextRule):
    """Flags passport numbers.

    With a passport number others can borrow a person's identity. Instead, say that a passport was found and where to
    claim it. Nine digits, or letters and digits of a passport's build, count right after the word passport, or before
    "passport number"; the machine-readable line of the photograph page counts by itself. Limits: without the word,
    nine digits may be anything.
    """

    name = "personal-data/passport-number"
    clauses = ("4.13", "5.3")
    least_digits = 6
    severity = Severity.ERROR
    message = "This is a passport number."
    advice = "Take the number out; say that a passport was found and where it can be claimed."
    examples = (
        Flag("Passport number «123456789» found in Aston."),
        Flag("passport no: «AB1234567»"),
        Flag("Lost passport, number is «533 401 372»"),
        Flag("Lost UK passport no. «GBR 925665416»"),
        Flag("Passport (no.) «925076473» handed in"),
        Flag("«9250764733GBR8501017F3001012<<<<<<<<<<<<<<02»"),
        Pass("A passport was found; call 101 quoting log 123456789."),
        Pass("Passport office: 0300 222 0000."),
        Pass("Passports: 123,456,789 issued since 2010"),
        Pass("Your passport to fun: 12 clubs, 20 days!"),
        Pass("Number 123456789 on my passport photo wall"),
        Pass("passport 20/1879957/21 in the crime report"),
        Pass("Bring a passport or 2 bills. Room AB12."),
        Pass("passport control closed 0900-1200"),
        Pass("123456789"),
        Pass("The passport costs 88.50, or 1234567890 pence"),
        Pass("#passport2024 #ab1234567"),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = document.read(searchable, surface)
        if not text:
            return
        if {"passport", "passports", "travel"} & document.read(words_in, surface):
            spans = {match.span("number") for match in (*_NUMBER.finditer(text), *_NUMBER_BEFORE.finditer(text))}
            for span in sorted(spans):
                yield self.finding(surface, surface.span(*span))
        for match in _MACHINE_LINE.finditer(text) if "<" in text else ():
            yield self.finding(surface, surface.span(*match.span()))
