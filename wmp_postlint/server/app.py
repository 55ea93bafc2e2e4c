"""The application: which address is answered by what."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from wmp_postlint.checker.encode import encoded
from wmp_postlint.linter import Linter
from wmp_postlint.media.canvas import Removal
from wmp_postlint.server import answers
from wmp_postlint.server.body import post_of
from wmp_postlint.server.desk import Desk
from wmp_postlint.server.problems import Problem, ProblemResponse
from wmp_postlint.server.settings import Settings

PAGE = Path(__file__).with_name("page")


def create_app(settings: Settings | None = None, linter: Linter | None = None) -> Starlette:
    """Return the application, with its linter loaded.

    Args:
        settings: how it runs.
        linter: what lints; by default one made of the settings.

    Raises:
        PolicyError: if the pack cannot be used.
    """
    settings = settings or Settings()
    service = Service(settings, linter or make_linter(settings))
    return Starlette(
        routes=[
            Route("/v1/lint", service.lint, methods=["POST"]),
            Route("/v1/fix", service.fix, methods=["POST"]),
            Route("/v1/rules", service.rules),
            Route("/v1/policy", service.policy),
            Route("/healthz", service.alive),
            Route("/readyz", service.ready),
            Route("/", service.page),
            Mount("/static", StaticFiles(directory=PAGE)),
        ],
        exception_handlers={Problem: _problem, HTTPException: _refused},
    )


def make_linter(settings: Settings) -> Linter:
    """Return the linter that the settings ask for."""
    return Linter(policy=settings.policy, ocr=settings.ocr, trust_approvals=settings.trust_approvals)


class Service:
    """The answers of one worker."""

    def __init__(self, settings: Settings, linter: Linter) -> None:
        self._settings = settings
        self._linter = linter
        self._desk = Desk(settings.waiting, settings.seconds)

    async def lint(self, request: Request) -> Response:
        """Answer with the report of a post."""
        self._desk.refuse_if_full()
        post = await post_of(request, self._settings.max_body, self._settings.body_seconds)
        return _json(await self._desk.do(lambda: self._linter.lint(post).to_dict()))

    async def fix(self, request: Request) -> Response:
        """Answer with the mended post and clean files, or with the one clean file."""
        self._desk.refuse_if_full()
        remove = _removal(request)
        safe_only = request.query_params.get("unsafe") != "true"
        post = await post_of(request, self._settings.max_body, self._settings.body_seconds)
        if "application/octet-stream" not in request.headers.get("accept", ""):
            return _json(await self._desk.do(partial(answers.mended, self._linter, post, remove, safe_only=safe_only)))
        if len(post.media) != 1:
            raise Problem(422, "one-file", "Expected exactly one file, since the answer is that file.")
        clean = await self._desk.do(partial(answers.clean_file, post.media[0], remove))
        if clean.data is None:
            raise Problem(422, "not-clean", clean.problem or "", where="media[0]")
        return Response(clean.data, media_type="application/octet-stream")

    async def rules(self, request: Request) -> Response:
        """Answer with the rules."""
        return _json(answers.rules(self._linter))

    async def policy(self, request: Request) -> Response:
        """Answer with what the page needs to know of the pack."""
        return _json(answers.policy(self._linter))

    async def alive(self, request: Request) -> Response:
        """Answer that the process runs."""
        return _json({"status": "ok"})

    async def ready(self, request: Request) -> Response:
        """Answer whether another post would be taken."""
        self._desk.refuse_if_full()
        return _json({"status": "ready"})

    async def page(self, request: Request) -> Response:
        """Answer with the officer's page."""
        return FileResponse(PAGE / "index.html")


def _removal(request: Request) -> Removal:
    asked = request.query_params.get("remove", "location")
    choices: dict[str, Removal] = {"location": "location", "identifying": "identifying", "all": "all"}
    if asked not in choices:
        raise Problem(422, "query", f"Expected one of {', '.join(choices)}.", where="remove")
    return choices[asked]


def _json(value: object) -> Response:
    try:
        content = msgspec.json.encode(value)
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can say and UTF-8 cannot
        content = encoded(value)
    return Response(content, media_type="application/json")


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return ProblemResponse(error)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    names = {404: "not-found", 405: "method"}
    problem = Problem(
        error.status_code, names.get(error.status_code, "refused"), error.detail + ".", headers=error.headers
    )
    return ProblemResponse(problem)
