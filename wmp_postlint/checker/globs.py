"""Patterns of paths in a configuration file, read as ``.gitignore`` reads them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cache


def fitting(patterns: Iterable[str], path: str, folder: str) -> str | None:
    """Return the first pattern that means a file.

    ``*`` and ``?`` stay inside one folder and ``**`` crosses folders; a pattern without a slash means a file or folder
    of this name anywhere, one with a slash starts at ``folder``; a folder means all that lies in it.

    Args:
        patterns: the patterns.
        path: the file, as it was found.
        folder: the folder that the configuration file lies in.
    """
    name = os.path.relpath(os.path.realpath(path), os.path.realpath(folder)).replace(os.sep, "/")
    return next((pattern for pattern in patterns if _compiled(pattern).fullmatch(name)), None)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = pattern.removeprefix("./").strip("/").split("/")
    anywhere = len(parts) == 1 and not pattern.startswith(("/", "./"))
    source = "(?:.*/)?" if anywhere else ""
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "**":
            source += ".*" if last else "(?:.*/)?"
        else:
            source += _one(part) + ("" if last else "/")
    return re.compile(f"{source}(?:/.*)?", re.DOTALL)


def _one(part: str) -> str:
    """Return the expression for the name of one file or folder."""
    kinds = {"*": "[^/]*", "?": "[^/]"}
    return "".join(kinds.get(sign) or re.escape(sign) for sign in re.sub(r"\*{2,}", "*", part))
