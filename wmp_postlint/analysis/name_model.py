"""The bundled name model: people's names in posts, found by a small network of our own.

``training/`` holds the recipe and the model card. Nothing is downloaded, and spaCy is not needed: numpy alone does the
arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from wmp_postlint.analysis._name_tokens import Tokens, read_tokens
from wmp_postlint.analysis.lexicon import word_list
from wmp_postlint.analysis.model_file import read_arrays, read_bundled
from wmp_postlint.analysis.people import also_words

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from wmp_postlint.analysis._name_network import Network

_FOLDER = "data/models/names"
FORMAT = 2
_BATCH_TOKENS = 512
_SHORTEST_GIVEN = 3
# A known first name, an ordinary word, a known surname, a word without a vector, and the rest.
KINDS = (
    "given", "given, also a word", "common", "surname", "surname, lower case", "unknown", "unknown, lower case",
    "other", "other, lower case",
)  # fmt: skip
_LOCK = Lock()


class NameModel:
    """Finds people's names in texts; one is shared by all threads.

    Args:
        network: the weights, with their arithmetic (``_name_network.Network``).
    """

    def __init__(self, network: Network) -> None:
        self._network = network

    def find(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Return for each text the stretches that are names of people.

        Args:
            texts: visible texts; handles, hashtags, addresses and emoji may be in them. Handles and addresses are not
                read, and a hashtag of several words ("#FindSunitaKaur") is read apart.

        Returns:
            for each text, (start, end) in code points, sorted, without overlap.
        """
        found: list[list[tuple[int, int]]] = [[] for _ in texts]
        batch: list[tuple[int, Tokens]] = []
        size = 0
        for number, text in enumerate(texts):
            for tokens in read_tokens(text):
                if any(word[0].isalpha() for word in tokens.words):
                    batch.append((number, tokens))
                    size += len(tokens.words)
            if size >= _BATCH_TOKENS:
                self._read(batch, found)
                batch, size = [], 0
        self._read(batch, found)
        return [sorted(spans) for spans in found]

    def _read(self, batch: Sequence[tuple[int, Tokens]], found: list[list[tuple[int, int]]]) -> None:
        if not batch:
            return
        people = self._network.people([tokens.words for _, tokens in batch])
        for (number, tokens), spans in zip(batch, people, strict=True):
            found[number] += [(tokens.starts[first], tokens.ends[past - 1]) for first, past in spans]


def load_model() -> NameModel:
    """Return the bundled model, loaded once per process.

    Raises:
        NotLooked: if the model, or numpy, is missing or broken.
    """
    with _LOCK:
        return _load()


@cache
def _load() -> NameModel:
    return read_bundled(_FOLDER, read_model, "People's names were not looked for: the name model")


def read_model(folder: Traversable) -> NameModel:
    """Read a model from the folder that ``training/export.py`` wrote.

    Raises:
        OSError: if a file of it cannot be read.
        ValueError: if its files do not belong together.
    """
    from wmp_postlint.analysis._name_network import Network

    about, arrays = read_arrays(folder, FORMAT)
    leanings = {kind: float(about["leaning"][kind]) for kind in KINDS}
    return NameModel(Network(arrays, about["moves"], lambda word, known: leanings[word_kind(word, known)]))


def word_kind(word: str, known: bool) -> str:
    """Return which of ``KINDS`` a word is: by how much the model leans towards a name at it, the index says.

    Args:
        word: a token.
        known: whether the word has a vector.
    """
    lower = word.lower()
    if lower in word_list("text/given_names.txt") and len(word) >= _SHORTEST_GIVEN:
        return "given, also a word" if word.capitalize() in also_words() else "given"
    if lower in word_list("text/common_words.txt"):
        return "common"
    kind = "surname" if lower in word_list("text/surnames.txt") else "other" if known else "unknown"
    return kind if word[0].isupper() else f"{kind}, lower case"
