"""The receiver of Hootsuite's prescreening callbacks.

It rejects or stays silent; what it could not do it answers with 503, so that the failure is seen at Hootsuite and here,
and the message stays with its approver.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wmp_postlint.adapters import hootsuite
from wmp_postlint.adapters.payload import Accounts, Fetch, PayloadError, nothing, parse
from wmp_postlint.linter import Linter
from wmp_postlint.post import Post
from wmp_postlint.server import logs
from wmp_postlint.server.gates.looking import Looker, Prepare, application
from wmp_postlint.server.gates.onward import Answer, Upstream
from wmp_postlint.server.problems import Problem

_ATTEMPTS = 2
_MOST = 100  # messages of a callback


def hootsuite_prescreen(
    token: Callable[[], str],
    *,
    address: str = "https://platform.hootsuite.com",
    fetch: Fetch = nothing,
    accounts: Accounts | None = None,
    prepare: Prepare | None = None,
    linter: Linter | None = None,
) -> Starlette:
    """Return an application that Hootsuite calls at ``POST /`` when a message waits for approval.

    Hootsuite may not sign its calls. Mount it under a path that nobody guesses: who finds it can make it fetch
    messages of your own organisation again, and nothing else.

    Args:
        token: returns the access token of the organisation's app; it is asked before each message.
        address: where Hootsuite's interface is.
        fetch: returns a file by its address or its id; a message whose file cannot be had is rejected.
        accounts: accounts by the id of their social profile.
        prepare: is given each post before it is linted.
        linter: what lints; by default one with West Midlands' pack.
    """
    receiver = _Receiver(Upstream(address), token, Looker(linter, prepare), fetch, {} if accounts is None else accounts)
    return application([Route("/", receiver.called, methods=["POST"])])


class _Receiver:
    def __init__(
        self, upstream: Upstream, token: Callable[[], str], looker: Looker, fetch: Fetch, accounts: Accounts
    ) -> None:
        self._upstream, self._token, self._looker = upstream, token, looker
        self._fetch, self._accounts = fetch, accounts

    async def called(self, request: Request) -> Response:
        identities = hootsuite.waiting_ids(parse(await self._looker.json(request)))
        if len(identities) > _MOST:
            raise Problem(413, "too-large", f"A callback may name {_MOST} messages.")
        done = [await self._screened(identity) for identity in identities]  # one that fails holds up no other
        if not all(done):
            raise Problem(
                503, "busy", "Hootsuite could not be asked or told; call again.", headers={"retry-after": "30"}
            )
        return JSONResponse({"messages": len(done)})

    async def _screened(self, identity: str) -> bool:
        """Look at a message as it is now and reject it if need be; return whether that was possible."""
        for _ in range(_ATTEMPTS):
            # Fetched anew each time: a rejection whose answer was lost may have been heard.
            answer = await self._asked("GET", identity)
            if answer is None or answer.status != 200:
                continue
            try:
                body = await self._rejection(answer)
            except (PayloadError, Problem):
                continue  # it is no message, or there is too much to do
            if body is None:
                return True
            told = await self._asked("POST", f"{identity}/reject", json.dumps(body).encode())
            if told is not None and told.status < 300:
                return True
        logs.say("not screened", service="hootsuite")
        return False

    async def _rejection(self, answer: Answer) -> dict[str, object] | None:
        found: list[hootsuite.Pending] = []

        def read() -> list[Post]:
            found.append(hootsuite.pending(value, self._fetch, self._accounts))
            return [found[0].post]

        value: object = None
        try:
            value = parse(answer.body)
            _, reports = await self._looker.look(read)
        except PayloadError as error:
            return hootsuite.unreadable(value, error)
        return hootsuite.rejection(reports[0], found[0])

    async def _asked(self, method: str, path: str, body: bytes | None = None) -> Answer | None:
        headers = [("authorization", f"Bearer {self._token()}"), ("accept", "application/json")]
        if body is not None:
            headers.append(("content-type", "application/json"))
        try:
            return await run_in_threadpool(self._upstream.send, method, f"/v1/messages/{path}", headers, body)
        except OSError:
            return None
