"""Telephone numbers of people in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.phone_kinds import PhoneKind, classify
from wmp_postlint.analysis.phones import phones
from wmp_postlint.analysis.tokens import tokens
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity, Span
from wmp_postlint.rule import Flag, Pass, TextRule

_DIALS = lazy.regex(
    r"(?:\A(?:tel|sms|callto|facetime):(?://)?|\bwa\.me/|\bwhatsapp\.com/send/?\?(?:[^#\s]{0,80}&)?phone=)(?P<number>\+?[\d().%+-]{9,24})",
    re.IGNORECASE,
)
# Landlines that somebody answers for an organisation, whoever it is.
_DESK = lazy.regex(
    r"\b(?:switchboard|reception|box\soffice|ticket\soffice|helpline|hotline|help\s?desk|control\sroom|enquir(?:y|ies)(?:\sline)?"
    r"|customer\sservices?|advice\sline|bookings?|press\soffice|ward\s\d{1,2}|out\sof\shours)\b[^.!?\n\d]{0,30}\Z",
    re.IGNORECASE,
)
_OFFICE = "This is a landline, it seems of an organisation, that is not on the list of public numbers."
_MESSAGES: dict[PhoneKind, tuple[Severity, str]] = {
    "mobile": (Severity.ERROR, "This is a mobile number, which is nearly always one person's own."),
    "geographic": (Severity.WARNING, "This is a landline number that is not on the list of public numbers."),
    "other": (
        Severity.WARNING,
        "This number is neither a public nor an ordinary one: calls may be costly, or reach one person.",
    ),
    "foreign": (Severity.WARNING, "This is a telephone number of another country."),
}


class PhoneNumber(TextRule):
    """Flags telephone numbers that are not meant for the public.

    A mobile number leads to one person, be it a victim, a witness or a colleague; a landline may be a home. Instead,
    give 101, the force's own number or Crimestoppers. Mobiles are errors, landlines and foreign numbers warnings; the
    pack's numbers and number blocks, freephone, 03 and short codes pass. Numbers are read however they are laid out,
    also spoken ("oh seven seven ..."), in look-alike digits, and as the target of a tel: or WhatsApp link. Limits:
    whether a landline is a home or a shop cannot be seen; a mobile without its first 0 counts only after words that
    ask to call it; references with a label ("order number") are no telephone numbers.
    """

    name = "personal-data/phone-number"
    clauses = ("4.13", "5.3")
    severity = Severity.ERROR
    message = _MESSAGES["mobile"][1]
    advice = "Give 101, a public number of the Force, or Crimestoppers instead."
    examples = (
        Flag("Ring Sam on «07700 900123» if you see the dog.", severity=Severity.ERROR),
        Flag("Her number is «+44 (0)7700 900 461», she wants it shared", severity=Severity.ERROR),
        Flag("The shop is on «0121 496 0123».", severity=Severity.WARNING),
        Flag("Hospital switchboard: «0121 496 0123»", severity=Severity.INFO),
        Flag("call me «077.009.00123» or 101", severity=Severity.ERROR),
        Flag("Text «0 7 7 0 0 9 0 0 1 2 3» now"),
        Flag("It is «oh seven seven double-oh, nine double-oh, one two three».", severity=Severity.ERROR),
        Flag("My new one: «𝟎𝟕𝟕𝟎𝟎 𝟗𝟎𝟎𝟒𝟔𝟏»"),
        Flag("Mob «O77OO 9OO123»"),
        Flag("Farm watch: «01632 960123» or «(01632) 960 456»", severity=Severity.WARNING),
        Flag("Text the owner on «7700 900123» please", severity=Severity.ERROR),
        Flag("Fraudsters rang from «+1 202-555-0143».", severity=Severity.WARNING),
        Flag("12/03/2024 «07700 900123» is the number we want to trace."),
        Flag(
            "Message him",
            field="links",
            severity=Severity.ERROR,
            post={"links": [{"url": "https://wa.me/447700900123"}]},
        ),
        Flag("ring him on «(+44) 7700 900123»"),
        Pass("Call 101, or Crimestoppers on 0800 555 111, 24/7."),
        Pass("Dial 999 in an emergency, 18001 101 if you are deaf, 116 000 for Missing People."),
        Pass("Quote log 3816 of 5 June or 20BW/78905H/19."),
        Pass("Call us quoting 5221234567 or 13210123456."),
        Pass("Front desk: 0121 626 5000. Report fraud on 0300 123 2040."),
        Pass("Order number 07700900123 never arrived: is it a scam?"),
        Pass("Open 0800-1600 on 12 June 2024, and 1000-1400 on Sundays."),
        Pass("This week's numbers: 02 11 23 34 45 46. No winner."),
        Pass("£07700900 for a phone? 1234567890123 people saw it."),
        Pass("12/03/2024 - 15/03/2024, 07:30 - 11:30"),
        Pass("See https://example.com/07700900123 and @user07700900123."),
        Pass("One oh one is the number, nine nine nine if it cannot wait."),
        Pass("Ring us", post={"links": [{"url": "tel:+443451135000"}]}),
    )

    def run(self, document: Document) -> Iterator[Finding]:
        yield from super().run(document)
        for url in dict.fromkeys(link.url for link in document.links):
            if match := _DIALS.search(url):
                yield from self._judge(classify(_dialled(match), document.policy), "links")

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for phone in document.read(phones, surface):
            span = surface.span(phone.start, phone.end)
            if phone.kind == "geographic" and _DESK.search(surface.text[max(0, phone.start - 50) : phone.start]):
                yield self.finding(surface, span, severity=Severity.INFO, confidence=Confidence.MEDIUM, message=_OFFICE)
            else:
                yield from self._judge(phone.kind, surface, span)
        for token in document.read(tokens, surface):
            if token.kind == "url" and (match := _DIALS.search(token.text)):
                start, end = (token.start + at for at in match.span("number"))
                yield from self._judge(classify(_dialled(match), document.policy), surface, surface.span(start, end))

    def _judge(self, kind: PhoneKind | None, where: Surface | str, span: Span | None = None) -> Iterator[Finding]:
        if kind in _MESSAGES:
            severity, message = _MESSAGES[kind]
            yield self.finding(where, span, severity=severity, message=message)


def _dialled(match: re.Match[str]) -> str:
    """The number of a link; WhatsApp leaves out the + of a number that has its country code."""
    number = match["number"].replace("%2B", "+").replace("%20", "")
    return number if number.startswith(("+", "0")) else f"+{number}"
