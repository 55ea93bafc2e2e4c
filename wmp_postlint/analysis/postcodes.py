"""Full postcodes of a text, told from what has their form: "E1 2nd leg", "SE2 4GB of memory".

Syntax: Royal Mail, Programmers' Guide to the Postcode Address File.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary, words
from wmp_postlint.lazy import Record


class _Vocabulary(Record):
    areas: tuple[str, ...]
    units: tuple[str, ...]
    postal: tuple[str, ...]


# The last half of a postcode, wherever it may stand: a digit and two letters.
_UNIT_HINT = lazy.regex(r"\d[A-Za-z]{2}(?![A-Za-z\d])")
_ORDINAL_UNIT = lazy.regex(r"1ST|2ND|3RD|[04-9]TH")
_ORDINAL_ENDS = lazy.regex(
    r"\s*(?:[.,;:!?)\]\n\"'-]|\Z|(?:is|was|has|had|were|but|if|please|tonight|today|last|here|where|yesterday|from)\b)",
    re.IGNORECASE,
)
_MOTORWAY = lazy.regex(r"M(?:[1-9]|1[18]|2[0-7]|3[12]|4[0-258]|5[0-8]|6[0-9]|73|74|77|8[0-9]|90)", re.IGNORECASE)
_TRAFFIC = lazy.regex(
    r"\b(?:traffic|delays?|queues?|queueing|closed|closures?|lanes?|junctions?|j\d{1,2}a?|[nsew]\/?b|(?:north|south|east|west)bound|motorways?)\b",
    re.IGNORECASE,
)
_AMOUNT_OF = lazy.regex(
    r"\s*(?:of\s)?(?:ram|rom|data|memory|storage|ssd|hdd|hard|drive|usb|disk|card|model|version|delays?|queues?|waits?|warranty|drop|wall|"
    r"contract|journey|shift|bags?|bottles?|runs?|tickets?|old|plus|and\s\d|or\s\d|/\s?\d)\b",
    re.IGNORECASE,
)
# British Forces Post Office numbers, which stand for one unit abroad.
_FORCES = lazy.regex(r"(?<![\w#@])BFPO[ ]{0,2}\d{1,4}(?!\w)", re.IGNORECASE)
_FLOOR = lazy.regex(
    r"\s*(?:fl\b|flr|floor|half|place|leg|team|class|round|time|day|year|edition|gen|and\b|of\b|in\b)", re.IGNORECASE
)
_FLAT = lazy.regex(r"\b(?:flat|apartment|apt|unit|room|block|stand|seat|row|section)\s*\Z", re.IGNORECASE)


def postcodes(text: str, present: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where full postcodes stand in a folded text, in no order; ``present`` are its words."""
    compiled = _compiled()
    for match in compiled.postcode.finditer(text) if _UNIT_HINT.search(text) else ():
        near = text[max(0, match.start() - 50) : match.start()]
        if near.endswith("#") and not match.group().isupper():
            continue
        if _FLAT.search(near) or ("\n" in match.group() and not match.group().isupper()):
            continue
        # "E1 2nd leg", "D1 2ND FLR", "SE2 4GB" and "so22nd" are none, unless the words say that it is a postcode.
        unit = match["unit"]
        if _ORDINAL_UNIT.fullmatch(unit.upper()):
            end = _ORDINAL_ENDS.match(text, match.end()) and unit.isupper() == match.group().isupper()
            tight = match.group().isalnum() and not match.group().isupper()
            if (not end or tight) and (not compiled.postal.search(near) or _FLOOR.match(text, match.end())):
                continue
        elif unit[1:].upper() in compiled.units and not compiled.postal.search(near) and _measures(text, match):
            continue
        yield match.span()
    for match in _FORCES.finditer(text) if "bfpo" in present else ():
        yield match.span()
    for match in compiled.labelled.finditer(text) if {"postcode", "postcodes", "code"} & present else ():
        if not compiled.postcode.match(text, match.start("postcode")):
            yield match.span("postcode")


def _measures(text: str, match: re.Match[str]) -> bool:
    """Whether the end of a postcode's form is an amount: "a laptop with SE2 4GB and 8GB", "M6 2hr delay"."""
    unit = match["unit"][1:]
    if unit.isupper() != match["outward"].isupper():
        return True
    if _MOTORWAY.fullmatch(match["outward"]) and _TRAFFIC.search(text):
        return True
    return (
        _AMOUNT_OF.match(text, match.end()) is not None
        or re.search(rf"(?<!\d[ ])\b\d+\s?{unit}\b", text[: match.start()] + text[match.end() :], re.IGNORECASE)
        is not None
    )


@cache
def outward_code() -> str:
    """Return a pattern source of the first half of a postcode, of areas that there are."""
    # Central London and Manchester districts end in a letter; no district of the others does.
    return rf"{any_of(_vocabulary().areas)}(?:\d[0-9A-HJKMNPR-Y]?)"


class _Compiled(Record):
    postcode: re.Pattern[str]
    labelled: re.Pattern[str]
    postal: re.Pattern[str]
    units: frozenset[str]


@cache
def _vocabulary() -> _Vocabulary:
    return load_vocabulary("analysis/postcodes", _Vocabulary)


@cache
def _compiled() -> _Compiled:
    known = _vocabulary()
    unit = "[ABD-HJLNP-UW-Z]"
    postcode = (
        rf"(?<![\w@.'-])(?<!\w#)(?P<outward>{outward_code()}|GIR(?=\s{{0,2}}0AA))(?:\s{{1,3}}|[-.]?)"
        rf"(?P<unit>\d{unit}{{2}})(?!\w|-\d)"
    )
    # After a word that says so, a space too many or an area that there is not are slips of the writer.
    label = r"\bpost\s?code(?:s|\s(?:is|was))?[\s:=(-]{1,3}"
    labelled = rf"{label}(?P<postcode>[A-Z]{{1,2}}[ ]?\d[\dA-Z]?[ ]{{0,2}}\d[ ]?{unit}[ ]?{unit})(?!\w)"
    flags = re.IGNORECASE
    return _Compiled(
        lazy.regex(postcode, flags),
        lazy.regex(labelled, flags),
        words(known.postal),
        frozenset(known.units),
    )
