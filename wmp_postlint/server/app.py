"""The application: which address is answered by what."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from wmp_postlint.checker.encode import encoded
from wmp_postlint.checker.explain import plain_rules
from wmp_postlint.finding import Report
from wmp_postlint.linter import Linter
from wmp_postlint.media.canvas import Removal
from wmp_postlint.server import answers, batch, logs, metrics
from wmp_postlint.server.board import Board
from wmp_postlint.server.body import LINES, Memory, Room, media_type, post_of, read_body
from wmp_postlint.server.desk import Desk
from wmp_postlint.server.guard import Guard
from wmp_postlint.server.keys import Caller, Keyring, read_keys
from wmp_postlint.server.openapi import document
from wmp_postlint.server.problems import HANDLERS, Problem, busy
from wmp_postlint.server.settings import Settings

_PAGES = StaticFiles(directory=Path(__file__).with_name("page"))


def create_app(
    settings: Settings | None = None,
    linter: Linter | None = None,
    board: Board | None = None,
    keyring: Keyring | None = None,
) -> Starlette:
    """Return the application, with its linter loaded.

    Args:
        settings: how it runs.
        linter: what lints; by default one made of the settings.
        board: where it counts; by default a board of its own.
        keyring: who may call; by default those in the settings' file of keys.

    Raises:
        PolicyError: if the pack cannot be used.
        KeyFileError: if the file of keys cannot.
    """
    settings = settings or Settings()
    logs.silence()
    linter = linter or make_linter(settings)
    board = board or make_board(linter, 1)
    service = Service(settings, linter, board)
    if keyring is None and settings.keys is not None:
        keyring = read_keys(settings.keys)
    app = Starlette(
        routes=[
            Route("/v1/lint", service.lint, methods=["POST"]),
            Route("/v1/lint/batch", service.batch, methods=["POST"]),
            Route("/v1/fix", service.fix, methods=["POST"]),
            Route("/v1/rules", service.rules),
            Route("/v1/policy", service.policy),
            Route("/openapi.json", service.openapi),
            Route("/healthz", service.alive),
            Route("/readyz", service.ready),
            Route("/metrics", service.metrics),
            Route("/", service.page),
            Mount("/static", _PAGES),
        ],
        middleware=[Middleware(Guard, settings=settings, keyring=keyring, board=board)],
        exception_handlers=HANDLERS,
    )
    app.state.service = service
    return app


def make_linter(settings: Settings) -> Linter:
    """Return the linter that the settings ask for."""
    return Linter(
        policy=settings.policy,
        select=settings.select,
        ignore=settings.ignore,
        ocr=settings.ocr,
        trust_approvals=settings.trust_approvals,
    )


def make_board(linter: Linter, rows: int) -> Board:
    """Return a board with a counter for everything that is counted."""
    return Board(metrics.names(rule.name for rule in linter.rules), rows)


class Service:
    """The answers of one worker.

    Attributes:
        desk: where posts wait to be linted.
    """

    def __init__(self, settings: Settings, linter: Linter, board: Board) -> None:
        self._settings = settings
        self._linter = linter
        self._board = board
        self._memory = Memory(settings.memory)
        self._batches = 0
        self.desk = Desk(settings.waiting, settings.seconds)

    async def lint(self, request: Request) -> Response:
        """Answer with the report of a post."""
        self.desk.refuse_if_full()
        with self._memory.room() as room:
            body = await self._body(request, room)
            report = await self.desk.do(lambda: self._linter.lint(post_of(body)))
        metrics.count_report(self._board, report)
        return _json(report.to_dict())

    async def batch(self, request: Request) -> Response:
        """Answer with a line for each line."""
        if media_type(request) != LINES:
            raise Problem(415, "body-type", f"Send the posts as {LINES}, one on each line.")
        if self._batches >= self._settings.batches:
            raise busy("The service reads as many batches as it can; send this one again shortly.")
        stream = self._lines(request)
        first = await anext(stream)  # what is wrong with the body is told by the status
        return _Stream(first, stream)

    async def _lines(self, request: Request) -> AsyncGenerator[bytes, None]:
        self._batches += 1
        try:
            with self._memory.room() as room:
                lines = batch.Lines(request, self._limited(request), room)
                async with aclosing(batch.answers(lines, self.desk, self._linter)) as found:
                    async for answer in found:
                        if isinstance(answer, Report):
                            metrics.count_report(self._board, answer)
                        yield _encoded(answer.to_dict()) + b"\n"
        finally:
            self._batches -= 1

    async def fix(self, request: Request) -> Response:
        """Answer with the mended post and clean files, or with the one clean file."""
        self.desk.refuse_if_full()
        remove = _removal(request)
        safe_only = not _flag(request, "unsafe")
        with self._memory.room() as room:
            body = await self._body(request, room)
            if "application/octet-stream" in request.headers.get("accept", ""):
                clean = await self.desk.do(lambda: answers.one_clean_file(post_of(body), remove))
                return Response(clean, media_type="application/octet-stream")
            return _json(
                await self.desk.do(lambda: answers.mended(self._linter, post_of(body), remove, safe_only=safe_only))
            )

    async def rules(self, request: Request) -> Response:
        """Answer with the rules."""
        return _json(plain_rules(self._linter.rules, self._linter.policy))

    async def policy(self, request: Request) -> Response:
        """Answer with what the page needs to know of the pack."""
        return _json(answers.policy(self._linter))

    async def openapi(self, request: Request) -> Response:
        """Answer with the description of all this."""
        return _json(document(keys=self._settings.keys is not None))

    async def alive(self, request: Request) -> Response:
        """Answer whether the process does what it is for."""
        if self.desk.stuck:
            raise busy("A post was given up; another worker takes over.")
        return _json({"status": "ok"})

    async def ready(self, request: Request) -> Response:
        """Answer whether another post would be taken."""
        self.desk.refuse_if_full()
        return _json({"status": "ready"})

    async def metrics(self, request: Request) -> Response:
        """Answer with the numbers of all workers."""
        self.note()
        return PlainTextResponse(metrics.exposition(self._board), media_type="text/plain; version=0.0.4")

    async def page(self, request: Request) -> Response:
        """Answer with the officer's page."""
        return await _PAGES.get_response("index.html", request.scope)

    def note(self) -> None:
        """Put what this worker holds on the board."""
        self._board.put("waiting", self.desk.held)
        self._board.put("body_bytes", self._memory.held)

    async def _body(self, request: Request, room: Room) -> Any:
        settings = self._limited(request)
        return await read_body(request, settings.max_json, settings.max_body, settings.body_seconds, room)

    def _limited(self, request: Request) -> Settings:
        """Return the settings with the limits of whoever calls."""
        caller: Caller | None = request.state.caller
        if caller is None or caller.max_body is None:
            return self._settings
        most = caller.max_body
        changed = {"max_json": min(self._settings.max_json, most), "max_body": min(self._settings.max_body, most)}
        return Settings(**{**vars(self._settings), **changed})


class _Stream(StreamingResponse):
    """An answer that is sent as it is made; what makes it ends with the connection, so that another batch may come."""

    def __init__(self, first: bytes, rest: AsyncGenerator[bytes, None]) -> None:
        super().__init__(_joined(first, rest), media_type=LINES)
        self._rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        async with aclosing(self._rest):
            await super().__call__(scope, receive, send)


async def _joined(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    yield first
    async for line in rest:
        yield line


def _removal(request: Request) -> Removal:
    choices: dict[str, Removal] = {"location": "location", "identifying": "identifying", "all": "all"}
    return choices[_choice(request, "remove", tuple(choices))]


def _flag(request: Request, name: str) -> bool:
    return _choice(request, name, ("false", "true")) == "true"


def _choice(request: Request, name: str, choices: tuple[str, ...]) -> str:
    """Return what the query says, the first of the choices where it says nothing."""
    given = request.query_params.getlist(name)
    if not given:
        return choices[0]
    if len(given) > 1 or given[0] not in choices:
        raise Problem(422, "query", f"Expected one of {', '.join(choices)}.", where=name)
    return given[0]


def _json(value: object) -> Response:
    return Response(_encoded(value), media_type="application/json")


def _encoded(value: object) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can say and UTF-8 cannot
        return encoded(value)
