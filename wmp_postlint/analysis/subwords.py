"""Words cut into the pieces that the sentence model knows, the likeliest cut of each.

The pieces and their log probabilities are those of the base model (``training/README.md``), a unigram vocabulary as
SentencePiece makes it; a piece that begins a word begins with ``START``. No piece reaches over a space, so that each
word is cut on its own, once per process.

Source: Kudo, Subword Regularization, ACL 2018, section 3.2 (Viterbi search).
"""

from __future__ import annotations

from collections.abc import Mapping

START = "\u2581"
UNKNOWN = 0
_CACHED = 20_000
# What a letter costs that no piece holds: more than the rarest piece.
_COST = 20.0


class Subwords:
    """A vocabulary of pieces; shared by threads.

    Args:
        pieces: for each piece its number and its log probability.
    """

    def __init__(self, pieces: Mapping[str, tuple[int, float]]) -> None:
        self._pieces = pieces
        self._longest = max(map(len, pieces), default=0)
        self._words: dict[str, tuple[int, ...]] = {}

    @classmethod
    def of(cls, listed: str) -> Subwords:
        """Read a vocabulary: a line for each piece, its log probability after a tab; the number is the line's."""
        pieces = {}
        for number, line in enumerate(listed.split("\n")):
            piece, tab, chance = line.partition("\t")
            if tab:
                pieces[piece] = (number, float(chance))
        if not pieces:
            raise ValueError("the vocabulary of pieces is empty")
        return cls(pieces)

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a text; letters that no piece holds are ``UNKNOWN``, once in a row."""
        known = self._words
        found: list[int] = []
        for word in text.split():
            cut = known.get(word)
            if cut is None:
                cut = self._cut(START + word)
                if len(known) >= _CACHED:
                    known.clear()
                known[word] = cut
            found.extend(cut)
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        size = len(word)
        best = [0.0] * (size + 1)
        came: list[tuple[int, int]] = [(0, UNKNOWN)] * (size + 1)
        for end in range(1, size + 1):
            score, step = best[end - 1] - _COST, (end - 1, UNKNOWN)
            for start in range(max(0, end - self._longest), end):
                piece = self._pieces.get(word[start:end])
                if piece is not None and best[start] + piece[1] >= score:
                    score, step = best[start] + piece[1], (start, piece[0])
            best[end], came[end] = score, step
        numbers: list[int] = []
        while size:
            size, number = came[size]
            if number != UNKNOWN or not numbers or numbers[-1] != UNKNOWN:
                numbers.append(number)
        return tuple(reversed(numbers))
