"""Reads the data files that ship with a package.

``importlib.resources`` would do the same for ten milliseconds more; it is asked where a package is no folder.
"""

from __future__ import annotations

import json
import os
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from zlib import crc32

PACKAGE = "wmp_postlint"
# The TOML files as JSON, which is read a hundred times faster: by path and stamp, so that an entry counts only for the
# very text it was made of.
KEPT = "tables.txt"


def read_bytes(path: str, package: str = PACKAGE) -> bytes:
    """Return the content of ``data/<path>`` of a package.

    Raises:
        OSError: if there is no such file.
    """
    folder = _folder(package)
    if folder is not None:
        with open(os.path.join(folder, path), "rb") as file:  # noqa: PTH118, PTH123  made for each of many files
            return file.read()
    from importlib import resources

    return resources.files(package).joinpath("data", path).read_bytes()


def read_text(path: str, package: str = PACKAGE) -> str:
    """Return the text of ``data/<path>`` of a package.

    Raises:
        OSError: if there is no such file.
    """
    return read_bytes(path, package).decode().replace("\r\n", "\n")


def read_table(path: str, package: str = PACKAGE) -> dict[str, Any]:
    """Return the TOML file ``data/<path>`` of a package as a table.

    Raises:
        OSError: if there is no such file.
        ValueError: if it is not UTF-8, or not TOML.
    """
    content = read_bytes(path, package)
    kept = read_pairs(KEPT).get(f"{path} {stamp_of(content)}") if package == PACKAGE else None
    table: dict[str, Any] = json.loads(kept) if kept else table_of(content)
    return table


@cache
def read_pairs(path: str) -> dict[str, str]:
    """Return the lines of ``data/<path>`` in pairs, a key and what is kept under it; nothing if the file is missing."""
    try:
        lines = read_text(path).split("\n")
    except OSError:
        return {}
    return dict(zip(lines[::2], lines[1::2], strict=False))


def table_of(content: bytes) -> dict[str, Any]:
    """Return the table that the content of a TOML file holds.

    Raises:
        ValueError: if it is not UTF-8, or not TOML.
    """
    import tomllib

    return tomllib.loads(content.decode().replace("\r\n", "\n"))


def stamp_of(content: bytes) -> str:
    """Return what tells one version of a data file from another."""
    return f"{len(content)}-{crc32(content):x}"


def joined(*contents: bytes) -> bytes:
    """Return contents as one, from which each can be told."""
    return b"\0".join(contents)


def names(folder: str, suffix: str, package: str = PACKAGE) -> tuple[str, ...]:
    """Return the names, without their suffix, of the files of ``data/<folder>``, sorted."""
    data = _folder(package)
    if data is not None:
        items = os.listdir(os.path.join(data, folder))  # noqa: PTH118, PTH208
    else:
        from importlib import resources

        items = [item.name for item in resources.files(package).joinpath("data", folder).iterdir()]
    return tuple(sorted(item.removesuffix(suffix) for item in items if item.endswith(suffix)))


def path(name: str, package: str = PACKAGE) -> Path | None:
    """Return where the file ``data/<name>`` of a package lies; None where the package is no folder."""
    folder = _folder(package)
    return Path(folder, name) if folder is not None else None


def modules_of(package: ModuleType) -> list[str]:
    """Return the names of the modules of a package, sorted, as pkgutil does without bringing ``inspect`` with it."""
    folder = package.__path__[0]
    if os.path.isdir(folder):  # noqa: PTH112
        names = (name.removesuffix(".py") for name in os.listdir(folder) if name[0] != "_")  # noqa: PTH208
        return sorted(name for name in names if name.isidentifier())
    import pkgutil

    return sorted(module.name for module in pkgutil.iter_modules(package.__path__))


@cache
def _folder(package: str) -> str | None:
    """Where the data of a package lies, if the package is a folder."""
    module = sys.modules.get(package) or import_module(package)
    folder = Path(module.__file__ or "").parent / "data"
    return str(folder) if folder.is_dir() else None
