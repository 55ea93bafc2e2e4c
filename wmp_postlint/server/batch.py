"""Batches: a post on each line in, a report on each line out, each sent as soon as it is there.

The lines are taken in as fast as they come, whether or not the answer is read meanwhile: a client that sends everything
before it reads anything would else wait for us while we wait for it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from functools import partial

from starlette.requests import ClientDisconnect, Request

from wmp_postlint.finding import Report
from wmp_postlint.linter import Linter
from wmp_postlint.post import Post
from wmp_postlint.server.body import Body, Room, chunks, post_of
from wmp_postlint.server.desk import Desk
from wmp_postlint.server.problems import Problem
from wmp_postlint.server.settings import Settings

TOGETHER = 8  # posts that are linted at a time: cheaper than one by one, and nobody waits long behind them


class Lines:
    """The lines of a body, taken in by a task of their own.

    Attributes:
        limit: bytes of one line.
        problem: what went wrong with the body, if anything did.
    """

    def __init__(self, request: Request, settings: Settings, room: Room) -> None:
        self._request, self._settings, self._room = request, settings, room
        self._lines: deque[bytes] = deque()
        self._more = asyncio.Event()
        self._ended = False
        self.limit = settings.max_line
        self.problem: Problem | None = None

    async def take_in(self) -> None:
        """Take in the whole body."""
        rest = b""
        try:
            async with asyncio.timeout(self._settings.body_seconds):
                async for chunk in chunks(self._request, self._settings.max_body, self._room):
                    *whole, rest = (rest + chunk).split(b"\n") if b"\n" in chunk else (rest + chunk,)
                    self._lines += [line for line in whole if line.strip()]
                    self._more.set()
                    if len(rest) > self.limit:
                        raise Problem(413, "too-large", f"A line is longer than {self.limit} bytes.")
            if rest.strip():
                self._lines.append(rest)
        except Problem as problem:
            self.problem = problem
        except TimeoutError:
            self.problem = Problem(408, "too-slow", "The body did not come in in time.")
        except ClientDisconnect:
            self.problem = Problem(400, "cut-off", "The body ended before it was whole.")
        finally:
            self._ended = True
            self._more.set()

    async def some(self) -> list[bytes]:
        """Return the next lines, as many as are linted at a time at most; none at the end."""
        while not self._lines and not self._ended:
            self._more.clear()
            await self._more.wait()
        return [self._lines.popleft() for _ in range(min(TOGETHER, len(self._lines)))]


async def answers(lines: Lines, desk: Desk, linter: Linter) -> AsyncGenerator[Report | Problem, None]:
    """Yield for each line its report, or the problem with it.

    A problem with the body itself is raised before the first line, and is the last answer after it.

    Raises:
        Problem: 4xx about the body, or 503 if a post takes too long.
    """
    task = asyncio.create_task(lines.take_in())
    try:
        begun = False
        while taken := await lines.some():
            try:
                found = await desk.do_when_free(partial(_linted, linter, taken, lines.limit))
            except Problem as problem:
                lines.problem = problem
                break
            for answer in found:
                yield answer
            begun = True
        if lines.problem is not None:
            if not begun:
                raise lines.problem
            yield lines.problem
        elif not begun:
            raise Problem(422, "not-json", "Expected a post on each line; the body has none.")
    finally:
        task.cancel()


def _linted(linter: Linter, lines: list[bytes], limit: int) -> list[Report | Problem]:
    """Lint some lines together; a line that is no post gets its problem and spoils no other."""
    read = [_read(line, limit) for line in lines]
    reports = linter.lint_many([each for each in read if isinstance(each, Post)])
    return [next(reports) if isinstance(each, Post) else each for each in read]


def _read(line: bytes, limit: int) -> Post | Problem:
    if len(line) > limit:
        return Problem(413, "too-large", f"The line is longer than {limit} bytes.")
    try:
        return post_of(Body(line))
    except Problem as problem:
        return problem
