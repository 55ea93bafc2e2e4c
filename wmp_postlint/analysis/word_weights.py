"""What single words and pairs of neighbours speak for, by weights learnt from example posts.

A cheap look before the sentence model reads a text (``learnt``): words that no example held have the weights that
their meaning gives them. All readings are weighed in one pass: a word's weights lie side by side in one whole number,
so that one addition adds them for every reading. ``training/word_weights.py`` makes the weights.
"""

from __future__ import annotations

import json
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from math import sqrt
from operator import ge
from typing import Any

from wmp_postlint import lazy, resource
from wmp_postlint.document import Document, Surface
from wmp_postlint.errors import NotLooked

FILE = "models/words.bin"
FORMAT = 2
# A weight is a byte, and this much too large, so that none is below nothing; a reading's sum has two bytes.
OFFSET = 128
# Words weighed together: with pairs and context no more than fit into two bytes.
MOST_WORDS = 60
_CACHED = 50_000
# A short text is not surer than its few words make it.
_SHORT = 4
_WORD = lazy.regex(r"(?i:https?)://\S+|www\.\S+|[@#]?\w+(?:'\w+)?|[^\w\s]")
_SHORTENED = lazy.regex(r"(\w+?)(n't|'\w+)")
_DIGIT = lazy.regex(r"\d")
_LONGEST_FIGURE = 6


def words(text: str) -> list[tuple[str, int]]:
    """Return the words of a text as the weights know them, each with where it begins.

    Handles and addresses are one word each, figures are known by their shape, a hashtag is the word in it.
    """
    found = []
    for match in _WORD.finditer(text.replace("’", "'")):
        word, start = match.group().lower(), match.start()
        if not word.isalpha() and len(word) > 1:
            if word[0] in "@#":
                word = "<handle>" if word[0] == "@" else word[1:]
            elif word.startswith(("http", "www.")):
                word = "<url>"
            elif shortened := _SHORTENED.fullmatch(word):
                found.append((shortened[1], start))
                word = shortened[2]
        if not word.isalpha() and _DIGIT.search(word):
            word = f"<{_DIGIT.sub('0', word)[:_LONGEST_FIGURE]}>"
        found.append((word, start))
    return found


def features(listed: Iterable[str]) -> list[str]:
    """Return what is weighed in words that follow one another: each of them, and each pair, once."""
    singles = list(listed)
    pairs = map(" ".join, pairwise(["^", *singles, "$"]))
    return list(dict.fromkeys([*singles, *pairs]))


def context(document: Document) -> list[str]:
    """Return what is weighed of a post beside its words: what kind of post it is, and whether somebody's own."""
    own = ["account:personal"] if document.account_kind == "personal" else []
    return [f"kind:{document.post.kind}", *own]


class Weights:
    """The weights of a file that ``training/word_weights.py`` wrote.

    Args:
        content: a line of JSON, then the sorted keys of the features, four bytes each, and a row of bytes for each.

    Attributes:
        bars: for each reading, how much the words must speak for it to be looked at closer.

    Raises:
        ValueError: if the content is not what its first line says.
    """

    def __init__(self, content: bytes) -> None:
        line, _, rest = content.partition(b"\n")
        about: dict[str, Any] = json.loads(line)
        size = about["features"]
        self.bars: dict[str, float] = about["bars"]
        if about["format"] != FORMAT or len(rest) != size * (4 + len(self.bars)) or zlib.crc32(rest) != about["crc32"]:
            raise ValueError("the weights are not those that the first line describes")
        self._keys = array("I", rest[: 4 * size])
        self._rows = rest[4 * size :]
        self._scales, self._biases = about["scales"], about["biases"]
        self._known: dict[str, int] = {}
        self._nothing = int.from_bytes(bytes((OFFSET, 0)) * len(self.bars), "little")

    def sum(self, listed: Iterable[str]) -> int:
        """Return the weights of features, added up for all readings at once."""
        known = self._known
        return sum([known[feature] if feature in known else self._find(feature) for feature in listed])

    def _find(self, feature: str) -> int:
        key = zlib.crc32(feature.encode("utf-8", "surrogatepass"))
        at = bisect_left(self._keys, key)
        found = self._nothing
        if at < len(self._keys) and self._keys[at] == key:
            width = len(self.bars)
            row = bytearray(2 * width)
            row[::2] = self._rows[at * width : (at + 1) * width]
            found = int.from_bytes(row, "little")
        if len(self._known) >= _CACHED:
            self._known.clear()
        self._known[feature] = found
        return found

    def scores(self, listed: list[str], beside: list[str]) -> list[float]:
        """Return how much words that follow one another speak for each reading: 0 is even odds in training.

        Args:
            listed: the words, ``MOST_WORDS`` of them at most.
            beside: what is weighed beside them.
        """
        weighed = [*features(listed), *beside]
        lanes = array("H", self.sum(weighed).to_bytes(2 * len(self.bars), "little"))
        shift, root = OFFSET * len(weighed), sqrt(len(listed) + _SHORT)
        return [
            (lane - shift) * scale / root + bias
            for lane, scale, bias in zip(lanes, self._scales, self._biases, strict=True)
        ]


@cache
def weights() -> Weights:
    """Return the bundled weights, loaded once per process.

    Raises:
        NotLooked: if they are missing or damaged.
    """
    try:
        return Weights(resource.read_bytes(FILE))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotLooked(
            "The wording was not weighed: its weights are missing or damaged. Install the package again."
        ) from error


def hints(document: Document, surface: Surface) -> bool:
    """Tell whether the words of a text can speak for any reading, so that the sentence model should read it.

    Raises:
        NotLooked: if the weights are missing or damaged.
    """
    listed = [word for word, _ in words(surface.text)]
    beside, known = context(document), weights()
    bars = known.bars.values()
    return any(
        any(map(ge, known.scores(listed[at : at + MOST_WORDS], beside), bars))
        for at in range(0, len(listed), MOST_WORDS)
    )
