"""The bundled sentence model: what a text as a whole speaks for, by a small transformer that was taught with examples.

``training/`` holds the recipe. Nothing is downloaded; numpy alone does the arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from wmp_postlint.analysis.model_file import read_arrays, read_bundled
from wmp_postlint.analysis.subwords import END, Subwords

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from wmp_postlint.analysis._sentence_network import SentenceNetwork

FOLDER = "data/models/sentences"
FORMAT = 2
PIECES = "pieces.txt"
KINDS = ("post", "reply", "direct_message", "repost", "profile")
# What is read at once: the pieces of a text; what stands for its kind of post and its end is not counted.
MOST_PIECES = 95
_LOCK = Lock()


class SentenceModel:
    """Tells what texts speak for; one is shared by all threads.

    Args:
        network: the weights, with their arithmetic (``_sentence_network.SentenceNetwork``).
        subwords: the pieces of words that it knows.
        bars: for each reading, how much a text must speak for it.
    """

    def __init__(self, network: SentenceNetwork, subwords: Subwords, bars: Mapping[str, float]) -> None:
        self._network = network
        self._subwords = subwords
        self.bars = bars

    def pieces(self, text: str) -> list[int]:
        """Return the pieces of a text."""
        return self._subwords.numbers(text)

    def scores(self, texts: Sequence[tuple[int, Sequence[int]]], *, every: bool = False) -> list[dict[str, float]]:
        """Return for each text how much it speaks for each reading; 0 is even odds.

        Args:
            texts: for each the number that ``context_of`` gives, and its pieces, at most ``MOST_PIECES``.
            every: weigh also the texts which at first sight speak for nothing, for which all is minus infinity.
        """
        first = self._network.first_context
        sequences = [[first + context, *pieces, END] for context, pieces in texts]
        rows = self._network.scores(sequences, every=every).tolist()
        return [dict(zip(self.bars, row, strict=True)) for row in rows]


def context_of(kind: str, personal: bool) -> int:
    """Return the number of a kind of post on an account of the force, or on somebody's own."""
    return 2 * KINDS.index(kind) + personal


def load_sentence_model() -> SentenceModel:
    """Return the bundled model, loaded once per process.

    Raises:
        NotLooked: if the model, or numpy, is missing or broken.
    """
    with _LOCK:
        return _load()


@cache
def _load() -> SentenceModel:
    return read_bundled(FOLDER, read_sentence_model, "The wording was not weighed: the sentence model")


def read_sentence_model(folder: Traversable) -> SentenceModel:
    """Read a model from the folder that ``training/sentences.py`` wrote.

    Raises:
        OSError: if a file of it cannot be read.
        ValueError: if its files do not belong together.
    """
    from wmp_postlint.analysis._sentence_network import SentenceNetwork

    about, arrays = read_arrays(folder, FORMAT)
    subwords = Subwords.of((folder / PIECES).read_text("utf8"))
    return SentenceModel(SentenceNetwork(arrays, len(KINDS) * 2), subwords, about["bars"])
