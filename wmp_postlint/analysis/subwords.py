"""Words cut into the pieces that the sentence model knows, each piece the longest that fits.

The pieces are those of the base model (``training/README.md``), a WordPiece vocabulary of lower-case letters without
accents, and emoji; a piece that goes on within a word begins with ``INSIDE``. A run of letters and digits is a word,
every other sign one by itself, so that each word is cut on its own, once per process.

Sources: Wu and others, Google's Neural Machine Translation System, 2016 (WordPiece); Devlin and others, BERT, 2019.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from wmp_postlint import lazy

INSIDE = "##"
# What begins the list of pieces: letters that no piece holds, and the end of a text.
UNKNOWN, END = 0, 1
_CACHED = 20_000
# What joins and colours emoji says nothing.
_WORD = lazy.regex(r"[^\W_]+|[^\s\u200d\ufe0f\U0001f3fb-\U0001f3ff]")


class Subwords:
    """A vocabulary of pieces; shared by threads.

    Args:
        pieces: for each piece its number.
    """

    def __init__(self, pieces: Mapping[str, int]) -> None:
        self._pieces = pieces
        self._longest = max(map(len, pieces), default=0)
        self._words: dict[str, tuple[int, ...]] = {}

    @classmethod
    def of(cls, listed: str) -> Subwords:
        """Read a vocabulary: a line for each piece; the number is the line's. The first two stand for no letters."""
        pieces = {piece: number for number, piece in enumerate(listed.split("\n")) if number > END and piece}
        if not pieces:
            raise ValueError("the vocabulary of pieces is empty")
        return cls(pieces)

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a text; letters that no piece holds are ``UNKNOWN``, once in a row."""
        known = self._words
        found: list[int] = []
        for word in _WORD.findall(_bare(text)):
            cut = known.get(word)
            if cut is None:
                cut = tuple(self._cut(word))
                if len(known) >= _CACHED:
                    known.clear()
                known[word] = cut
            if cut != (UNKNOWN,) or not found or found[-1] != UNKNOWN:
                found.extend(cut)
        return found

    def _cut(self, word: str) -> Iterator[int]:
        start, before = 0, None
        while start < len(word):
            begun = INSIDE if start else ""
            ends = range(min(len(word), start + self._longest), start, -1)
            fitting = ((end, self._pieces.get(begun + word[start:end])) for end in ends)
            end, number = next(((end, number) for end, number in fitting if number), (start + 1, UNKNOWN))
            if number != UNKNOWN or before != UNKNOWN:
                yield number
            start, before = end, number


def _bare(text: str) -> str:
    """Return a text in lower case and without accents."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    return "".join(sign for sign in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(sign))
