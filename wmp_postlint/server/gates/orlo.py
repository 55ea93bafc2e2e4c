"""The receiver of Orlo's webhook: proves both sides to each other, and tells people what was found.

Orlo has no slot before publication, so that this one tells and cannot stop: the host's program hands the reports to
whoever may take a post back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wmp_postlint.adapters import orlo
from wmp_postlint.adapters.payload import Accounts, Fetch, nothing, parse
from wmp_postlint.finding import Report
from wmp_postlint.linter import Linter
from wmp_postlint.post import Post
from wmp_postlint.server.gates.looking import Looker, Prepare, application
from wmp_postlint.server.problems import Problem

Tell = Callable[[Sequence[Post], Sequence[Report]], object]


def orlo_receiver(
    secrets: Mapping[str, str],
    tell: Tell,
    *,
    keys: orlo.Keys | None = None,
    fetch: Fetch = nothing,
    accounts: Accounts | None = None,
    prepare: Prepare | None = None,
    linter: Linter | None = None,
) -> Starlette:
    """Return an application that Orlo calls at ``POST /``.

    Args:
        secrets: the shared secret of each hook, by the hook's id.
        tell: is given the posts of a notification and their reports, whatever their verdict.
        keys: where a notification holds what.
        fetch: returns a picture by its address.
        accounts: accounts by Orlo's id of them.
        prepare: is given each post before it is linted.
        linter: what lints; by default one with West Midlands' pack.
    """
    looker = Looker(linter, prepare)

    async def called(request: Request) -> Response:
        body = await looker.body(request)
        try:
            proof = orlo.verified(body, request.headers, secrets)
        except orlo.SignatureError as error:
            raise Problem(401, "key", f"{str(error).capitalize()}.") from None
        posts, reports = await looker.look(lambda: orlo.posts(parse(body), keys, fetch, accounts))
        await run_in_threadpool(tell, posts, reports)
        return JSONResponse(proof)

    return application([Route("/", called, methods=["POST"])])
