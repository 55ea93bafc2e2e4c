"""People's names in a post."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.appeal import open_appeals
from wmp_postlint.analysis.bearers import Bearer
from wmp_postlint.analysis.names import Name, names
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity, Span
from wmp_postlint.post import Account
from wmp_postlint.rule import Flag, Pass, TextRule

_GRADES: dict[Bearer, tuple[Severity, str, str]] = {
    "officer": (
        Severity.INFO,
        "This names an officer or a member of staff.",
        "Check that they agreed to be named, and that naming them puts nobody at risk.",
    ),
    "public": (
        Severity.INFO,
        "This names a public figure.",
        "Check that naming them serves a policing purpose and is fair to them.",
    ),
    "private": (
        Severity.WARNING,
        "This is the name of a private person.",
        "Take the name out, or have a reason in law and the person's agreement before you post it.",
    ),
    "identified": (
        Severity.ERROR,
        "This names a person together with an age, a date of birth or a street.",
        "Take the name or the details out. Only {press_office} names people with their details.",
    ),
    "victim": (
        Severity.ERROR,
        "This names somebody as a victim or a witness.",
        "Take the name out. Victims and witnesses are named by {press_office} only, if at all.",
    ),
    "child": (
        Severity.ERROR,
        "This names a person under 18.",
        "Take the name out. A child is named only with {press_office} and the family.",
    ),
}


class PersonName(TextRule):
    """Flags the names of people, graded by who is named.

    Publishing a name is disclosure of personal data. A private person's name is a warning; with an age, a date of
    birth or a street, of a victim or witness, or of a child, an error; an officer's, a colleague's or a public
    figure's, advice. Instead, write "a man", "a 34-year-old woman from Walsall". Public figures that the pack
    lists, and police dogs, pass. From the corporate account the name of a convicted or charged adult is advice, and
    the name that an approved appeal seeks is covered by its approval. Limits: a statistical model finds the names,
    so it misses some in lower case and takes a few other names (bands, brands) for people's; one word alone that is
    no known first name is advice.
    """

    name = "personal-data/person-name"
    clauses = ("4.13", "5.3")
    severity = Severity.WARNING
    message = "This is the name of a private person."
    advice = "Take the name out, or have a reason in law and the person's agreement before you post it."
    examples = (
        Flag("We spoke to «Sarah Johnson» about the parking outside her home."),
        Flag("Great work by PC 20123 «David Harris» on his last shift.", severity=Severity.INFO),
        Flag("The driver, «Michael Thompson», 42, was stopped on the A45.", severity=Severity.ERROR),
        Flag("The victim, «Robert Williams», is still in hospital.", severity=Severity.ERROR),
        Flag("«James Wilson», aged 15, was found with a knife in his bag.", severity=Severity.ERROR),
        Flag(
            "«Michael Thompson», 42, was jailed for six years today.",
            severity=Severity.INFO,
            post={"account": Account("WMPolice")},
        ),
        Flag("«Victor Nowak» and «Mark Underhill» spoke to us."),
        Flag("Home Secretary «Yvette Cooper» met our recruits.", severity=Severity.INFO),
        Pass("Road closed on the A38, please find another way."),
        Pass("Come and meet your neighbourhood team in Kings Heath on Saturday."),
        Pass("PD Rex found the knife in Victoria Park."),
        Pass("A 34-year-old man from Walsall has been charged with burglary."),
        Pass("Officers were on Martin Luther King Avenue and at Queen Elizabeth Hospital."),
        Pass("Clare's Law and Sarah's Law: know your right to ask."),
        Pass("Mark your property before you rob any thief of the chance."),
        Pass("Mike Lima 21 to control: all quiet on St George's Day."),
        Pass("Operation Hercules returns to Birmingham this weekend."),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        if surface.kind == "place":
            return
        for name in document.read(names, surface):
            severity, message, advice = _GRADES[name.bearer]
            notes = []
            if name.bearer == "private" and not name.sure:
                severity = Severity.INFO
                notes.append("Lowered: one word alone, and no first name we know.")
            if document.account_kind == "corporate" and name.public_case and severity > Severity.INFO:
                severity = Severity.INFO
                notes.append("Lowered: the corporate account may name adults who are charged or convicted.")
            span = surface.span(name.start, name.end)
            yield self.finding(
                surface,
                span,
                severity=severity,
                confidence=_confidence(name),
                message=message,
                advice=advice,
                scope="appeal" if _is_sought(span, surface, document) else None,
                notes=notes,
            )


def _is_sought(span: Span, surface: Surface, document: Document) -> bool:
    """Whether the name is that of the person whom an appeal of the post asks for."""
    return any(
        mention.start < span.end and span.start < mention.end
        for appeal in document.read(open_appeals)
        if appeal.surface.field == surface.field
        for mention in appeal.mentions
    )


def _confidence(name: Name) -> Confidence:
    if name.bearer == "officer":
        return Confidence.HIGH
    return Confidence.MEDIUM if name.sure else Confidence.LOW
