"""What stands before every address: who may call, how often, and what every answer carries.

It is the outermost layer: nothing is raised out of it, each request leaves one line in the log, and each answer has the
headers that keep a browser from doing anything else with it.
"""

from __future__ import annotations

import asyncio
import time
from secrets import token_hex

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wmp_postlint.server import logs, metrics
from wmp_postlint.server.board import Board
from wmp_postlint.server.keys import Caller, Keyring
from wmp_postlint.server.problems import Problem, ProblemResponse, busy
from wmp_postlint.server.settings import Settings, is_loopback

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_RAW = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
_OPEN = ("/", "/static", "/openapi.json", "/healthz", "/readyz")
_COSTLY = ("/v1/lint", "/v1/lint/batch", "/v1/fix")


class Guard:
    """Wraps the application.

    Args:
        app: what answers.
        settings: how the service runs.
        keyring: who may call; None lets everybody who asks from this machine.
        board: where requests are counted.
    """

    def __init__(self, app: ASGIApp, settings: Settings, keyring: Keyring | None, board: Board) -> None:
        self._app = app
        self._settings = settings
        self._keyring = keyring
        self._board = board

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        start = time.perf_counter()
        route = metrics.route_of(scope["path"])
        answer = _Answer(send, self._settings.body_seconds, keep=route in ("/", "/static"))
        scope.setdefault("state", {})["caller"] = None
        try:
            self._admit(scope, route)
            await self._app(scope, receive, answer.send)
        except Problem as refused:
            await ProblemResponse(refused)(scope, receive, answer.send)
        except asyncio.CancelledError:
            if answer.status is None:
                await ProblemResponse(busy("The service ends; send this again shortly."))(scope, receive, answer.send)
            raise
        except CutOff:
            pass  # whoever asked reads no more
        except Exception as error:  # noqa: BLE001  its words, and the frames of its traceback, may hold a post
            logs.crash(error, request=answer.id, route=route)
            if answer.status is None:
                problem = Problem(500, "failed", f"The service failed; its log says more under {answer.id}.")
                await ProblemResponse(problem)(scope, receive, answer.send)
            else:
                answer.cut_off = True
        seconds = time.perf_counter() - start
        metrics.count_request(self._board, route, answer.status or 0, seconds)
        caller: Caller | None = scope["state"]["caller"]
        if route not in ("/healthz", "/readyz", "/metrics"):
            logs.say(
                "request",
                request=answer.id,
                method=scope["method"] if scope["method"] in ("GET", "HEAD", "POST") else "other",
                route=route,
                status=answer.status,
                ms=round(seconds * 1000, 1),
                **({"caller": caller.name} if caller else {}),
            )
        if answer.cut_off:
            raise CutOff from None

    def _admit(self, scope: Scope, route: str) -> None:
        """Let a request pass, or raise the problem with it."""
        headers = Headers(scope=scope)
        # A link to the page may stand anywhere.
        if route not in _OPEN and headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            raise Problem(403, "cross-site", "A page of another site asked; open the service's own page instead.")
        if self._keyring is None:
            # A name that somebody else made to mean this machine would let their page read the answers.
            host = headers.get("host", "")
            if not is_loopback(host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host):
                raise Problem(400, "host", "Without API keys the service answers to localhost only.", where="host")
            return
        if route in _OPEN:
            return
        scheme, _, key = headers.get("authorization", "").partition(" ")
        caller = self._keyring.caller(key.strip()) if scheme.casefold() == "bearer" else None
        if caller is None:
            asked = {"www-authenticate": 'Bearer realm="postlint"'}
            raise Problem(401, "key", "Expected a valid API key: Authorization: Bearer KEY.", headers=asked)
        scope["state"]["caller"] = caller
        if route in _COSTLY:
            seconds = self._keyring.wait(caller)
            if seconds:
                words = f"This key may send {caller.per_minute} requests a minute."
                raise Problem(429, "rate", words, headers={"retry-after": str(seconds)})


class CutOff(Exception):
    """An answer that could not be ended: the connection is closed, so that nobody takes it for a whole one."""


class _Answer:
    """Sends an answer with the headers that all have, and gives up a client that does not read it."""

    def __init__(self, send: Send, seconds: float, *, keep: bool) -> None:
        self._send = send
        self._seconds = seconds
        self._keep = keep
        self.id = token_hex(8)
        self.status: int | None = None
        self.cut_off = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            caching = b"no-cache" if self._keep else b"no-store"
            own = [*_RAW, (b"cache-control", caching), (b"x-request-id", self.id.encode())]
            message = {**message, "headers": [*message.get("headers", ()), *own]}
        try:
            async with asyncio.timeout(self._seconds):
                await self._send(message)
        except (TimeoutError, OSError):
            self.cut_off = True
            raise CutOff from None
