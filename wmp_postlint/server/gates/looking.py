"""What the gates share: bodies within limits, posts linted beside the event loop, nothing raised or logged of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from secrets import token_hex

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wmp_postlint.adapters.answer import worst
from wmp_postlint.adapters.payload import PayloadError
from wmp_postlint.errors import PostError
from wmp_postlint.finding import Report
from wmp_postlint.linter import Linter
from wmp_postlint.post import Post
from wmp_postlint.server import logs
from wmp_postlint.server.body import JSON, Memory, chunks, in_time, media_type
from wmp_postlint.server.desk import Desk
from wmp_postlint.server.problems import HANDLERS, Problem, ProblemResponse
from wmp_postlint.server.settings import MB

Prepare = Callable[[Post], Post]
"""Adds to a post what the tool does not say: approvals, waivers, the kind of its account."""


class Looker:
    """Lints what requests bring, one post at a time, with the limits of the service.

    Args:
        linter: what lints; by default one with West Midlands' pack.
        prepare: is given each post before it is linted.
        max_json: bytes of a body in JSON.
        max_file: bytes of any other body.
        memory: bytes of all bodies at a time.
        waiting: how many requests may wait; the next gets 503.
        seconds: how long a request's posts may take, and how long its body.
    """

    def __init__(
        self,
        linter: Linter | None = None,
        prepare: Prepare | None = None,
        *,
        max_json: int = 4 * MB,
        max_file: int = 64 * MB,
        memory: int = 256 * MB,
        waiting: int = 16,
        seconds: float = 30.0,
    ) -> None:
        logs.silence()
        # No adapter takes an approval out of a payload: those that there are, the host's own program has added.
        self._linter = linter or Linter()
        self._prepare = prepare
        self._max_json, self._max_file, self._seconds = max_json, max_file, seconds
        self._memory = Memory(memory)
        self._desk = Desk(waiting, seconds)

    async def body(self, request: Request) -> bytes:
        """Return the body of a request.

        Raises:
            Problem: 400, 408, 413 or 503.
        """
        limit = self._max_json if media_type(request) == JSON else self._max_file
        with self._memory.room() as room:
            async with in_time(self._seconds):
                return b"".join([chunk async for chunk in chunks(request, limit, room)])

    async def json(self, request: Request) -> bytes:
        """Return a body that says that it is JSON, and that no other program would read as anything else.

        Raises:
            Problem: 400, 408, 413, 415 or 503.
        """
        packed = request.headers.get("content-encoding", "identity").strip().casefold()
        if media_type(request) != JSON or packed != "identity":
            raise Problem(415, "body-type", f"Send {JSON}, not packed.")
        return await self.body(request)

    async def look(self, read: Callable[[], list[Post]]) -> tuple[list[Post], list[Report]]:
        """Return the posts that a function reads, which may fetch files for it, and their reports.

        Raises:
            PayloadError: if they cannot be read.
            Problem: 503, if too much is waiting or it takes too long.
        """
        self._desk.refuse_if_full()
        posts = await run_in_threadpool(read)
        if self._prepare:
            posts = [self._prepare(post) for post in posts]
        if not posts:
            return [], []
        try:
            reports = await self._desk.do(lambda: [self._linter.lint(post) for post in posts])
        except PostError as error:
            raise PayloadError(error.where, error.expected) from None
        logs.say("looked at", posts=len(posts), verdict=worst(reports))
        return posts, reports


def application(routes: list[Route]) -> Starlette:
    """Return an application that answers these addresses and raises nothing."""
    handlers = {**HANDLERS, PayloadError: _unreadable}
    return Starlette(routes=routes, middleware=[Middleware(Contained)], exception_handlers=handlers)


class Contained:
    """Keeps what is raised from the server, whose log would show words of a post; logs a line for each request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        start, identity, status = time.perf_counter(), token_hex(8), 0

        async def counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message.get("headers", ()), (b"x-request-id", identity.encode())]}
            await send(message)

        try:
            await self._app(scope, receive, counted)
        except Exception as error:  # noqa: BLE001  its words, and the frames of its traceback, may hold a post
            logs.crash(error, request=identity)
            if status:
                raise RuntimeError("the answer was cut off") from None
            problem = Problem(500, "failed", f"The gate failed; its log says more under {identity}.")
            await ProblemResponse(problem)(scope, receive, counted)
        method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST", "PUT", "DELETE") else "other"
        logs.say(
            "request", request=identity, method=method, status=status, ms=round((time.perf_counter() - start) * 1000, 1)
        )


async def _unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, PayloadError)
    return ProblemResponse(Problem(422, "post-shape", f"{error.expected}.", where=error.where))
