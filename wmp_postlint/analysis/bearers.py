"""Whose name it is: what the words around a name say about its bearer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.analysis.people import abbreviations, makes, not_people, streets, surnames, verbs, well_known
from wmp_postlint.analysis.people import patterns as read_patterns

Bearer = Literal["officer", "public", "private", "identified", "victim", "child"]

_AGE_AFTER = lazy.regex(
    r"\s{0,2}(?:,|\(|-)?\s{0,2}(?:who is |is )?(?:aged |age )?(\d{1,3})"
    r"(?!\d|[:/.]\d|-?\w|,\d| (?:[A-Z][a-z]+ ){1,3}(?:Road|Street))"
)
_AGE_BEFORE = lazy.regex(
    r"(?:(\d{1,3})[- ]?(?:years?[- ]old|yr[- ]old|y/?o)|\baged? (\d{1,3})),?(?: \w{1,15}){0,3},?\s*$", re.IGNORECASE
)
_YEARS_OLD = lazy.regex(r".{0,12}?\b(\d{1,3})[- ]?(?:years?[- ]old|yrs? old)\b", re.IGNORECASE)
_BORN = lazy.regex(
    r".{0,12}?(?:\(\s*|\b(?:dob|d\.o\.b\.?|born)\b.{0,8}?)\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", re.IGNORECASE
)
_STREET = lazy.regex(
    r".{0,24}?\b(?:of|from|at|lives? (?:in|on|at)) (?:\d{1,4}\w? )?(?:[A-Z][\w']+ ){1,3}"
    r"(?:Road|Rd|Street|St|Avenue|Ave|Lane|Close|Drive|Way|Crescent|Grove|Place|Terrace|Court|Gardens|Walk|Hill|Square"
    r"|Mews)\b"
)
_SENTENCE_END = lazy.regex(r"[.!?](?=\s+[A-Z\"'#@])|\n{1,3}")
_OPENERS = " \t\"'(#*"
_EDGE = " \t\r\n.,;:!?\"'()[]|*-&/"


def ranked(text: str) -> Iterator[tuple[int, int]]:
    """Find the names that stand right after a rank or a title, which a surname that is also a word hides."""
    patterns = read_patterns()
    for pattern in (patterns.ranked, patterns.styled):
        for match in pattern.finditer(text):
            yield match.span("name")


def trimmed(text: str, start: int, end: int) -> tuple[int, int, bool]:
    """Cut a rank, another word, a possessive and punctuation off a name; tell whether a rank stands before it."""
    patterns = read_patterns()
    while start < end and text[start] in _EDGE:
        start += 1
    officer = False
    if inside := patterns.rank_inside.match(text, start, end):
        start, officer = inside.end(), True
    if inside := patterns.calling_inside.match(text, start, end):
        start = inside.end()
    if text[start:end].casefold().endswith("'s"):
        end -= 2
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if not officer and (title := patterns.courtesy_before.search(text, max(0, start - 8), start)):
        start = title.start()
    return start, end, officer or bool(patterns.rank_before.search(text[max(0, start - 40) : start]))


def titled(text: str, start: int, end: int) -> bool:
    """Tell whether a title such as Mrs stands before a name, or opens it."""
    patterns = read_patterns()
    return bool(
        patterns.title_before.search(text[max(0, start - 16) : start]) or patterns.title_inside.match(text, start, end)
    )


def is_thing(text: str, start: int, end: int, first_name: bool) -> bool:
    """Tell whether a name, or the words around it, make it that of a street, a school, a dog, a storm, a car."""
    patterns = read_patterns()
    name = text[start:end].casefold()
    if text[start:end] in abbreviations() or (" " in name and name.split()[0] in makes()):
        return True
    if name in not_people():
        # John Lewis is a shop until he has an age or a verdict.
        who, public = bearer(text, start, end)
        return not public and who in ("private", "public", "officer")
    if patterns.thing_first.match(text, start, end):
        return True
    # "sam dot carter" is the start of an e-mail address that is read out, and has its own finding.
    if " dot " in name or patterns.saint.match(name) or patterns.spelled.fullmatch(name):
        return True
    verb = patterns.verb.match(text, start)
    opens = not text[max(0, start - 9) : start].rstrip(_OPENERS)[-1:].isalnum()
    if verb and verb.end() == end and (opens or text[start].islower()):
        return True
    if text[start].islower() and name in verbs() and patterns.article_before.search(text[max(0, start - 8) : start]):
        return True
    if patterns.thing_inside.match(text[start:end]):
        # Emma Hill is a person, Victoria Park is where something happened.
        words = name.split()
        surname = first_name and words[-1] in surnames() and (len(words) < 3 or words[-1] not in streets())
        return not surname or patterns.place_before.search(text[max(0, start - 16) : start]) is not None
    if not (first_name and " " in name) and patterns.thing_later.match(text, end):
        return True
    if patterns.thing_after.match(text, end) or patterns.thing_before.search(text[max(0, start - 30) : start]):
        return True
    animal = patterns.animal_before.search(text[max(0, start - 80) : start])
    return bool(animal or patterns.animal_after.match(text, end))


def bearer(text: str, start: int, end: int) -> tuple[Bearer, bool]:
    """Return whose name it is, no officer's, and whether the text around reports a conviction or an adult's charge."""
    patterns = read_patterns()
    before, after = text[max(0, start - 60) : start], text[end : end + 120]
    age = _age(before, after)
    if (age is not None and age < 18) or (age is None and patterns.child_before.search(before)):
        return "child", False
    sentence = _sentences(text, start, end)
    public = bool(patterns.convicted.search(sentence) or patterns.charged.search(sentence))
    if patterns.victim_before.search(before) or patterns.victim_after.match(after):
        return "victim", public
    if age is not None or _BORN.match(after) or _STREET.match(after):
        return "identified", public
    if name_is_public(text, start, end):
        return "public", public
    if patterns.colleague_before.search(text[max(0, start - 40) : start]) or patterns.colleague_after.match(text, end):
        return "officer", public
    return "private", public


def name_is_public(text: str, start: int, end: int) -> bool:
    """Tell whether somebody is named as the holder of a public office, a performer, or is widely known."""
    patterns = read_patterns()
    return (
        text[start:end].casefold() in well_known()
        or patterns.public_inside.match(text, start, end) is not None
        or patterns.public_before.search(text[max(0, start - 50) : start]) is not None
        or patterns.public_after.match(text, end) is not None
    )


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
