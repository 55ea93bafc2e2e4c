"""The trained weights as the arrays that ship: multiplied beforehand where possible, some in half precision."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wmp_postlint.analysis._name_network import FEATURES
from wmp_postlint.analysis.model_file import INDEX, WEIGHTS, pack
from wmp_postlint.analysis.name_model import FORMAT, KINDS, NameModel, read_model


def arrays(nlp: Any) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the NER of ``nlp``, with the vectors already projected to the network's width."""
    model = nlp.get_pipe("ner").model
    nodes: dict[str, list[Any]] = {}
    seen: set[int] = set()
    for node in model.walk():
        if node.id not in seen:
            seen.add(node.id)
            nodes.setdefault(node.name, []).append(node)
    out: dict[str, NDArray[np.generic]] = {}
    hashes = sorted(nodes["hashembed"], key=lambda node: node.attrs["column"])
    for feature, node in zip(FEATURES, hashes, strict=True):
        out[f"embed_{feature}"] = node.get_param("E").astype(np.float16)
    (static,) = nodes["static_vectors"]
    vectors = nlp.vocab.vectors
    keys = np.fromiter(vectors.key2row, dtype=np.uint64, count=len(vectors.key2row))
    rows = np.fromiter(vectors.key2row.values(), dtype=np.int64, count=len(keys))
    short, first = np.unique((keys & np.uint64(0xFFFFFFFF)).astype(np.uint32), return_index=True)
    out["vector_keys"], out["vector_rows"] = short, rows[first].astype(np.uint16)
    out["vectors"] = (vectors.data @ static.get_param("W").T).astype(np.float16)
    mix, *layers = [(maxout, norm) for maxout, norm in zip(nodes["maxout"], nodes["layernorm"], strict=True)]
    for name, stack in (("mix", [mix]), ("layers", layers)):
        out[f"{name}_w"] = np.stack([_pieces(maxout.get_param("W")) for maxout, _ in stack])
        out[f"{name}_b"] = np.stack([maxout.get_param("b").T.reshape(-1) for maxout, _ in stack])
        out[f"{name}_g"] = np.stack([norm.get_param("G") for _, norm in stack])
        out[f"{name}_s"] = np.stack([norm.get_param("b") for _, norm in stack])
    for name in ("mix_w", "mix_b", "mix_g", "mix_s"):
        out[name] = out[name][0]
    narrow = next(node for node in nodes["linear"] if node.get_dim("nI") == mix[1].get_dim("nO"))
    upper = next(node for node in nodes["linear"] if node is not narrow)
    (affine,) = nodes["precomputable_affine"]
    weights = affine.get_param("W").transpose(0, 2, 1, 3)  # feature, piece, out, in
    weights = weights.reshape(3, -1, weights.shape[-1])
    pad = affine.get_param("pad")[0].transpose(0, 2, 1).reshape(3, -1)
    bias = affine.get_param("b").T.reshape(-1)
    shift = narrow.get_param("b") @ weights.transpose(0, 2, 1)  # feature, hidden
    out["state_w"] = (narrow.get_param("W").T @ weights.reshape(-1, weights.shape[-1]).T).astype(np.float32)
    out["state_pad"] = bias + shift[0] + pad[1] + pad[2]
    out["state_b"] = bias + shift.sum(axis=0)
    classes = _classes(nlp)
    kept = [number for number, name in enumerate(classes) if name != "U-"]
    out["upper_w"], out["upper_b"] = upper.get_param("W")[kept], upper.get_param("b")[kept]
    return out


def _classes(nlp: Any) -> list[str]:
    # "U-" is the parser's own, for stretches that a caller has forbidden.
    moves = nlp.get_pipe("ner").moves
    return [moves.get_class_name(number) for number in range(moves.n_moves)]


def _pieces(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn (out, piece, in) into (in, piece x out), so that the pieces lie side by side."""
    return weights.transpose(2, 1, 0).reshape(weights.shape[2], -1)


def write(nlp: Any, folder: Path, *, leaning: Mapping[str, float]) -> int:
    """Write the artefact, one file of arrays and ``model.json`` to say where each lies; return its bytes.

    ``leaning`` says for each of ``KINDS`` of words what is added to the score of opening a name at it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    blob, about = pack({name: np.ascontiguousarray(array) for name, array in arrays(nlp).items()}, FORMAT)
    about["leaning"] = {kind: leaning[kind] for kind in KINDS}
    about["moves"] = [name for name in _classes(nlp) if name != "U-"]
    (folder / WEIGHTS).write_bytes(blob)
    (folder / INDEX).write_text(json.dumps(about, indent=1, sort_keys=True) + "\n", encoding="utf8")
    return len(blob)


def read(folder: Path) -> NameModel:
    """Read an artefact back with the product's own loader."""
    return read_model(folder)
