"""Many patterns sought in one text, most of them never tried.

Hundreds of patterns one after another, or as one alternation, are slow. So each is kept with the pieces that it cannot
match without, and a piece with its rarest word or part of a word. Which of those a word holds is looked up once and
remembered, so that a text is a few dozen look-ups for all the patterns of all rules.
"""

from __future__ import annotations

import json
import re
from _thread import allocate_lock
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from typing import TypeAlias, TypedDict

from wmp_postlint import resource
from wmp_postlint.analysis.pieces import pieces, searched, share
from wmp_postlint.text import Text

KEPT = "sieves.txt"

# The longest part of a word that anything is kept under, so that looking a word up takes time in proportion to it.
_LONGEST = 12
# What a word calls for: the places of patterns, and of those with a longer piece the piece and their places.
_Hook: TypeAlias = tuple[frozenset[int], list[tuple[str, list[int]]]]

# Every sieve that was made, and of the first of them, what they keep something under.
_MADE: list[Sieve] = []
_SIEVES: dict[str, tuple[int, ...]] = {}
_MERGING = allocate_lock()
# What a process has read so many texts for pays off: from then on words are looked up for all sieves at once.
_FEW_TEXTS = 30
_merged = _texts = 0
# What words call for, by sieve, of so many words at most.
_MOST_WORDS = 50_000
_words: dict[str, tuple[tuple[int, _Hook], ...]] = {}
# Words that call for nothing: what is left of the words of a text is looked up.
_dull: set[str] = set()


class Sieve:
    """Patterns that ignore case, with what shows quickly that most of them match nowhere in a text.

    Args:
        sources: patterns; they are not verbose and refer to no group by number.
    """

    __slots__ = ("_always", "_groups", "_hooks", "_number", "_others", "_sources", "anchors")

    def __init__(self, sources: Iterable[str]) -> None:
        self._sources = list(sources)
        kept = resource.read_pairs(KEPT).get(key_of(self._sources))
        index: Index = json.loads(kept) if kept else index_of(self._sources)
        self._always, self.anchors, self._others = frozenset(index["always"]), index["anchors"], index["others"]
        self._hooks: dict[str, _Hook] = {}
        self._groups: dict[int, tuple[_Group, ...]] = {}
        with _MERGING:
            self._number = len(_MADE)
            _MADE.append(self)

    def candidates(self, text: str) -> list[re.Pattern[str]]:
        """Return the patterns that may match in the text, in their order; the others match nowhere in it."""
        return [compiled(self._sources[index]) for index in self._indexes(text)]

    def sources(self, text: str) -> list[str]:
        """Return the sources of the patterns that may match in the text, none of them compiled for it."""
        return [self._sources[index] for index in self._indexes(text)]

    def hook(self, anchor: str) -> _Hook:
        """Return what one of the ``anchors`` calls for."""
        found = self._hooks.get(anchor)
        if found is None:
            parts = self.anchors[anchor].split("|")
            called = [(parts[at], [*map(int, parts[at + 1].split(","))]) for at in range(0, len(parts), 2)]
            found = self._hooks[anchor] = _joined(
                [
                    (frozenset(places), []) if piece == anchor else (frozenset(), [(piece, places)])
                    for piece, places in called
                ]
            )
        return found

    def called(self, text: str) -> Set[int]:
        """Return the places of the patterns of which a text holds one piece, and of those without pieces."""
        read = Text.of(text).read(_Reading)
        found = read.called(self, self._number)
        if not found:
            return self._always
        words = read.flat
        called = {*self._always}
        for certain, longer in found:
            called |= certain
            for piece, indexes in longer:
                if piece in words:
                    called.update(indexes)
        return called

    def fitting(self, text: str, called: Iterable[int]) -> list[int]:
        """Return those of the patterns ``called`` of which a text holds all pieces, in order: they may match in it."""
        read = Text.of(text).read(_Reading)
        text, words, known, groups = read.flat, read.words, read.groups, self._groups
        fitting = []
        for index in called:
            needed = groups.get(index)
            if needed is None:
                needed = groups[index] = _groups_of(self._others[index])
            for group in needed:
                if group not in known:
                    known[group] = group.stands_in(text, words)
                if not known[group]:
                    break
            else:
                fitting.append(index)
        fitting.sort()
        return fitting

    def _indexes(self, text: str) -> Sequence[int]:
        called = self.called(text)
        return self.fitting(text, called) if called else ()

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

    ``anchors`` holds each piece under its rarest word or part of one, a space where the word begins or ends
    ("looking for|3,17|looking at|4"), ``always`` the patterns without pieces, and ``others`` what else must be there
    for each pattern, one of each group ("man|woman;home"). Texts, since most of it is never called for.
    """

    always: list[int]
    anchors: dict[str, str]
    others: list[str]


def index_of(sources: Sequence[str]) -> Index:
    """Work the index of a list of patterns out from the patterns."""
    index = Index(always=[], anchors={}, others=[])
    by_piece: dict[str, list[int]] = {}
    for at, source in enumerate(sources):
        first, *others = pieces(source) or ((),)
        index["others"].append(";".join(map("|".join, others)))
        for piece in first:
            by_piece.setdefault(piece, []).append(at)
        if not first:
            index["always"].append(at)
    for piece, places in by_piece.items():
        anchor, entry = _anchor(piece), f"{piece}|{','.join(map(str, places))}"
        index["anchors"][anchor] = f"{index['anchors'][anchor]}|{entry}" if anchor in index["anchors"] else entry
    return index


class _Group:
    """Pieces of which a text must hold one; there is one object for each set of them, compared by identity."""

    __slots__ = ("_parts", "_words")

    def __init__(self, pieces: tuple[str, ...]) -> None:
        # A piece that is one whole word is looked for among the words, the others in the text.
        whole = [piece for piece in pieces if piece.count(" ") == 2 and piece[0] == piece[-1] == " "]
        self._words = frozenset(map(str.strip, whole))
        self._parts = tuple(piece for piece in pieces if piece not in whole)

    def stands_in(self, text: str, words: Set[str]) -> bool:
        """Tell whether a flat text, of which these are the words, holds one of the pieces."""
        return not self._words.isdisjoint(words) or any(map(text.__contains__, self._parts))


@cache
def _group(entry: str) -> _Group:
    return _Group(tuple(entry.split("|")))


def _groups_of(entry: str) -> tuple[_Group, ...]:
    return tuple(map(_group, entry.split(";"))) if entry else ()


def key_of(sources: Sequence[str]) -> str:
    """Return what the index of a list of patterns is kept under."""
    return resource.stamp_of("\0".join(sources).encode())


def _anchor(piece: str) -> str:
    """The word of a piece, or the part of one, that fewest texts hold; with a space at each end that is a word's."""
    words = piece.split(" ")
    edged = [f"{' ' * (at > 0)}{word}{' ' * (at + 1 < len(words))}" for at, word in enumerate(words) if word]
    return min(edged, key=lambda word: (share(word), -len(word)))[:_LONGEST]


class _Reading:
    """The flat form of a text, what its words call for, and of which groups it holds a piece."""

    __slots__ = ("_by_sieve", "_parts", "_sieves", "flat", "groups", "words")

    def __init__(self, text: str) -> None:
        global _texts
        _texts += 1
        self.flat = Text.of(text).read(searched)
        self.words = {*self.flat.split()}
        self.groups: dict[_Group, bool] = {}
        self._parts: set[str] = set()
        self._sieves = 0
        self._by_sieve: dict[int, list[_Hook]] = {}

    def called(self, sieve: Sieve, number: int) -> Sequence[_Hook]:
        """Return what the words of the text call for in a sieve."""
        if number >= self._sieves:
            if _texts < _FEW_TEXTS:
                self._parts = self._parts or {part for word in self.words for part in _parts_of(word)}
                return [sieve.hook(anchor) for anchor in sieve.anchors.keys() & self._parts]
            self._look_up()
        return self._by_sieve.get(number, ())

    def _look_up(self) -> None:
        """Look the words up for all sieves that there are."""
        self._sieves = _merge()
        known, by_sieve = _words, self._by_sieve
        by_sieve.clear()
        for word in self.words - _dull:
            calls = known.get(word)
            if calls is None:
                calls = _calls_of(word)
            for number, hook in calls:
                if number in by_sieve:
                    by_sieve[number].append(hook)
                else:
                    by_sieve[number] = [hook]


def _parts_of(word: str) -> Iterator[str]:
    """Every stretch of a word that something may be kept under."""
    edged = f" {word} "
    for start in range(len(edged) - 1):
        for end in range(start + 2, min(start + _LONGEST, len(edged)) + 1):
            yield edged[start:end]


def _calls_of(word: str) -> tuple[tuple[int, _Hook], ...]:
    calls: dict[int, list[_Hook]] = {}
    for part in {*_parts_of(word)} & _SIEVES.keys():
        for number in _SIEVES[part]:
            calls.setdefault(number, []).append(_MADE[number].hook(part))
    found = tuple((number, _joined(hooks)) for number, hooks in calls.items())
    if len(_words) + len(_dull) >= _MOST_WORDS:
        _words.clear()
        _dull.clear()
    if found:
        _words[word] = found
    else:
        _dull.add(word)
    return found


def _joined(hooks: Sequence[_Hook]) -> _Hook:
    if len(hooks) == 1:
        return hooks[0]
    return frozenset().union(*(certain for certain, _ in hooks)), [each for _, longer in hooks for each in longer]


def _merge() -> int:
    """Note what the sieves that were made since keep; return how many there are."""
    global _merged
    if _merged < len(_MADE):
        with _MERGING:
            for number in range(_merged, len(_MADE)):
                for anchor in _MADE[number].anchors:
                    _SIEVES[anchor] = (*_SIEVES.get(anchor, ()), number)
            _merged = len(_MADE)
            _words.clear()
            _dull.clear()
    return _merged
