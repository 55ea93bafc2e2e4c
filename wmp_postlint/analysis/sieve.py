"""Many patterns sought in one text, most of them never tried.

Hundreds of patterns one after another, or as one alternation, are slow. So each is kept with the pieces that it cannot
match without, and the four-letter stretches of a text, taken once, show which pieces may stand in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TypedDict

from wmp_postlint import resource
from wmp_postlint.analysis.pieces import flat, pieces
from wmp_postlint.text import Text

KEPT = "sieves.json"

_SIZE = 4
_COMMON = " etaoinshrdlcumwfgypbvkjxqz"


class Sieve:
    """Patterns that ignore case, with what shows quickly that most of them match nowhere in a text.

    Args:
        sources: patterns; they are not verbose and refer to no group by number.
    """

    __slots__ = ("_always", "_by_gram", "_compiled", "_grams", "_others", "_short", "_sources")

    def __init__(self, sources: Iterable[str]) -> None:
        self._sources = list(sources)
        self._compiled: dict[int, re.Pattern[str]] = {}
        index = _kept().get(key_of(self._sources)) or index_of(self._sources)
        self._always, self._short = index["always"], index["short"]
        self._by_gram, self._others = index["grams"], index["others"]
        self._grams = frozenset(self._by_gram)

    def candidates(self, text: str) -> list[re.Pattern[str]]:
        """Return the patterns that may match in the text, in their order; the others match nowhere in it."""
        return [self._pattern(index) for index in self._indexes(text)]

    def sources(self, text: str) -> list[str]:
        """Return the sources of the patterns that may match in the text, none of them compiled for it."""
        return [self._sources[index] for index in self._indexes(text)]

    def _indexes(self, text: str) -> list[int]:
        words, grams = Text.of(text).read(_read)
        hits = set(self._always)
        for gram in self._grams & grams:
            for piece, indexes in self._by_gram[gram]:
                if piece in words:
                    hits.update(indexes)
        for piece, indexes in self._short:
            if piece in words:
                hits.update(indexes)
        return [index for index in sorted(hits) if self._holds(index, words)]

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches of one pattern after the other."""
        for pattern in self.candidates(text):
            yield from pattern.finditer(text)

    def _pattern(self, index: int) -> re.Pattern[str]:
        """Compile a pattern when a text first calls for it: a process that lints one post needs few of them."""
        if index not in self._compiled:
            self._compiled[index] = re.compile(self._sources[index], re.IGNORECASE)
        return self._compiled[index]

    def _holds(self, index: int, words: str) -> bool:
        for group in self._others[index]:
            for piece in group:
                if piece in words:
                    break
            else:
                return False
        return True


class Index(TypedDict):
    """Where the pieces of a list of patterns lead: to patterns by their place in the list.

    ``grams`` holds each piece under its rarest four letters, ``short`` those that have fewer, ``always`` the patterns
    without pieces, and ``others`` what else must be there for each pattern.
    """

    always: list[int]
    short: list[tuple[str, list[int]]]
    grams: dict[str, list[tuple[str, list[int]]]]
    others: list[list[tuple[str, ...]]]


def index_of(sources: Sequence[str]) -> Index:
    """Work the index of a list of patterns out from the patterns."""
    index = Index(always=[], short=[], grams={}, others=[])
    by_piece: dict[str, list[int]] = {}
    for at, source in enumerate(sources):
        first, *others = pieces(source) or ((),)
        index["others"].append(others)
        for piece in first:
            by_piece.setdefault(piece, []).append(at)
        if not first:
            index["always"].append(at)
    for piece, places in by_piece.items():
        if len(piece) < _SIZE:
            index["short"].append((piece, places))
        else:
            index["grams"].setdefault(_rarest(piece), []).append((piece, places))
    return index


def key_of(sources: Sequence[str]) -> str:
    """Return what the index of a list of patterns is kept under."""
    return resource.stamp_of("\0".join(sources).encode())


@cache
def _kept() -> dict[str, Index]:
    """The indexes of the bundled patterns, worked out when the package was made."""
    try:
        kept: dict[str, Index] = json.loads(resource.read_bytes(KEPT))
    except OSError:
        return {}
    return kept


def _read(text: str) -> tuple[str, frozenset[str]]:
    """The flat form of a text, and every stretch of four letters in it."""
    words = flat(text)
    return words, frozenset([words[at : at + _SIZE] for at in range(len(words) - _SIZE + 1)])


def _rarest(piece: str) -> str:
    """The stretch of a piece that fewest texts hold, to judge by its letters."""
    grams = [piece[at : at + _SIZE] for at in range(len(piece) - _SIZE + 1)]
    return max(grams, key=_rarity)


@cache
def _rarity(gram: str) -> int:
    return sum(map(_COMMON.find, gram))
