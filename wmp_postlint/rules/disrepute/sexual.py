"""Sexual slang and innuendo."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.terms import matches
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule


class Sexual(TextRule):
    """Flags sexual slang and innuendo.

    Sexual jokes and remarks about looks demean people, and a police account that makes them is read as a force that
    does. Instead, leave them out. Slang for acts and body parts is an error, innuendo a warning; quoted or reported
    words weigh one step less. The names of offences and the plain words of health and relationship advice are never
    flagged. Limits: double meanings in plain words are out of its reach.
    """

    name = "disrepute/sexual"
    clauses = ("4.6", "6.5")
    severity = Severity.ERROR
    message = "This is sexual slang or innuendo."
    advice = "Take it out."
    examples = (
        Flag("Found a «dildo» in lost property, who is it for?", severity=Severity.ERROR),
        Flag("Plenty of «fit birds» out in town tonight.", severity=Severity.WARNING),
        Flag("A «bl0wjob» in a lay-by, really?", severity=Severity.ERROR),
        Flag("«Phwoar», look at the new custody sergeant.", severity=Severity.WARNING),
        Flag("Two «hotties» on the front desk today.", severity=Severity.WARNING),
        Pass("A man has been charged with sexual assault and indecent exposure."),
        Pass("Sex education session on consent at the sixth form."),
        Pass("Sharing revenge porn is an offence: tell us."),
        Pass("Kinky Boots opens at the theatre; expect queues."),
        Pass("Willy Wonka came to the children's ward."),
        Pass("PC Willy Thomson retires after 30 years."),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for match in document.read(matches, surface, "disrepute", "sexual"):
            yield self.finding(
                surface,
                surface.span(match.start, match.end),
                severity=match.severity,
                confidence=match.confidence,
                notes=match.notes,
            )
