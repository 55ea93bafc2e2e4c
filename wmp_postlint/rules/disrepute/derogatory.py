"""Words that run people down: suspects, the public, colleagues, partners, the force."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.terms import matches
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

_MESSAGES = {
    "suspects": "This runs down a suspect or an offender.",
    "custody": "This is slang for custody or prison and can read as gloating.",
    "the public": "This runs down members of the public.",
    "colleagues, partners and the force": "This runs down colleagues, a partner or the force.",
    "plain abuse": "This abuses somebody.",
    "political or social label": "This is a mocking label for people of a class or an opinion.",
}


class Derogatory(TextRule):
    """Flags words that run people down.

    Police speak to everyone and about everyone, guilty or not; name-calling costs trust and can harm a trial. Instead,
    say what was done, not what somebody is. Strong name-calling of suspects is an error; what is aimed at the public or
    at colleagues is a warning, and an error when it is said to the reader; words that courts and victims use too, and
    slang for custody, are advice. Quoted or reported words weigh one step less. Limits: irony and a sneer in neutral
    words are out of its reach.
    """

    name = "disrepute/derogatory"
    clauses = ("4.6", "6.5")
    severity = Severity.ERROR
    message = "This runs somebody down."
    advice = "Say what was done, not what you think of the person."
    examples = (
        Flag("Two «scumbags» locked up for burglary.", severity=Severity.ERROR),
        Flag("Another «scrote» off the streets.", severity=Severity.ERROR),
        Flag("Some «idiots» still drive on their phones.", severity=Severity.WARNING),
        Flag("Slow down, you «idiots»!", severity=Severity.ERROR),
        Flag("The judge called him a «scumbag».", severity=Severity.WARNING),
        Flag("Our bosses are a «clown show».", severity=Severity.WARNING),
        Flag("Another «plod» in the office, pen in hand.", severity=Severity.WARNING),
        Flag("He is «banged up» for five years.", severity=Severity.INFO),
        Flag("«C0vidiots» in the park again.", severity=Severity.WARNING),
        Flag("A «callous» thief stole from a widow of 91.", severity=Severity.INFO),
        Pass("Two men have been charged with burglary and remanded."),
        Pass("Karen Smith joins us as inspector; Muppet Show tickets stolen."),
        Pass("PD Boomer sniffed out the suspect in Crook, County Durham."),
        Pass("Aston Villa are at home: plan your journey."),
        Pass("Guinea pigs rescued from a barn; vermin control called."),
        Pass("The criminals targeted sheds and stole a tool box."),
        Pass("Gammon joint and Christmas hampers donated to the food bank."),
        Pass("In the nick of time: officers pulled him from the canal."),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for match in document.read(matches, surface, "disrepute", "derogatory"):
            category = match.term.group.category if match.term else ""
            yield self.finding(
                surface,
                surface.span(match.start, match.end),
                severity=match.severity,
                confidence=match.confidence,
                message=_MESSAGES.get(category),
                data={"category": category},
                notes=match.notes,
            )
