"""IP addresses in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

_DOT = r"(?:\.|\s?[\[(]\.[\])]\s?|[ ]\.[ ])"
_CANDIDATE = lazy.regex(
    rf"(?<![\w.:])(?:(?:::ffff:)?(?P<four>\d{{1,3}}(?:{_DOT}\d{{1,3}}){{3}})(?=:\d{{2,5}}(?![\w:]))"
    rf"|(?:(?:::ffff:)?\d{{1,3}}(?:{_DOT}\d{{1,3}}){{3}}|[0-9A-Fa-f]{{0,4}}(?::[0-9A-Fa-f]{{0,4}}){{2,7}})(?![\w:]|\.\d))"
)
_LONG_GROUP = lazy.regex(r"[0-9A-Fa-f]{3}")
_HINT = lazy.regex(r"\d[\[(\s]{0,2}\.[\])\s]{0,2}\d{1,3}[\[(\s]{0,2}\.[\])\s]{0,2}\d|:[0-9A-Fa-f]{0,4}:")
_SMALL = lazy.regex(r"\d(?:\.\d){3}")
_NETWORK = lazy.regex(r"\b(?:ip|address|server|dns|host|login|router)\b[^.\n]{0,10}\Z", re.IGNORECASE)
_NUMBERING = lazy.regex(r"(?:\bv|\bversion|\brelease|\bsection|\bparagraph|\bclause|§)\s*$", re.IGNORECASE)


class IpAddress(TextRule):
    """Flags internet addresses of a connection or a device.

    An address stands for a subscriber's line: it is personal data of whoever uses it, and a lead for an offender.
    Instead, say "the address" and keep it in the case file. Addresses of a private network are advice only, since they
    lead to nobody outside it. Limits: four numbers after the word version or section are taken for a numbering.
    """

    name = "personal-data/ip-address"
    clauses = ("4.13", "5.3")
    severity = Severity.ERROR
    message = "This is an internet (IP) address, which points to one person's connection."
    advice = "Take the address out; keep it in the case file."
    examples = (
        Flag("The login came from «198.51.100.23» last night."),
        Flag("It was sent from «2001:db8::8a2e:370:7334», says the provider."),
        Flag("Our printer is at «192.168.1.20».", severity=Severity.INFO),
        Pass("Please update to version 10.4.2.1 of the app."),
        Pass("We were there from 10:30:15 to 11:00."),
        Pass("Scores so far: 3.2.1, and 256.300.1.999 is no address."),
        Pass("The call came in at 12:30::and we went."),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        if not _HINT.search(surface.text):
            return
        from ipaddress import ip_address

        for match in _CANDIDATE.finditer(surface.text):
            try:
                address = ip_address(re.sub(r"[\s()\[\]]", "", match.group()))
            except ValueError:
                continue
            before = surface.text[max(0, match.start() - 24) : match.start()]
            if (
                address.is_unspecified
                or _NUMBERING.search(before)
                or match.group().count(":") == 2 == len(match.group())
            ):
                continue
            if _SMALL.fullmatch(match.group()) and not _NETWORK.search(before):
                continue  # "Scores: 3.2.1.0"
            if ":" in match.group() and not address.is_loopback and not _LONG_GROUP.search(match.group()):
                continue  # "Score 3:2::" has the form, but addresses in use have a long group
            private = address.is_private and not _documentation(str(address))
            severity = Severity.INFO if private or address.is_loopback else Severity.ERROR
            yield self.finding(surface, surface.span(*match.span()), severity=severity)


def _documentation(address: str) -> bool:
    """Whether an address is of a block reserved for documentation, which stands for a real one."""
    return address.lower().startswith(("192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:"))
