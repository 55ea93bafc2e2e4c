"""Public telephone numbers with a slip in them."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.marking_removal import editable
from wmp_postlint.analysis.phone_kinds import meant
from wmp_postlint.analysis.phones import phones
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Edit, Finding, Fix, Severity, Span
from wmp_postlint.rule import Flag, Pass, TextRule


class PublicNumberTypo(TextRule):
    """Flags a helpline or public number with one digit wrong, missing or too many.

    People in need ring what the post says: a wrong digit leads nowhere, or to a stranger whose line then rings all
    night. Instead, copy the number from the owner's own page. The pack's public numbers are compared, and numbers laid
    out as a landline are counted. Limits: two slips in one number are not seen, and a real helpline one digit away from
    a listed one is flagged until the pack lists it.
    """

    name = "personal-data/public-number-typo"
    clauses = ("4.1", "4.13")
    severity = Severity.WARNING
    message = "This looks like a public number with a digit wrong, missing or too many."
    advice = "Check the number on its owner's own page before you post it."
    examples = (
        Flag("Crimestoppers, anonymously, on «0800 555 11»."),
        Flag("Domestic abuse helpline: «0800 2000 247»"),
        Flag("Call «0800 555 1111», you stay anonymous"),
        Flag("Ring Action Fraud on «0300 132 2040»"),
        Flag("Call the unit on «0161 496 01234»"),
        Flag("Our desk: «0121 626 500»"),
        Flag("Or from your mobile: «+44 345 113 500»"),
        Pass("Crimestoppers, anonymously, on 0800 555 111."),
        Pass("Domestic abuse helpline: 0808 2000 247. Call 0800 555111 or 101."),
        Pass("The line is open 0800-1700, seven days a week."),
        Pass("Lost phone, last four digits 5551."),
        Pass("Ring the school on 0121 496 0123."),
        Pass("Childline 0800 1111, NSPCC 0808 800 5000, 0808 157 0123"),
        Pass("0800 1100 1400 1600: doors, speeches, lunch, end"),
        Pass("Text 07700 900123"),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for phone in document.read(phones, surface):
            if phone.kind == "misprint":
                span = surface.span(phone.start, phone.end)
                fixes = self._fixes(surface, document, span, surface.text[phone.start : phone.end])
                yield self.finding(surface, span, confidence=Confidence.MEDIUM, fixes=fixes)

    def _fixes(self, surface: Surface, document: Document, span: Span, words: str) -> Iterator[Fix]:
        """Offer the number that was meant, where there is only one; whether it was, a person must say."""
        public = meant(words, document.policy.contacts)
        if public is not None and editable(surface, document):
            words = f"If it is the one of {public.owner}, it is {public.number}. Put that in."
            yield Fix(words, (Edit(surface.field, span, public.number),))
