"""The files of a bundled model: arrays in one file that is mapped into memory, and an index that says where each lies.

``training/`` writes them with ``pack``; a model that is missing, cut short or changed is refused before it is used.
"""

from __future__ import annotations

import json
import math
import mmap
import zlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from wmp_postlint.errors import NotLooked

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")

INDEX, WEIGHTS = "model.json", "weights.bin"
_ALIGNED = 16


def read_bundled(folder: str, read: Callable[[Traversable], T], said: str) -> T:
    """Return what ``read`` makes of a folder of the package.

    Raises:
        NotLooked: if it cannot; ``said`` tells what was not done, and what is missing for it.
    """
    try:
        from importlib import resources

        return read(resources.files("wmp_postlint") / folder)
    except (ImportError, OSError, ValueError, KeyError, TypeError) as error:
        raise NotLooked(f"{said} is missing or damaged. Install the package again.") from error


def read_arrays(folder: Traversable, number: int) -> tuple[dict[str, Any], dict[str, NDArray[np.generic]]]:
    """Read a model.

    Args:
        folder: where its files lie.
        number: the format that the reader knows.

    Returns:
        The index, and its arrays by name, read-only and mapped from the file.

    Raises:
        OSError: if a file cannot be read.
        ValueError: if the files do not belong together, or are of another format.
    """
    from importlib import resources

    import numpy as np

    about: dict[str, Any] = json.loads((folder / INDEX).read_text("utf8"))
    with resources.as_file(folder / WEIGHTS) as path, path.open("rb") as file:
        weights = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if about["format"] != number or len(weights) != about["bytes"] or zlib.crc32(weights) != about["crc32"]:
        raise ValueError("the weights are not those that the index describes")
    arrays = {}
    for name, place in about["arrays"].items():
        shape = place["shape"]
        arrays[name] = np.frombuffer(weights, place["dtype"], math.prod(shape), place["at"]).reshape(shape)
    return about, arrays


def pack(arrays: Mapping[str, NDArray[np.generic]], number: int) -> tuple[bytes, dict[str, Any]]:
    """Return the content of a model's weights, and what its index must say of them."""
    at, parts, index = 0, [], {}
    for name, array in sorted(arrays.items()):
        data = array.tobytes()
        index[name] = {"dtype": array.dtype.name, "shape": list(array.shape), "at": at}
        padding = -len(data) % _ALIGNED
        parts.append(data + bytes(padding))
        at += len(data) + padding
    blob = b"".join(parts)
    return blob, {"format": number, "bytes": len(blob), "crc32": zlib.crc32(blob), "arrays": index}
