"""Security classifications on a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from wmp_postlint.analysis.lexicon import load_vocabulary
from wmp_postlint.analysis.marking_removal import removal
from wmp_postlint.analysis.markings import markings
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.rule import Flag, Pass, TextRule


class _Vocabulary(Record):
    messages: Mapping[str, str]


@cache
def _vocabulary() -> _Vocabulary:
    return load_vocabulary("marking/classification", _Vocabulary)


class Classification(TextRule):
    """Flags a security classification, old or new: from OFFICIAL and RESTRICTED to TOP SECRET, with its descriptors.

    A marking shows that the text was written for inside the service and pasted or photographed out of a document.
    Instead, go back to the author for words that may be published. A header that says the text is for the public
    (NOT PROTECTIVELY MARKED, OFFICIAL - FOR PUBLIC RELEASE) is advice only. One finding covers the whole marking.
    Limits: "official", "secret" and the like are ordinary words, so a level alone counts only in capitals and in a
    place where markings stand; one in the middle of a headline in capitals is left alone.
    """

    name = "marking/classification"
    clauses = ("4.9",)
    severity = Severity.ERROR
    message = "This text carries a security marking: it is not for the public."
    advice = "Do not publish it. Ask the author of the document what may go out, and write that in new words."
    examples = (
        Flag("«OFFICIAL-SENSITIVE»\nPatrol plan for Saturday: two vans at the ground."),
        Flag("«OFFICIAL – SENSITIVE – PERSONAL»: notes of the case meeting"),
        Flag("«Protective Marking: Official Sensitive»\nThe team will be at three addresses."),
        Flag("«[OFFICIAL]» Shift briefing for the Tipton team"),
        Flag("«OFFICIAL OFFICIAL» Force guidance on social media begins here."),
        Flag("«Restricted - Staff»\nThe new rota starts on Monday."),
        Flag("We agreed who does what at the weekend. «RESTRICTED»"),
        Flag("«RESTRICTED (when complete)» Statement of witness"),
        Flag("«SECRET UK EYES ONLY» Threat assessment"),
        Flag("«OFFICAL SENSITIVE» – duties for the derby"),
        Flag("«O F F I C I A L - S E N S I T I V E»\nPlan for the carnival"),
        Flag("«O\u200bFFICIAL-SENSI\u200bTIVE» handover"),
        Flag("«OFFICIAL-SENSITIVE»_briefing.jpg", on="media[0].filename", post={"media": [{}]}),
        Flag("A slide headed «OFFICIAL - SENSITIVE»", on="media[0].alt", post={"media": [{}]}),
        Flag("«OFFICIAL - FOR PUBLIC RELEASE»\nOur plan for the year", severity=Severity.INFO),
        Flag("«NOT PROTECTIVELY MARKED»\nStreet surgery on Saturday", severity=Severity.INFO),
        Pass("The official opening of our front desk is on Saturday."),
        Pass("OFFICIAL OPENING of our new station this Saturday"),
        Pass("IT'S OFFICIAL! PD Rocky is the fastest dog in the force"),
        Pass("OFFICIAL: Villa sign a new keeper"),
        Pass("Secret Santa came early. TOP SECRET recipe inside!"),
        Pass("PROTECT YOURSELF from scams. FREE CONFIDENTIAL ADVICE on 101"),
        Pass("FREE\nCONFIDENTIAL\nANONYMOUS"),
        Pass("RESTRICTED ACCESS ON THE M6 after a lorry fire"),
        Pass("Speak to us in confidence. The Official Secrets Act is not in play. @AVFCOfficial #Official"),
        Pass("PREPARE\nPREVENT\nPURSUE\nPROTECT"),
        Pass("SECRET_SANTA.jpg", on="media[0].filename", post={"media": [{}]}),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for marking in document.read(markings, surface):
            span = surface.span(marking.start, marking.end)
            fix = removal(document, surface, marking.start, marking.end, safe=marking.released)
            yield self.finding(
                surface,
                span,
                severity=Severity.INFO if marking.released else None,
                message=_vocabulary().messages[marking.level],
                advice="Take the header off before you publish." if marking.released else None,
                fixes=fix,
            )
