"""Health, religion, sexuality and other special-category data about one person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.appeal import open_appeals
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary, words
from wmp_postlint.analysis.names import names
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.lazy import Record
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
_ADVERBS = (
    r"(?:(?:also|already|apparently|both|currently|reportedly|actually|openly|really|very|quite|now|still|severely|secretly"
    r"|mildly|clearly|obviously|probably|(?:thought|believed|understood|said|known|reported)\sto\sbe|an?\s(?:diagnosed|known|registered"
    r"|suspected|long-term|practising|devout)|\d{1,2}|three|four|five|six|seven|eight)\s){0,2}"
)
_BE = (
    r"(?:is|was|'s|being|are|were|has\sbeen|had\sbeen|have\sbeen|'s\sbeen|became|(?:may|might|could|must|will)\sbe"
    r"|turn(?:s|ed)\sout\sto\sbe|later\sfound\sto\sbe)"
)
_HAVE = (
    r"(?:has|had|have|having|'s\sgot|(?:has|had)\sgot|with|(?:has|had)\sa\shistory\sof|(?:(?:has|had|have|'s)\sbeen\s|is\s|was\s|'s\s)?(?:"
    r"suffer(?:s|ed|ing)?(?:\sbadly)?\s(?:from|with)|liv(?:es|ed|ing)\swith|diagnosed\s(?:with|as(?:\shaving)?)|battl(?:es|ed|ing)(?:\swith)?"
    r"|fighting|fought|treated\sfor|(?:receiving|having|undergoing)\streatment\sfor|on\smedication\sfor|recovering\sfrom"
    r"|struggl(?:es|ed|ing)\swith|experienc(?:es|ed|ing))|takes\s(?:medication|tablets|pills)\sfor"
    r"|(?:(?:is|was|has\sgone|went|has\sbeen)\s)?(?:signed\s)?off\s(?:work\s|sick\s|on\s(?:long-term\s)?sick\s)?with)"
)
_DEGREE = (
    r"(?:(?:a|an|his|her|both|no|severe|serious|mild|chronic|advanced|early|early-onset|vascular"
    r"|terminal|complex|significant|known|some|various|long-term|undiagnosed|crippling)\s){0,3}"
)
_ENDS = (
    r"(?=\s*(?:[.,;:!?)\"\n…]|$|\s-|(?:and|but|or|so|who|which|from|in|at|with|since|because|when"
    r"|while|as|after|before|for|by|now|too)\b))"
)
_NEVER_AFTER = lazy.regex(
    r"\s(?:awareness|day|week|month|hate|charity|appeal\sfund|campaign|support\sgroup|friendly|research|uk\b|action|matters"
    r"|at\sease|of\s(?:genius|luck|inspiration)|package)",
    re.IGNORECASE,
)
_WORD = lazy.regex(r"[^\W\d_]+")
_NOT = lazy.regex(r"\b(?:not|n't|no longer|never)\s\Z", re.IGNORECASE)
# Between a person and what is said of them: an age, a place, a relative clause.
_ASIDE = lazy.regex(
    r"(?:\s|,|-|\(|\)|who|whom|aged|age|\d{1,3}|years?|old|yr|from(?:\s[a-z]{3,12})?|of|in|at|the|also|both|still|area|and|PC|[A-Z][\w'-]*|whose\sfamily\ssay\s(?:he|she)|that|there|here|we\sarrested|yesterday|today|tonight)*",
)
_PRONOUN = lazy.regex(
    r"(?<!\w)(?:he|she)(?:\s(?:also|still|just|now|sadly|then|both|apparently|currently|reportedly|recently|previously))?\s?\Z",
    re.IGNORECASE,
)


class _Words(Record):
    before_people: tuple[str, ...]
    kinds_before_people: Mapping[str, str]
    people: tuple[str, ...]
    telling: tuple[str, ...]
    several: tuple[str, ...]
    titles: tuple[str, ...]
    anybody: tuple[str, ...]
    anybody_else: tuple[str, ...]
    descriptions: tuple[str, ...]
    not_people: tuple[str, ...]


class _Vocabulary(Record):
    states: Mapping[str, tuple[str, ...]]
    loose: Mapping[str, tuple[str, ...]]
    conditions: Mapping[str, tuple[str, ...]]
    events: Mapping[str, tuple[str, ...]]
    words: _Words


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
        if surface.kind == "place" or not _may_say(text) or _patterns().not_people.search(text):
            return
        said = sorted(_said(text), key=lambda match: (match.start("fact"), -match.end()))
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
                message=f"This tells a protected fact ({_KINDS[_kind(match)]}) about one person.",
                scope="appeal" if sought else None,
                data={"kind": _kind(match)},
            )


def _may_say(text: str) -> bool:
    """Whether all words of a term stand in a text, in any order: a test that rules most posts out."""
    terms, present = _terms(), frozenset(_WORD.findall(text.lower()))
    return any(term <= present for word in terms.keys() & present for term in terms[word])


def _said(text: str) -> Iterator[re.Match[str]]:
    """Yield what is said of anybody."""
    known = _patterns()
    for pattern in (known.predicate, known.owned, known.described, known.listed):
        for match in pattern.finditer(text):
            start = match.start("fact")
            if not _NEVER_AFTER.match(text, match.end()) and not _NOT.search(text, max(0, start - 12), start):
                yield match


def _kind(match: re.Match[str]) -> str:
    term = next(
        term
        for term in (match.groupdict().get(group) for group in ("state", "loose", "condition", "event", "noun"))
        if term
    )
    return _patterns().kinds[_key(term)]


def _key(term: str) -> str:
    """A term as the vocabulary is looked up by: without its article, its hyphens undone."""
    return re.sub(r"^(?:an?|no)\s", "", re.sub(r"[\s-]+", " ", term.casefold()))


def _is_about_somebody(match: re.Match[str], surface: Surface, document: Document, sought: bool) -> bool:
    """Whether the words before a statement point at one person."""
    text, known = surface.text, _patterns()
    start, end = match.span("fact")
    offset = max(0, start - 250)
    offset = max((cut.end() for cut in _SENTENCE.finditer(text, offset, start)), default=offset)
    before, after = text[offset:start], _SENTENCE.split(text[end : end + 80])[0]
    if (known.anybody_else if sought else known.anybody).search(before[-90:]) or text[end : end + 1] == "?":
        return False
    if _kind(match) == "ethnicity" and known.descriptions.search(before + after):
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


class _Patterns(Record):
    predicate: re.Pattern[str]
    owned: re.Pattern[str]
    described: re.Pattern[str]
    listed: re.Pattern[str]
    somebody: re.Pattern[str]
    somebody_aside: re.Pattern[str]
    anybody: re.Pattern[str]
    anybody_else: re.Pattern[str]
    descriptions: re.Pattern[str]
    not_people: re.Pattern[str]
    kinds: Mapping[str, str]


@cache
def _vocabulary() -> _Vocabulary:
    return load_vocabulary("personal_data/special_category", _Vocabulary)


@cache
def _terms() -> Mapping[str, Sequence[frozenset[str]]]:
    """The words of every term, by its longest word."""
    known, found = _vocabulary(), defaultdict[str, list[frozenset[str]]](list)
    tables = (known.states, known.loose, known.conditions, known.events)
    for term in (*(term for table in tables for terms in table.values() for term in terms), *known.words.before_people):
        parts = _WORD.findall(_key(term))
        found[max(parts, key=len)].append(frozenset(parts))
    return dict(found)


@cache
def _patterns() -> _Patterns:
    known = _vocabulary()
    tables = (known.states, known.loose, known.conditions, known.events)
    kinds = {_key(term): kind for table in tables for kind, terms in table.items() for term in terms}
    for term in known.words.before_people:
        kinds.setdefault(_key(term), known.words.kinds_before_people.get(term, "health"))
    states, loose, conditions, events = (
        any_of(
            {
                re.sub(r"^(?:an?|no)\s", "", term) if table is known.conditions else term
                for terms in table.values()
                for term in terms
            }
        )
        for table in tables
    )
    adjectives, people, several = (
        any_of(terms) for terms in (known.words.before_people, known.words.people, known.words.several)
    )
    nouns = any_of(
        term
        for table in (known.states, known.loose)
        for terms in table.values()
        for term in terms
        if term[:2] in ("a ", "an")
    )
    ranks, telling = any_of(known.words.titles), any_of(known.words.telling)
    pointing = (
        rf"(?<!\w)(?:(?:the|this|that|our|my|his|her|their)\s(?:[\w'-]{{1,20}}\s){{0,3}}?(?:\d{{1,2}}[\s-])?{people}"
        rf"|(?:the|our|both|these|his|her|my)\s(?:[\w'-]{{1,20}}\s){{0,2}}?{several}"
        rf"|(?:(?:poor|detained|arrested|missing|wanted)\s|\A\W{{0,3}}){people}"
        # A rank or a title with a name, and a name with an age, need no model to be somebody.
        rf"|(?-i:{ranks}\.?(?:\s\d{{3,5}})?(?:\s[A-Z][\w'-]+){{1,3}}|[A-Z][\w'-]+(?:\s[A-Z][\w'-]+){{0,2}},?\s\(?(?:aged\s)?\d\d\)?,?))"
        r"(?<!\s)(?!\w)(?:\s(?-i:[A-Z][\w'-]+)){0,2}"
    )
    aside = (
        r"(?:\s(?:from|of|in|at|who|that|we|they|you|arrested|charged|wanted|responsible|behind|involved)\b[^.!?,\n]{1,45}(?:,\swho|,)?"
        r"|,[^.!?\n]{1,50},(?:\swho)?|\s\([^)\n]{1,30}\),?)"
    )
    flags = re.IGNORECASE
    return _Patterns(
        predicate=lazy.regex(
            rf"(?:(?<!\w)|(?='))(?P<fact>{_BE}\s{_ADVERBS}(?:(?P<state>{states})(?!\w)|(?P<loose>{loose})(?!\w){_ENDS})"
            rf"|{_HAVE}\s{_DEGREE}(?P<condition>{conditions})(?!\w)|(?P<event>{events})(?!\w)"
            rf"|(?<=,\s)(?P<noun>{nouns})(?!\w)(?=\s?[,.)]|\s(?:from|of|in|who)\b))",
            flags,
        ),
        owned=lazy.regex(
            rf"(?<!\w)(?P<fact>(?P<owner>his|her|your|[^\W\d_][\w-]{{1,24}}'s|(?:the|my|our)\s{people}'s)\s{_DEGREE}(?P<condition>{conditions}))(?!\w)",
            flags,
        ),
        described=lazy.regex(
            rf"(?<!\w)(?P<article>the|this|that|our|my|his|her|their|an?)\s(?:[\w'-]{{1,20}}\s){{0,2}}?"
            rf"(?P<fact>(?P<state>{adjectives})\s(?:[\w-]{{1,15}}\s)?{people}|(?P<noun>{telling}))(?!\w|'s\s(?:bay|space|badge|toilet))",
            flags,
        ),
        # As appeals write: "Kieran, 14. Autistic, no phone."
        listed=lazy.regex(rf"(?:(?<=[.,;\n]\s)|(?<=\n))(?P<fact>(?P<state>{adjectives}))(?=\s?[.,;\n])", flags),
        somebody=lazy.regex(rf"{pointing}(?:,?\s(?:who|also|still|sadly))*\s?\Z", flags),
        somebody_aside=lazy.regex(rf"{pointing}{aside}\s?\Z", flags),
        anybody=words(known.words.anybody),
        anybody_else=words(known.words.anybody_else),
        descriptions=words(known.words.descriptions),
        not_people=words(known.words.not_people),
        kinds=kinds,
    )
