"""The arithmetic of the sentence model: beside a plain one, in batches of any shape, and damaged files."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from wmp_postlint.analysis import _sentence_network, sentence_model
from wmp_postlint.analysis._sentence_network import FIRST_LAYERS, LAYERS, SentenceNetwork
from wmp_postlint.analysis.sentence_model import FOLDER, FORMAT, read_sentence_model

BUNDLED = resources.files("wmp_postlint") / FOLDER
WIDTH, HEADS = 24, 12


def arrays(seed: int = 0) -> dict[str, Any]:
    """Small random weights: 20 pieces and 2 contexts, 24 wide, 3 readings; every text hints at one of them."""
    random = np.random.default_rng(seed)

    def normal(*shape: int) -> Any:
        return random.normal(0, 0.5, shape).astype(np.float32)

    made = {
        "pieces": random.integers(-127, 128, (22, WIDTH)).astype(np.int8),
        "pieces_scale": normal(22, 1),
        "places": normal(30, WIDTH),
        "embedded_g": normal(WIDTH),
        "embedded_b": normal(WIDTH),
        "hints_w": normal(WIDTH, 3),
        "hints_b": np.array([-1e6, 1e6, -1e6], np.float32),
        "readings_w": normal(WIDTH, 3),
        "readings_b": normal(3),
    }
    shapes = {
        "ask_w": (WIDTH, 3 * WIDTH), "ask_b": (3 * WIDTH,), "told_w": (WIDTH, WIDTH), "told_b": (WIDTH,),
        "norm1_g": (WIDTH,), "norm1_b": (WIDTH,), "up_w": (WIDTH, 30), "up_b": (30,),
        "down_w": (30, WIDTH), "down_b": (WIDTH,), "norm2_g": (WIDTH,), "norm2_b": (WIDTH,),
    }  # fmt: skip
    return made | {f"layer{layer}_{name}": normal(*shape) for layer in range(LAYERS) for name, shape in shapes.items()}


def plainly(weights: dict[str, Any], sequence: list[int], layers: int = LAYERS, weighing: str = "readings") -> Any:
    """Return the scores of one sequence, each row and head by itself."""

    def normed(row: Any, name: str) -> Any:
        centred = row - row.mean()
        return centred / np.sqrt((centred**2).mean() + 1e-12) * weights[f"{name}_g"] + weights[f"{name}_b"]

    def product(row: Any, name: str) -> Any:
        return row @ weights[f"{name}_w"] + weights[f"{name}_b"]

    def layer(name: str, rows: list[Any]) -> list[Any]:
        asked = [product(row, f"{name}_ask") for row in rows]
        out = []
        for one, before in zip(asked, rows, strict=True):
            told = np.zeros(WIDTH, np.float32)
            for head in range(HEADS):
                part = slice(head * WIDTH // HEADS, (head + 1) * WIDTH // HEADS)
                looked = np.array([one[:WIDTH][part] @ other[WIDTH : 2 * WIDTH][part] for other in asked])
                looked = np.exp((looked - looked.max()) / (WIDTH / HEADS) ** 0.5)
                told[part] = sum(
                    share * other[2 * WIDTH :][part] for share, other in zip(looked / looked.sum(), asked, strict=True)
                )
            state = normed(before + product(told, f"{name}_told"), f"{name}_norm1")
            raised = product(state, f"{name}_up").astype(np.float64)
            raised = raised / (1 + np.exp(-1.702 * raised))
            out.append(normed(state + product(raised, f"{name}_down"), f"{name}_norm2"))
        return out

    pieces = weights["pieces"].astype(np.float32) * weights["pieces_scale"]
    rows = [pieces[piece] + weights["places"][place] for place, piece in enumerate(sequence)]
    rows = [normed(row, "embedded") for row in rows]
    for number in range(layers):
        rows = layer(f"layer{number}", rows)
    return product(np.mean(rows, axis=0), weighing)


def test_the_scores_are_those_of_plain_arithmetic() -> None:
    weights = arrays()
    sequences = [[3], [20, 1, 2, 3, 3], [21, *range(19)]]
    read = SentenceNetwork(weights, 2).scores(sequences)
    for row, sequence in zip(read, sequences, strict=True):
        assert row == pytest.approx(plainly(weights, sequence), abs=1e-3)


def test_a_text_that_hints_at_nothing_is_not_read_to_the_end() -> None:
    weights = arrays(2)
    sequences = [[3], [20, 1, 2, 3, 3], [21, *range(19)], [20, 4, 4]]
    early = np.array([plainly(weights, sequence, FIRST_LAYERS, "hints")[0] + 1e6 for sequence in sequences])
    # One reading alone opens, for the two texts that speak most for it.
    weights["hints_b"] = np.array([-np.sort(early)[1:3].mean(), -1e6, -1e6], np.float32)
    network = SentenceNetwork(weights, 2)
    read, whole = network.scores(sequences), network.scores(sequences, every=True)
    opened = early > np.sort(early)[1]
    assert opened.sum() == 2
    assert read[opened] == pytest.approx(whole[opened], abs=1e-4)
    assert np.isneginf(read[~opened]).all()
    assert np.isfinite(whole).all()


def test_a_text_has_the_same_scores_whatever_is_read_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    network = SentenceNetwork(arrays(1), 2)
    assert network.first_context == 20
    sequences = [[20, *range(number % 17 + 1)] for number in range(40)]
    alone = np.concatenate([network.scores([sequence]) for sequence in sequences])
    monkeypatch.setattr(_sentence_network, "_BLOCK_ROWS", 50)
    assert network.scores(sequences) == pytest.approx(alone, abs=1e-4)
    assert network.scores([]).shape == (0, 3)


def test_products_keep_to_one_thread_and_what_was_set_is_set_again() -> None:
    threads = ThreadpoolController().select(user_api="blas")

    def set_now() -> list[int]:
        return [each["num_threads"] for each in threads.info()]

    before = set_now()
    alone = _sentence_network._OneThread()
    with alone.held(), alone.held():
        assert set(set_now()) <= {1}
    with suppress(KeyError), alone.held():
        raise KeyError
    assert set_now() == before


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with resources.as_file(BUNDLED) as path:
        return Path(shutil.copytree(path, tmp_path / "model"))


def test_a_model_that_is_whole_is_read(folder: Path) -> None:
    model = read_sentence_model(folder)
    ((score, *_),) = [list(each.values()) for each in model.scores([(0, model.pieces("Good morning"))], every=True)]
    assert np.isfinite(score)


@pytest.mark.parametrize("file", ["model.json", "weights.bin", "pieces.txt"])
def test_a_damaged_model_is_refused(folder: Path, file: str) -> None:
    content = (folder / file).read_bytes()
    (folder / file).write_bytes(b"" if file == "pieces.txt" else content[: len(content) // 2])
    with pytest.raises(ValueError):  # any kind of it
        read_sentence_model(folder)


def test_another_format_is_refused(folder: Path) -> None:
    about = json.loads((folder / "model.json").read_text("utf8"))
    (folder / "model.json").write_text(json.dumps({**about, "format": FORMAT + 1}), "utf8")
    with pytest.raises(ValueError, match="not those"):
        read_sentence_model(folder)


def test_every_kind_of_post_has_a_row() -> None:
    from typing import get_args

    from wmp_postlint.post import PostKind

    assert set(sentence_model.KINDS) == set(get_args(PostKind))
