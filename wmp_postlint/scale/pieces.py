"""A source cut into pieces of work: the same pieces each time, so that a run can go on where another one ended."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from wmp_postlint.errors import InputError
from wmp_postlint.lazy import Record
from wmp_postlint.readers.files import Source, find
from wmp_postlint.readers.kinds import lines, wire
from wmp_postlint.readers.loaded import Loaded
from wmp_postlint.readers.place import File

# Posts of a piece: enough that starting one costs nothing, few enough that a kill costs seconds.
ROWS = 2048
# Bytes of a piece of lines, and of a piece of rows with pictures in them.
_LINES, _ROWS_WITH_BYTES = 2**19, 2**25
_STAMPED = 2**16
_PARQUET = b"PAR1"


class Piece(Record):
    """Some posts that stand one after the other.

    ``row`` is the number of the first in its source, from 1; of lines it is the line. One of three is given:
    ``stretch``, the bytes of a file of lines; ``batch``, rows of a Parquet file as a stream of Arrow; or ``posts``,
    what a reader of another format gave. ``read_to`` are the bytes of all sources up to the end of it.
    """

    number: int
    source: str
    row: int
    read_to: int
    stretch: tuple[int, int] | None = None
    batch: bytes | None = None
    posts: tuple[Loaded, ...] = ()


class Sources:
    """What an audit reads.

    Args:
        path: a file, a folder, or an archive that a platform gave out; Parquet files too.
        leave_out: columns of Parquet files that are not read.

    Raises:
        InputError: if there is nothing to read, or it is standard input, which cannot be read twice.
    """

    def __init__(self, path: str, leave_out: tuple[str, ...] = ()) -> None:
        if path == "-":
            raise InputError(
                path, "an audit reads files, since it may have to go on after a stop; save the posts first"
            )
        self._leave_out = leave_out
        self._tables = _parquet_files(Path(path))
        self._others: list[Source] = [] if self._tables else list(find([path], sys.stdin.buffer))
        for table in self._tables:
            _opened(table, leave_out)
        if not self._tables and all(source.error for source in self._others):
            raise InputError(self._others[0].path, self._others[0].error or "")

    @property
    def size(self) -> int:
        """How many bytes all of it has."""
        return sum(each.stat().st_size for each in self._tables) + sum(map(_size, self._others))

    def stamps(self) -> list[dict[str, object]]:
        """Return what tells these sources from others: path, size, when changed, and a hash of both ends."""
        of_tables = [_stamp(str(path), File.named(str(path))) for path in self._tables]
        return of_tables + [_stamp(source.path, source.file) for source in self._others]

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces, numbered from 0."""
        for number, part in enumerate(self._parts()):
            yield Piece(number, **part)

    def _parts(self) -> Iterator[dict[str, Any]]:
        before = 0
        for path in self._tables:
            yield from _of_table(path, before, self._leave_out)
            before += path.stat().st_size
        for source in self._others:
            if source.file is not None and _is_lines(source):
                yield from _of_lines(source.file, before)
            else:
                yield from _of_posts(source, before)
            before += _size(source)


def loaded_of(piece: Piece) -> Iterator[Loaded]:
    """Yield the posts of a piece that is no batch."""
    if piece.stretch is None:
        yield from piece.posts
        return
    stretch = _Stretch.of(piece.source, piece.stretch)
    with stretch.open() as opened:
        empty = not any(not line.isspace() for line in iter(lambda: opened.readline(_LINES), b""))
    if not empty:
        yield from wire.read_lines(stretch, piece.row)


class _Stretch(File):
    """A part of a file, read piece by piece: a line may be far too long to be kept."""

    @classmethod
    def of(cls, path: str, stretch: tuple[int, int]) -> _Stretch:
        whole = File.named(path)
        made = cls(whole.path, whole.place, whole.name)
        made._start, made._end = stretch
        return made

    _start = _end = 0

    def open(self) -> BinaryIO:
        return cast(BinaryIO, BufferedReader(_Window(super().open(), self._start, self._end)))


class _Window(RawIOBase):
    def __init__(self, whole: BinaryIO, start: int, end: int) -> None:
        self._whole = whole
        self._left = end - start
        whole.seek(start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        content = self._whole.read(min(self._left, len(buffer)))
        buffer[: len(content)] = content
        self._left -= len(content)
        return len(content)

    def close(self) -> None:
        self._whole.close()
        super().close()


def _parquet_files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(each for each in path.rglob("*.parquet") if not each.name.startswith((".", "_")))
    try:
        with path.open("rb") as opened:
            return [path] if opened.read(4) == _PARQUET else []
    except OSError:
        return []  # the readers say what is wrong with it


def _is_lines(source: Source) -> bool:
    file = source.file
    if file is None or not Path(source.path).is_file():
        return False
    try:
        return source.kind in (lines.KIND, wire.KIND) and wire.holds_lines(file)
    except OSError:
        return False  # reading it will say so


def _of_lines(file: File, before: int) -> Iterator[dict[str, Any]]:
    row = 1
    with file.open() as opened:
        start = 0
        while block := opened.read(_LINES):
            count = block.count(b"\n")
            if not block.endswith(b"\n"):
                while rest := opened.readline(_LINES):
                    count += rest.count(b"\n")
                    if rest.endswith(b"\n"):
                        break
            end = opened.tell()
            yield {"source": file.path, "row": row, "read_to": before + end, "stretch": (start, end)}
            start, row = end, row + count


def _of_posts(source: Source, before: int) -> Iterator[dict[str, Any]]:
    posts, row = source.read(), 1
    while taken := tuple(islice(posts, ROWS)):
        yield {"source": source.path, "row": row, "read_to": before, "posts": taken}
        row += len(taken)


def _opened(path: Path, leave_out: tuple[str, ...]) -> tuple[Any, list[str]]:
    """Open a table of posts; return it and the columns to read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from wmp_postlint.scale.arrow import check_columns, zoneless

    try:
        table = pq.ParquetFile(path)
        names = [name for name in table.schema_arrow.names if name not in leave_out]
        check_columns(names, (), zoneless(table.schema_arrow))
    except InputError as error:
        raise InputError(f"{path}: {error.where}", error.expected) from None
    except (pa.ArrowException, OSError) as error:
        raise InputError(str(path), f"cannot be read as Parquet ({type(error).__name__}); write it again") from None
    return table, names


def _of_table(path: Path, before: int, leave_out: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    import pyarrow as pa

    table, names = _opened(path, leave_out)
    size, row, rows = path.stat().st_size, 1, max(1, table.metadata.num_rows)
    heavy = max((_bytes_a_row(table.metadata.row_group(at)) for at in range(table.num_row_groups)), default=1)
    count = max(1, min(ROWS, _ROWS_WITH_BYTES // heavy))
    try:
        for batch in table.iter_batches(batch_size=count, columns=names, use_threads=False):
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, batch.schema) as writer:
                writer.write_batch(batch)
            read_to = before + size * (row - 1 + batch.num_rows) // rows
            yield {"source": str(path), "row": row, "read_to": read_to, "batch": sink.getvalue().to_pybytes()}
            row += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        raise InputError(str(path), f"cannot be read from row {row} on ({type(error).__name__})") from None


def _bytes_a_row(group: Any) -> int:
    return max(1, int(group.total_byte_size) // max(1, int(group.num_rows)))


def _size(source: Source) -> int:
    try:
        return source.file.size() if source.file else 0
    except OSError:
        return 0


def _stamp(shown: str, file: File | None) -> dict[str, object]:
    if file is None:
        return {"path": shown}
    digest = hashlib.sha256()
    with file.open() as opened:
        digest.update(opened.read(_STAMPED))
        if file.size() > _STAMPED and opened.seekable():
            opened.seek(max(0, file.size() - _STAMPED))
            digest.update(opened.read(_STAMPED))
    changed = os.stat(shown).st_mtime_ns if os.path.exists(shown) else None  # noqa: PTH110, PTH116
    return {"path": shown, "size": file.size(), "changed": changed, "ends": digest.hexdigest()}
