"""A gate before Postiz's public interface: what blocks is answered with Postiz's own 400, or becomes a draft.

Nothing else of Postiz is reachable through it, so that there is no way round: its own pages, its MCP server and the
address behind the gate must not be within reach of whoever schedules posts.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wmp_postlint.adapters import postiz
from wmp_postlint.adapters.answer import worst
from wmp_postlint.adapters.payload import Accounts, Fetch, Field, PayloadError, nothing, parse
from wmp_postlint.linter import Linter
from wmp_postlint.server.gates.looking import Looker, Prepare, application
from wmp_postlint.server.gates.onward import Upstream, response

_UPLOADS = ("upload", "upload-from-url")


def postiz_gate(
    address: str,
    *,
    fetch: Fetch = nothing,
    accounts: Accounts | None = None,
    prepare: Prepare | None = None,
    linter: Linter | None = None,
    as_draft: bool = False,
    prefix: str = "/public/v1",
) -> Starlette:
    """Return an application to be called in the place of Postiz's public interface.

    Args:
        address: where Postiz is, such as http://127.0.0.1:5000.
        fetch: returns a picture by its path, such as ``files_from(["https://uploads.example.org/"])``; a post with a
            picture that cannot be had becomes a draft.
        accounts: accounts by the id of their integration.
        prepare: is given each post before it is linted.
        linter: what lints; by default one with West Midlands' pack.
        as_draft: whether posts that block become drafts too, instead of being refused.
        prefix: the path of the public interface.
    """
    gate = _Gate(
        Upstream(address), Looker(linter, prepare), fetch, {} if accounts is None else accounts, as_draft=as_draft
    )
    return application(
        [
            Route(f"{prefix}/posts", gate.posts, methods=["POST"]),
            Route(f"{prefix}/posts/{{id:str}}/status", gate.status, methods=["PUT"]),
            Route(f"{prefix}/posts/{{id:str}}", gate.passed, methods=["DELETE"]),
            *(Route(f"{prefix}/{name}", gate.passed, methods=["POST"]) for name in _UPLOADS),
            Route(f"{prefix}/{{rest:path}}", gate.passed, methods=["GET"]),
        ]
    )


class _Gate:
    def __init__(self, upstream: Upstream, looker: Looker, fetch: Fetch, accounts: Accounts, *, as_draft: bool) -> None:
        self._upstream, self._looker = upstream, looker
        self._fetch, self._accounts, self._as_draft = fetch, accounts, as_draft

    async def posts(self, request: Request) -> Response:
        body = await self._looker.json(request)
        try:
            payload: Any = parse(body)
            _, reports = await self._looker.look(lambda: postiz.posts(payload, self._fetch, self._accounts))
        except PayloadError as error:
            return _refused(postiz.refused(f"The linter cannot read the request: {error}."))
        verdict = worst(reports)
        reply = postiz.reply(payload, reports, as_draft=self._as_draft)
        if reply.forward is None:
            return _refused(reply)
        onward = body if reply.forward is payload else json.dumps(reply.forward).encode()
        drafted = "draft" if reply.forward["type"] == "draft" else "as-sent"
        return response(await self._upstream.forward(request, onward), postlint_verdict=verdict, postlint_sent=drafted)

    async def status(self, request: Request) -> Response:
        """Let posts become drafts; a draft that becomes a post must come as one, with its pictures, to be looked at."""
        body = await self._looker.json(request)
        try:
            wanted = Field(parse(body))["status"].text()
        except PayloadError as error:
            return _refused(postiz.refused(f"The linter cannot read the request: {error}."))
        if wanted != "draft":
            return _refused(postiz.refused("Send the post itself to POST /posts, so that it can be looked at."))
        return response(await self._upstream.forward(request, body))

    async def passed(self, request: Request) -> Response:
        return response(await self._upstream.forward(request, await self._looker.body(request)))


def _refused(reply: postiz.Reply) -> Response:
    return JSONResponse(reply.body, reply.status)
