"""The arithmetic of the name model, in numpy: what spaCy's named-entity recogniser computes, without spaCy.

A word is embedded from hashes of its lower-case form, first letter, last three letters and shape, and from its vector;
four layers of a convolution look at its neighbours; a transition parser then opens and closes names from left to right.
The same figures come out as from spaCy 3.8 (``training/`` checks it), in a fraction of the time, since a word is
embedded once per process and, outside a name, every step of the parser is one product.

Sources: spaCy (MultiHashEmbed, MaxoutWindowEncoder, TransitionBasedParser, BiluoPushDown) and Thinc, both MIT.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from wmp_postlint.analysis._name_hash import four_hashes, shape, text_hash

Floats: TypeAlias = NDArray[np.float32]

FEATURES = ("norm", "prefix", "suffix", "shape")
_SEEDS = (8, 9, 10, 11)
_CACHED_WORDS = 20_000
_BLOCK_ROWS = 512
# Small products are handed over in pieces of this many rows, and of no more multiplications than this: from 262,144 on
# OpenBLAS starts threads, which cost more than they save here and on a busy machine wait for each other.
_ROWS, _MULTIPLICATIONS = 12, 240_000


class Network:
    """The weights, and the embeddings of the words read so far; shared by threads.

    Args:
        arrays: the arrays of ``training/export.py``, by name.
        moves: the parser's moves in the order of its scores: "B-PERSON", ..., "O".
        leaning: what is added to the score of opening a person's name at a word, given the word and whether it has a
            vector.
    """

    def __init__(
        self,
        arrays: Mapping[str, NDArray[np.generic]],
        moves: Sequence[str],
        leaning: Callable[[str, bool], float] = lambda word, known: 0.0,
    ) -> None:
        def dense(name: str) -> Floats:
            return np.ascontiguousarray(arrays[name], dtype=np.float32)

        self._tables = [arrays[f"embed_{feature}"] for feature in FEATURES]
        self._keys, self._rows, self._vectors = arrays["vector_keys"], arrays["vector_rows"], arrays["vectors"]
        self._mix = _Maxout(dense("mix_w"), dense("mix_b"), dense("mix_g"), dense("mix_s"))
        weights = dense("layers_w"), dense("layers_b"), dense("layers_g"), dense("layers_s")
        self._layers = [_Maxout(*layer) for layer in zip(*weights, strict=True)]
        self._width = len(self._layers[0].scale)
        self._state_w, self._state_b = _Product(dense("state_w")), dense("state_b")
        self._state_pad = dense("state_pad")
        self._upper_w, self._upper_b = _Product(dense("upper_w").T), dense("upper_b").copy()
        self._leaning = leaning
        self._opening = [moves.index("B-PERSON"), moves.index("U-PERSON")]
        acts = np.array([move[0] for move in moves])
        labels = [move[2:] for move in moves]
        never = np.float32(-np.inf)
        self._outside = np.where(np.isin(acts, ["B", "U", "O"]), np.float32(0), never)
        self._at_end = np.where(np.isin(acts, ["U", "O"]), np.float32(0), never)
        self._out = moves.index("O")
        self._opens = [label if move[0] == "B" else "" for move, label in zip(moves, labels, strict=True)]
        self._whole = [label if move[0] == "U" else "" for move, label in zip(moves, labels, strict=True)]
        self._go_on = {label: moves.index(f"I-{label}") for label in labels if label}
        self._close = {label: moves.index(f"L-{label}") for label in labels if label}
        self._words: dict[str, Floats] = {}
        self._leanings: dict[str, float] = {}
        self._parts: list[dict[str, Floats]] = [{} for _ in FEATURES]

    def people(self, sequences: Sequence[list[str]]) -> list[list[tuple[int, int]]]:
        """Return for each sequence of words the stretches, first and past-last word, that are names of people."""
        gap = len(self._layers)
        places, height = [], gap
        for words in sequences:
            places.append(height)
            height += len(words) + gap
        grid = np.zeros((height, self._width), dtype=np.float32)
        for words, place in zip(sequences, places, strict=True):
            if words:
                grid[place : place + len(words)] = self._embed(words)
        states = self._states(grid)
        return [self._read(words, states[at : at + len(words)]) for words, at in zip(sequences, places, strict=True)]

    def _states(self, grid: Floats) -> Floats:
        """Return what the parser reads of each row: in blocks with their surroundings, so that memory stays small."""
        reach = len(self._layers)
        states = np.empty((len(grid), self._state_w.width), dtype=np.float32)
        for start in range(0, len(grid), _BLOCK_ROWS):
            end = min(start + _BLOCK_ROWS, len(grid))
            low = max(start - reach, 0)
            block = grid[low : end + reach].copy()
            for layer in self._layers:
                block += layer.apply(_windows(block))
            states[start:end] = self._state_w.rows(block[start - low : end - low])
        return states

    def _embed(self, words: list[str]) -> list[Floats]:
        known = self._words
        found = [known.get(word) for word in words]
        missing = list(dict.fromkeys(word for word, vector in zip(words, found, strict=True) if vector is None))
        if missing:
            fresh = dict(zip(missing, self._embed_new(missing), strict=True))
            if len(known) + len(fresh) > _CACHED_WORDS:
                known.clear()
            known.update(fresh)
            found = [fresh[word] if vector is None else vector for word, vector in zip(words, found, strict=True)]
        return found  # type: ignore[return-value]  # none is None by now

    def _embed_new(self, words: list[str]) -> Floats:
        width = self._width
        wide = np.empty((len(words), width * (len(FEATURES) + 1)), dtype=np.float32)
        for row, word in enumerate(words):
            forms = (word.lower(), word[0], word[-3:], shape(word))
            for column, form in enumerate(forms):
                wide[row, column * width : (column + 1) * width] = self._part(column, form)
            wide[row, len(FEATURES) * width :] = self._vector(word)
        return self._mix.apply(wide)

    def _part(self, column: int, form: str) -> Floats:
        cache = self._parts[column]
        found = cache.get(form)
        if found is None:
            table = self._tables[column]
            rows = [number % len(table) for number in four_hashes(text_hash(form), _SEEDS[column])]
            found = table[rows].astype(np.float32).sum(axis=0)
            if len(cache) >= _CACHED_WORDS:
                cache.clear()
            cache[form] = found
        return found

    def _vector(self, word: str) -> Floats | float:
        key = np.uint32(text_hash(word) & 0xFFFFFFFF)
        at = int(np.searchsorted(self._keys, key))
        if at < len(self._keys) and self._keys[at] == key:
            vector: Floats = self._vectors[int(self._rows[at])].astype(np.float32)
            return vector
        return 0.0

    def _read(self, words: list[str], states: Floats) -> list[tuple[int, int]]:
        """Walk from left to right: outside a name a move depends on the word alone, inside also on the name's start."""
        length = len(words)
        if not length:
            return []
        parts = states.reshape(length, 3, -1)
        scores = self._score(parts[:, 0] + self._state_pad) + self._outside
        known = self._leanings
        leanings = [known[word] if word in known else self._lean(word) for word in words]
        scores[:, self._opening] += np.array(leanings, dtype=np.float32)[:, None]
        scores[-1] += self._at_end
        best: list[int] = scores.argmax(axis=1).tolist()
        people, at = [], 0
        while at < length:
            move = best[at]
            if move == self._out or words[at] == "\n":
                at += 1
                continue
            label, start = self._whole[move], at
            if not label:
                label = self._opens[move]
                at += 1
                go_on, close = self._go_on[label], self._close[label]
                while at < length - 1:
                    inside = self._score((parts[at, 0] + parts[start, 1] + parts[at - 1, 2] + self._state_b)[None])[0]
                    if inside[close] >= inside[go_on]:
                        break
                    at += 1
            at += 1
            if label == "PERSON":
                # A name ends with its line.
                people.append((start, words.index("\n", start, at) if "\n" in words[start:at] else at))
        return people

    def _lean(self, word: str) -> float:
        if len(self._leanings) >= _CACHED_WORDS:
            self._leanings.clear()
        found = self._leanings[word] = self._leaning(word, not isinstance(self._vector(word), float))
        return found

    def _score(self, hidden: Floats) -> Floats:
        half = hidden.shape[1] // 2
        scores = self._upper_w.rows(np.maximum(hidden[:, :half], hidden[:, half:]))
        scores += self._upper_b
        return scores


class _Product:
    """A product with weights, in pieces that one thread does (inputs x outputs, ``groups`` of outputs kept apart)."""

    def __init__(self, weights: Floats, groups: int = 1) -> None:
        inputs, self.width = weights.shape
        most = _MULTIPLICATIONS // (_ROWS * inputs)
        group = self.width // groups
        columns = next(size for size in range(min(most, group), 0, -1) if group % size == 0)
        self.columns = columns
        self._pieces = np.ascontiguousarray(weights.reshape(inputs, -1, columns).swapaxes(0, 1))

    def pieces(self, rows: Floats) -> Floats:
        """Return the product as (blocks of rows, pieces, rows, columns); the last block is filled up with zeros."""
        height, inputs = rows.shape
        if height % _ROWS:
            filled = np.zeros((height + -height % _ROWS, inputs), dtype=np.float32)
            filled[:height] = rows
            rows = filled
        product: Floats = np.matmul(rows.reshape(-1, 1, _ROWS, inputs), self._pieces)
        return product

    def rows(self, rows: Floats) -> Floats:
        """Return the product as (rows, outputs)."""
        return _flat(self.pieces(rows))[: len(rows)]


class _Maxout:
    """A product, the greatest of its pieces, and a layer normalisation."""

    def __init__(self, weights: Floats, bias: Floats, scale: Floats, shift: Floats) -> None:
        self.scale, self.shift = scale, shift
        self._of = len(bias) // len(scale)
        self._product = _Product(weights, self._of)
        self._bias = bias.reshape(self._of, -1, 1, self._product.columns)

    def apply(self, rows: Floats) -> Floats:
        product = self._product.pieces(rows)
        blocks, _, height, columns = product.shape
        product = product.reshape(blocks, self._of, -1, height, columns)
        product += self._bias
        best = _flat(np.maximum.reduce(product, axis=1))[: len(rows)]
        width = np.float32(len(self.scale))
        best -= np.add.reduce(best, axis=1, keepdims=True) / width
        spread = np.einsum("ij,ij->i", best, best)[:, None] / width + np.float32(1e-8)
        best /= np.sqrt(spread)
        best *= self.scale
        best += self.shift
        return best


def _flat(product: Floats) -> Floats:
    """Bring (blocks, pieces, rows, columns) to (rows, columns)."""
    blocks, pieces, rows, columns = product.shape
    return product.swapaxes(1, 2).reshape(blocks * rows, pieces * columns)


def _windows(grid: Floats) -> Floats:
    height, width = grid.shape
    wide = np.zeros((height, 3 * width), dtype=np.float32)
    wide[1:, :width] = grid[:-1]
    wide[:, width : 2 * width] = grid
    wide[:-1, 2 * width :] = grid[1:]
    return wide
