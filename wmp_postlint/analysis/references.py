"""Reference numbers: those of police work, and those of shops and carriers, which look like telephone and card numbers.

Rules that look for numbers of people read ``searchable``, where references and addresses of the net are blanked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary
from wmp_postlint.analysis.tokens import tokens, words_in
from wmp_postlint.document import Document, Surface
from wmp_postlint.lazy import Record

ReferenceKind = Literal["crime", "log", "custody", "missing", "other"]

BLANK = "\x00"
"""What stands in ``searchable`` for each blanked character: neither a word character nor white space."""

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_NUMERIC_DATE = r"\d{1,2}[ ]?[/.-][ ]?\d{1,2}(?:[ ]?[/.-][ ]?(?:19|20)?\d\d)?(?!\d)"
_WORDED_DATE = (
    rf"(?:{_ORDINAL}\s+(?:of\s+)?{MONTH}\b(?:,?\s+(?:19|20)\d\d\b)?|{MONTH}\s+{_ORDINAL}\b(?:,?\s+(?:19|20)\d\d\b)?)"
)
_DATE = rf"(?:{_NUMERIC_DATE}|{_WORDED_DATE}|today|yesterday)"
_SHAPES = lazy.regex(
    rf"""(?<![\w/])(?:
        (?P<missing> MP[A-Z]{{2}}[ ]?/[ ]?\d{{3,6}}[ ]?/[ ]?\d\d)              # missing people
      | (?P<log> (?:CAD)?\d{{1,6}}/\d{{1,2}}{MONTH}(?:\d\d(?:\d\d)?)?                  # Metropolitan, CAD
          | [A-Z]{{2,3}}-(?:19|20)\d{{6}}-\d{{3,5}}                            # Lancashire, Northumbria
          | \d{{4,6}}_[is]_\d{{8}}                                             # West Mercia
          | \d{{3,5}}\s+of\s+(?:{_NUMERIC_DATE}|{_WORDED_DATE}))               # Greater Manchester and others
      | (?P<crime> 20[A-Z]{{2}}[ ]?/[ ]?\d{{3,7}}[A-Z]?[ ]?/[ ]?\d\d           # to 2021
          | \d\d/\d{{4,8}}/\d\d                                                # since; many forces
          | CRI/\w{{4}}/\d{{7}}/\d\d                                           # Greater Manchester
          | \d\d[A-Z]{{3}}\d{{6}}                                              # Metropolitan, missing people
          | 20[A-Z]\w\d{{7}}                                                   # unique reference number of a case
          | 5[12]\d{{8}}                                                       # Avon and Somerset
          | (?:1[34]|22|3[1-7]|4[1-7]|5[0-5])(?:[12]\d)\d{{7}})                # West Yorkshire and others: force, year
    )(?![\w/])""",
    re.VERBOSE | re.IGNORECASE,
)
_CODE = r"(?:[A-Z]{1,6}[/-]?)?\d[\w]{0,24}(?:[/_-][ ]?[\w]{1,24}){0,4}"
_KINDS: tuple[Literal["log", "crime", "custody", "missing", "other", "plain"], ...] = (
    "log", "crime", "custody", "missing", "other", "plain",
)  # fmt: skip
# A map reference is the name of a place.
_MAP = lazy.regex(r"\b(?:grid|map|os)\s{0,2}\Z", re.IGNORECASE)
_HEALTH = lazy.regex(r"\b(?:nhs|patient|chi|hospital)\b[^.\n]{0,25}\Z", re.IGNORECASE)


class Reference(Record):
    """A reference number in the folded text, with the date that belongs to it."""

    kind: ReferenceKind
    start: int
    end: int


class _Labels(Record):
    log: tuple[str, ...]
    crime: tuple[str, ...]
    custody: tuple[str, ...]
    missing: tuple[str, ...]
    plain: tuple[str, ...]
    other: tuple[str, ...]
    nouns: tuple[str, ...]


def numbered(document: Document, surface: Surface) -> str:
    """Return the folded text with web and mail addresses, handles and roads blanked, or "" without a digit left in it.

    Emoji are spaces in it, so that a number is one with pictures between its digits. It is as long as the folded text,
    so that places in it are places there.
    """
    text = surface.text
    if not _DIGIT.search(text):
        return ""
    if not text.isascii():
        text = _SIGNS.sub(" ", text)
    places = [(token.start, token.end) for token in document.read(tokens, surface) if token.kind != "hashtag"]
    roads = [match.span("road") for match in _ROAD.finditer(text)] if _ROAD_HINT.search(text) else []
    return _blanked(text, sorted((*places, *roads)) if roads else places)


def references(document: Document, surface: Surface) -> tuple[Reference, ...]:
    """Return the reference numbers of one text, in order."""
    text = document.read(numbered, surface)
    if not text:
        return ()
    found: list[Reference] = []
    labelled = _labelled(text) if _first_words() & document.read(words_in, surface) else ()
    for reference in sorted((*_shaped(text), *labelled), key=lambda reference: (reference.start, -reference.end)):
        if not found or reference.start >= found[-1].end:
            found.append(reference)
    return tuple(found)


def searchable(document: Document, surface: Surface) -> str:
    """Return what ``numbered`` does with reference numbers blanked too: what is left may be a number of a person."""
    text = document.read(numbered, surface)
    return (
        _blanked(text, [(reference.start, reference.end) for reference in document.read(references, surface)])
        if text
        else ""
    )


def _blanked(text: str, places: Sequence[tuple[int, int]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in places:
        pieces += text[at:start], BLANK * (end - start)
        at = end
    text = "".join((*pieces, text[at:])) if places else text
    return text if _DIGIT.search(text) else ""


_DIGIT = lazy.regex(r"\d")
# What every shape of a reference has that no slash or underscore gives away.
_LONG = lazy.regex(r"\d{6}|\d\s+[oO][fF]\s")
_SIGNS = lazy.regex(r"[^\w\s\x00-\x7f£€¥°§º]")
# Half of the posts with a digit have no other than a road's: "on the A38". A letter and digits may also begin a
# registration mark ("the A38 BXY") or a postcode, so what follows must not be the rest of one.
_ROAD_HINT = lazy.regex(r"\s[AMB]\d")
_ROAD = lazy.regex(
    r"\b(?:the|on|off|along|onto|near|between|and|via)\s(?P<road>[AM]\d{1,3}|B\d{4})(?![\w/-]|\s\d)(?!\s[A-Za-z]{3}(?!\w))"
)


def _shaped(text: str) -> Iterator[Reference]:
    if not ("/" in text or "_" in text or _LONG.search(text)):
        return
    for match in _SHAPES.finditer(text):
        kind = match.lastgroup
        # Ten digits that the words before call a health number are no crime reference.
        if match.group().isdigit() and _HEALTH.search(text[max(0, match.start() - 40) : match.start()]):
            continue
        assert kind in ("crime", "log", "missing")
        yield Reference(kind, *match.span())  # type: ignore[arg-type]  # as asserted


def _labelled(text: str) -> Iterator[Reference]:
    for match in _label().finditer(text):
        kind = next(kind for kind in _KINDS if match[kind])
        if kind == "plain" and _MAP.search(text, max(0, match.start() - 12), match.start()):
            continue
        value, day = match["value"], match["day"]
        if not match["noun"] and not day:
            # A bare word and a number: "log 3816" and "ref 12/345" are references, "quote 50" and "lot 12" are none.
            bare = kind in ("other", "crime", "plain") and match[kind].casefold() not in ("ref", "reference", "urn")
            if bare and "/" not in value:
                continue
            if sum(character.isdigit() for character in value) < 3:
                continue
        end = match.end("day") if day else match.end("value")
        if kind == "plain":
            yield Reference("log" if day else "crime", match.start("value"), end)
        else:
            yield Reference(kind, match.start("value"), end)


@cache
def _first_words() -> frozenset[str]:
    labels = load_vocabulary("analysis/references", _Labels)
    return frozenset(label.split()[0] for kind in _KINDS for label in getattr(labels, kind))


@cache
def _label() -> re.Pattern[str]:
    labels = load_vocabulary("analysis/references", _Labels)
    words = "|".join(rf"(?P<{kind}>{any_of(getattr(labels, kind))})" for kind in _KINDS)
    return lazy.regex(
        rf"""(?<!\w)(?:{words})\b\.?\s{{0,2}}(?P<noun>(?:{any_of(labels.nouns)})\b\.?|\#(?=\d))?
             [\s:=()\[\]"'-]{{0,4}}(?:(?:is|was|of)[\s:]{{1,2}})?
             (?P<value>{_CODE})(?!\w)
             (?:[ ]?(?P<day>(?:(?:of|from|on|for|dated)\s+(?:the\s+)?)?{_DATE}))?""",
        re.VERBOSE | re.IGNORECASE,
    )
