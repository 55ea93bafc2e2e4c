"""Many phrases, as vocabulary files write them, sought in one text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from wmp_postlint import lazy
from wmp_postlint.analysis.sieve import Sieve

# How deep an entry may refer to other entries.
_DEPTH = 4
_SLOT = lazy.regex(r"\{([a-z]+)\}")
_BLANK = "\N{REPLACEMENT CHARACTER}"
# An alternative that begins with an apostrophe, the "'s" of "she's", begins inside a word.
_SHORTENED = lazy.regex(r"[(|]'[a-z]")


class Phrases:
    """Patterns that ignore case and match from one edge of a word to another.

    Args:
        sources: patterns in which a space stands for any white space and ``{slot}`` for an entry of ``slots``.
        slots: named parts of patterns; they may refer to each other.

    Raises:
        KeyError: if a source names a slot that is not there.
    """

    __slots__ = ("_sieve",)

    def __init__(self, sources: Sequence[str], slots: Mapping[str, str] | None = None) -> None:
        self._sieve = Sieve(entry(source, slots or {}) for source in sources)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match, the longest of those that begin there."""
        return min(self._first(text), key=_place, default=None)

    def found(self, text: str) -> bool:
        """Tell whether any of the patterns matches."""
        return any(True for _ in self._first(text))

    def possible(self, text: str) -> bool:
        """Tell whether any of the patterns may match, in the text or in what blanking leaves of it."""
        return bool(self._sieve.candidates(text))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches in order; of those that overlap, the first and longest."""
        end = -1
        for match in sorted(self._sieve.finditer(text), key=_place):
            if match.start() >= end:
                end = match.end()
                yield match

    def blank(self, text: str) -> str:
        """Put a sign that no pattern knows in the place of each match, length for length."""
        kept = text
        for match in self._sieve.finditer(text):
            kept = kept[: match.start()] + _BLANK * (match.end() - match.start()) + kept[match.end() :]
        return kept

    def _first(self, text: str) -> Iterator[re.Match[str]]:
        for pattern in self._sieve.candidates(text):
            if match := pattern.search(text):
                yield match


def _place(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), -match.end()


def fill(source: str, slots: Mapping[str, str]) -> str:
    """Return a pattern with every ``{slot}`` replaced; slots may refer to each other.

    Raises:
        KeyError: if a slot is not there.
    """
    for _ in range(_DEPTH):
        if "{" not in source:
            break
        source = _SLOT.sub(lambda slot: slots[slot[1]], source)
    return source


def entry(source: str, slots: Mapping[str, str]) -> str:
    """Return one source of ``Phrases`` as a pattern that matches from one edge of a word to another.

    Raises:
        KeyError: if a slot is not there.
    """
    source = fill(source, slots).replace(" ?", r"\s*").replace(" ", r"\s+")
    edge = r"(?:(?<!\w)|(?='))" if "'" in source and _SHORTENED.search(source) else r"(?<!\w)"
    return rf"{edge}(?:{source})(?:(?!\w)|(?<!\w))"
