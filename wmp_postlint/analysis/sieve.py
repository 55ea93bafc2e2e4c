"""Many patterns sought in one text, most of them never tried.

Hundreds of patterns one after another, or as one alternation, are slow. So each is kept with the pieces that it cannot
match without, and the four-letter stretches of a text, taken once, show which pieces may stand in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from threading import Lock
from typing import TypedDict

from wmp_postlint import resource
from wmp_postlint.analysis.pieces import flat, pieces
from wmp_postlint.text import Text

KEPT = "sieves.json"

_SIZE = 4
_EVERYDAY = (
    " the your you for and that this with have would should could they what about when not from there their been were"
    " was are will just like make work good love driving driver people everyone every nobody somebody happened"
    " happening officers officer police crime criminal victims victim know looking calling something making thing"
    " nothing morning evening because other another down here time more never over into out home "
)
_COMMON = " etaoinshrdlcumwfgypbvkjxqz"


# Which sieves, by their number, keep something under a stretch of four letters.
_SIEVES: dict[str, tuple[int, ...]] = {}
_KNOWN: set[str] = set()
_MADE: list[Sieve] = []
_ADDING = Lock()


class Sieve:
    """Patterns that ignore case, with what shows quickly that most of them match nowhere in a text.

    Args:
        sources: patterns; they are not verbose and refer to no group by number.
    """

    __slots__ = ("_always", "_by_gram", "_compiled", "_number", "_others", "_short", "_sources")

    def __init__(self, sources: Iterable[str]) -> None:
        self._sources = list(sources)
        self._compiled: dict[int, re.Pattern[str]] = {}
        index = _kept().get(key_of(self._sources)) or index_of(self._sources)
        self._always, self._short = index["always"], index["short"]
        self._by_gram, self._others = index["grams"], index["others"]
        with _ADDING:
            self._number = len(_MADE)
            for gram in self._by_gram:
                _SIEVES[gram] = (*_SIEVES.get(gram, ()), self._number)
            _KNOWN.update(self._by_gram)
            _MADE.append(self)

    def candidates(self, text: str) -> list[re.Pattern[str]]:
        """Return the patterns that may match in the text, in their order; the others match nowhere in it."""
        return [self._pattern(index) for index in self._indexes(text)]

    def sources(self, text: str) -> list[str]:
        """Return the sources of the patterns that may match in the text, none of them compiled for it."""
        return [self._sources[index] for index in self._indexes(text)]

    def _indexes(self, text: str) -> list[int]:
        read = Text.of(text).read(_Reading)
        words = read.words
        hits = set(self._always)
        for gram in read.grams_of(self._number):
            for piece, indexes in self._by_gram[gram]:
                if piece in words:
                    hits.update(indexes)
        for piece, indexes in self._short:
            if piece in words:
                hits.update(indexes)
        others, holds = self._others, words.__contains__
        fitting = []
        for index in hits:
            for group in others[index]:
                if not any(map(holds, group)):
                    break
            else:
                fitting.append(index)
        return sorted(fitting)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches of one pattern after the other."""
        for pattern in self.candidates(text):
            yield from pattern.finditer(text)

    def _pattern(self, index: int) -> re.Pattern[str]:
        """Compile a pattern when a text first calls for it: a process that lints one post needs few of them."""
        if index not in self._compiled:
            self._compiled[index] = re.compile(self._sources[index], re.IGNORECASE)
        return self._compiled[index]


@cache
def sieve_of(sources: tuple[str, ...]) -> Sieve:
    """Return one sieve for all who ask for the same patterns, as two policy packs in one process do."""
    return Sieve(sources)


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


class _Reading:
    """The flat form of a text, and which of its stretches lead anywhere, sorted out once for all sieves."""

    __slots__ = ("_by_sieve", "_sieves", "words")

    def __init__(self, text: str) -> None:
        self.words = flat(text)
        self._sieves = 0
        self._by_sieve: dict[int, list[str]] = {}

    def grams_of(self, sieve: int) -> Sequence[str]:
        """Return the stretches of the text that a sieve, by its number, keeps something under."""
        if sieve >= self._sieves:
            # The first sieve that asks, or one that was made since.
            self._sieves, self._by_sieve = len(_MADE), self._sorted()
        return self._by_sieve.get(sieve, ())

    def _sorted(self) -> dict[int, list[str]]:
        words = self.words
        by_sieve: dict[int, list[str]] = {}
        for gram in _KNOWN.intersection([words[at : at + _SIZE] for at in range(len(words) - _SIZE + 1)]):
            for sieve in _SIEVES[gram]:
                by_sieve.setdefault(sieve, []).append(gram)
        return by_sieve


def _rarest(piece: str) -> str:
    """The stretch of a piece that fewest texts hold, to judge by its letters."""
    grams = [piece[at : at + _SIZE] for at in range(len(piece) - _SIZE + 1)]
    return max(grams, key=_rarity)


@cache
def _rarity(gram: str) -> int:
    return sum(map(_COMMON.find, gram)) - (100 if gram in _everyday() else 0)


@cache
def _everyday() -> frozenset[str]:
    """The stretches of words that most texts hold, whatever their letters."""
    return frozenset(_EVERYDAY[at : at + _SIZE] for at in range(len(_EVERYDAY) - _SIZE + 1))
