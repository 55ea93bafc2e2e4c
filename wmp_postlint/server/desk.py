"""Where posts wait to be linted, and for how long: a few threads, a short queue, a time limit.

Linting is work for the processor, so that more threads than one gain nothing in a process; what the thread is for is that
the event loop goes on answering, and refusing, while a post is read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from wmp_postlint.server.problems import Problem, busy

T = TypeVar("T")


class Desk:
    """Does work in a thread, one piece after the other.

    Args:
        waiting: how many pieces may wait at a time.
        seconds: how long a piece may take.
    """

    def __init__(self, waiting: int, seconds: float) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="postlint")
        self._waiting = waiting
        self._seconds = seconds
        self._held = 0
        self.stuck = False

    @property
    def full(self) -> bool:
        """Whether another piece of work would be refused."""
        return self.stuck or self._held > self._waiting

    def refuse_if_full(self) -> None:
        """Raise the problem of a service that is busy, before a body is read that nobody has time for."""
        if self.full:
            raise busy("The service has as many posts as it can read in time; send this one again shortly.")

    async def do(self, work: Callable[[], T]) -> T:
        """Return what the work returns.

        Raises:
            Problem: 503 if too much is waiting, or if the work took too long.
        """
        self.refuse_if_full()
        loop = asyncio.get_running_loop()
        started = asyncio.Event()
        self._held += 1

        def run() -> T:
            loop.call_soon_threadsafe(started.set)
            return work()

        done = loop.run_in_executor(self._thread, run)
        done.add_done_callback(self._leave)
        await started.wait()
        finished, _ = await asyncio.wait({done}, timeout=self._seconds)
        if not finished:
            # A thread cannot be stopped: its process ends after what else it has under way, and another takes its place.
            self.stuck = True
            raise Problem(503, "took-too-long", f"The post was given up after {self._seconds:g} seconds; shorten it.")
        return done.result()

    def _leave(self, _: object) -> None:
        self._held -= 1
