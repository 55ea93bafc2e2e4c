"""Many patterns sought in one text, most of them never tried.

Hundreds of patterns one after another, or as one alternation, are slow. So each is kept with the pieces that it cannot
match without, and the four-letter stretches of a text, taken once, show which pieces may stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from wmp_postlint.analysis.pieces import flat, pieces

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
        self._others: list[tuple[tuple[str, ...], ...]] = []
        self._always: list[int] = []
        by_piece: dict[str, list[int]] = {}
        for index, source in enumerate(self._sources):
            first, *others = pieces(source) or ((),)
            self._others.append(tuple(others))
            for piece in first:
                by_piece.setdefault(piece, []).append(index)
            if not first:
                self._always.append(index)
        self._short = [(piece, indexes) for piece, indexes in by_piece.items() if len(piece) < _SIZE]
        self._by_gram: dict[str, list[tuple[str, list[int]]]] = {}
        for piece, indexes in by_piece.items():
            if len(piece) >= _SIZE:
                self._by_gram.setdefault(_rarest(piece), []).append((piece, indexes))
        self._grams = frozenset(self._by_gram)

    def candidates(self, text: str) -> list[re.Pattern[str]]:
        """Return the patterns that may match in the text, in their order; the others match nowhere in it."""
        words, grams = _read(text)
        hits = set(self._always)
        for gram in self._grams & grams:
            for piece, indexes in self._by_gram[gram]:
                if piece in words:
                    hits.update(indexes)
        for piece, indexes in self._short:
            if piece in words:
                hits.update(indexes)
        return [self._pattern(index) for index in sorted(hits) if self._holds(index, words)]

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


@lru_cache(maxsize=16)
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
