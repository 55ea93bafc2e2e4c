"""Exact places that a text gives: latitude and longitude, grid references, three words, and plus codes.

Formats: ISO 6709 and its everyday spellings; Ordnance Survey National Grid; Open Location Code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary, words
from wmp_postlint.analysis.map_links import in_britain
from wmp_postlint.analysis.references import numbered
from wmp_postlint.document import Document, Surface
from wmp_postlint.lazy import Record

PositionKind = Literal["coordinates", "grid", "three-words", "plus-code"]


class Position(Record):
    """An exact place in the folded text.

    ``fine`` says that it is good to about a hundred metres, and not only to a kilometre; ``sure`` that its form alone
    tells what it is; ``example`` that the words before it give it as an example.
    """

    kind: PositionKind
    start: int
    end: int
    fine: bool = True
    sure: bool = True
    example: bool = False


class _Vocabulary(Record):
    squares: tuple[str, ...]
    doubtful_squares: tuple[str, ...]
    grid_words: tuple[str, ...]
    place_words: tuple[str, ...]
    labels: tuple[str, ...]
    position_words: tuple[str, ...]
    not_positions: tuple[str, ...]
    three_words: tuple[str, ...]
    examples: tuple[str, ...]


_DECIMAL = r"\d{1,3}\.\d{1,15}"
_BETWEEN = r"\s{0,2}(?:[,;/|&]|and\b|by\b)?\s{0,3}"
_DEGREE = r"(?:\s?(?:[°*]|deg(?:rees)?\b))?"
_NS, _EW = r"(?:N|S|north|south)(?![^\W\d_])", r"(?:E|W|east|west)(?![^\W\d_])"
_SIGN = r"(?:[+-]\s?|(?:minus|plus)\s)?"
# 52.4862, -1.8904; 52.4862° N 1.8904° W; N52.4862 W1.8904
_PAIR = lazy.regex(
    rf"(?<![\w.£$€%-])(?<!\d,)(?:(?P<ns0>[NS])\s?)?(?P<a>{_SIGN}{_DECIMAL}){_DEGREE}(?:\s?(?P<ns>{_NS}))?"
    rf"(?P<gap>{_BETWEEN})(?:(?P<ew0>[EW])\s?)?(?P<b>{_SIGN}{_DECIMAL}){_DEGREE}(?:\s?(?P<ew>{_EW}))?"
    r"(?![\d%]|\.\d|-\d|\s?(?:miles?|km|kg|kmh|mph|metres?|m|mm|cm|hours?|hrs|secs?|seconds|mins?|million|billion|pts|per)\b)",
    re.IGNORECASE,
)
# Latitude: 52.4862, longitude: -1.8904
_LABELLED = lazy.regex(
    rf"\blat(?:itude)?\b[\s:=.]{{0,4}}(?:is\s)?(?P<a>{_SIGN}{_DECIMAL}){_DEGREE}(?:\s?(?P<ns>{_NS}))?[\s,;&/|-]{{0,4}}(?:and\s)?"
    rf"lo?ng?(?:itude)?\b[\s:=.]{{0,4}}(?:is\s)?(?P<b>{_SIGN}{_DECIMAL}){_DEGREE}(?:\s?(?P<ew>{_EW}))?",
    re.IGNORECASE,
)
# 52°29'10"N 1°53'25"W; N 52° 29.172 W 001° 53.424; 52 29 10 N, 1 53 25 W; 522910N 0015325W
_MARK = r"\s?(?:°|o(?=[\s\d])|deg\b|d(?=[\s\d]))\s?"
_MINUTE, _SECOND = r"\s?(?:'|m(?=[\s\d])|min\b)?\s?", r"\s?(?:\"|''|s\b|sec\b)?\s?"
_DMS = (
    rf"\d{{1,3}}(?:{_MARK}|[\s:-])\d{{1,2}}(?:\.\d{{1,8}})?"
    rf"(?:(?:{_MINUTE}|[\s:-])\d{{1,2}}(?:\.\d{{1,8}})?{_SECOND})?{_MINUTE}"
)
_SEXAGESIMAL = lazy.regex(
    rf"(?<![\w.])(?:(?P<ns0>[NS])\s?)?(?P<a>{_DMS})(?(ns0)|(?:{_NS})){_BETWEEN}"
    rf"(?:(?P<ew0>[EW])\s?)?(?P<b>{_DMS})(?(ew0)|(?:{_EW}))(?!\w)"
    r"|(?<!\w)\d{4}(?:\d\d)?(?:\.\d{1,4})?[NS]\s?,?\s?\d{5}(?:\d\d)?(?:\.\d{1,4})?[EW](?!\w)",
    re.IGNORECASE,
)
_ZONE = lazy.regex(r"\d[\s\"'°*]{0,3}(?:[NSEW]|north|south|east|west)(?![^\W\d_])|[NS]\s?\d{1,2}[\s°]", re.IGNORECASE)
_DECIMALS = lazy.regex(r"\d\.\d\d?[\d°\s,;NSEWnsew]")
_SHOUTED = lazy.regex(r"(?:\b[A-Z]{2,}\W{1,2}){2}\Z")
_EASTING = lazy.regex(
    r"\b(?:e(?:asting)?s?)\b[\s:=]{0,3}\d{6}(?:\.\d{1,3})?[\s,;&/]{0,4}(?:and\s)?n(?:orthing)?s?\b[\s:=]{0,3}\d{6,7}(?!\d)",
    re.IGNORECASE,
)
_EASTING_HINT = lazy.regex(r"asting|\bE[\s:=]?\d{6}", re.IGNORECASE)
_SQUARE_HINT = lazy.regex(r"(?<!\w)[A-Za-z]{2}\s?\d{2}")
_PLUS = lazy.regex(
    r"(?<![\w+/-])(?:(?P<full>[2-9C][2-9CFGHJMPQRV][2-9CFGHJMPQRVWX]{6})|(?P<short>[2-9CFGHJMPQRVWX]{4}))\s?\+[2-9CFGHJMPQRVWX]{2,3}(?![\w+])"
)
_TOWN = lazy.regex(r",?\s{1,2}(?:in\s)?[A-Z][a-z]{2,}")
_PLUS_CODE = lazy.regex(r"\bplus\s?codes?\b|\bopen location code\b", re.IGNORECASE)
_WORD = r"[^\W\d_]{3,24}"
_SLASHES = lazy.regex(
    rf"(?<![:/\w])(?P<words>/{{3}}\s?{_WORD}\s?[.\u00b7\u2022]\s?{_WORD}\s?[.\u00b7\u2022]\s?{_WORD})(?![\w/]|\.\w)"
)
_DOTTED = lazy.regex(
    r"(?<![\w./@#])(?P<words>/{0,2}[^\W\d_]{4,24}(?:(?P<dot>[./\u00b7\u2022])|\sdot\s)[^\W\d_]{4,24}(?:(?(dot)(?P=dot)|\sdot\s))[^\W\d_]{4,24})(?![\w/@]|\.\w)"
)
_SERVICE_HINT = lazy.regex(r"w3w|3\s?words?|three\s?words|wtw", re.IGNORECASE)


def positions(document: Document, surface: Surface) -> tuple[Position, ...]:
    """Return the exact places of one text that are no links, in order and without overlap."""
    found = list(_three_words(surface.text))
    if text := document.read(numbered, surface):
        found += _coordinates(text)
        found += _grid(text)
        found += _plus_codes(text)
    kept: list[Position] = []
    for position in sorted(found, key=lambda position: (position.start, -position.end)):
        if not kept or position.start >= kept[-1].end:
            kept.append(position)
    return tuple(kept)


def _coordinates(text: str) -> Iterator[Position]:
    if _DECIMALS.search(text):
        for match in _LABELLED.finditer(text):
            fine = min(_places(match["a"]), _places(match["b"]))
            if fine >= 2 and _value(match["a"]) <= 90 and _value(match["b"]) <= 180:
                yield Position("coordinates", *match.span(), fine=fine > 2)
        for match in _PAIR.finditer(text):
            if (position := _pair(text, match)) is not None:
                yield position
    if _ZONE.search(text):
        for match in _SEXAGESIMAL.finditer(text):
            parts = [re.findall(r"\d{1,3}", match[side])[:2] for side in "ab" if match[side]]
            limits = zip(parts, (90, 180), strict=False)
            if all(int(degrees) <= most and int(minutes) < 60 for (degrees, minutes), most in limits):
                yield Position("coordinates", match.start(), _last(match))


def _pair(text: str, match: re.Match[str]) -> Position | None:
    first, second = match["a"], match["b"]
    latitude, longitude = _value(first), _value(second)
    fine = min(_places(first), _places(second))
    start, end = match.start(), _last(match)
    if fine < 2 or latitude > 90 or longitude > 180:
        return None
    if (match["ns0"] or match["ns"]) and (match["ew0"] or match["ew"]):
        return Position("coordinates", start, end, fine=fine > 2)
    known = _patterns()
    before, after = text[max(0, start - 40) : start], text[end : end + 24]
    if known.said.search(before):
        return Position("coordinates", start, end, fine=fine > 2)
    # A list of decimals, amounts of money, and rates are no places.
    if not match["gap"] or known.other.search(before) or known.other.search(after):
        return None
    if re.search(r"\d\s?[,;/|]\s{0,2}\Z|[£$€]\s?\Z|[=<>~±(]\s?[+-]?\d?\Z(?<!\()", before) or re.match(
        r"\s?[,;/|]\s{0,2}[+-]?\d|\s?[%£$€]", after
    ):
        return None
    comma, signed = (
        "," in match["gap"] or not match["gap"].strip(),
        re.match(r"-|minus", second.strip(), re.IGNORECASE) is not None,
    )
    if not comma and not (signed and fine >= 4):
        return None
    if in_britain(latitude, -longitude if signed else longitude) and not first.startswith("-"):
        if fine >= 4 or (fine >= 2 and signed and "," in match["gap"]):
            return Position("coordinates", start, end, fine=fine > 2, sure=fine > 3)
        return None
    if fine >= 4 and "," in match["gap"] and (latitude >= 10 or first.startswith("-")):
        return Position("coordinates", start, end, sure=False)
    return None


def _last(match: re.Match[str]) -> int:
    return match.end() - (len(match.group()) - len(match.group().rstrip()))


def _value(number: str) -> float:
    return float(re.sub(r"[^\d.]", "", number))


def _places(number: str) -> int:
    return len(number.rpartition(".")[2])


def _grid(text: str) -> Iterator[Position]:
    for match in _EASTING.finditer(text) if _EASTING_HINT.search(text) else ():
        yield Position("grid", *match.span())
    if not _SQUARE_HINT.search(text):
        return
    known = _patterns()
    for match in known.grid.finditer(text):
        square, east, north, gap, space = match["square"], match["east"], match["north"], match["gap"], match["space"]
        digits = f"{east}{north or ''}"
        if len(digits) % 2 or len(digits) < 4 or len(digits) > 10 or (north and len(east) != len(north)):
            continue
        before, after = text[max(0, match.start() - 45) : match.start()], text[match.end() : match.end() + 25]
        named = known.grid_word.search(before) is not None or known.grid_word.search(after) is not None
        if not named and known.label.search(before):
            continue
        spaced = bool(gap and space) and len(digits) >= 6
        # In a headline of capitals any two letters may be a word.
        plain = square.isupper() and square not in known.doubtful and not _SHOUTED.search(before)
        sure = named or (spaced and plain)
        likely = (
            square.isupper()
            and (spaced or (len(digits) in (6, 8, 10) and plain and (space or len(digits) > 6)))
            and known.place_word.search(before) is not None
        )
        if not (sure or likely) or (not square.isupper() and not named):
            continue
        yield Position("grid", *match.span(), fine=len(digits) > 4, sure=named)


def _plus_codes(text: str) -> Iterator[Position]:
    if "+" not in text:
        return
    named = _PLUS_CODE.search(text) is not None
    for match in _PLUS.finditer(text.upper() if named and len(text.upper()) == len(text) else text):
        code = match.group()
        if not (re.search(r"\d", code) and re.search(r"[A-Z]", code)):
            continue
        if match["full"] or named or _TOWN.match(text, match.end()):
            yield Position("plus-code", *match.span())


def _three_words(text: str) -> Iterator[Position]:
    if "///" in text:
        for match in _SLASHES.finditer(text):
            yield Position("three-words", *match.span("words"), example=_is_example(text, match.start()))
    if _SERVICE_HINT.search(text):
        for match in _DOTTED.finditer(text):
            around = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 45]
            plain = match.group() == match.group().casefold() or match.group().isupper()
            if (
                plain
                and any(_patterns().service.search(side) for side in around)
                and not match.group().casefold().startswith("what3words")
            ):
                yield Position("three-words", *match.span("words"), example=_is_example(text, match.start()))


def _is_example(text: str, start: int) -> bool:
    return _patterns().example.search(text[max(0, start - 30) : start]) is not None


class _Patterns(Record):
    grid: re.Pattern[str]
    grid_word: re.Pattern[str]
    place_word: re.Pattern[str]
    label: re.Pattern[str]
    said: re.Pattern[str]
    other: re.Pattern[str]
    service: re.Pattern[str]
    example: re.Pattern[str]
    doubtful: frozenset[str]


@cache
def _patterns() -> _Patterns:
    known = load_vocabulary("analysis/positions", _Vocabulary)
    grid = (
        rf"(?<![\w/£$€#@.-])(?P<square>{any_of(known.squares)})(?P<space>\s?)(?P<east>\d{{2,10}})"
        r"(?:(?P<gap>\s|,\s?|-)(?P<north>\d{2,5}))?(?![\w/:-]|\.\d|,\d|\s\d)"
    )
    return _Patterns(
        lazy.regex(grid, re.IGNORECASE),
        words(known.grid_words),
        words(known.place_words),
        lazy.regex(rf"(?<!\w)(?:{any_of(known.labels)})[\s:.#]{{1,3}}\Z", re.IGNORECASE),
        lazy.regex(rf"(?<!\w)(?:{any_of(known.position_words)})(?!\w)[^.!?\n]{{0,12}}\Z", re.IGNORECASE),
        words(known.not_positions),
        words(known.three_words),
        lazy.regex(rf"(?<!\w)(?:{any_of(known.examples)})[\s:,\"'(]{{0,4}}\Z", re.IGNORECASE),
        frozenset(known.doubtful_squares),
    )
