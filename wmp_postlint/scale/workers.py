"""Processes that lint pieces: each has its linter once, shared by fork where the platform has it.

A process that dies, at a picture or for want of memory, is followed by another; a piece that kills a second one is read
without being linted, and its posts have that as their error.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any

from wmp_postlint.lazy import Record
from wmp_postlint.linter import Linter
from wmp_postlint.scale.pieces import Piece
from wmp_postlint.scale.store import write_piece
from wmp_postlint.scale.work import Work

# Tries of a piece before its posts are given up: two with the linter, one without.
_LINTED, _TRIES = 2, 3


class Done(Record):
    """A piece whose result stands on the disk."""

    piece: Piece
    posts: int


class _Worker:
    def __init__(self, context: Any, work: Work, linter: Linter | None, forget: Callable[[], None]) -> None:
        self.piece: Piece | None = None
        self.tries = 0
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, work, linter, linter and forget), daemon=True)
        self._process.start()
        theirs.close()

    def give(self, piece: Piece, tries: int = 0) -> None:
        self.piece, self.tries = piece, tries
        try:
            self.connection.send((piece, tries < _LINTED))
        except OSError:
            return  # it is dead, as waiting for its answer will show

    def end(self) -> None:
        self.connection.close()
        self._process.join(timeout=5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def run(pieces: Iterable[Piece], work: Work, count: int, forget: Callable[[], None]) -> Iterator[Done]:
    """Lint pieces in processes, yielding each as it is done.

    Args:
        pieces: what to do.
        work: how to do it.
        count: how many processes.
        forget: called in a forked process first: gives up what must end with this process, such as a lock.

    Raises:
        RuntimeError: if a piece cannot even be read without ending a process.
    """
    forked = "fork" in multiprocessing.get_all_start_methods() and os.name == "posix"
    context = multiprocessing.get_context("fork" if forked else "spawn")
    linter = _warm(work) if forked else None
    workers: list[_Worker] = []
    left = iter(pieces)
    coming = next(left, None)
    try:
        while coming is not None or any(worker.piece for worker in workers):
            while coming is not None and (
                free := _free(workers, count, lambda: _Worker(context, work, linter, forget))
            ):
                free.give(coming)
                coming = next(left, None)  # read ahead while the workers work
            for ready in wait([worker.connection for worker in workers if worker.piece]):
                worker = next(worker for worker in workers if worker.connection is ready)
                piece = worker.piece
                assert piece is not None
                try:
                    posts = worker.connection.recv()
                except (EOFError, OSError):
                    workers.remove(worker)
                    worker.end()
                    workers.append(_Worker(context, work, linter, forget))
                    if worker.tries + 1 == _TRIES:
                        raise RuntimeError(f"{piece.source} from row {piece.row} ends every process") from None
                    workers[-1].give(piece, worker.tries + 1)
                    continue
                worker.piece = None
                yield Done(piece, posts)
    finally:
        for worker in workers:
            worker.end()


def _free(workers: list[_Worker], count: int, make: Callable[[], _Worker]) -> _Worker | None:
    idle = next((worker for worker in workers if worker.piece is None), None)
    if idle is None and len(workers) < count:
        idle = make()
        workers.append(idle)
    return idle


def _warm(work: Work) -> Linter:
    """Make the linter, and what its first posts make, before there are processes: they share what is there."""
    linter = work.linter()
    for text in (
        "PC Sarah Johnson is at the scene.",
        "Ring 0121 496 0123 or 101, or see https://example.com",
    ):
        linter.lint(text, now=work.now)
    gc.collect()
    gc.freeze()  # else looking for rubbish would touch, and so copy, every page that is shared
    return linter


def _serve(connection: Connection, work: Work, linter: Linter | None, forget: Callable[[], None] | None) -> None:
    if forget is not None:
        forget()

    parent = multiprocessing.parent_process()
    assert parent is not None
    linter = linter or work.linter()
    while True:
        # Another process may hold the parent's end of the pipe too: it is the parent itself that is waited for.
        if connection not in wait([connection, parent.sentinel]):
            return
        try:
            piece, linted = connection.recv()
        except (EOFError, OSError):
            return
        except KeyboardInterrupt:
            return
        connection.send(write_piece(piece, work, linter, linted=linted))
