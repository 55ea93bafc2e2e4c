"""Reads the data files that ship with a package."""

from __future__ import annotations

PACKAGE = "wmp_postlint"


def read_text(path: str, package: str = PACKAGE) -> str:
    """Return the text of ``data/<path>`` of a package.

    Raises:
        OSError: if there is no such file.
    """
    from importlib import resources  # costs 10 ms, which importing the library need not pay

    return resources.files(package).joinpath("data", path).read_text("utf-8")


def names(folder: str, suffix: str, package: str = PACKAGE) -> tuple[str, ...]:
    """Return the names, without their suffix, of the files of ``data/<folder>``, sorted."""
    from importlib import resources

    items = resources.files(package).joinpath("data", folder).iterdir()
    return tuple(sorted(item.name.removesuffix(suffix) for item in items if item.name.endswith(suffix)))
