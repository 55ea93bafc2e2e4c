"""Identifiers of telephones and computers in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.checkdigits import luhn
from wmp_postlint.analysis.digit_groups import numbers
from wmp_postlint.analysis.references import searchable
from wmp_postlint.analysis.tokens import words_in
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

_IMEI_LABEL = lazy.regex(r"\bime?i(?:sv)?\s?[12]?\b(?:[^.!?\n]|\bno\.){0,30}\Z", re.IGNORECASE)
_IMEI_AFTER = lazy.regex(r"[\s,;(-]{0,3}(?:(?:is|was)\s)?(?:(?:its|the|his|her|my|an)\s)?imei\b", re.IGNORECASE)
_IMEI_LAYOUTS = ((2, 6, 6, 1), (6, 2, 6, 1), (8, 6, 1))
_HEX = "[0-9A-F]"
_MAC = lazy.regex(
    rf"(?<![\w:.-]){_HEX}{{2}}(?:(?P<gap>[:-]){_HEX}{{2}}(?:(?P=gap){_HEX}{{2}}){{4}}|{_HEX}{{2}}\.{_HEX}{{4}}\.{_HEX}{{4}})"
    r"(?![\w:-]|\.\w)",
    re.IGNORECASE,
)
_LABELLED_MAC = lazy.regex(
    rf"\b(?:mac|hardware|bluetooth|wi-?fi)(?:\s+(?:address|addr|id|no|number))?[\s:=#(-]{{1,3}}(?:is\s|was\s)?"
    rf"(?P<mac>{_HEX}{{12}}|{_HEX}{{2}}(?:[ ]{_HEX}{{2}}){{5}}|{_HEX}{{4}}[:-]{_HEX}{{4}}[:-]{_HEX}{{4}})(?!\w)",
    re.IGNORECASE,
)
_MAC_HINT = lazy.regex(r"[0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-]|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.")
_LABELS = frozenset({"mac", "hardware", "bluetooth", "wifi", "fi"})
_NETWORK = lazy.regex(r"\b(?:mac|network|wi-?fi|bluetooth|router|device|adapter|hardware)\b", re.IGNORECASE)


class DeviceIdentifier(TextRule):
    """Flags identifiers of telephones (IMEI) and of network devices (MAC).

    They stand for one person's device and let it be traced or cloned. Instead, keep them in the case file and
    describe the device. An IMEI counts with a right check digit, after the word or in its own groups; a MAC address
    when it holds a letter or when words of a network stand near. Limits: serial numbers of other goods have no common
    form.
    """

    name = "personal-data/device-identifier"
    clauses = ("4.13", "5.3")
    least_digits = 1
    severity = Severity.ERROR
    message = "This leads to one person's phone or computer."
    advice = "Take the number out. Say what kind of device it is."
    examples = (
        Flag("Stolen iPhone, IMEI «490154203237518»"),
        Flag("imei number is «49-015420-323751-8» if found"),
        Flag("It shows «490154-20-323751-8»"),
        Flag("MAC «00:1A:2B:3C:4D:5E» was on the router"),
        Flag("laptop «00-1a-2b-3c-4d-5e»"),
        Flag("router MAC address «00:11:22:33:44:55»"),
        Pass("IMEI 490154203237519 has a wrong check digit"),
        Pass("490154203237518 views of this clip"),
        Pass("Dial *#06# to see your IMEI, then write it down."),
        Pass("Times 10:20:30:40:50:55 and 12-34-56-11-22-33"),
        Pass("Splits: 00:45 01:30 02:15, start 09:30:00"),
        Pass("Big Mac 10:30:15, shared"),
        Pass("Sort code 20-00-00"),
        Pass("Log 1234 of 12-03-2020, 20/1879957/21"),
        Pass("Amex 378282246310005"),
        Pass("de:ad:be:ef, a1:b2:c3"),
        Pass("https://example.com/00:1A:2B:3C:4D:5E"),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = document.read(searchable, surface)
        if not text:
            return
        for number in numbers(text, 15, 15) if surface.digits >= 15 else ():
            if not luhn(number.digits):
                continue
            labelled = _IMEI_LABEL.search(text[max(0, number.start - 50) : number.start]) or _IMEI_AFTER.match(
                text, number.end
            )
            own = number.layout in _IMEI_LAYOUTS and number.gap == "-"
            if number.alone and (labelled or own):
                yield self.finding(surface, surface.span(number.start, number.end))
        marks = max(text.count(mark) for mark in ":-.") > 1
        for match in _MAC.finditer(text) if marks and _MAC_HINT.search(text) else ():
            lettered = re.search("[A-Fa-f]", match.group()) is not None and re.search(r"\d", match.group()) is not None
            if lettered or _NETWORK.search(text[max(0, match.start() - 30) : match.start()]):
                yield self.finding(surface, surface.span(*match.span()))
        for match in _LABELLED_MAC.finditer(text) if _LABELS & document.read(words_in, surface) else ():
            if re.search(r"\d", match["mac"]):
                yield self.finding(surface, surface.span(*match.span("mac")))
