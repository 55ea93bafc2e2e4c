"""Comma-separated values, row by row: every cell with the line and the column that it begins at."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from wmp_postlint import lazy
from wmp_postlint.lazy import Record
from wmp_postlint.readers.loaded import MAX_BYTES, TOO_LONG, UnreadableError

_CHUNK = 65536
_SEPARATORS = ",;\t"
_QUOTED = lazy.regex(r'"((?:[^"]++|"")*+)"')


class Cell(Record):
    """A cell: its text, where that begins in the file, and whether it stands there as it is, without doubled quotes."""

    text: str
    line: int
    column: int
    as_is: bool = True


def separator_of(first_line: str) -> str:
    """Return what separates the cells of a file, by its first line: a comma where nothing else is likelier."""
    outside = _QUOTED.sub("", first_line)
    return max(_SEPARATORS, key=lambda mark: (outside.count(mark), -_SEPARATORS.index(mark)))


def rows(file: BinaryIO, separator: str) -> Iterator[list[Cell]]:
    """Yield the rows that hold something.

    Raises:
        UnreadableError: if a quote is never closed, or something stands behind a closed one, with the place.
    """
    text, at, line, column = "", 0, 1, 1
    cells: list[Cell] = []
    chunks = _chunks(file)
    plain = lazy.regex(rf"[^{separator}\r\n]*")
    while True:
        # A row is read once all of it is here: a cell, and the mark behind it.
        match = _QUOTED.match(text, at) if text.startswith('"', at) else plain.match(text, at)
        end = match.end() if match else len(text)
        if match is None or end + 2 > len(text):
            if len(text) - at > MAX_BYTES:
                raise UnreadableError(TOO_LONG, line, column)
            more = next(chunks, None)
            if more is not None:
                text, at = text[at:] + more, 0
                continue
            if match is None:
                raise UnreadableError(
                    'has a cell whose quote is never closed; add a quote (") at its end', line, column
                )
        assert match
        quoted = text.startswith('"', at)
        content = match[1] if quoted else match.group()
        cells.append(
            Cell(content.replace('""', '"') if quoted else content, line, column + quoted, '""' not in content)
        )
        breaks = content.count("\n")
        line, column = line + breaks, (end - text.rfind("\n", at, end) if breaks else column + end - at)
        mark = text[end : end + 1]
        if mark == separator:
            at, column = end + 1, column + 1
            continue
        if mark not in ("\r", "\n", ""):
            raise UnreadableError(
                'has something behind the closing quote of a cell; write a quote inside as ""', line, column
            )
        if any(cell.text.strip() for cell in cells):
            yield cells
        cells = []
        if not mark:
            return
        at = end + (2 if text.startswith("\r\n", end) else 1)
        line, column = line + 1, 1
        if at >= len(text) and (more := next(chunks, None)) is not None:
            text, at = more, 0
        if at >= len(text):
            return


def _chunks(file: BinaryIO) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    line, size = 1, _CHUNK
    while True:
        content = file.read(size)
        size = min(2 * size, MAX_BYTES)
        try:
            text = decoder.decode(content, final=not content)
        except UnicodeDecodeError as error:
            good = error.object[: error.start]
            place = line + good.count(b"\n")
            column = len(good[good.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
            raise UnreadableError('holds a byte that is not UTF-8; save it as "CSV UTF-8"', place, column) from None
        if (zero := text.find("\0")) >= 0:
            place = line + text.count("\n", 0, zero)
            raise UnreadableError('holds a NUL byte, so it is no text file; save it as "CSV UTF-8"', place)
        line += text.count("\n")
        if text:
            yield text
        if not content:
            return
