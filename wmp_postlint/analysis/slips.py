"""Slips of the pen that hide a word from a list and not from a reader: two letters swapped, one left out, one space in.

They are worked out once for each word that is followed, and sought as words of their own, so that nothing is guessed
while a text is read. What is an ordinary word as well ("wore", "moon") is nobody's slip.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from wmp_postlint.analysis.lexicon import load_vocabulary
from wmp_postlint.lazy import Record

_VOWELS = frozenset("aeiou")


class SlipsFile(Record):
    """The words whose slips are followed, ordinary words that look like one, and pieces of words that stand alone."""

    words: tuple[str, ...]
    ordinary: tuple[str, ...]
    pieces: tuple[str, ...]


def slips(words: Collection[str], common: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield (slip, word) for those of the words that are followed, in lower case.

    A slip keeps the first letter. A space in one stands for white space or a hyphen.

    Args:
        words: single words of letters.
        common: ordinary words, which are never slips.
    """
    file = _file()
    ordinary = common | frozenset(file.ordinary)
    pieces = common | frozenset(file.pieces)
    for word in file.words:
        if word not in words:
            continue
        for slip in {*_swapped(word), *_short(word), *_parted(word, pieces)}:
            if slip != word and slip not in ordinary:
                yield slip, word


def followed() -> frozenset[str]:
    """Return the words whose slips are followed."""
    return frozenset(_file().words)


@cache
def _file() -> SlipsFile:
    return load_vocabulary("analysis/slips", SlipsFile)


def _swapped(word: str) -> Iterator[str]:
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _short(word: str) -> Iterator[str]:
    """The word with one of its inner letters left out; of a word of four, a vowel only."""
    for at in range(1, len(word) - 1):
        if len(word) > 4 or word[at] in _VOWELS:
            yield word[:at] + word[at + 1 :]


def _parted(word: str, pieces: Collection[str]) -> Iterator[str]:
    """The word with a space in it, but where both parts stand alone in ordinary writing."""
    for at in range(1, len(word)):
        head, tail = word[:at], word[at:]
        single = 1 in (len(head), len(tail))
        odd = (len(head) > 1 and head not in pieces) + (len(tail) > 1 and tail not in pieces)
        # "It's punk": what follows an apostrophe is no head.
        if odd and not (single and (tail in "ais" or head in "dmst")):
            yield f"{head} {tail}"
