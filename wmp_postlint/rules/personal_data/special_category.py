"""Health, religion, sexuality and other special-category data about one person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.appeal import open_appeals
from wmp_postlint.analysis.names import names
from wmp_postlint.analysis.protected_facts import kind_of_fact, may_say, patterns, statements
from wmp_postlint.analysis.tokens import words_in
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.post import Account
from wmp_postlint.rule import Flag, Pass, TextRule

_KINDS = {
    "health": "health",
    "mental-health": "mental health",
    "disability": "disability",
    "pregnancy": "pregnancy",
    "hiv": "HIV status",
    "immigration": "immigration status",
    "ethnicity": "ethnic origin",
    "sexuality": "sexuality",
    "gender": "gender history",
    "religion": "religion",
    "union": "trade union membership",
}
_SENTENCE = lazy.regex(r"[.!?](?=\s)|\n")
# Between a person and what is said of them: an age, a place, a relative clause.
_ASIDE = lazy.regex(
    r"(?:\s|,|-|\(|\)|who|whom|aged|age|\d{1,3}|years?|old|yr|from(?:\s[a-z]{3,12})?|of|in|at|the|also|both|still|area|and|PC|[A-Z][\w'-]*|whose\sfamily\ssay\s(?:he|she)|that|there|here|we\sarrested|yesterday|today|tonight)*",
)
_PRONOUN = lazy.regex(
    r"(?<!\w)(?:he|she)(?:\s(?:also|still|just|now|sadly|then|both|apparently|currently|reportedly|recently|previously))?\s?\Z",
    re.IGNORECASE,
)


class SpecialCategory(TextRule):
    """Flags what a post says about one person's health, religion, sexuality or the like.

    The law protects such facts more than others: health and disability, pregnancy, HIV, ethnic origin, immigration
    status, sexuality, gender history, religion and trade union membership. Published with somebody who can be known,
    they expose that person to hate or shame. Instead, leave the fact out, or say only what the public needs ("in need
    of medical care"). A person is one with a name, "he" or "she", or one that the words point at ("the victim", "our
    officer", "my mum"). Of the person whom an appeal seeks, the finding belongs to the appeal. Limits: what a campaign
    says about groups, offences such as racially aggravated assault, injuries from an incident, and the look of a
    suspect ("white, 6ft") are left alone; so is what authors say about themselves, and a person whom nothing points at
    ("a man").
    """

    name = "personal-data/special-category"
    clauses = ("4.13", "5.3")
    severity = Severity.WARNING
    message = "This tells a protected fact about one person."
    advice = "Leave it out. If the public must know it, first ask the person or {press_office}."
    examples = (
        Flag("The victim «is diabetic» and is back home."),
        Flag("This man «is an asylum seeker», and we have him in custody."),
        Flag("She «has schizophrenia» and was known to us."),
        Flag("We arrested Sarah Johnson, 34, who «suffers from bipolar disorder»."),
        Flag("Our officer «was diagnosed with PTSD» after that job."),
        Flag("The «pregnant victim» was pushed to the floor."),
        Flag("He was attacked because he «is gay»."),
        Flag("The burglar «overstayed his visa»."),
        Flag("Thoughts with her family; «her depression» was known to many."),
        Flag("The suspect «is a practising Muslim» from Aston."),
        Flag("#MISSING | Have you seen John, 78, from Tipton? He «has dementia». Call 999."),
        Pass("Today is World Mental Health Day. If you are struggling with your mental health, talk to somebody."),
        Pass("We support our LGBT+ colleagues. Happy Black History Month!"),
        Pass("Thank you to the Muslim community for the invitation to Iftar."),
        Pass("A hate crime is one driven by religion, disability, race or sexuality."),
        Pass("He was charged with a racially aggravated public order offence."),
        Pass("The suspect is described as white, 6ft, slim, with short hair."),
        Pass("If someone you know has dementia, fill in the Herbert Protocol."),
        Pass("PD Rex is blind in one eye, but he is a happy dog."),
        Pass("The victim has serious injuries and is in hospital."),
        Pass("She was blind drunk at the wheel, and he was deaf to all advice."),
        Pass("Disabled parking bays are not for you. Lives with dementia matter."),
        Pass("I am autistic, and I love this job.", post={"account": Account("PCSmithWMP", kind="officer")}),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = surface.text
        if (
            surface.kind == "place"
            or not may_say(document.read(words_in, surface))
            or patterns().not_people.search(text)
        ):
            return
        said = sorted(statements(text), key=lambda match: (match.start("fact"), -match.end()))
        sought = bool(said) and any(appeal.surface.field == surface.field for appeal in document.read(open_appeals))
        end = 0
        for match in said:
            start = match.start("fact")
            if start < end or not _is_about_somebody(match, surface, document, sought):
                continue
            end = match.end("fact")
            yield self.finding(
                surface,
                surface.span(start, end),
                confidence=Confidence.MEDIUM,
                message=f"This tells a protected fact ({_KINDS[kind_of_fact(match)]}) about one person.",
                scope="appeal" if sought else None,
                data={"kind": kind_of_fact(match)},
            )


def _is_about_somebody(match: re.Match[str], surface: Surface, document: Document, sought: bool) -> bool:
    """Whether the words before a statement point at one person."""
    text, known = surface.text, patterns()
    start, end = match.span("fact")
    offset = max(0, start - 250)
    offset = max((cut.end() for cut in _SENTENCE.finditer(text, offset, start)), default=offset)
    before, after = text[offset:start], _SENTENCE.split(text[end : end + 80])[0]
    if (known.anybody_else if sought else known.anybody).search(before[-90:]) or text[end : end + 1] == "?":
        return False
    if kind_of_fact(match) == "ethnicity" and known.descriptions.search(before + after):
        return False
    if match.re == known.described and match["article"].casefold() in ("a", "an"):
        # "A Jewish man, Adam Cohen, ..."
        return any(0 <= name.start - end <= 2 for name in document.read(names, surface))
    if match.re == known.described or sought:
        return True
    if match.re == known.listed:
        return False
    if match.re == known.owned:
        return _is_owner(match, document, surface)
    # "The officer who found a man with dementia" says nothing about the officer, "Child with autism?" about nobody.
    direct = match.group().casefold().startswith("with")
    if direct and " " not in before.strip():
        return False
    before = before.rstrip(", ") + " " if match["noun"] else before
    if _PRONOUN.search(before) or known.somebody.search(before):
        return True
    return (not direct and known.somebody_aside.search(before) is not None) or _is_named(
        offset, start, surface, document
    )


def _is_owner(match: re.Match[str], document: Document, surface: Surface) -> bool:
    """Whether "his", "the victim's" or "Sam's" is one person; "your" is one in an answer to somebody."""
    owner = match["owner"].casefold()
    if owner == "your":
        return document.post.kind in ("reply", "direct_message")
    if owner in ("his", "her") or owner.startswith(("the ", "my ", "our ")):
        return True
    return any(name.end == match.end("owner") - 2 for name in document.read(names, surface))


def _is_named(offset: int, start: int, surface: Surface, document: Document) -> bool:
    """Whether a person's name stands before a statement, with an age, a place or "who" between at most."""
    text = surface.text
    capital = [found.end() for found in re.finditer(r"(?<!\w)[A-Z][\w'-]+", text[offset:start])]
    if not capital or not _ASIDE.fullmatch(text, offset + capital[-1], start):
        return False
    return any(
        offset <= name.start and name.end <= start and _ASIDE.fullmatch(text, name.end, start)
        for name in document.read(names, surface)
    )
