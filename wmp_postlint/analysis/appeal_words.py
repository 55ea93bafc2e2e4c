"""The vocabulary of appeals, ``data/appeal/reading.toml``, as phrases to search for."""

from __future__ import annotations

import re
from functools import cache

from wmp_postlint.analysis.lexicon import load_vocabulary
from wmp_postlint.analysis.phrases import Phrases
from wmp_postlint.lazy import Record


class _Tiers(Record):
    three: tuple[str, ...] = ()
    two: tuple[str, ...] = ()
    one: tuple[str, ...] = ()


class _Patterns(Record):
    patterns: tuple[str, ...]


class _Slots(Record):
    noun: str
    culprit: str
    mod: str
    np: str
    thing: str
    own: str
    name: str
    him: str
    person: str
    police: str
    after: str


class _Evidence(Record):
    age: tuple[str, ...]
    description: tuple[str, ...]
    contact: tuple[str, ...]
    crime: tuple[str, ...]


class _Resolved(Record):
    decoys: tuple[str, ...]
    arrest: tuple[str, ...]
    three: tuple[str, ...]
    news: tuple[str, ...]
    final: tuple[str, ...]
    thanked: tuple[str, ...]
    spread: tuple[str, ...]
    sought: tuple[str, ...]
    appealed: tuple[str, ...]
    open: tuple[str, ...]


class _Naming(Record):
    patterns: tuple[str, ...]
    month: str
    stops: tuple[str, ...]


class _Vocabulary(Record):
    triggers: tuple[str, ...]
    slots: _Slots
    decoys: _Patterns
    property: _Patterns
    next_of_kin: _Patterns
    witness: _Patterns
    ask: _Tiers
    missing: _Tiers
    wanted: _Tiers
    identify: _Tiers
    evidence: _Evidence
    against: _Patterns
    resolved: _Resolved
    naming: _Naming


@cache
def _words() -> _Vocabulary:
    return load_vocabulary("appeal/reading", _Vocabulary)


@cache
def pattern(group: str, tier: str = "patterns") -> Phrases:
    """Return the phrases of one list of the vocabulary, compiled at their first use."""
    return any_pattern((group, tier))


@cache
def any_pattern(*lists: tuple[str, str]) -> Phrases:
    """Return the phrases of several lists as one."""
    words = _words()
    slots = {key: getattr(words.slots, key) for key in _Slots.__annotations__}
    return Phrases([source for group, tier in lists for source in getattr(getattr(words, group), tier)], slots)


@cache
def triggers() -> Phrases:
    """Return the words of which one stands in every appeal."""
    return Phrases(_words().triggers)


@cache
def naming() -> tuple[Phrases, ...]:
    """Return where names stand in appeals, the surest first; groups ``name`` and ``age``."""
    words = _words()
    part = r"(?-i:[A-Z][A-Za-z'-]{1,30})"
    slots = {
        "full": rf"{part}(?:\x20(?:(?:de|van|al|bin|le|la|el)\x20)?{part}){{0,3}}",
        "noun": words.slots.noun,
        "month": words.naming.month,
    }
    return tuple(Phrases((source,), slots) for source in words.naming.patterns)


@cache
def stops() -> frozenset[str]:
    """Return the words that are no part of a name, in lower case."""
    return frozenset(_words().naming.stops)


# What follows a place that is a person's name after all: "looking for Aston, who", "seen Dudley since".
_OF_A_PERSON = "who|from|is|has|was|and|or|in|at|on|aged|last|since|to|went|left|please|if"


def towns_small(text: str, places: tuple[str, ...]) -> str:
    """Write a force's places small where they stand before a thing, so that "Dudley shopkeepers" names nobody.

    Args:
        text: the text.
        places: the places of the policy pack.

    Returns:
        The text at its old length.
    """
    return _towns(places).sub(lambda match: match[0].lower(), text) if places else text


@cache
def _towns(places: tuple[str, ...]) -> re.Pattern[str]:
    named = "|".join(re.escape(place) for place in sorted(places, key=len, reverse=True) if place.isascii())
    return re.compile(rf"\b(?:{named})(?=['\u2019]s\b|\x20(?!(?:{_OF_A_PERSON})\b)[a-z])")
