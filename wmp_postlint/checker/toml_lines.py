"""The lines that the keys of a TOML text stand on, which ``tomllib`` does not tell."""

from __future__ import annotations

import tomllib

from wmp_postlint import lazy

Path = tuple[str | int, ...]

_BLANK = lazy.regex(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = lazy.regex(r"""[ \t]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*(\.?)""")
# A string of any of the four kinds, a comment, a bracket, or the end of the line; what lies between says nothing.
_VALUE = lazy.regex(
    r'''"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*|[\[\]{}\n]''', 16
)  # re.DOTALL


def key_lines(text: str) -> dict[Path, int]:
    """Return the line, from 1, of each table and each key of a valid TOML text, by its path.

    The tables of an array are told apart by their number, as in ``("keys", 0, "holder")``. Keys inside an inline table
    stand on the line of that, and are not named.
    """
    found: dict[Path, int] = {}
    table: Path = ()
    counts: dict[Path, int] = {}
    at = 0
    while True:
        blank = _BLANK.match(text, at)
        at = blank.end() if blank else at
        if at >= len(text):
            return found
        line = text.count("\n", 0, at) + 1
        if text[at] == "[":
            several = text.startswith("[[", at)
            keys, at = _dotted(text, at + (2 if several else 1))
            table = _numbered(keys, counts, several)
            at += 2 if several else 1
            found.setdefault(table, line)
        else:
            keys, at = _dotted(text, at)
            for length in range(1, len(keys) + 1):
                found.setdefault((*table, *keys[:length]), line)
        at = _behind_value(text, at)


def line_of(lines: dict[Path, int], path: Path) -> int | None:
    """Return the line of a key, or of the nearest table around it that has one."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


def _dotted(text: str, at: int) -> tuple[Path, int]:
    """Read a key such as ``tool."post lint".x``; return its parts, and where what follows begins."""
    keys: list[str | int] = []
    while match := _KEY.match(text, at):
        part = match[1]
        keys.append(next(iter(tomllib.loads(f"{part} = 1"))) if part[0] in "\"'" else part)
        at = match.end()
        if not match[2]:
            break
    return tuple(keys), at


def _numbered(keys: Path, counts: dict[Path, int], several: bool) -> Path:
    """Return the path of a table, with the number of each table of an array that it lies in."""
    path: Path = ()
    for index, key in enumerate(keys):
        path = (*path, key)
        if index == len(keys) - 1 and several:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _behind_value(text: str, at: int) -> int:
    """Return where the line ends that a value ends on."""
    depth = 0
    while match := _VALUE.search(text, at):
        mark, at = match.group(), match.end()
        if mark == "\n" and not depth:
            return at
        depth += (mark in "[{") - (mark in "]}") if len(mark) == 1 else 0
    return len(text)
