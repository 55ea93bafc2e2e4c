"""National Insurance numbers in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.references import searchable
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

_GAP = r"(?:[ \t]{1,2}|[-./])?"
_NUMBER = lazy.regex(
    rf"(?<![\w/-])(?!BG|GB|KN|NK|NT|TN|ZZ)(?P<prefix>[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ){_GAP}"
    rf"\d\d(?P<gap>{_GAP})\d\d(?P=gap)\d\d{_GAP}[A-D](?![\w/]|-\w)",
    re.IGNORECASE,
)
_LABEL = lazy.regex(
    r"\b(?:national\s+insurance|nat\.?\s+ins|n\.?i\.?(?:\s+(?:no|num|number))|nino|ni)\b(?:[^.\n]|\bno\.){0,25}\Z",
    re.IGNORECASE,
)
_SHORT_WORDS = lazy.regex(
    r"ah|am|as|at|be|by|co|eh|er|ex|gp|ha|he|hr|ma|me|mr|ms|my|oh|or|pa|pc|re|sh|st|we|ya|ye", re.IGNORECASE
)


class NationalInsuranceNumber(TextRule):
    """Flags National Insurance numbers.

    The number follows a person for life and opens tax and benefit records to fraudsters. Instead, leave it out; nobody
    outside the case needs it. Prefixes that are never given out are left alone; HM Revenue's sample prefix QQ is found
    with low confidence. Any case, together or in pairs. Limits: a number without its last letter is not seen.
    """

    name = "personal-data/national-insurance-number"
    clauses = ("4.13", "5.3")
    least_digits = 6
    severity = Severity.ERROR
    message = "This is a National Insurance number."
    advice = "Take the number out."
    examples = (
        Flag("Her card says «AB123456C»."),
        Flag("NI number «AB 12 34 56 C» was used"),
        Flag("nino: «aa370773a»"),
        Flag("lost: «aa 37 07 73 a» on a card"),
        Flag("It reads «AA 370773C», says the owner"),
        Flag("Sample: «QQ 12 34 56 A»"),
        Flag("«JK-12-34-56-B» was on the slip"),
        Pass("BG123456C, GB123456A, ZZ123456C and TN123456D are not given out."),
        Pass("AO123456C, DS370773A, ABC123456C and AB1234567C are none."),
        Pass("AA370773 and AB 12 34 56 are too short."),
        Pass("Call 101 quoting 20BW/78905H/19."),
        Pass("At 10 20 30 a bus leaves; by 11 12 13 a crowd had gathered."),
        Pass("Engine PC123456X, frame WB123456E"),
        Pass("We raised 12 34 56 c"),
        Pass("Lottery: 12 34 56 and the letter B"),
        Pass("https://example.com/AB123456C"),
        Pass("AB123456C1 is a part number, X-AB123456C too"),
        Pass("Tickets AB12 3456 C row"),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = document.read(searchable, surface)
        for match in _NUMBER.finditer(text):
            # "by 11 12 13 a crowd": small letters with spaces are a sentence when the first two make a word.
            prefix = match["prefix"]
            sentence = " " in match.group() and not match.group().isupper() and _SHORT_WORDS.fullmatch(prefix)
            if sentence and not _LABEL.search(text[max(0, match.start() - 50) : match.start()]):
                continue
            sample = prefix.upper() == "QQ"
            yield self.finding(
                surface, surface.span(*match.span()), confidence=Confidence.LOW if sample else Confidence.HIGH
            )
