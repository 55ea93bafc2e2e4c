"""The arithmetic of the sentence model: beside a plain one, in batches of any shape, and damaged files."""

from __future__ import annotations

import json
import shutil
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from wmp_postlint.analysis import _sentence_network, sentence_model
from wmp_postlint.analysis._sentence_network import LAYERS, SentenceNetwork
from wmp_postlint.analysis.sentence_model import FOLDER, FORMAT, read_sentence_model

BUNDLED = resources.files("wmp_postlint") / FOLDER
WIDTHS = {"first": 8, "second": 12}


def arrays(seed: int = 0) -> dict[str, Any]:
    """Small random weights: 20 pieces and 2 contexts, 8 and then 12 wide, 3 readings."""
    random = np.random.default_rng(seed)

    def normal(*shape: int) -> Any:
        return random.normal(0, 0.5, shape).astype(np.float32)

    made = {
        "pieces": random.integers(-127, 128, (22, 8)).astype(np.int8),
        "pieces_scale": normal(22, 1),
        "waves": normal(4),
        "widen_w": normal(8, 12),
        "widen_b": normal(12),
        "pooled_w": normal(12, 12),
        "pooled_b": normal(12),
        "readings_w": normal(12, 3),
        "readings_b": normal(3),
    }
    for layer in LAYERS:
        width = WIDTHS[layer]
        shapes = {
            "norm1_g": (width,), "norm1_b": (width,), "ask_w": (width, 3 * width), "ask_b": (3 * width,),
            "told_w": (width, 12), "told_b": (12,), "norm2_g": (12,), "norm2_b": (12,),
            "up_w": (12, 20), "up_b": (20,), "down_w": (20, 12), "down_b": (12,),
        }  # fmt: skip
        made |= {f"{layer}_{name}": normal(*shape) for name, shape in shapes.items()}
    return made


def plainly(weights: dict[str, Any], sequence: list[int]) -> Any:
    """Return the scores of one sequence, each row and head by itself."""

    def normed(row: Any, layer: str, which: int) -> Any:
        centred = row - row.mean()
        return (
            centred / np.sqrt((centred**2).mean() + 1e-6) * weights[f"{layer}_norm{which}_g"]
            + weights[f"{layer}_norm{which}_b"]
        )

    def layer(name: str, rows: list[Any], kept: list[Any]) -> list[Any]:
        width = WIDTHS[name]
        asked = [normed(row, name, 1) @ weights[f"{name}_ask_w"] + weights[f"{name}_ask_b"] for row in rows]
        out = []
        for row, (one, before) in enumerate(zip(asked, kept, strict=True)):
            told = np.zeros(width, np.float32)
            for head in range(4):
                part = slice(head * width // 4, (head + 1) * width // 4)
                looked = np.array([one[:width][part] @ other[width : 2 * width][part] for other in asked])
                looked = np.exp(looked / (width / 4) ** 0.5)
                told[part] = sum(
                    share * other[2 * width :][part] for share, other in zip(looked / looked.sum(), asked, strict=True)
                )
            state = before + told @ weights[f"{name}_told_w"] + weights[f"{name}_told_b"]
            raised = np.maximum(normed(state, name, 2) @ weights[f"{name}_up_w"] + weights[f"{name}_up_b"], 0)
            out.append(state + raised @ weights[f"{name}_down_w"] + weights[f"{name}_down_b"])
            assert row < len(asked)
        return out

    pieces = weights["pieces"].astype(np.float32) * weights["pieces_scale"]
    rows = []
    for place, piece in enumerate(sequence):
        turn = place * weights["waves"]
        rows.append(2 * pieces[piece] + np.concatenate([np.sin(turn), np.cos(turn)]))
    state = layer("first", rows, [row @ weights["widen_w"] + weights["widen_b"] for row in rows])
    state = layer("second", state, state)
    pooled = np.tanh(np.mean(state, axis=0) @ weights["pooled_w"] + weights["pooled_b"])
    return pooled @ weights["readings_w"] + weights["readings_b"]


def test_the_scores_are_those_of_plain_arithmetic() -> None:
    weights = arrays()
    sequences = [[3], [20, 1, 2, 3, 3], [21, *range(19)]]
    read = SentenceNetwork(weights, 2).scores(sequences)
    for row, sequence in zip(read, sequences, strict=True):
        assert row == pytest.approx(plainly(weights, sequence), abs=1e-3)


def test_a_text_has_the_same_scores_whatever_is_read_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    network = SentenceNetwork(arrays(1), 2)
    assert network.first_context == 20
    sequences = [[20, *range(number % 17 + 1)] for number in range(40)]
    alone = np.concatenate([network.scores([sequence]) for sequence in sequences])
    monkeypatch.setattr(_sentence_network, "_BLOCK_ROWS", 50)
    assert network.scores(sequences) == pytest.approx(alone, abs=1e-4)
    assert network.scores([]).shape == (0, 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with resources.as_file(BUNDLED) as path:
        return Path(shutil.copytree(path, tmp_path / "model"))


def test_a_model_that_is_whole_is_read(folder: Path) -> None:
    model = read_sentence_model(folder)
    ((score, *_),) = [list(each.values()) for each in model.scores([(0, model.pieces("Good morning"))])]
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
