"""What an audit keeps while it runs: one Parquet file a piece, which is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from wmp_postlint.finding import Report
from wmp_postlint.lazy import replace
from wmp_postlint.linter import Linter
from wmp_postlint.post import Post
from wmp_postlint.readers.loaded import Loaded
from wmp_postlint.scale.arrow import REPORTS, batch_of, posts_of
from wmp_postlint.scale.judged import Given, identity_of, judged, unread
from wmp_postlint.scale.pieces import Piece, loaded_of
from wmp_postlint.scale.work import Work

# Where the post stands, and its report. ``row`` is the line in a file of lines, else the number of the post.
ROWS = pa.schema([("source", pa.string()), ("row", pa.int64()), *REPORTS])
SKIPPED = "skipped"
_KILLED = "the post could not be looked at: twice, reading this stretch of posts ended the process"


def write_piece(piece: Piece, work: Work, linter: Linter, *, linted: bool = True) -> int:
    """Lint a piece, put its reports on the disk, and return how many rows they are.

    Args:
        piece: the posts.
        work: how they are linted, and the folder that the file goes into.
        linter: lints them.
        linted: whether to; if not, each post gets the error that it killed its process.
    """
    numbers, given, reports = _read(piece, work, linter, linted)
    batch = batch_of(given, reports, details=work.details)
    columns = [pa.array([piece.source] * len(given), pa.string()), pa.array(numbers, pa.int64()), *batch.columns]
    target = piece_file(work.folder, piece.number)
    write_whole(target, pa.table(columns, schema=ROWS))
    return len(given)


def write_whole(target: Path, table: pa.Table) -> None:
    """Write a table so that its file is there whole or not at all, whenever the process is killed."""
    draft = target.with_name(f"{target.name}.{os.getpid()}.new")
    with draft.open("wb") as file:
        pq.write_table(table, file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)


def piece_file(folder: Path, number: int) -> Path:
    """Return where the reports of a piece stand."""
    return folder / f"{number:08}.parquet"


def read_pieces(folder: Path) -> Iterator[pa.Table]:
    """Yield the reports of all pieces, in order."""
    for path in sorted(folder.glob("*.parquet")):
        yield pq.ParquetFile(path).read(use_threads=False)


def _read(piece: Piece, work: Work, linter: Linter, linted: bool) -> tuple[list[int], list[Given], list[Report]]:
    if piece.batch is not None:
        given: list[Given] = []
        for batch in pa.ipc.open_stream(piece.batch):
            given.extend(posts_of(batch))
        numbers = list(range(piece.row, piece.row + len(given)))
        return numbers, given, _judged(given, work, linter, linted)
    loaded = list(loaded_of(piece))
    good = iter(_judged([each.post for each in loaded if each.post is not None], work, linter, linted))
    reports = [next(good) if each.post is not None else _mistaken(each, linter) for each in loaded]
    numbers = [each.line if piece.stretch and each.line else piece.row + at for at, each in enumerate(loaded)]
    return numbers, [each.post or Post("") for each in loaded], reports


def _judged(posts: Sequence[Given], work: Work, linter: Linter, linted: bool) -> list[Report]:
    if linted:
        return judged(linter, posts, work.now)
    return [unread(linter, _KILLED, identity_of(post)) for post in posts]


def _mistaken(loaded: Loaded, linter: Linter) -> Report:
    """Return the report of what could not be read, or is no post (its verdict is then ``skipped``)."""
    report = unread(linter, loaded.error or loaded.skipped or "", loaded.id)
    # Not a verdict of a post: nothing was judged.
    return report if loaded.skipped is None else replace(report, verdict=SKIPPED)
