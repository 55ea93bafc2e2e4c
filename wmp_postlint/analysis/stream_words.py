"""The words that the streams look for, and what a stretch was read as."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Literal, TypeAlias

from wmp_postlint import lazy
from wmp_postlint.lazy import Record

Trick = Literal["plain", "inside", "leet", "stretched", "spaced", "masked", "hashtag", "slip", "glued"]

Node: TypeAlias = "dict[str, Node]"

_REPEATED = lazy.regex(r"(.)\1+")


class Reading(Record):
    """A stretch that reads as a word: the word without spaces (none when a mask fits no word), where, and how."""

    word: str | None
    start: int
    end: int
    trick: Trick

    def moved(self, by: int) -> Reading:
        """Return the same reading so many places further on."""
        return Reading(self.word, self.start + by, self.end + by, self.trick) if by else self


class _Trie(dict[str, Node]):
    """Words letter by letter, those of a first letter worked out when a text first asks for them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, list[str]] = {}
        for word in words:
            self._words.setdefault(word[0], []).append(word)
        super().__init__((letter, {}) for letter in self._words)

    def __getitem__(self, letter: str) -> Node:
        branch = super().__getitem__(letter)
        for word in self._words.pop(letter, ()):
            node = branch
            for character in word[1:]:
                node = node.setdefault(character, {})
            node[""] = {}
        return branch


class Words:
    """Words made ready for the streams, each table when it is first needed.

    Args:
        terms: for each word, without spaces, whether it is grave enough to be found in the weaker disguises too.
        masked: the words that a mask of several letters is read as, the likeliest first; any grave word may lack one.
        known: ordinary words that stretched letters may also spell; never reported.
        common: ordinary words, commonest first, that a hashtag may be made of.
        heavy: words that are made out when an ordinary word is run into them.
    """

    def __init__(
        self,
        terms: Mapping[str, bool],
        masked: Mapping[str, None],
        known: frozenset[str],
        common: frozenset[str],
        heavy: frozenset[str] = frozenset(),
    ) -> None:
        self.terms = terms
        self.masked = masked
        self.known = known
        self.common = common
        self.heavy = heavy
        self._tables: dict[tuple[str, str], dict[str, list[str]]] = {}

    @cached_property
    def trie(self) -> Node:
        """The terms letter by letter; the end of one is an empty letter."""
        return _Trie(self.terms)

    @cached_property
    def hiding(self) -> dict[str, tuple[Reading, ...]]:
        """Chunks of earlier texts that hide words, and these, for the streams."""
        return {}

    @cached_property
    def harmless(self) -> set[str]:
        """Chunks of earlier texts that hide nothing."""
        return set()

    def squeezed(self, key: str) -> list[str]:
        """Return the terms of which ``key`` is left when each run of a letter becomes one."""
        return self._squeezed("terms", self.terms, key)

    def squeezed_common(self, key: str) -> list[str]:
        """Return the ordinary words of which ``key`` is left in the same way."""
        return self._squeezed("common", self.common, key)

    def _squeezed(self, kind: str, words: Collection[str], key: str) -> list[str]:
        # Letter by letter: most processes read one post, which asks for few of them.
        table = self._tables.get((kind, key[0]))
        if table is None:
            table = self._tables[kind, key[0]] = _by_squeezed([word for word in words if word[0] == key[0]])
        return table.get(key, [])

    @cached_property
    def by_shape(self) -> dict[tuple[str, int], list[str]]:
        """The words by first letter and length, which is negative for those that a mask of one letter only hides."""
        by_shape: dict[tuple[str, int], list[str]] = {}
        for term in self.masked:
            by_shape.setdefault((term[0], len(term)), []).append(term)
        for term, grave in self.terms.items():
            if grave and term not in self.masked:
                by_shape.setdefault((term[0], -len(term)), []).append(term)
        return by_shape

    @cached_property
    def by_tail(self) -> dict[str, str]:
        """The grave words by what follows their first letter."""
        return {term[1:]: term for term in reversed(list(self.terms)) if self.terms[term]}


def squeeze(text: str) -> str:
    """Return a text with each run of a letter as one letter."""
    return _REPEATED.sub(r"\1", text)


def _by_squeezed(words: Collection[str]) -> dict[str, list[str]]:
    by_squeezed: dict[str, list[str]] = {}
    for word, squeezed in zip(words, squeeze("\n".join(words)).splitlines(), strict=True):
        by_squeezed.setdefault(squeezed, []).append(word)
    return by_squeezed
