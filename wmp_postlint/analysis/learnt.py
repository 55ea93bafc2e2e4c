"""What the wording of a text speaks for, by weights learnt from example posts: ``training/readings.py`` makes them.

A cue vocabulary knows the words that somebody thought of. The weights know, for each word and each pair of
neighbours, how much it spoke for each of several readings in posts that people wrote; words that no example held have
the weights that their meaning gives them. All readings are weighed in one pass: a word's weights lie side by side in
one whole number, so that one addition adds them for every reading.
"""

from __future__ import annotations

import json
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from math import inf, sqrt
from typing import Any

from wmp_postlint import lazy, resource
from wmp_postlint.analysis.cue_text import sentence_starts
from wmp_postlint.document import Document, Surface
from wmp_postlint.errors import NotLooked
from wmp_postlint.text import Text

FILE = "models/readings.bin"
FORMAT = 1
# A weight is a byte, and this much too large, so that none is below nothing; a reading's sum has two bytes.
OFFSET = 128
# Words weighed together: with pairs and context no more than fit into two bytes.
_MOST_WORDS = 100
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
    """The weights of a file that ``training/readings.py`` wrote.

    Args:
        content: a line of JSON, then the sorted keys of the features, four bytes each, and a row of bytes for each.

    Attributes:
        names: what is weighed: vocabulary files under ``data/``, without their endings.
        bars: for each of them and each kind of post that is read so, how much the wording must speak for it.

    Raises:
        ValueError: if the content is not what its first line says.
    """

    def __init__(self, content: bytes) -> None:
        line, _, rest = content.partition(b"\n")
        about: dict[str, Any] = json.loads(line)
        size = about["features"]
        self.bars: dict[str, dict[str, float]] = about["bars"]
        self.names = tuple(self.bars)
        if about["format"] != FORMAT or len(rest) != size * (4 + len(self.names)) or zlib.crc32(rest) != about["crc32"]:
            raise ValueError("the weights are not those that the first line describes")
        self._keys = array("I", rest[: 4 * size])
        self._rows = rest[4 * size :]
        self._scales, self._biases = about["scales"], about["biases"]
        self._known: dict[str, int] = {}
        self._nothing = int.from_bytes(bytes((OFFSET, 0)) * len(self.names), "little")

    def sum(self, listed: Iterable[str]) -> int:
        """Return the weights of features, added up for all readings at once."""
        known = self._known
        return sum([known[feature] if feature in known else self._find(feature) for feature in listed])

    def _find(self, feature: str) -> int:
        key = zlib.crc32(feature.encode("utf-8", "surrogatepass"))
        at = bisect_left(self._keys, key)
        found = self._nothing
        if at < len(self._keys) and self._keys[at] == key:
            width = len(self.names)
            row = bytearray(2 * width)
            row[::2] = self._rows[at * width : (at + 1) * width]
            found = int.from_bytes(row, "little")
        if len(self._known) >= _CACHED:
            self._known.clear()
        self._known[feature] = found
        return found

    def scores(self, total: int, count: int, length: int) -> list[float]:
        """Return how much a sum speaks for each reading: 0 is even odds in training.

        Args:
            total: what ``sum`` gave.
            count: how many features it is the sum of.
            length: how many words they were read from.
        """
        lanes = array("H", total.to_bytes(2 * len(self.names), "little"))
        shift, root = OFFSET * count, sqrt(length + _SHORT)
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


class Stretch:
    """A few sentences of a text that are weighed together, each by its bounds and its words.

    Attributes:
        scores: how much the stretch speaks for each reading.
    """

    def __init__(self, sentences: list[tuple[int, int, list[str]]], beside: list[str]) -> None:
        self._sentences, self._beside = sentences, beside
        self.scores = self._weigh([word for _, _, part in sentences for word in part])

    def _weigh(self, listed: list[str]) -> list[float]:
        weighed = [*features(listed), *self._beside]
        return weights().scores(weights().sum(weighed), len(weighed), len(listed))

    def bearer(self, reading: int) -> tuple[int, int]:
        """Return the bounds of the sentence that speaks most for the reading of this number."""
        if len(self._sentences) == 1:
            return self._sentences[0][:2]
        return max(self._sentences, key=lambda sentence: self._weigh(sentence[2])[reading])[:2]


def stretches(text: str, beside: list[str]) -> Iterator[Stretch]:
    """Cut a text into stretches of whole sentences, where these are not overlong, and weigh them.

    Raises:
        NotLooked: if the weights are missing or damaged.
    """
    starts = [*Text.of(text).read(sentence_starts), len(text)]
    gathered: list[tuple[int, int, list[str]]] = []
    listed = words(text)
    at = size = 0
    for low, high in pairwise(starts):
        part = []
        while at < len(listed) and listed[at][1] < high:
            part.append(listed[at])
            at += 1
        for first in range(0, len(part), _MOST_WORDS):
            piece = part[first : first + _MOST_WORDS]
            begin = piece[0][1] if first else low
            end = part[first + _MOST_WORDS][1] if first + _MOST_WORDS < len(part) else high
            if size + len(piece) > _MOST_WORDS:
                yield Stretch(gathered, beside)
                gathered, size = [], 0
            gathered.append((begin, end, [word for word, _ in piece]))
            size += len(piece)
    if gathered:
        yield Stretch(gathered, beside)


def carried(document: Document, surface: Surface) -> dict[str, list[tuple[int, int]]]:
    """Return the sentences of a text whose wording speaks for a reading; read it with ``document.read``.

    Returns:
        For each reading that is carried, by its vocabulary file, the bounds of the sentences in the folded text.

    Raises:
        NotLooked: if the weights are missing or damaged.
    """
    text = surface.text
    bars = [kinds.get(document.post.kind, inf) for kinds in weights().bars.values()]
    found: dict[str, list[tuple[int, int]]] = {}
    for stretch in stretches(text, context(document)):
        for reading, (score, bar) in enumerate(zip(stretch.scores, bars, strict=True)):
            if score >= bar:
                start, end = stretch.bearer(reading)
                part = text[start:end]
                first, last = len(part) - len(part.lstrip()), len(part.rstrip(" \n\t.,;:-"))
                found.setdefault(weights().names[reading], []).append((start + first, start + last))
    return found
