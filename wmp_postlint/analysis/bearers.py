"""Whose name it is: what the words around a name say about its bearer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from wmp_postlint.analysis.lexicon import any_of, load_vocabulary, words

Bearer = Literal["officer", "private", "identified", "victim", "child"]

_AGE_AFTER = re.compile(
    r"\s{0,2}(?:,|\(|-)?\s{0,2}(?:who is |is )?(?:aged |age )?(\d{1,3})"
    r"(?!\d|[:/.]\d|-?\w|,\d| (?:[A-Z][a-z]+ ){1,3}(?:Road|Street))"
)
_AGE_BEFORE = re.compile(
    r"(?:(\d{1,3})[- ]?(?:years?[- ]old|yr[- ]old|y/?o)|\baged? (\d{1,3})),?(?: \w{1,15}){0,3},?\s*$", re.IGNORECASE
)
_YEARS_OLD = re.compile(r".{0,12}?\b(\d{1,3})[- ]?(?:years?[- ]old|yrs? old)\b", re.IGNORECASE)
_BORN = re.compile(
    r".{0,12}?(?:\(\s*|\b(?:dob|d\.o\.b\.?|born)\b.{0,8}?)\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", re.IGNORECASE
)
_STREET = re.compile(
    r".{0,24}?\b(?:of|from|at|lives? (?:in|on|at)) (?:\d{1,4}\w? )?(?:[A-Z][\w']+ ){1,3}"
    r"(?:Road|Rd|Street|St|Avenue|Ave|Lane|Close|Drive|Way|Crescent|Grove|Place|Terrace|Court|Gardens|Walk|Hill|Square"
    r"|Mews)\b"
)
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z\"'#@])|\n{1,3}")
_OPENERS = " \t\"'(#*"
_EDGE = " \t\r\n.,;:!?\"'()[]|*-&/"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of ``data/analysis/people.toml``."""

    ranks: tuple[str, ...]
    short_ranks: tuple[str, ...]
    titles: tuple[str, ...]
    not_officers: tuple[str, ...]
    not_people_after: tuple[str, ...]
    also_surnames: tuple[str, ...]
    not_people_before: tuple[str, ...]
    victim_before: tuple[str, ...]
    victim_after: tuple[str, ...]
    convicted: tuple[str, ...]
    charged: tuple[str, ...]
    makes: tuple[str, ...]
    not_people: tuple[str, ...]
    spelling: tuple[str, ...]
    verbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Patterns:
    rank_before: re.Pattern[str]
    rank_inside: re.Pattern[str]
    ranked: re.Pattern[str]
    title_inside: re.Pattern[str]
    title_before: re.Pattern[str]
    thing_after: re.Pattern[str]
    spelled: re.Pattern[str]
    verb: re.Pattern[str]
    saint: re.Pattern[str]
    thing_inside: re.Pattern[str]
    place_before: re.Pattern[str]
    thing_before: re.Pattern[str]
    victim_before: re.Pattern[str]
    victim_after: re.Pattern[str]
    convicted: re.Pattern[str]
    charged: re.Pattern[str]


@cache
def _vocabulary() -> Vocabulary:
    return load_vocabulary("analysis/people", Vocabulary)


@cache
def _not_people() -> frozenset[str]:
    return frozenset(map(str.casefold, _vocabulary().not_people))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(map(str.casefold, _vocabulary().also_surnames))


@cache
def _makes() -> frozenset[str]:
    return frozenset(map(str.casefold, _vocabulary().makes))


@cache
def _patterns() -> _Patterns:
    vocabulary = _vocabulary()
    rank = rf"(?<!\w){any_of((*vocabulary.ranks, *vocabulary.short_ranks))}"
    short = rf"(?<![\w/]){any_of(vocabulary.short_ranks)}"
    collar = r"(?:\s+#?[A-Z]{0,2}\d{2,5})?"
    title = any_of(vocabulary.titles)
    things = any_of(vocabulary.not_people_after)
    return _Patterns(
        rank_before=re.compile(rf"{rank}\.?{collar}[\s,:-]*$", re.IGNORECASE),
        rank_inside=re.compile(rf"{rank}\.?{collar}\s+", re.IGNORECASE),
        ranked=re.compile(
            rf"{short}\.?{collar}\s+(?!(?:{any_of(vocabulary.not_officers)})(?!\w))"
            r"(?P<name>(?:[A-Z]\.?\s)?[A-Z][a-z]+(?:['-][A-Z][a-z]+)?(?:\s[A-Z][a-z]+(?:['-][A-Z][a-z]+)?)?)(?!\w)"
        ),
        title_inside=re.compile(rf"{title}\.?\s+", re.IGNORECASE),
        title_before=re.compile(rf"(?<!\w){title}\.?\s+$", re.IGNORECASE),
        thing_after=re.compile(rf"\s+(?:[A-Z][\w']+\s+)?{things}(?!\w)|'?s?\s+(?i:law)\b"),
        spelled=re.compile(rf"{any_of(vocabulary.spelling)}(?:[\s-]{any_of(vocabulary.spelling)})+", re.IGNORECASE),
        verb=re.compile(rf"{any_of(vocabulary.verbs)}(?=\s(?:an?|any|all|every|my|our|their|your)\b)", re.IGNORECASE),
        saint=re.compile(r"(?:St|Saint)\.?\s", re.IGNORECASE),
        thing_inside=re.compile(rf"(?:^|.*\s){things}$"),
        place_before=re.compile(
            r"\b(?:in|at|near|around|on|to|through|outside|behind|off|by|towards?|of)\s+(?:the\s+)?$", re.IGNORECASE
        ),
        thing_before=re.compile(
            rf"(?<!\w){any_of(vocabulary.not_people_before)}\s+(?:[A-Z]\w+\s+)?$|(?<!\w)St\.?\s*$", re.IGNORECASE
        ),
        victim_before=re.compile(rf"(?<!\w){any_of(vocabulary.victim_before)}[\s,:-]*$", re.IGNORECASE),
        victim_after=re.compile(rf"[\s,]+(?:who\s+)?{any_of(vocabulary.victim_after)}(?!\w)", re.IGNORECASE),
        convicted=words(vocabulary.convicted),
        charged=words(vocabulary.charged),
    )


def ranked(text: str) -> Iterator[tuple[int, int]]:
    """Find the names that stand right after a rank, which a surname that is also a word hides from the model."""
    for match in _patterns().ranked.finditer(text):
        yield match.span("name")


def trimmed(text: str, start: int, end: int) -> tuple[int, int, bool]:
    """Cut ranks, titles, possessives and punctuation off a name; tell whether a rank stands before it."""
    patterns = _patterns()
    while start < end and text[start] in _EDGE:
        start += 1
    officer = False
    for pattern, rank in ((patterns.rank_inside, True), (patterns.title_inside, False)):
        if inside := pattern.match(text, start, end):
            start, officer = inside.end(), officer or rank
    if text[start:end].casefold().endswith("'s"):
        end -= 2
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end, officer or bool(patterns.rank_before.search(text[max(0, start - 40) : start]))


def titled(text: str, start: int) -> bool:
    """Tell whether a title such as Mrs stands before a name."""
    return _patterns().title_before.search(text[max(0, start - 16) : start]) is not None


def is_thing(text: str, start: int, end: int, first_name: bool) -> bool:
    """Tell whether a name, or the words around it, make it that of a street, a school, a dog, a storm, a car."""
    patterns = _patterns()
    name = text[start:end].casefold()
    if name in _not_people() or (" " in name and name.split()[0] in _makes()):
        return True
    # "sam dot carter" is the start of an e-mail address that is read out, and has its own finding.
    if " dot " in name or patterns.saint.match(name) or patterns.spelled.fullmatch(name):
        return True
    verb = patterns.verb.match(text, start)
    opens = not text[max(0, start - 9) : start].rstrip(_OPENERS)[-1:].isalnum()
    if verb and verb.end() == end and (opens or text[start].islower()):
        return True
    if patterns.thing_inside.match(text[start:end]):
        # Emma Hill is a person, Victoria Park is where something happened.
        surname = first_name and name.split()[-1] in _surnames()
        return not surname or patterns.place_before.search(text[max(0, start - 16) : start]) is not None
    return bool(patterns.thing_after.match(text, end) or patterns.thing_before.search(text[max(0, start - 30) : start]))


def bearer(text: str, start: int, end: int) -> tuple[Bearer, bool]:
    """Return whose name it is, no officer's, and whether the text around reports a conviction or an adult's charge."""
    patterns = _patterns()
    before, after = text[max(0, start - 60) : start], text[end : end + 120]
    age = _age(before, after)
    if age is not None and age < 18:
        return "child", False
    sentence = _sentences(text, start, end)
    public = bool(patterns.convicted.search(sentence) or patterns.charged.search(sentence))
    if patterns.victim_before.search(before) or patterns.victim_after.match(after):
        return "victim", public
    if age is not None or _BORN.match(after) or _STREET.match(after):
        return "identified", public
    return "private", public


def _age(before: str, after: str) -> int | None:
    for found in (_AGE_AFTER.match(after), _AGE_BEFORE.search(before), _YEARS_OLD.match(after)):
        if found:
            age = int(next(group for group in found.groups() if group))
            if 0 < age < 111:
                return age
    return None


def _sentences(text: str, start: int, end: int) -> str:
    """The sentence around a name, and the next, where a verdict often stands."""
    first = 0
    for match in _SENTENCE_END.finditer(text, max(0, start - 400), start):
        first = match.end()
    ends = [match.start() for match in _SENTENCE_END.finditer(text, end, end + 400)]
    return text[first : ends[1] if len(ends) > 1 else end + 400]
