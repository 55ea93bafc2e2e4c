"""Swear words in a post, however they are written."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.terms import matches
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

_MILD = "This is a mild swear word."
_DISGUISED = "This is a swear word in a disguised form; readers will still see it."


class Profanity(TextRule):
    """Flags swear words, plain or disguised.

    A swear word on a police account is read as the force's own voice. It is found with letters swapped for digits or
    symbols, stretched, set apart, starred out or hidden in a hashtag, and never inside another word. Instead, say it
    plainly, or describe it ("was verbally abused"). Strong words are errors, medium ones warnings, mild ones advice;
    quoted or reported words weigh one step less. Limits: slips of the pen are found only when listed; a word that
    mostly means something else counts in full only when it is thrown at somebody.
    """

    name = "disrepute/profanity"
    clauses = ("4.6", "6.5")
    severity = Severity.ERROR
    message = "This is a swear word."
    advice = "Take it out. If you report what was said, write that someone was sworn at or abused."
    examples = (
        Flag("What a «fucking» mess on the M6 tonight.", severity=Severity.ERROR),
        Flag("Absolute «sh1t» show in town again.", severity=Severity.WARNING),
        Flag("Drink driver stopped, stupid «c***», hope he learns.", severity=Severity.ERROR),
        Flag("«F u c k» this rain!", severity=Severity.ERROR),
        Flag("Another night shift, another bag of «bollocks».", severity=Severity.WARNING),
        Flag('He shouted "«fuck» off" at the paramedics.', severity=Severity.WARNING),
        Flag("«Bloody» hard work out there today.", severity=Severity.INFO),
        Flag("That van driver was a complete «𝐰𝐚𝐧𝐤𝐞𝐫».", severity=Severity.ERROR),
        Flag("Some «d*ckhead» has parked on the zigzags.", severity=Severity.ERROR),
        Flag("#What«Fucking»Weather on patrol."),
        Flag("You «prick», give the bike back.", severity=Severity.ERROR),
        Pass("The A55 is closed at Scunthorpe after a collision."),
        Pass("PC Dick Turner and Sgt Cox visited Cock Lane and Bell End Lane."),
        Pass("Officers recovered a bloody knife from Penistone Road."),
        Pass("Our assessment: the Essex class passed, says the Asst Commissioner."),
        Pass("Shiitake mushrooms, cockatoos and a cocker spaniel at the show."),
        Pass("A deep gash to his arm; a bag snatch on the High Street."),
        Pass("We put up boxes for blue tits and great tits with the Beavers and Cubs."),
        Pass("**New** dates for T&Cs**: 5pm*, 6pm**."),
        Pass("Plate CG28 FUC, reference 20CR/12345/21, postcode B1 1TT."),
        Pass("Hell's Angels ride out: expect delays at Shitterton."),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for match in document.read(matches, surface, "disrepute", "profanity"):
            group = match.term.group if match.term else None
            data = {"strength": group.strength, "edition": group.edition} if group and group.edition else {}
            disguised = match.trick not in ("plain", "inside", "hashtag")
            mild = group is not None and group.severity == "info"
            yield self.finding(
                surface,
                surface.span(match.start, match.end),
                severity=match.severity,
                confidence=match.confidence,
                message=_DISGUISED if disguised else _MILD if mild else None,
                data=data,
                notes=match.notes,
            )
