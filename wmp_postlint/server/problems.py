"""Answers to requests that cannot be served: RFC 9457 problem details."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

URN = "urn:wmp-postlint:problem:"


class Problem(Exception):
    """A request that cannot be served.

    Args:
        status: the status code of the answer.
        name: the last part of the problem's type, which does not change.
        detail: what is wrong and what to do, in words for whoever sent the request.
        where: the part of the request at fault, such as ``media[0].alt``.
        headers: further headers of the answer.
    """

    def __init__(
        self, status: int, name: str, detail: str, *, where: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(name)  # not the detail, which may quote the request
        self.status, self.name, self.detail, self.where = status, name, detail, where
        self.headers = dict(headers or {})

    def to_dict(self) -> dict[str, object]:
        """Return the members of the problem."""
        members: dict[str, object] = {
            "type": URN + self.name,
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        return {**members, "where": self.where} if self.where else members


class ProblemResponse(JSONResponse):
    """The answer that tells of a problem."""

    media_type = "application/problem+json"

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.to_dict(), problem.status, problem.headers)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return ProblemResponse(error)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    name = {404: "not-found", 405: "method"}.get(error.status_code, "refused")
    return ProblemResponse(Problem(error.status_code, name, f"{error.detail}.", headers=error.headers))


HANDLERS = {Problem: _problem, HTTPException: _refused}
"""What an application answers to what is raised in it."""


def busy(detail: str) -> Problem:
    """Return the problem of a service that has enough to do."""
    return Problem(503, "busy", detail, headers={"retry-after": "1"})
