"""The people a text names: where, and who they are to the post.

A name model reads only texts that can hold a name, since loading and running it is the dearest thing the linter does.
What the words around a name say decides whether it is an officer's, a private person's, a victim's or a child's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from wmp_postlint import resource
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary, words
from wmp_postlint.analysis.name_model import load_model
from wmp_postlint.analysis.tokens import tokens
from wmp_postlint.document import Document, Surface

Bearer = Literal["officer", "private", "identified", "victim", "child"]

_CAPITALISED = re.compile(r"(?<![^\W\d_])[A-Z][^\W\d_]+(?:['-][^\W\d_]+)*")
_HASHTAG_PART = re.compile(r"[A-Z][a-z]{2,}")
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
_EDGE = " \t\r\n.,;:!?\"'()[]|*-&/"
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z\"'#@])|\n{1,3}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of ``data/analysis/people.toml``."""

    ranks: tuple[str, ...]
    titles: tuple[str, ...]
    not_people_after: tuple[str, ...]
    not_people_before: tuple[str, ...]
    victim_before: tuple[str, ...]
    victim_after: tuple[str, ...]
    convicted: tuple[str, ...]
    charged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name: its place in the folded text, the words, and whose it is.

    ``public_case`` says that the sentence reports a conviction or, of an adult, a charge.
    """

    start: int
    end: int
    text: str
    bearer: Bearer
    public_case: bool = False


def names(document: Document, surface: Surface) -> tuple[Name, ...]:
    """Return the people that one text names, public figures and animals of the pack left out.

    Raises:
        NotLooked: if the text can hold a name and the name model cannot be loaded.
    """
    text = surface.text
    if not may_hold_name(document, surface):
        return ()
    return tuple(_classified(document, text, load_model().find([text])[0]))


def may_hold_name(document: Document, surface: Surface) -> bool:
    """Tell whether a text holds a capitalised word that is no ordinary word and no place of the force."""
    text = surface.text
    net = document.read(tokens, surface)
    for token in net:
        parts = _HASHTAG_PART.findall(token.text) if token.kind == "hashtag" else ()
        if any(part.casefold() not in _common() for part in parts):
            return True
    at = 0
    known = document.read(_known_words)
    for match in _CAPITALISED.finditer(text):
        while at < len(net) and net[at].end <= match.start():
            at += 1
        if at < len(net) and net[at].start <= match.start():
            continue
        word = match.group().casefold()
        if word.removesuffix("'s") not in known and not all(part in known for part in re.split("['-]", word)):
            return True
    return False


@cache
def _common() -> frozenset[str]:
    lines = resource.read_text("text/common_words.txt").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _words_of(phrases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.casefold() for phrase in phrases for word in phrase.split())


def _known_words(document: Document) -> frozenset[str]:
    force = document.policy.force
    return _joined(_words_of((*force.places, force.name, *force.short_names, force.press_office)))


@cache
def _joined(places: frozenset[str]) -> frozenset[str]:
    return _common() | places


@dataclass(frozen=True, slots=True)
class _Patterns:
    rank_before: re.Pattern[str]
    rank_inside: re.Pattern[str]
    title_inside: re.Pattern[str]
    thing_after: re.Pattern[str]
    thing_inside: re.Pattern[str]
    thing_before: re.Pattern[str]
    victim_before: re.Pattern[str]
    victim_after: re.Pattern[str]
    convicted: re.Pattern[str]
    charged: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    vocabulary = load_vocabulary("analysis/people", Vocabulary)
    rank = rf"(?<!\w){any_of(vocabulary.ranks)}"
    collar = r"(?:\s+#?[A-Z]{0,2}\d{2,5})?"
    things = any_of(vocabulary.not_people_after)
    return _Patterns(
        rank_before=re.compile(rf"{rank}\.?{collar}[\s,:-]*$", re.IGNORECASE),
        rank_inside=re.compile(rf"{rank}\.?{collar}\s+", re.IGNORECASE),
        title_inside=re.compile(rf"{any_of(vocabulary.titles)}\.?\s+", re.IGNORECASE),
        thing_after=re.compile(rf"\s+(?:[A-Z][\w']+\s+)?{things}(?!\w)"),
        thing_inside=re.compile(rf"(?:^|.*\s){things}$"),
        thing_before=re.compile(
            rf"(?<!\w){any_of(vocabulary.not_people_before)}\s+(?:[A-Z]\w+\s+)?$|(?<!\w)St\.?\s*$", re.IGNORECASE
        ),
        victim_before=re.compile(rf"(?<!\w){any_of(vocabulary.victim_before)}[\s,:-]*$", re.IGNORECASE),
        victim_after=re.compile(rf"[\s,]+(?:who\s+)?{any_of(vocabulary.victim_after)}(?!\w)", re.IGNORECASE),
        convicted=words(vocabulary.convicted),
        charged=words(vocabulary.charged),
    )


def _classified(document: Document, text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Name]:
    known = document.read(_known_words)
    passing = document.read(_passing_names)
    for start, end in spans:
        start, end, officer = _trimmed(text, start, end)
        name = text[start:end]
        parts = name.split()
        if not parts or all(part.casefold().strip(_EDGE) in known for part in parts):
            continue
        if name.casefold() in passing or _is_thing(text, start, end):
            continue
        yield _named(text, start, end, officer)


def _passing_names(document: Document) -> frozenset[str]:
    people = document.policy.people
    figures = [figure.casefold() for figure in people.public_figures]
    return frozenset((*figures, *(figure.rpartition(" ")[2] for figure in figures), *map(str.casefold, people.animals)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int, bool]:
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


def _is_thing(text: str, start: int, end: int) -> bool:
    patterns = _patterns()
    return bool(
        patterns.thing_after.match(text, end)
        or patterns.thing_inside.match(text[start:end])
        or patterns.thing_before.search(text[max(0, start - 30) : start])
    )


def _named(text: str, start: int, end: int, officer: bool) -> Name:
    patterns = _patterns()
    before, after = text[max(0, start - 60) : start], text[end : end + 120]
    name = text[start:end]
    if officer:
        return Name(start, end, name, "officer")
    age = _age(before, after)
    sentence = _sentence(text, start, end)
    adult = age is None or age >= 18
    public = adult and bool(patterns.convicted.search(sentence) or patterns.charged.search(sentence))
    if age is not None and age < 18:
        return Name(start, end, name, "child")
    if patterns.victim_before.search(before) or patterns.victim_after.match(after):
        return Name(start, end, name, "victim", public)
    if age is not None or _BORN.match(after) or _STREET.match(after):
        return Name(start, end, name, "identified", public)
    return Name(start, end, name, "private", public)


def _age(before: str, after: str) -> int | None:
    for found in (_AGE_AFTER.match(after), _AGE_BEFORE.search(before), _YEARS_OLD.match(after)):
        if found:
            age = int(next(group for group in found.groups() if group))
            if 0 < age < 111:
                return age
    return None


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a name, and the next, where a verdict often stands."""
    first = 0
    for match in _SENTENCE_END.finditer(text, max(0, start - 400), start):
        first = match.end()
    ends = [match.start() for match in _SENTENCE_END.finditer(text, end, end + 400)]
    return text[first : ends[1] if len(ends) > 1 else end + 400]
