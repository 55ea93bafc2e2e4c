"""Postal addresses and full postcodes of a text, and whether they are somebody's home or a public place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary, words
from wmp_postlint.analysis.postcodes import outward_code, postcodes
from wmp_postlint.analysis.references import searchable
from wmp_postlint.analysis.tokens import words_in
from wmp_postlint.document import Document, Surface
from wmp_postlint.lazy import Record

PlaceKind = Literal["address", "postcode"]
PlaceUse = Literal["home", "venue", "unknown"]


class Place(Record):
    """An address (a house number with a street, and its postcode if it has one) or a postcode alone.

    ``use`` says what the words around it make of it: somebody's ``home``, a ``venue`` that is open to the public, or
    ``unknown``.
    """

    kind: PlaceKind
    use: PlaceUse
    start: int
    end: int


class _Vocabulary(Record):
    streets: tuple[str, ...]
    loose_streets: tuple[str, ...]
    buildings: tuple[str, ...]
    famous: tuple[str, ...]
    not_names: tuple[str, ...]
    not_streets: tuple[str, ...]
    not_houses: tuple[str, ...]
    cues: tuple[str, ...]
    venues: tuple[str, ...]
    shops: tuple[str, ...]
    houses: tuple[str, ...]
    invitations: tuple[str, ...]
    private: tuple[str, ...]


_NUMBER = (
    r"(?:(?:flat|apartment|apt|unit|room)\s{1,2}\d{0,3}[a-z]?,?\s{1,2})?(?<![\d.:,£$€/-])(?:(?:no|number)\.?\s)?"
    r"(?P<number>\d{1,4}[a-z]?)(?:(?:\s?[-/&]\s?|\sand\s)\d{1,4}[a-z]?)?"
)
_NAME = r"(?:[^\W\d_]|\d(?=st|nd|rd|th))[\w'.-]{0,24}"
_HOUSE_HINT = lazy.regex(r"\d[A-Za-z]?,?\s{1,2}[^\W\d_]|\d[A-Za-z]?,?\s{1,2}\d{1,2}(?:st|nd|rd|th)", re.IGNORECASE)
_LIVES = frozenset("lives live lived living resides stays staying address home warrant".split())
_HOME_WORDS = _LIVES | {"of"}
_BEFORE_NUMBER = lazy.regex(r"(?P<word>[\w']+)[\s.]{0,2}\Z")
# "The number 7 bus, Portland Road; number 16, Hamstead Road".
_BUS = lazy.regex(r"\b(?:bus(?:es)?|trams?|routes?|services?)\b[^.!?\n]{0,40}\Z", re.IGNORECASE)
_FLAT_HINT = lazy.regex(r"(?:flat|apartment|apt)\s\d", re.IGNORECASE)
_SAME_DOOR = lazy.regex(r"(?:,|\s)\s{0,2}")
_TOWN = r"(?:,?\s{1,2}(?:[A-Z][\w'-]{1,24}|in|upon|on|under|of|near|the|and|postcode:?))"
_SENTENCE = lazy.regex(r"[!?\n]|\.(?=\s+[A-Z])(?<!\b(?:St|Rd)\.)")


def places(document: Document, surface: Surface) -> tuple[Place, ...]:
    """Return the addresses and full postcodes of one text, in order; a postcode within an address is part of it."""
    text, present = document.read(searchable, surface), document.read(words_in, surface)
    if not text and present & _LIVES:
        text = surface.text  # "lives at Rose Cottage, Mill Lane" needs no digit
    if not text:
        return ()
    codes = sorted(postcodes(text, present))
    found: list[Place] = []
    for start, end in _doors(text, present):
        ends = [stop for begin, stop in codes if end <= begin <= end + 90 and _links(text[end:begin])]
        end = ends[0] if ends else end - (text[end - 1] == ".")
        found.append(Place("address", _use(text, "address", start, end), start, end))
    covered = iter(found)
    place = next(covered, None)
    alone: list[Place] = []
    for start, end in codes:
        while place is not None and place.end <= start:
            place = next(covered, None)
        if place is None or end <= place.start:
            alone.append(Place("postcode", _use(text, "postcode", start, end), start, end))
    return tuple(sorted((*found, *alone), key=lambda place: place.start))


def venues(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a text speaks of a kind of place that is open to the public: "library", "police station"."""
    return tuple(match.span() for match in _compiled().venues.finditer(text))


def names_home(text: str) -> bool:
    """Tell whether a text speaks of somebody's home."""
    return _compiled().private.search(text) is not None


def _links(between: str) -> bool:
    """Whether only the names of a district and a town stand between a street and a postcode."""
    return re.fullmatch(rf"{_TOWN}{{0,7}}[\s,.:(-]{{0,4}}", between) is not None


def _use(text: str, kind: PlaceKind, start: int, end: int) -> PlaceUse:
    """Read from the sentence around a place whose it is."""
    before = _SENTENCE.split(text[max(0, start - 100) : start])[-1]
    after = _SENTENCE.split(text[end : end + 60])[0]
    compiled = _compiled()
    if compiled.private.search(before) or compiled.private.search(after) or _FLAT_HINT.match(text, start):
        return "home"
    # A house number belongs to the venue right before it only: "Aston Library, 3 High Street", not the next on a list.
    venue = compiled.venues.search(before) if kind == "postcode" else compiled.venue_then.search(before)
    venue = venue or compiled.venue_is.match(after) or compiled.invitations.search(before)
    venue = venue or compiled.invitations.search(after)
    return "unknown" if venue is None else "venue"


def _doors(text: str, present: frozenset[str]) -> list[tuple[int, int]]:
    """Return where houses are named by number and street, and flats by number and building."""
    found = list(_streets(text)) if present & _compiled().street_words else []
    starts = [start for start, _ in found]
    alone = [match.span("door") for match in _compiled().named.finditer(text)] if present & _HOME_WORDS else []
    at = {start: index for index, (start, _) in enumerate(found)}
    for match in _compiled().flat.finditer(text) if _FLAT_HINT.search(text) else ():
        # "Apartment 12, Wharf House, 40 Canal Way" is one door.
        gap = _SAME_DOOR.match(text, match.end())
        street = at.get(gap.end()) if gap else None
        if street is not None:
            found[street] = (match.start(), found[street][1])
            continue
        before = bisect_left(starts, match.end()) - 1
        if before < 0 or found[before][1] <= match.start():
            alone.append(match.span())
    return sorted((*found, *alone))


def _streets(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a house number stands with the name of a street."""
    if not _HOUSE_HINT.search(text):
        return
    compiled = _compiled()
    end = 0
    for match in compiled.street.finditer(text):
        number, name, kind = match["number"], match["name"], match["kind"]
        if match.start() < end:
            continue
        names = name.replace(",", " ").split()
        if names != ["The"] and any(word.casefold().strip(".") in compiled.not_names for word in names):
            continue
        if re.sub(r"\A(?:no|number)\.?\s", "", match.group().casefold()).rstrip(".") in compiled.famous:
            continue
        head = text[max(0, match.start() - 40) : match.start()]
        before = _BEFORE_NUMBER.search(head)
        cue = compiled.cue.search(head) is not None
        if before and before["word"].casefold() in compiled.not_houses and not cue:
            continue
        # "11-12, Asda Cape Hill": the hours of a shop.
        if names[0].casefold() in compiled.shops:
            continue
        if match.group()[0] in "nN" and _BUS.search(head):
            continue
        if (
            number.startswith("0")
            or (re.fullmatch(r"(?:19|20)\d\d", number) and not cue)
            or re.search(r"[#@]\Z|\d[:.]\Z", head)
        ):
            continue
        written = kind[0].isupper() and all(word[0].isupper() or word[0].isdigit() for word in names)
        loose = kind.casefold().strip(".") in compiled.loose
        open_line = not head.strip() or head.rstrip()[-1] in ",:;-(\n" or head.endswith("\n")
        if not (cue or (written and (open_line or not loose or compiled.tail.match(text, match.end())))):
            continue
        if not written and not cue:
            continue
        end = match.end()
        yield match.start(), match.end()


class _Compiled(Record):
    street_words: frozenset[str]
    street: re.Pattern[str]
    named: re.Pattern[str]
    shops: frozenset[str]
    flat: re.Pattern[str]
    tail: re.Pattern[str]
    cue: re.Pattern[str]
    venues: re.Pattern[str]
    venue_then: re.Pattern[str]
    venue_is: re.Pattern[str]
    invitations: re.Pattern[str]
    private: re.Pattern[str]
    loose: frozenset[str]
    not_names: frozenset[str]
    not_houses: frozenset[str]
    famous: frozenset[str]


@cache
def _compiled() -> _Compiled:
    known = load_vocabulary("analysis/addresses", _Vocabulary)
    outward = outward_code()
    kinds = any_of((*known.streets, *known.loose_streets))
    # "Mill Green Lane" and "Nechells Park Road" go on after the first word for a street.
    kind = rf"(?P<kind>{kinds}\b(?:\s{{1,2}}{any_of(known.streets)}\b)?(?!-\w)\.?)"
    name = rf"(?P<name>{_NAME}(?:\s{{1,2}}{_NAME}){{0,2}}?)\s{{1,2}}{kind}"
    street = rf"(?<![\w]){_NUMBER},?\s{{1,2}}{name}(?!\s{{1,2}}{any_of(known.not_streets)}\b)"
    buildings = rf"(?:{_NAME}\s{{1,2}}){{1,3}}{any_of(known.buildings)}\b"
    flat = rf"(?<!\w)(?:flat|apartment|apt)\s{{1,2}}\d{{1,4}}[a-z]?,?\s{{1,2}}{buildings}"
    # After words of a home: a house that has a name, and a street of one word.
    named = (
        r"(?:\b[Ll]iv(?:es?|ed|ing)\s(?:at|in)|\b[Rr]esides\sat|\b[Ss]tay(?:s|ing)\sat|\b[Aa]ddress(?:\s(?:is|was))?|\b[Hh]ome(?:\s(?:at|of|is))?"
        rf"|\b[Ww]arrants?\sat|,\sof)[\s:]{{1,3}}(?P<door>(?:The\s)?(?:[A-Z][\w'-]{{1,20}}\s){{1,2}}(?i:{any_of(known.houses)}),"
        rf"\s(?:[A-Z][\w'.-]{{1,20}}\s){{1,3}}(?i:{any_of(known.streets)})\b(?!\s(?i:{any_of(known.not_streets)})\b)"
        r"|\d{1,4}[a-z]?,?\s(?:Queensway|Broadway|Kingsway|Ringway|Promenade|Esplanade|Causeway|Highway)\b(?!\s[A-Z]))"
    )
    # "Church Lane" and "Park Road" are streets and no venues.
    venue = rf"(?<!\w){any_of((*known.venues, *known.shops))}(?!\w|\s{{1,2}}{kinds}\b)"
    tail = rf"\s*,|\s+(?:in|off)\s+[A-Z]|\s+{outward}\b"
    flags = re.IGNORECASE
    return _Compiled(
        frozenset((*known.streets, *known.loose_streets)),
        lazy.regex(street, flags),
        lazy.regex(named),
        frozenset(known.shops),
        lazy.regex(flat, flags),
        lazy.regex(tail),
        lazy.regex(rf"(?<!\w)(?:{any_of(known.cues)})[\s:]{{1,3}}(?:flat\s+\w{{1,3}},?\s+)?\Z", flags),
        lazy.regex(venue, flags),
        lazy.regex(rf"{venue}\s?[,:(@-]?\s?(?:(?:is\s|located\s)?(?:at|on|in)\s)?\Z", flags),
        lazy.regex(
            rf"\s?,?\s?(?:which\s)?(?:is|was|has\sbecome|became)\s(?:now\s|home\sto\s)?(?:an?|the|our|your)\s(?:\w{{2,12}}\s)?{venue}",
            flags,
        ),
        words(known.invitations),
        words(known.private),
        frozenset(known.loose_streets),
        frozenset(known.not_names),
        frozenset(known.not_houses),
        frozenset(known.famous),
    )
