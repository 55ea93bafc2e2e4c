"""The arithmetic of the sentence model, in numpy: a small transformer that reads what a text speaks for.

Each piece of a word is embedded; in two layers every piece looks at all others of its text; what they hold on average
is weighed for each reading. Texts of a batch are laid one behind the other, so that nothing is filled up: only the
looking is done text by text.

Sources: Cer and others, Universal Sentence Encoder, 2018 (the lite model, Apache 2.0), from which the weights were
trained further; Vaswani and others, Attention Is All You Need, 2017, for the layers and the signal of places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]

LAYERS = ("first", "second")
_HEADS = 4
_SMALL = np.float32(1e-6)
_BLOCK_ROWS = 1024


class SentenceNetwork:
    """The weights; shared by threads.

    Args:
        arrays: those of ``training/sentences.py``, by name: whole numbers of one byte, with ``<name>_scale`` to
            multiply their columns (of ``pieces``, their rows) by, or floats.
        contexts: how many of the last rows of ``pieces`` stand for kinds of posts.

    Attributes:
        first_context: the row of the first of them.
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], contexts: int) -> None:
        def dense(name: str) -> Floats:
            found = arrays[name].astype(np.float32)
            if f"{name}_scale" in arrays:
                found *= arrays[f"{name}_scale"].astype(np.float32)
            return found

        self._pieces, self._pieces_scale = arrays["pieces"], dense("pieces_scale")
        self.first_context = len(self._pieces) - contexts
        self._waves = dense("waves")
        self._widen = dense("widen_w"), dense("widen_b")
        self._layers = [_Layer({name: dense(f"{layer}_{name}") for name in _Layer.NAMES}) for layer in LAYERS]
        self._pooled = dense("pooled_w"), dense("pooled_b")
        self._readings = dense("readings_w"), dense("readings_b")

    def scores(self, sequences: Sequence[Sequence[int]]) -> Floats:
        """Return how much each sequence of pieces speaks for each reading: 0 is even odds (sequences x readings)."""
        found = np.empty((len(sequences), len(self._readings[1])), np.float32)
        for numbers in _blocks(sequences):
            found[numbers] = self._block([sequences[number] for number in numbers])
        return found

    def _block(self, sequences: Sequence[Sequence[int]]) -> Floats:
        sizes = np.array([len(sequence) for sequence in sequences])
        bounds = [0, *np.cumsum(sizes).tolist()]
        rows = np.concatenate([np.asarray(sequence, dtype=np.int64) for sequence in sequences])
        embedded = self._pieces[rows] * (2 * self._pieces_scale[rows])
        embedded += np.concatenate([self._signal(size) for size in sizes.tolist()])
        weights, bias = self._widen
        state = self._layers[0].apply(embedded, embedded @ weights + bias, bounds)
        state = self._layers[1].apply(state, state, bounds)
        mean = np.add.reduceat(state, bounds[:-1], axis=0) / sizes[:, None].astype(np.float32)
        weights, bias = self._pooled
        pooled = np.tanh(mean @ weights + bias)
        weights, bias = self._readings
        scores: Floats = pooled @ weights + bias
        return scores

    def _signal(self, size: int) -> Floats:
        turns = np.arange(size, dtype=np.float32)[:, None] * self._waves
        return np.concatenate([np.sin(turns), np.cos(turns)], axis=1)


class _Layer:
    """Attention, then two products on each row, each on normed rows and added to what was there."""

    NAMES = (
        "norm1_g", "norm1_b", "ask_w", "ask_b", "told_w", "told_b",
        "norm2_g", "norm2_b", "up_w", "up_b", "down_w", "down_b",
    )  # fmt: skip

    def __init__(self, arrays: Mapping[str, Floats]) -> None:
        self._norms = [(arrays[f"norm{number}_g"], arrays[f"norm{number}_b"]) for number in (1, 2)]
        self._ask, self._told, self._up, self._down = (
            (arrays[f"{name}_w"], arrays[f"{name}_b"]) for name in ("ask", "told", "up", "down")
        )

    def apply(self, rows: Floats, kept: Floats, bounds: Sequence[int]) -> Floats:
        """Return the rows after the layer.

        Args:
            rows: what is read, laid text behind text.
            kept: what the outcome is added to.
            bounds: where each text begins, and the end.
        """
        asked = _normed(rows, *self._norms[0]) @ self._ask[0] + self._ask[1]
        width = rows.shape[1]
        asked[:, :width] /= np.float32((width / _HEADS) ** 0.5)
        heads = asked.reshape(len(rows), 3, _HEADS, width // _HEADS).transpose(1, 2, 0, 3)
        told = np.empty((len(rows), width), np.float32)
        for low, high in pairwise(bounds):
            query, key, value = heads[:, :, low:high]
            looked = query @ key.swapaxes(1, 2)
            looked -= looked.max(axis=2, keepdims=True)
            np.exp(looked, out=looked)
            looked /= looked.sum(axis=2, keepdims=True)
            told[low:high] = (looked @ value).swapaxes(0, 1).reshape(high - low, width)
        state = told @ self._told[0] + self._told[1]
        state += kept
        raised: Floats = _normed(state, *self._norms[1]) @ self._up[0] + self._up[1]
        np.maximum(raised, 0, out=raised)
        lowered: Floats = raised @ self._down[0] + self._down[1]
        lowered += state
        return lowered


def _normed(rows: Floats, scale: Floats, shift: Floats) -> Floats:
    centred: Floats = rows - rows.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", centred, centred)[:, None] / np.float32(rows.shape[1])
    centred /= np.sqrt(spread + _SMALL)
    centred *= scale
    centred += shift
    return centred


def _blocks(sequences: Sequence[Sequence[int]]) -> Iterable[list[int]]:
    """Yield the numbers of sequences that are read together, so that memory stays small."""
    block: list[int] = []
    size = 0
    for number, sequence in enumerate(sequences):
        if block and size + len(sequence) > _BLOCK_ROWS:
            yield block
            block, size = [], 0
        block.append(number)
        size += len(sequence)
    if block:
        yield block
