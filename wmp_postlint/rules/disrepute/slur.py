"""Slurs against a protected characteristic, however they are written."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.terms import matches
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule


class Slur(TextRule):
    """Flags words of abuse about race, religion, sexual orientation, gender, disability or age.

    Such a word hurts the people it names whoever writes it, and brings the force into disrepute. Instead, name the
    group in the words it uses for itself, and only where it matters to the story. Words quoted, reported or condemned
    are warnings, since repeating a slur is still a decision for a person. Neutral names of groups are never flagged.
    Limits: hate without a slur is out of a word list's reach; a word that mostly means something else ("spade", "nip")
    is found only when it is thrown at somebody.
    """

    name = "disrepute/slur"
    clauses = ("4.6", "6.5")
    severity = Severity.ERROR
    message = "This is an offensive word about a group of people."
    advice = "Take it out. Name the group respectfully, or describe the abuse without repeating the word."
    examples = (
        Flag("Moved on some «pikeys» from the lay-by this morning.", severity=Severity.ERROR),
        Flag("That driver must be a «retard».", severity=Severity.ERROR),
        Flag(
            "He called the officer a «paki» and was arrested. Racist abuse will not be tolerated.",
            severity=Severity.WARNING,
        ),
        Flag('No place for words like "«faggot»" at our football grounds.', severity=Severity.WARNING),
        Flag("Bunch of «sp4stics» parking on the pavement.", severity=Severity.ERROR),
        Flag("Get out you «dirty gypsy»."),
        Flag("Some «n*gger» on the bus.", severity=Severity.ERROR),
        Flag("A «coloured man» was seen nearby.", severity=Severity.WARNING),
        Flag("Typical «s l u t», out every night.", severity=Severity.ERROR),
        Pass("Our Gypsy Roma Traveller liaison officer is at the site today."),
        Pass("Thank you to the gay, lesbian, trans, Muslim, Jewish and Black officers who spoke tonight."),
        Pass("The Pakistani community and our queer community staff network met at Dyke Road."),
        Pass("Fire-retardant kit, garden spade stolen, early morning nip in the air."),
        Pass("Faggots and peas at the Black Country Museum."),
        Pass("PC Cooney adopted a Maine Coon; Christmas crackers donated."),
        Pass("Paddy Murphy, 43, found safe; St Paddy's Day events as planned."),
        Pass("A chink in the fence let the burglar in."),
        Pass("His spastic diplegia does not stop him, say his friends."),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for match in document.read(matches, surface, "disrepute", "slur"):
            category = match.term.group.category if match.term else "general"
            yield self.finding(
                surface,
                surface.span(match.start, match.end),
                severity=match.severity,
                confidence=match.confidence,
                message=f"This is an offensive word about {category}.",
                data={"category": category},
                notes=match.notes,
            )
