"""Payment card numbers in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.checkdigits import luhn
from wmp_postlint.analysis.digit_groups import numbers
from wmp_postlint.analysis.references import searchable
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

# Issuers as ISO/IEC 7812 numbers them: Visa; Mastercard; American Express; Discover; JCB.
_ISSUED = lazy.regex(
    r"(?:4\d{15}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12})"
)
# In the groups of the card: Maestro and UnionPay of 16 digits, Diners Club.
_GROUPED_ONLY = lazy.regex(
    r"(?:(?:5018|5020|5038|5893|6304|6759|676[123]|6767[07][04])\d{10,12}|62\d{14}|3(?:0[0-5]|[689]\d)\d{11})"
)
# Visa of 13 or 19, other Maestro, Mir: shorter or looser, so only with a word that says so.
_RARE = lazy.regex(r"(?:4\d{12}|4\d{18}|3(?:0[0-5]|[689]\d)\d{11}|(?:5[0678]|6\d)\d{10,17}|220[0-4]\d{12,15}|9\d{15})")
_LAYOUTS = ((4, 4, 4, 4), (4, 6, 5), (4, 4, 4, 3), (4, 6, 4))
_LABEL = lazy.regex(
    r"\b(?:card|visa|mastercard|master\s*card|maestro|amex|american\s+express|debit|credit|long\s+number|pan|cvv|diners)\b[^!?]{0,40}\Z",
    re.IGNORECASE,
)
# "exp 01/30", or the month and year alone.
_LABEL_AFTER = lazy.regex(
    r"[\s,;.(-]{0,3}(?:(?:0[1-9]|1[0-2])\s?[/-]?\s?(?:20)?[2-4]\d\b(?!/)|exp(?:iry|ires|iration|\.|\b)|valid\s(?:from|to|thru|until)|cv[vc]2?\b|(?:is|was|on)\s(?:\w{1,8}\s){0,2}(?:bank\s)?card\b)",
    re.IGNORECASE,
)


class PaymentCard(TextRule):
    """Flags payment card numbers.

    Whoever reads the number can spend its owner's money. Instead, leave it out, and tell the owner to stop the card.
    The check digit must be right and the leading digits an issuer's. Numbers in one row or in the usual groups count
    alone; in other groups, or from rarer issuers, only beside a word such as "card" or "exp". Limits: a number whose
    middle digits are masked is harmless, and left alone.
    """

    name = "personal-data/payment-card"
    clauses = ("4.13", "5.3")
    least_digits = 12
    severity = Severity.ERROR
    message = "This is a payment card number."
    advice = "Take the number out."
    examples = (
        Flag("Found a card: «4111 1111 1111 1111»"),
        Flag("Visa «4111111111111111» exp 01/30"),
        Flag("«4111 1111 1111 1111» 01/30 123"),
        Flag("It was «5555-5555-5555-4444»."),
        Flag("Amex «3782 822463 10005» handed in"),
        Flag("Debit card «6759 6498 2643 8453»"),
        Flag("card no «4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1»"),
        Pass("Card ending 1111, 4111 **** **** 1111"),
        Pass("Serial 4111 1111 1111 1112 fails"),
        Pass("IMG_1234567890123456 and 1234567890123456"),
        Pass("Order number 4111111111111111 is the scam's."),
        Pass("Ring 07700 900123 07700 900124 today"),
        Pass("Log 1234 of 5 June, 20/1879957/21, 13210123456"),
        Pass("https://example.com/status/4111111111111111"),
        Pass("0000 0000 0000 0000 and 4444444444444444"),
        Pass("ISBN 9780141036144 and 978-0-14-103614-4"),
        Pass("Times: 0900 1000 1100 1200, 5105.1051"),
        Pass("£4,111,111,111,111,111"),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = document.read(searchable, surface)
        end = -1
        for number in numbers(text, 12, 19):
            if number.start < end or not luhn(number.digits):
                continue
            before, after = text[max(0, number.start - 60) : number.start], text[number.end : number.end + 30]
            labelled = _LABEL.search(before) is not None or _LABEL_AFTER.match(after) is not None
            if labelled:
                certain = _ISSUED.fullmatch(number.digits) or _RARE.fullmatch(number.digits)
            elif number.gap is None or not number.alone:
                certain = None
            elif number.layout in _LAYOUTS:
                certain = _ISSUED.fullmatch(number.digits) or _GROUPED_ONLY.fullmatch(number.digits)
            else:
                certain = _ISSUED.fullmatch(number.digits) if len(number.layout) == 1 else None
            if certain:
                end = number.end
                confidence = Confidence.HIGH if labelled else Confidence.MEDIUM
                yield self.finding(surface, surface.span(number.start, number.end), confidence=confidence)
