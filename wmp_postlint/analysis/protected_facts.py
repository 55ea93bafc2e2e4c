"""Statements of protected facts: what a text says of somebody's health, religion, sexuality or the like.

The grammar is small: a verb of being with a state ("is diabetic"), a verb of having with a condition ("suffers from
bipolar disorder"), an event ("was sectioned"), somebody's own condition ("her depression"), and an adjective before a
person ("the autistic boy"). Of whom it is said is not asked here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary, words
from wmp_postlint.lazy import Record

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


def may_say(present: frozenset[str]) -> bool:
    """Whether all words of a term stand in a text, in any order: a test that rules most posts out."""
    terms = _terms()
    return any(term <= present for word in _term_words() & present for term in terms[word])


def statements(text: str) -> Iterator[re.Match[str]]:
    """Yield what a text says of anybody; the group ``fact`` of each match is the statement."""
    known = patterns()
    for pattern in (known.predicate, known.owned, known.described, known.listed):
        for match in pattern.finditer(text):
            start = match.start("fact")
            if not _NEVER_AFTER.match(text, match.end()) and not _NOT.search(text, max(0, start - 12), start):
                yield match


def kind_of_fact(match: re.Match[str]) -> str:
    """Return what kind of fact a statement tells: ``health``, ``religion`` and so on."""
    term = next(
        term
        for term in (match.groupdict().get(group) for group in ("state", "loose", "condition", "event", "noun"))
        if term
    )
    return patterns().kinds[_key(term)]


def _key(term: str) -> str:
    """A term as the vocabulary is looked up by: without its article, its hyphens undone."""
    return re.sub(r"^(?:an?|no)\s", "", re.sub(r"[\s-]+", " ", term.casefold()))


class Patterns(Record):
    """How statements are made, and the words around them that point at somebody, at anybody, or at no person."""

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
    return load_vocabulary("analysis/protected_facts", _Vocabulary)


@cache
def _term_words() -> frozenset[str]:
    return frozenset(_terms())


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
def patterns() -> Patterns:
    """Return the patterns of statements, made once."""
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
    return Patterns(
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
