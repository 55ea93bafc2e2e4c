"""National Insurance numbers in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.references import searchable
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

# Never given out: the letters D, F, I, Q, U, V at either place, O at the second, and some pairs (HMRC, NIM39110).
_PREFIX = r"(?!BG|GB|KN|NK|NT|TN|ZZ)(?P<prefix>[A-CEGHJ-PR-TW-Z]{inner}[A-CEGHJ-NPR-TW-Z]|QQ)"
_GAP = r"(?:[ \t]{0,2}[-./_\n][ \t]{0,2}|[ \t]{0,2})"
_NUMBER = lazy.regex(
    rf"(?<![\w/-]){_PREFIX.format(inner='')}{_GAP}\d\d(?P<gap>{_GAP})\d\d(?P=gap)\d\d{_GAP}[A-D](?![\w/]|-\w)",
    re.IGNORECASE,
)
_HINT = lazy.regex(r"[A-Za-z][^\w]{0,5}_?\d(?:[^\w]{0,5}_?\d){5}")
# After words that say what it is: any gaps, and the last letter may be missing.
_LOOSE = lazy.regex(
    rf"(?<![\w/-]){_PREFIX.format(inner=_GAP)}(?:{_GAP}\d){{6}}(?:{_GAP}[A-D](?!\w))?(?![\w/]|-\w)", re.IGNORECASE
)
_LABEL = lazy.regex(
    r"\b(?:national\s+insurance|nat\.?\s+ins|n\.?i\.?(?:\s+(?:no|num|number))|n\.i\.|nino|ni)(?!\w)(?:[^.]|\bno\.){0,25}\Z",
    re.IGNORECASE,
)
_SHORT_WORDS = lazy.regex(
    r"ah|am|as|at|be|by|co|eh|er|ex|gp|ha|he|hr|ma|me|mr|ms|my|oh|or|pa|pc|re|sh|st|we|ya|ye", re.IGNORECASE
)


class NationalInsuranceNumber(TextRule):
    """Flags National Insurance numbers.

    The number follows a person for life and opens tax and benefit records to fraudsters. Instead, leave it out; nobody
    outside the case needs it. Prefixes that are never given out are left alone; HM Revenue's sample prefix QQ is found
    with low confidence. Any case, together or in pairs; in other groups in capitals, or after words such as "NI
    number", after which the last letter may be missing. Limits: temporary numbers (TN with a date) are not seen.
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
        Flag("Card reads «AB12 3456 C»"),
        Pass("Tickets ab12 3456 c row"),
        Pass("Temporary: TN 12 03 85 F"),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = document.read(searchable, surface)
        if not _HINT.search(text):
            return
        end = -1
        for match in sorted((*_NUMBER.finditer(text), *_labelled(text)), key=lambda match: match.start()):
            if match.start() < end:
                continue
            # "by 11 12 13 a crowd": small letters with spaces are a sentence when the first two make a word.
            prefix = match["prefix"]
            sentence = " " in match.group() and not match.group().isupper() and _SHORT_WORDS.fullmatch(prefix)
            if sentence and not _LABEL.search(text[max(0, match.start() - 50) : match.start()]):
                continue
            end = match.end()
            sample = prefix.upper() == "QQ"
            yield self.finding(
                surface, surface.span(*match.span()), confidence=Confidence.LOW if sample else Confidence.HIGH
            )


def _labelled(text: str) -> Iterator[re.Match[str]]:
    """Yield what has the build of a number, however it is laid out: after words that call it one, or in capitals."""
    for match in _LOOSE.finditer(text):
        number = match.group()
        whole = number.isupper() and number[1].isalpha() and number[-1].isalpha() and "\n" not in number
        plain = whole and _SHORT_WORDS.fullmatch(match["prefix"]) is None
        if plain or _LABEL.search(text[max(0, match.start() - 50) : match.start()]):
            yield match
