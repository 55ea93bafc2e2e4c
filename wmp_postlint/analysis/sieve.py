"""Many patterns sought in one text, most of them never tried.

Hundreds of patterns one after another, or as one alternation, are slow. So each is kept with the pieces that it cannot
match without, and the four-letter stretches of a text, taken once, show which pieces may stand in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import TypedDict

from wmp_postlint import resource
from wmp_postlint.analysis.pieces import flat, pieces
from wmp_postlint.text import Text

KEPT = "sieves.txt"

_SIZE = 4
_EVERYDAY = (
    " the your you for and that this with have would should could they what about when not from there their been were"
    " was are will just like make work good love driving driver people everyone every nobody somebody happened"
    " happening officers officer police crime criminal victims victim know looking calling something making thing"
    " nothing morning evening because other another down here time more never over into out home "
)
_COMMON = " etaoinshrdlcumwfgypbvkjxqz"


# Every sieve that was made and, of the first of them, which keep something under a stretch of four letters.
_MADE: list[Sieve] = []
_SIEVES: dict[str, tuple[int, ...]] = {}
_MERGING = Lock()
# What a process has read so many texts for pays off: from then on stretches are sorted out for all sieves at once.
_FEW_TEXTS = 30
_merged = _texts = 0


class Sieve:
    """Patterns that ignore case, with what shows quickly that most of them match nowhere in a text.

    Args:
        sources: patterns; they are not verbose and refer to no group by number.
    """

    __slots__ = ("_always", "_found", "_number", "_others", "_short", "_sources", "grams")

    def __init__(self, sources: Iterable[str]) -> None:
        self._sources = list(sources)
        kept = resource.read_pairs(KEPT).get(key_of(self._sources))
        index: Index = json.loads(kept) if kept else index_of(self._sources)
        self._always, self._short, self.grams = index["always"], index["short"], index["grams"]
        self._found: dict[str, list[tuple[str, list[int]]]] = {}
        self._others = index["others"]
        with _MERGING:
            self._number = len(_MADE)
            _MADE.append(self)

    def candidates(self, text: str) -> list[re.Pattern[str]]:
        """Return the patterns that may match in the text, in their order; the others match nowhere in it."""
        return [*map(compiled, self.sources(text))]

    def sources(self, text: str) -> list[str]:
        """Return the sources of the patterns that may match in the text, none of them compiled for it."""
        return [self._sources[index] for index in self._indexes(text)]

    def _indexes(self, text: str) -> list[int]:
        read = Text.of(text).read(_Reading)
        words, known = read.words, self._found
        hits = set(self._always)
        for gram in read.grams_of(self, self._number):
            if gram not in known:
                known[gram] = _pieces_of(self.grams[gram])
            for piece, indexes in known[gram]:
                if piece in words:
                    hits.update(indexes)
        for piece, indexes in self._short:
            if piece in words:
                hits.update(indexes)
        others, known_groups = self._others, read.groups
        fitting = []
        for index in hits:
            for group in others[index].split(";"):
                held = known_groups.get(group)
                if held is None:
                    held = known_groups[group] = any(map(words.__contains__, _group_of(group)))
                if not held:
                    break
            else:
                fitting.append(index)
        return sorted(fitting)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches of one pattern after the other."""
        for pattern in self.candidates(text):
            yield from pattern.finditer(text)


@cache
def sieve_of(sources: tuple[str, ...]) -> Sieve:
    """Return one sieve for all who ask for the same patterns, as two policy packs in one process do."""
    return Sieve(sources)


@cache
def compiled(source: str) -> re.Pattern[str]:
    """Return one of a sieve's ``sources`` as a pattern, compiled when a text first calls for it."""
    return re.compile(source, re.IGNORECASE)


class Index(TypedDict):
    """Where the pieces of a list of patterns lead: to patterns by their place in the list.

    ``grams`` holds each piece under its rarest four letters ("looking for|3,17|overlooking|4"), ``short`` those that
    have fewer, ``always`` the patterns without pieces, and ``others`` what else must be there for each pattern, one
    of each group ("man|woman;home"). Texts, since most of it is never called for.
    """

    always: list[int]
    short: list[tuple[str, list[int]]]
    grams: dict[str, str]
    others: list[str]


def index_of(sources: Sequence[str]) -> Index:
    """Work the index of a list of patterns out from the patterns."""
    index = Index(always=[], short=[], grams={}, others=[])
    by_piece: dict[str, list[int]] = {}
    for at, source in enumerate(sources):
        first, *others = pieces(source) or ((),)
        index["others"].append(";".join(map("|".join, others)))
        for piece in first:
            by_piece.setdefault(piece, []).append(at)
        if not first:
            index["always"].append(at)
    for piece, places in by_piece.items():
        if len(piece) < _SIZE:
            index["short"].append((piece, places))
        else:
            gram, entry = _rarest(piece), f"{piece}|{','.join(map(str, places))}"
            index["grams"][gram] = f"{index['grams'][gram]}|{entry}" if gram in index["grams"] else entry
    return index


def _pieces_of(entry: str) -> list[tuple[str, list[int]]]:
    parts = entry.split("|")
    return [(parts[at], [*map(int, parts[at + 1].split(","))]) for at in range(0, len(parts), 2)]


@lru_cache(maxsize=10_000)
def _group_of(entry: str) -> tuple[str, ...]:
    return tuple(entry.split("|"))


def key_of(sources: Sequence[str]) -> str:
    """Return what the index of a list of patterns is kept under."""
    return resource.stamp_of("\0".join(sources).encode())


class _Reading:
    """The flat form of a text, which of its stretches lead anywhere, and of which groups it holds a piece."""

    __slots__ = ("_by_sieve", "_grams", "_sieves", "groups", "words")

    def __init__(self, text: str) -> None:
        global _texts
        _texts += 1
        self.words = words = flat(text)
        self._grams = {words[at : at + _SIZE] for at in range(len(words) - _SIZE + 1)}
        self.groups: dict[str, bool] = {"": True}
        self._sieves = 0
        self._by_sieve: dict[int, list[str]] = {}

    def grams_of(self, sieve: Sieve, number: int) -> Iterable[str]:
        """Return the stretches of the text that a sieve keeps something under."""
        if number >= self._sieves:
            if _texts < _FEW_TEXTS:
                return sieve.grams.keys() & self._grams
            self._sort()
        return self._by_sieve.get(number, ())

    def _sort(self) -> None:
        """Sort the stretches out for all sieves that there are."""
        self._sieves = _merge()
        self._by_sieve = {}
        for gram in _SIEVES.keys() & self._grams:
            for sieve in _SIEVES[gram]:
                self._by_sieve.setdefault(sieve, []).append(gram)


def _merge() -> int:
    """Note what the sieves that were made since keep; return how many there are."""
    global _merged
    with _MERGING:
        for number in range(_merged, len(_MADE)):
            for gram in _MADE[number].grams:
                _SIEVES[gram] = (*_SIEVES.get(gram, ()), number)
        _merged = len(_MADE)
        return _merged


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
