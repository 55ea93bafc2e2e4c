"""The arithmetic of the sentence model, in numpy: a small transformer that reads what a text speaks for.

Each piece of a word is embedded; in a few layers every piece looks at all others of its text; what they hold on average
is weighed for each reading. Texts of a batch are laid one behind the other, so that nothing is filled up: only the
looking is done text by text. A text that speaks for nothing after the first layers is not read by the others.

Sources: Wang and others, MiniLM, NeurIPS 2020, and Reimers and Gurevych, Sentence-BERT, EMNLP 2019 (all-MiniLM-L6-v2,
Apache 2.0), from which the weights were trained further; Devlin and others, BERT, NAACL 2019, for the layers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import accumulate, compress, pairwise
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

Floats: TypeAlias = NDArray[np.float32]

LAYERS = 6
# After so many layers a text is looked at whether it speaks for anything.
FIRST_LAYERS = 2
HEADS = 12
# Gaussian error units by Hendrycks and Gimpel's approximation x * sigmoid(1.702 x), as the weights were trained.
BEND = 1.702
SMALL = 1e-12
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
        self._places = dense("places")
        self._embedded = dense("embedded_g"), dense("embedded_b")
        self._layers = [
            _Layer({name: dense(f"layer{number}_{name}") for name in _Layer.NAMES}) for number in range(LAYERS)
        ]
        self._hints = dense("hints_w"), dense("hints_b")
        self._readings = dense("readings_w"), dense("readings_b")

    def scores(self, sequences: Sequence[Sequence[int]], *, every: bool = False) -> Floats:
        """Return how much each sequence of pieces speaks for each reading (sequences x readings).

        Args:
            sequences: the numbers of pieces.
            every: read all of them to the end.

        Returns:
            Scores, of which 0 is even odds; minus infinity for a sequence that was not read to the end.
        """
        with _ALONE.held():
            return self._scores(sequences, every)

    def _scores(self, sequences: Sequence[Sequence[int]], every: bool) -> Floats:
        found = np.full((len(sequences), len(self._readings[1])), -np.inf, np.float32)
        for numbers in _blocks(sequences):
            state, bounds = self._begun([sequences[number] for number in numbers])
            if not every:
                hinting: list[bool] = np.any(_weighed(state, bounds, self._hints) >= 0, axis=1).tolist()
                numbers = list(compress(numbers, hinting))
                state, bounds = _kept(state, bounds, hinting)
            if numbers:
                for layer in self._layers[FIRST_LAYERS:]:
                    state = layer.apply(state, bounds)
                found[numbers] = _weighed(state, bounds, self._readings)
        return found

    def _begun(self, sequences: Sequence[Sequence[int]]) -> tuple[Floats, list[int]]:
        """Return what sequences hold after the first layers, and where each begins, with the end."""
        sizes = [len(sequence) for sequence in sequences]
        bounds = [0, *accumulate(sizes)]
        rows = np.concatenate([np.asarray(sequence, dtype=np.int64) for sequence in sequences])
        state = self._pieces[rows] * self._pieces_scale[rows]
        state += np.concatenate([self._places[:size] for size in sizes])
        state = _normed(state, *self._embedded)
        for layer in self._layers[:FIRST_LAYERS]:
            state = layer.apply(state, bounds)
        return state, bounds


class _OneThread:
    """Keeps numpy's products to one thread each while any text is read.

    Products of one post are so small that several threads wait for each other more than they work, on a machine that
    does anything else. What the program around had set is set again.
    """

    def __init__(self) -> None:
        self._threads = ThreadpoolController()
        self._lock = Lock()
        self._readers = 0
        self._limit: Any = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold products to one thread."""
        with self._lock:
            if not self._readers:
                self._limit = self._threads.limit(limits=1, user_api="blas")
            self._readers += 1
        try:
            yield
        finally:
            with self._lock:
                self._readers -= 1
                if not self._readers:
                    self._limit.restore_original_limits()


_ALONE = _OneThread()


class _Layer:
    """Attention, then two products on each row; each is added to what was there and normed."""

    NAMES = (
        "ask_w", "ask_b", "told_w", "told_b", "norm1_g", "norm1_b",
        "up_w", "up_b", "down_w", "down_b", "norm2_g", "norm2_b",
    )  # fmt: skip

    def __init__(self, arrays: Mapping[str, Floats]) -> None:
        self._norms = [(arrays[f"norm{number}_g"], arrays[f"norm{number}_b"]) for number in (1, 2)]
        self._ask, self._told, self._up, self._down = (
            (arrays[f"{name}_w"], arrays[f"{name}_b"]) for name in ("ask", "told", "up", "down")
        )

    def apply(self, rows: Floats, bounds: Sequence[int]) -> Floats:
        """Return the rows after the layer; ``bounds`` says where each text begins, and the end."""
        width = rows.shape[1]
        asked = rows @ self._ask[0]
        asked += self._ask[1]
        asked[:, :width] /= np.float32((width / HEADS) ** 0.5)
        heads = asked.reshape(len(rows), 3, HEADS, width // HEADS).transpose(1, 2, 0, 3)
        told = np.empty((len(rows), width), np.float32)
        for low, high in pairwise(bounds):
            query, key, value = heads[:, :, low:high]
            looked = query @ key.swapaxes(1, 2)
            looked -= looked.max(axis=2, keepdims=True)
            np.exp(looked, out=looked)
            looked /= looked.sum(axis=2, keepdims=True)
            told[low:high] = (looked @ value).swapaxes(0, 1).reshape(high - low, width)
        state = told @ self._told[0]
        state += self._told[1]
        state += rows
        state = _normed(state, *self._norms[0])
        raised: Floats = state @ self._up[0]
        raised += self._up[1]
        _bend(raised)
        lowered: Floats = raised @ self._down[0]
        lowered += self._down[1]
        lowered += state
        return _normed(lowered, *self._norms[1])


def _bend(rows: Floats) -> None:
    with np.errstate(over="ignore"):  # of a large negative number nothing is left
        turned = np.exp(rows * np.float32(-BEND))
    turned += 1
    rows /= turned


def _normed(rows: Floats, scale: Floats, shift: Floats) -> Floats:
    """Norm rows in place."""
    rows -= rows.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", rows, rows)[:, None] / np.float32(rows.shape[1])
    rows /= np.sqrt(spread + np.float32(SMALL))
    rows *= scale
    rows += shift
    return rows


def _weighed(state: Floats, bounds: Sequence[int], weighing: tuple[Floats, Floats]) -> Floats:
    """Weigh what the rows of each text hold on average."""
    mean = np.add.reduceat(state, bounds[:-1], axis=0)
    mean /= np.diff(bounds)[:, None].astype(np.float32)
    weighed: Floats = mean @ weighing[0] + weighing[1]
    return weighed


def _kept(state: Floats, bounds: Sequence[int], kept: Sequence[bool]) -> tuple[Floats, list[int]]:
    """Return the rows of the texts that are kept, and their bounds."""
    sizes = [high - low for low, high in pairwise(bounds)]
    return state[np.repeat(kept, sizes)], [0, *accumulate(compress(sizes, kept))]


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
