r"""Where the characters of a JSON text's strings stand in the file, escapes counted.

``"\u00a3 \ud83d\ude93 Ring"`` is eight characters of a post and 25 of the file: a finding in it is shown where whoever
opens the file will see it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property

from wmp_postlint import lazy
from wmp_postlint.lazy import Record

_TOKEN = lazy.regex(r'"(?:[^"\\]++|\\.)*+"|[\[\]{},:]')
# Each piece but a run of plain characters is one character of the string.
_PIECE_SOURCE = r"[^\\]+|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."
_PIECE = lazy.regex(_PIECE_SOURCE)
# In the archive of X these stand for one character of the post each, and no others do.
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ENTITY = lazy.regex("&(?:amp|lt|gt);")
_PIECE_OF_X = lazy.regex(r"[^\\&]+|&(?:amp|lt|gt);|&|" + _PIECE_SOURCE.partition("|")[2])
# A shorter text that stands in an object twice may be another one the second time.
_TELLING = 20

Place = tuple[int, int]


class JsonSource(Record):
    """The JSON text of a post as it stands in its file, and the line and the column that it begins at, from 1."""

    text: str
    line: int
    column: int

    def places(self, field: str, text: str, *positions: int) -> tuple[Place, ...] | None:
        """Return the line and the column, from 1 and in code points, that positions in a string stand at.

        Args:
            field: the name of the field, such as ``media[0].alt``, which is also its path in our own format.
            text: what the string says; in an export it is found by that.
            positions: code points of it, from 0.

        Returns:
            The places; None where no string of the JSON text says just this.
        """
        for pieces in (_PIECE, _PIECE_OF_X):
            start = self._begins(field, text, pieces is _PIECE_OF_X)
            if start is not None:
                return tuple(self._place(_behind(self.text, start, position, pieces)) for position in positions)
        return None

    @cached_property
    def _strings(self) -> tuple[tuple[str, int, int], ...]:
        return tuple(_strings(self.text))

    def _begins(self, field: str, text: str, entities: bool) -> int | None:
        """Return where the string begins, behind its quote; with ``entities``, one that has some in it."""
        alike = [
            (path, start)
            for path, start, end in self._strings
            if end - start >= len(text) and _says(self.text[start - 1 : end + 1], text, entities)
        ]
        own = next((start for path, start in alike if path == field), None)
        if own is not None or not alike:
            return own
        return alike[0][1] if len(alike) == 1 or len(text) >= _TELLING else None

    def _place(self, at: int) -> Place:
        line = self.text.count("\n", 0, at)
        column = at - self.text.rfind("\n", 0, at)
        return self.line + line, column + (0 if line else self.column - 1)


def _says(literal: str, text: str, entities: bool) -> bool:
    said = json.loads(literal, strict=False) if "\\" in literal else literal[1:-1]
    if entities:
        said = _ENTITY.sub(lambda match: _ENTITIES[match.group()], said)
    return bool(said == text)


def _strings(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the strings that are values: the path of each, and its start and end inside the quotes."""
    path: list[str | int] = []  # the key or the position of what is being read, for each bracket that is open
    key_next = False
    for match in _TOKEN.finditer(text):
        mark = match.group()
        if mark in "{[":
            path.append("" if mark == "{" else 0)
            key_next = mark == "{"
        elif mark in "}]":
            if path:
                path.pop()
            key_next = False
        elif mark == ",":
            last = path[-1] if path else ""
            key_next = isinstance(last, str)
            if isinstance(last, int):
                path[-1] = last + 1
        elif mark == ":":
            key_next = False
        elif key_next and path:
            path[-1] = str(json.loads(mark, strict=False))
        else:
            yield _joined(path), match.start() + 1, match.end() - 1


def _joined(path: list[str | int]) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def _behind(text: str, start: int, position: int, pieces: re.Pattern[str]) -> int:
    """Return where in the file the character at a position of a string begins."""
    at, left = start, position
    while left > 0 and (match := pieces.match(text, at)):
        plain = text[at] != "\\" and not (text[at] == "&" and pieces is _PIECE_OF_X)
        taken = min(left, match.end() - at) if plain else 1
        at = at + taken if plain else match.end()
        left -= taken
    return at
