"""What sites and programs of your own ask before they save: Mixpost's form, WordPress's request, Buffer's input.

Each address takes what the tool has in hand and answers with what the tool says to its user. API keys are those of the
service (``postlint serve --new-key``); without them it answers to this machine only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wmp_postlint.adapters import buffer, mixpost, wordpress
from wmp_postlint.adapters.payload import Accounts, Fetch, nothing, parse
from wmp_postlint.linter import Linter
from wmp_postlint.server.app import make_board
from wmp_postlint.server.gates.looking import Looker, Prepare, application
from wmp_postlint.server.guard import Guard
from wmp_postlint.server.keys import read_keys
from wmp_postlint.server.settings import Settings


def forms(
    *,
    keys: Path | None = None,
    fetch: Fetch = nothing,
    accounts: Accounts | None = None,
    prepare: Prepare | None = None,
    linter: Linter | None = None,
) -> Starlette:
    """Return an application with ``POST /mixpost``, ``/wordpress`` and ``/buffer``.

    Args:
        keys: the file of API keys.
        fetch: returns a file by the address or the id that the tool gives it.
        accounts: accounts by the id that the tool gives them.
        prepare: is given each post before it is linted.
        linter: what lints; by default one with West Midlands' pack.

    Raises:
        KeyFileError: if the file of keys cannot be used.
    """
    linter = linter or Linter()
    looker = Looker(linter, prepare)
    known = {} if accounts is None else accounts

    async def for_mixpost(request: Request) -> Response:
        value = parse(await looker.json(request))
        refusal = mixpost.refusal(*await looker.look(lambda: mixpost.posts(value, fetch, known)))
        return JSONResponse(refusal or {}, 422 if refusal else 200)

    async def for_wordpress(request: Request) -> Response:
        value = parse(await looker.json(request))
        if not wordpress.publishes(value):
            return JSONResponse({})
        _, reports = await looker.look(lambda: wordpress.posts(value, fetch, known))
        error = wordpress.error(reports)
        return JSONResponse(error or {}, 400 if error else 200)

    async def for_buffer(request: Request) -> Response:
        value: Any = parse(await looker.json(request))
        _, reports = await looker.look(lambda: buffer.posts(value, fetch, known))
        return JSONResponse({"input": buffer.revised(value, reports), "note": buffer.note(reports)})

    app = application(
        [
            Route("/mixpost", for_mixpost, methods=["POST"]),
            Route("/wordpress", for_wordpress, methods=["POST"]),
            Route("/buffer", for_buffer, methods=["POST"]),
        ]
    )
    settings = Settings(keys=keys)
    keyring = read_keys(keys) if keys else None
    app.user_middleware.insert(0, Middleware(Guard, settings=settings, keyring=keyring, board=make_board(linter, 1)))
    return app
