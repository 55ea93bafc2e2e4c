"""Where posts wait to be linted, and for how long: one thread, a short line, a time limit.

Linting is work for the processor, so that a second thread in a process would gain nothing. The one there is keeps the
event loop free to answer, and to refuse, while a post is read.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, TypeVar

from wmp_postlint.server import logs
from wmp_postlint.server.problems import Problem, busy

T = TypeVar("T")

_LOOK = 0.1  # seconds between looks at the clock
_FULL = "The service has as many posts before it as it can read in time; send this one again shortly."
_GIVEN_UP = "The post took longer than {} seconds and was given up, unchecked."


class _Job:
    __slots__ = ("done", "loop", "started", "work")

    def __init__(self, work: Callable[[], Any], done: asyncio.Future[Any], loop: asyncio.AbstractEventLoop) -> None:
        self.work, self.done, self.loop = work, done, loop
        self.started: float | None = None


class Desk:
    """Does one piece of work after the other.

    Args:
        waiting: how many pieces may wait at a time.
        seconds: how long a piece may take.

    Attributes:
        stuck: whether a piece was given up. A thread cannot be stopped, so that its process must end for the work to
            end; until then everything is refused.
    """

    def __init__(self, waiting: int, seconds: float) -> None:
        self._waiting, self._seconds = waiting, seconds
        self._line: SimpleQueue[_Job] = SimpleQueue()
        self._jobs: set[_Job] = set()
        self._room: asyncio.Event = asyncio.Event()
        self._thread: threading.Thread | None = None
        self._watch: asyncio.TimerHandle | None = None
        self.stuck = False

    @property
    def held(self) -> int:
        """How many pieces of work are waiting or being done."""
        return len(self._jobs)

    def refuse_if_full(self) -> None:
        """Refuse before a body is read that nobody will have time for.

        Raises:
            Problem: 503, if another piece of work would be refused.
        """
        if self.stuck or len(self._jobs) > self._waiting:
            raise busy(_FULL)

    async def do(self, work: Callable[[], T]) -> T:
        """Return what the work returns, or raise what it raises.

        Raises:
            Problem: 503 if too much is waiting, or if the work takes too long.
        """
        self.refuse_if_full()
        return await self._do(work)

    async def do_when_free(self, work: Callable[[], T]) -> T:
        """Return what the work returns; it waits until little else is waiting, so that it holds nobody up.

        Raises:
            Problem: 503 if the work takes too long.
        """
        while len(self._jobs) > self._waiting // 2 and not self.stuck:
            self._room.clear()
            await self._room.wait()
        if self.stuck:
            raise busy(_FULL)
        return await self._do(work)

    async def _do(self, work: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        job = _Job(work, loop.create_future(), loop)
        self._jobs.add(job)
        if self._thread is None:
            # Made here and not before: the process may have been forked since.
            self._thread = threading.Thread(target=self._run, name="postlint-desk", daemon=True)
            self._thread.start()
        if self._watch is None:
            self._watch = loop.call_later(_LOOK, self._look, loop)
        self._line.put(job)
        try:
            result: T = await job.done
        finally:
            self._jobs.discard(job)
            self._room.set()
        return result

    def _run(self) -> None:
        while True:
            job = self._line.get()
            if job.done.done():
                continue  # whoever asked has gone
            job.started = time.monotonic()
            result, error = None, None
            try:
                result = job.work()
            except Exception as raised:  # noqa: BLE001  it is raised again where the work was asked for
                error = raised
            except BaseException as raised:  # noqa: BLE001  the event loop would end if it saw it
                error = RuntimeError(type(raised).__name__)
            with suppress(RuntimeError):  # the loop may have ended
                job.loop.call_soon_threadsafe(_settle, job.done, result, error)
            del job, result, error  # nothing of a post is kept until the next comes

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Give up what takes too long, and with it what would wait behind it for ever."""
        self._watch = None
        now = time.monotonic()
        late = [job for job in self._jobs if job.started is not None and now - job.started > self._seconds]
        if any(not job.done.done() for job in late):
            self.stuck = True
            logs.say("post given up", seconds=self._seconds)
            for job in self._jobs:
                given_up = Problem(503, "took-too-long", _GIVEN_UP.format(f"{self._seconds:g}"))
                _settle(job.done, None, given_up if job in late else busy(_FULL))
        if self._jobs:
            self._watch = loop.call_later(_LOOK, self._look, loop)


def _settle(done: asyncio.Future[Any], result: object, error: BaseException | None) -> None:
    if done.done():
        return
    if error is None:
        done.set_result(result)
    else:
        done.set_exception(error)
