"""Learns what a text speaks for: writes ``wmp_postlint/data/models/sentences/``.

    python training/sentences.py [--check] [--further] [--data FOLDER] [--base FOLDER]

The Universal Sentence Encoder (lite) is trained further, all of it, on the cases of ``readings/`` and
``tests/rules/cases`` and on ordinary posts as innocent ones, with one logistic score for each rule whose wording is
learnt. A tenth of the cases and a quarter of the ordinary posts are kept aside: bars are set where few of their near
misses, and hardly any of these posts, pass. What is found of ``readings/held_out``, which is never learnt from, is
printed; with ``--check`` nothing is written. ``--further`` goes on from the model that ships for one short round, which
is what a few new cases need.
"""

# ruff: noqa: T201  (progress on the screen)

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias
from zlib import crc32

import jax
import jax.numpy as jnp
import numpy as np
from cases import OWN, ROOT, Example, cases, found_posts, held_out, innocent, short, taught, weight, worded_rules
from numpy.typing import NDArray

from wmp_postlint import Linter
from wmp_postlint.analysis._sentence_network import LAYERS
from wmp_postlint.analysis.learnt import SURFACES, context, plain
from wmp_postlint.analysis.model_file import INDEX, WEIGHTS, pack, read_arrays
from wmp_postlint.analysis.sentence_model import (
    FOLDER,
    FORMAT,
    KINDS,
    MOST_PIECES,
    PIECES,
    SentenceModel,
    read_sentence_model,
)
from wmp_postlint.analysis.subwords import Subwords
from wmp_postlint.rule import Rule

BASE = Path(__file__).parent / "base" / "package" / "dist"
# What the weights and the vocabulary of the base model must be.
SHA256 = "6915bcb0c72509cc1cde49073db114d2a8845b3b7c9790784254da6734c7d33e"
SEED = 5
EPOCHS, BATCH, RATE, WARM = 3, 64, 7e-4, 60
# The rate of a round that goes on from a model that was trained before.
FURTHER = 2.5e-4
# The new scores learn faster than what the base model knows already.
HEAD_RATE = 4.0
DROPPED, LIMIT = 0.1, 5.0
# The part of the tweets that a round reads, and of the cases that are read beside an ordinary post.
TWEETS, BESIDE = 0.15, 0.15
# What a case weighs beside an ordinary post: one that shows a reading, one written to look like it, one of another.
WEIGHED = {"shown": 3.0, "near": 2.0, "other": 0.3}
ASIDE_CASES, ASIDE_POSTS = 10, 4
# What a bar weighs against the part of the cases that it finds: the part of the near misses that pass it, of posts of
# forces, and of tweets, of which more may pass, since people do speak about politics and run others down.
NEAR_COST, POST_COST, TWEET_COST = 1.0, 18.0, 3.0
# Readings that ordinary posts must never set off.
RARE = frozenset({"credentials", "surveillance", "improper-contact", "live-video"})
RARE_COST = 5.0
# An alarm in one of fewer posts than this, those of personal accounts for one, counts as one in so many.
FEW = 500
# Scores are no nearer than this to what a post like it would have had.
SPREAD = 0.5
BARS = np.arange(-3.0, 9.0, 0.05)
HEADS = 4
SIZES = (16, 20, 24, 28, 32, 40, 48, 64, MOST_PIECES + 1)
NAMES = {
    "norm1_g": "layer_prepostprocess/layer_norm/layer_norm_scale/ConcatPartitions/concat",
    "norm1_b": "layer_prepostprocess/layer_norm/layer_norm_bias/ConcatPartitions/concat",
    "ask_w": "MultiheadAttention/qkv_transform_single/kernel/part_0",
    "ask_b": "MultiheadAttention/qkv_transform_single/bias/ConcatPartitions/concat",
    "told_w": "MultiheadAttention/output_transform_single/kernel/part_0",
    "told_b": "MultiheadAttention/output_transform_single/bias/ConcatPartitions/concat",
    "norm2_g": "FFN/layer_prepostprocess/layer_norm/layer_norm_scale/ConcatPartitions/concat",
    "norm2_b": "FFN/layer_prepostprocess/layer_norm/layer_norm_bias/ConcatPartitions/concat",
    "up_w": "FFN/conv1/Tensordot/Reshape_1",
    "up_b": "FFN/conv1/bias/ConcatPartitions/concat",
    "down_w": "FFN/conv2/Tensordot/Reshape_1",
    "down_b": "FFN/conv2/bias/ConcatPartitions/concat",
}
Floats: TypeAlias = NDArray[np.float32]
Weights: TypeAlias = dict[str, Any]
Numbers: TypeAlias = list[int]


def base_model(folder: Path) -> tuple[dict[str, Floats], str]:
    """Return the weights of the base model, by our names, and its pieces as ``Subwords.of`` reads them."""
    files = [folder / "model.json", folder / "vocab.json", *sorted(folder.glob("group1-shard*"))]
    if not files[0].exists():
        raise SystemExit(f"The base model is not in {folder}: see README.md, and name its folder with --base.")
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    if digest != SHA256:
        raise SystemExit(f"{folder}: not the base model that this was written for ({digest})")
    blob = b"".join(file.read_bytes() for file in files[2:])
    found: dict[str, Floats] = {}
    at = 0
    for entry in json.loads(files[0].read_text("utf8"))["weightsManifest"][0]["weights"]:
        how = entry.get("quantization")
        kind = np.dtype((how or {}).get("dtype", entry["dtype"]))
        count = int(np.prod(entry["shape"]))
        values = np.frombuffer(blob, kind, count, at).reshape(entry["shape"])
        at += count * kind.itemsize
        found[entry["name"]] = values.astype(np.float32) * how["scale"] + how["min"] if how else values

    def named(*ends: str) -> Floats:
        (name,) = (name for name in found if all(end in name for end in ends) and name.endswith(ends[-1]))
        return np.squeeze(np.asarray(found[name], np.float32))

    weights = {
        "pieces": named("module/Embeddings_en"),
        "waves": named("TimingSignal/ExpandDims_1"),
        "widen_w": named("Layer_0/", "TransformerLayer/dense/kernel/ConcatPartitions/concat"),
        "widen_b": named("Layer_0/", "TransformerLayer/dense/bias/ConcatPartitions/concat"),
        "pooled_w": named("tanh_layer_0/weights"),
        "pooled_b": named("tanh_layer_0/bias"),
    }
    for number, layer in enumerate(LAYERS):
        for name, end in NAMES.items():
            weights[f"{layer}_{name}"] = named(f"Layer_{number}/", f"TransformerLayer/{end}")
    listed = json.loads(files[1].read_text("utf8"))
    # The first six stand for no letters; a few pieces of stops were left without a figure.
    lines = [
        "" if at < 6 else f"{piece}\t{-12.0 if chance is None else chance:.6f}"
        for at, (piece, chance) in enumerate(listed)
    ]
    return weights, "\n".join(lines) + "\n"


def begun(base: Mapping[str, Floats], readings: int) -> Weights:
    """Return the weights to begin with: the base model's, small ones for kinds of posts, and nothing for readings."""
    kinds = np.random.default_rng(SEED).normal(0, 0.02, (2 * len(KINDS), base["pieces"].shape[1]))
    weights: Weights = {name: jnp.asarray(value) for name, value in base.items() if name != "waves"}
    weights["pieces"] = jnp.concatenate([weights["pieces"], jnp.asarray(kinds.astype(np.float32))])
    weights["readings_w"] = jnp.zeros((base["pooled_w"].shape[1], readings))
    weights["readings_b"] = jnp.full(readings, -3.0)
    return weights


def shipped_weights(readings: int) -> Weights:
    """Return the weights of the model that ships, to go on from; it must have the same readings."""
    about, arrays = read_arrays(ROOT / "wmp_postlint" / FOLDER, FORMAT)
    if len(about["bars"]) != readings:
        raise SystemExit("The model that ships has other readings: train it from the beginning, without --further.")
    found: Weights = {}
    for name, value in arrays.items():
        if not name.endswith("_scale") and name != "waves":
            scale = arrays.get(f"{name}_scale", np.float32(1))
            found[name] = jnp.asarray(value.astype(np.float32) * scale)
    return found


def _normed(rows: jax.Array, scale: jax.Array, shift: jax.Array) -> jax.Array:
    centred = rows - rows.mean(-1, keepdims=True)
    return centred * jax.lax.rsqrt((centred * centred).mean(-1, keepdims=True) + 1e-6) * scale + shift


def _layer(
    weights: Weights,
    name: str,
    rows: jax.Array,
    kept: jax.Array,
    mask: jax.Array,
    drop: Callable[[jax.Array], jax.Array],
) -> jax.Array:
    def given(part: str) -> tuple[jax.Array, jax.Array]:
        return weights[f"{name}_{part}_w"], weights[f"{name}_{part}_b"]

    texts, size, width = rows.shape
    normed = _normed(rows, weights[f"{name}_norm1_g"], weights[f"{name}_norm1_b"])
    asked = (normed @ given("ask")[0] + given("ask")[1]).reshape(texts, size, 3, HEADS, width // HEADS)
    query, key, value = asked.transpose(2, 0, 3, 1, 4)
    looked = query @ key.swapaxes(2, 3) / (width / HEADS) ** 0.5 + (mask[:, None, None, :] - 1) * 1e9
    told = (jax.nn.softmax(looked, -1) @ value).transpose(0, 2, 1, 3).reshape(texts, size, width)
    state = kept + drop(told @ given("told")[0] + given("told")[1])
    normed = _normed(state, weights[f"{name}_norm2_g"], weights[f"{name}_norm2_b"])
    raised = jax.nn.relu(normed @ given("up")[0] + given("up")[1])
    return state + drop(raised @ given("down")[0] + given("down")[1])


def scores(
    weights: Weights, waves: Floats, numbers: jax.Array, mask: jax.Array, key: jax.Array | None = None
) -> jax.Array:
    """Return what ``SentenceNetwork.scores`` gives, for texts filled up to one length.

    With a key, some of what is read is dropped, as it is while learning.
    """
    keys = iter(jax.random.split(key, 8)) if key is not None else None

    def drop(rows: jax.Array) -> jax.Array:
        if keys is None:
            return rows
        return jnp.where(jax.random.bernoulli(next(keys), 1 - DROPPED, rows.shape), rows / (1 - DROPPED), 0)

    turns = np.arange(numbers.shape[1], dtype=np.float32)[:, None] * waves
    signal = np.concatenate([np.sin(turns), np.cos(turns)], axis=1)
    embedded = drop((2 * weights["pieces"][numbers] + signal) * mask[..., None])
    state = _layer(weights, LAYERS[0], embedded, embedded @ weights["widen_w"] + weights["widen_b"], mask, drop)
    state = _layer(weights, LAYERS[1], state, state, mask, drop)
    mean = (state * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
    pooled = drop(jnp.tanh(mean @ weights["pooled_w"] + weights["pooled_b"]))
    return pooled @ weights["readings_w"] + weights["readings_b"]


def _step(
    waves: Floats,
    weights: Weights,
    means: Weights,
    squares: Weights,
    numbers: jax.Array,
    mask: jax.Array,
    target: jax.Array,
    weight: jax.Array,
    key: jax.Array,
    turn: jax.Array,
    rate: jax.Array,
) -> tuple[Weights, Weights, Weights, jax.Array]:
    """One step of Adam on a batch; ``turn`` counts from 1."""

    def loss(weights: Weights) -> jax.Array:
        found = scores(weights, waves, numbers, mask, key)
        return ((jax.nn.softplus(found) - target * found) * weight).sum() / len(target)

    lost, slopes = jax.value_and_grad(loss)(weights)
    size = jnp.sqrt(sum((slope * slope).sum() for slope in slopes.values()))
    moved = {}
    means, squares = dict(means), dict(squares)
    for name, slope in slopes.items():
        limited = slope * jnp.minimum(1.0, LIMIT / size)
        means[name] = 0.9 * means[name] + 0.1 * limited
        squares[name] = 0.99 * squares[name] + 0.01 * limited * limited
        own = rate * (HEAD_RATE if name.startswith("readings") else 1.0)
        way = means[name] / (1 - 0.9**turn) / (jnp.sqrt(squares[name] / (1 - 0.99**turn)) + 1e-6)
        moved[name] = weights[name] - own * way
    return moved, means, squares, lost


class Learner:
    """Examples as the network reads them, and the training on them.

    Args:
        examples: all that is learnt from or measured.
        rules: the readings, by their short names.
        subwords: the pieces of the base model.
        pieces: how many of them there are.
        waves: the base model's signal of places.
    """

    def __init__(
        self, examples: Sequence[Example], rules: Mapping[str, Rule], subwords: Subwords, pieces: int, waves: Floats
    ) -> None:
        self.examples, self.rules, self.waves = examples, rules, waves
        self.numbers = [
            [pieces + context(one.document), *subwords.numbers(plain(one.text, one.document.policy))[:MOST_PIECES]]
            for one in examples
        ]
        self.target = np.array([[name in one.shows for name in rules] for one in examples], np.float32)
        self.weight = np.array(
            [[weight(one, name, rule, **WEIGHED) for name, rule in rules.items()] for one in examples], np.float32
        )
        self._random = np.random.default_rng(SEED)
        self._scores = jax.jit(lambda weights, numbers, mask: scores(weights, waves, numbers, mask))
        self._step = jax.jit(partial(_step, waves))

    def fit(self, weights: Weights, learnt_from: Sequence[int], epochs: int, rate: float) -> Weights:
        """Train on the examples of these numbers (Adam, a rate that falls to nothing)."""
        found = [at for at in learnt_from if self.examples[at].by == "found"]
        told = [at for at in learnt_from if self.examples[at].by != "found"]
        ordinary = [at for at in learnt_from if self.examples[at].ordinary]
        most = epochs * ((len(told) + int(TWEETS * len(found))) // BATCH)
        means = squares = {name: jnp.zeros_like(value) for name, value in weights.items()}
        key, turn = jax.random.PRNGKey(SEED), 0
        for epoch in range(epochs):
            begin, total = time.monotonic(), 0.0
            chosen = self._random.choice(found, int(TWEETS * len(found)), replace=False)
            for batch in self._batches([*told, *chosen.tolist()]):
                turn += 1
                key, dropping = jax.random.split(key)
                step = rate * min(1.0, turn / WARM) * max(0.02, 1 - turn / most)
                numbers, mask = _filled([self._with_others(at, ordinary) for at in batch])
                weights, means, squares, loss = self._step(
                    weights,
                    means,
                    squares,
                    numbers,
                    mask,
                    self.target[batch],
                    self.weight[batch],
                    dropping,
                    np.float32(turn),
                    np.float32(step),
                )
                total += float(loss)
            print(
                f"epoch {epoch + 1}: loss {total / (most / epochs):.3f}, {time.monotonic() - begin:.0f} s", flush=True
            )
        return weights

    def _batches(self, chosen: Sequence[int]) -> list[list[int]]:
        """Cut examples into batches of about the same length, in random order."""
        lengths = np.array([len(self.numbers[at]) for at in chosen]) + self._random.normal(0, 2, len(chosen))
        ordered = np.asarray(chosen)[np.argsort(lengths)]
        batches = [ordered[at : at + BATCH].tolist() for at in range(0, len(ordered) - BATCH + 1, BATCH)]
        self._random.shuffle(batches)
        return batches

    def _with_others(self, at: int, ordinary: Sequence[int]) -> Numbers:
        """Return the pieces of an example, for some cases with an ordinary post before or behind."""
        own = self.numbers[at]
        if self.examples[at].ordinary or self._random.random() >= BESIDE:
            return own
        other = self.numbers[ordinary[self._random.integers(len(ordinary))]][1:]
        if len(own) + len(other) > MOST_PIECES + 1:
            return own
        return [*own, *other] if self._random.random() < 0.5 else [own[0], *other, *own[1:]]

    def scores(self, weights: Weights) -> Floats:
        """Return the scores of all examples."""
        found = np.zeros(self.target.shape, np.float32)
        order = sorted(range(len(self.numbers)), key=lambda at: len(self.numbers[at]))
        for first in range(0, len(order), BATCH):
            part = order[first : first + BATCH]
            numbers, mask = _filled([self.numbers[at] for at in part], BATCH)
            found[part] = np.asarray(self._scores(weights, numbers, mask))[: len(part)]
        return found


def _filled(texts: Sequence[Numbers], height: int = 0) -> tuple[NDArray[np.int32], Floats]:
    """Fill texts up to one of a few lengths, for each of which the network is compiled, with a mask of what is text."""
    longest = max(map(len, texts))
    size = next(size for size in SIZES if size >= longest)
    numbers = np.zeros((max(height, len(texts)), size), np.int32)
    mask = np.zeros(numbers.shape, np.float32)
    mask[:, 0] = 1
    for row, text in enumerate(texts):
        numbers[row, : len(text)] = text
        mask[row, : len(text)] = 1
    return numbers, mask


def aside(one: Example) -> bool:
    """Tell whether an example is kept aside to set bars on."""
    if one.by in (OWN, "held out"):
        return False
    return crc32(one.text.encode("utf-8", "surrogatepass")) % (ASIDE_POSTS if one.ordinary else ASIDE_CASES) == 0


def _scored(learner: Learner, found: Floats, chosen: Sequence[int], name: str) -> list[tuple[Example, float]]:
    """Return the examples of these numbers that the rule of a reading would read, with their scores."""
    column, rule = list(learner.rules).index(name), learner.rules[name]
    examples = [(learner.examples[at], float(found[at, column])) for at in chosen]
    return [(one, score) for one, score in examples if rule.applies(one.document)]


def bars(learner: Learner, found: Floats, kept: Sequence[int]) -> dict[str, float]:
    """Return for each reading the bar at which what it finds is best worth what it sets off in vain."""
    result: dict[str, float] = {}
    for name in learner.rules:
        scored = _scored(learner, found, kept, name)

        def passing(chosen: Callable[[Example], bool], least: int = 1, scored: Any = scored) -> Floats:
            scores = np.array([score for one, score in scored if chosen(one)])
            spread = (scores[:, None] - BARS) / SPREAD
            return (1 / (1 + np.exp(-spread))).sum(axis=0) / max(len(scores), least)

        posts = passing(lambda one: one.ordinary and one.by != "found", FEW)
        tweets = passing(lambda one: one.ordinary and one.by == "found", FEW)
        ordinary = (POST_COST * posts + TWEET_COST * tweets) * (RARE_COST if name in RARE else 1.0)
        near = NEAR_COST * passing(lambda one, name=name: one.near == name and name not in one.shows)
        shown = passing(lambda one, name=name: name in one.shows)
        result[name] = round(float(BARS[np.argmax(shown - near - ordinary)]), 3)
    return result


def raised(kept: dict[str, float], model: SentenceModel, learner: Learner, policy: Any) -> None:
    """Raise bars above what the rules' own examples hold innocent."""
    for one in learner.examples:
        name = one.near
        if one.by == OWN and name and learner.rules[name].applies(one.document):
            texts = [surface.text for surface in one.document.surfaces if surface.kind in SURFACES]
            read = [(context(one.document), model.pieces(plain(text, policy))[:MOST_PIECES]) for text in texts]
            score = max(found[learner.rules[name].name] for found in model.scores(read))
            if score + 0.05 > kept[name]:
                print(f"{name}: bar {kept[name]} raised to {score + 0.05:.3f}")
                kept[name] = round(score + 0.05, 3)


def show(learner: Learner, found: Floats, kept: Mapping[str, float], part: Callable[[Example], bool]) -> None:
    """Print what is found at the bars, and how well scores tell cases from near misses (area under the curve)."""
    chosen = [at for at, one in enumerate(learner.examples) if part(one)]
    total = np.zeros(4, int)
    for name in learner.rules:
        groups: dict[str, list[tuple[float, bool]]] = {"shown": [], "near": [], "ordinary": []}
        for one, score in _scored(learner, found, chosen, name):
            group = "ordinary" if one.ordinary else "shown" if name in one.shows else "near"
            if one.near in (name, None):
                groups[group].append((score, score >= kept[name]))
        shown, near = (np.array([score for score, _ in groups[group]]) for group in ("shown", "near"))
        area = float((shown[:, None] > near[None]).mean()) if len(shown) and len(near) else float("nan")
        counts = [count for group in groups.values() for count in (sum(over for _, over in group), len(group))]
        total += counts[:4]
        print(
            "{:20} {:4} of {:4} found, {:3} alarms in {:4} near misses, {:3} in {} posts".format(name, *counts), end=""
        )
        print(f", area {area:.2f}")
    print("{:20} {:4} of {:4} found, {:3} alarms in {:4} near misses".format("all", *total), flush=True)


def shipped(weights: Mapping[str, Any], waves: Floats) -> Iterator[tuple[str, NDArray[np.generic]]]:
    """Yield the arrays that ship: products as bytes with a scale for each column; of pieces, for each row."""
    for name, value in {
        **{name: np.asarray(value, np.float32) for name, value in weights.items()},
        "waves": waves,
    }.items():
        if value.ndim == 2 and name != "readings_w":
            scale = np.abs(value).max(axis=1 if name == "pieces" else 0, keepdims=True) / 127 + 1e-12
            yield name, np.round(value / scale).astype(np.int8)
            yield f"{name}_scale", scale.astype(np.float32)
        else:
            yield name, value


def write(weights: Weights, waves: Floats, pieces: str, kept: Mapping[str, float], rules: Mapping[str, Rule]) -> Path:
    """Write the model as ``read_sentence_model`` reads it; return its folder."""
    folder = ROOT / "wmp_postlint" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    blob, about = pack({name: np.ascontiguousarray(array) for name, array in shipped(weights, waves)}, FORMAT)
    about["bars"] = {rule.name: kept[short(rule)] for rule in rules.values()}
    (folder / WEIGHTS).write_bytes(blob)
    (folder / INDEX).write_text(json.dumps(about, indent=1) + "\n", "utf8")
    (folder / PIECES).write_text(pieces, "utf8")
    return folder


def main() -> None:
    """Learn, set the bars, and write; or print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print the figures, and write nothing")
    parser.add_argument("--further", action="store_true", help="go on from the model that ships")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--base", type=Path, default=BASE)
    options = parser.parse_args()
    policy, every = Linter().policy, worded_rules()
    base, pieces = base_model(options.base)
    waves = base["waves"]
    learnt = list(cases(policy, every))
    rules = taught(learnt, every)
    examples = [*learnt, *found_posts(policy, options.data), *innocent(policy, rules), *held_out(policy)]
    learner = Learner(examples, rules, Subwords.of(pieces), len(base["pieces"]), waves)
    kept = [at for at, one in enumerate(examples) if aside(one)]
    learnt_from = [at for at, one in enumerate(examples) if not aside(one) and one.by != "held out"]
    print(f"{len(learnt_from)} to learn from, {len(kept)} aside, {len(rules)} readings", flush=True)
    if options.further:
        weights = learner.fit(shipped_weights(len(rules)), learnt_from, 1, FURTHER)
    else:
        weights = learner.fit(begun(base, len(rules)), learnt_from, EPOCHS, RATE)
    found = learner.scores(weights)
    over = bars(learner, found, kept)
    show(learner, found, over, aside)
    if not options.check:
        folder = write(weights, waves, pieces, over, rules)
        raised(over, read_sentence_model(folder), learner, policy)
        write(weights, waves, pieces, over, rules)
        print(f"{folder.name}: {sum(file.stat().st_size for file in folder.iterdir())} bytes")
    show(learner, found, over, lambda one: one.by == "held out")


if __name__ == "__main__":
    main()
