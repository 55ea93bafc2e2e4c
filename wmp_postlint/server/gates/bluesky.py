"""A gate before a Bluesky personal data server: what does not pass never reaches it.

Records are read from the call that writes them, and their pictures from the uploads that went through the gate before:
a blob's name is the hash of its content. Calls that could write words which are not read are refused.
"""

from __future__ import annotations

from collections import OrderedDict

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wmp_postlint.adapters import bluesky
from wmp_postlint.adapters.payload import Accounts, PayloadError, parse
from wmp_postlint.linter import Linter
from wmp_postlint.server.gates.looking import Looker, Prepare, application
from wmp_postlint.server.gates.onward import Upstream, response
from wmp_postlint.server.settings import MB

_UPLOAD = "com.atproto.repo.uploadBlob"
# Calls that publish no words.
_WORDLESS = ("com.atproto.repo.deleteRecord", "com.atproto.moderation.createReport", "app.bsky.actor.putPreferences")
_FAMILIES = ("com.atproto.server.", "com.atproto.identity.", "app.bsky.notification.", "app.bsky.graph.")


def bluesky_gate(
    address: str,
    *,
    accounts: Accounts | None = None,
    prepare: Prepare | None = None,
    linter: Linter | None = None,
    blobs: int = 128 * MB,
) -> Starlette:
    """Return an application to be called in the place of a personal data server.

    Args:
        address: where the server is, such as http://127.0.0.1:2583.
        accounts: accounts by their DID, and by their handle if clients write with it.
        prepare: is given each post before it is linted.
        linter: what lints; by default one with West Midlands' pack.
        blobs: bytes of uploads that are kept, in memory, until a record shows them; the oldest go first.
    """
    gate = _Gate(Upstream(address), Looker(linter, prepare), {} if accounts is None else accounts, Blobs(blobs))
    return application(
        [
            Route("/xrpc/{method:str}", gate.call, methods=["POST"]),
            Route("/oauth/{rest:path}", gate.passed, methods=["POST"]),
            Route("/{rest:path}", gate.passed, methods=["GET", "HEAD", "OPTIONS"]),
        ]
    )


class Blobs:
    """Uploads by their CID, up to a size in all.

    Args:
        size: bytes.
    """

    def __init__(self, size: int) -> None:
        self._size, self._held = size, 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def keep(self, data: bytes) -> None:
        """Keep an upload, and let the oldest go for it."""
        name = bluesky.cid_of(data)
        self._held += len(data) - len(self._kept.pop(name, b""))
        self._kept[name] = data
        while self._held > self._size:
            self._held -= len(self._kept.popitem(last=False)[1])

    def get(self, name: str) -> bytes | None:
        """Return an upload, None where there is none any more."""
        return self._kept.get(name)


class _Gate:
    def __init__(self, upstream: Upstream, looker: Looker, accounts: Accounts, blobs: Blobs) -> None:
        self._upstream, self._looker, self._accounts, self._blobs = upstream, looker, accounts, blobs

    async def call(self, request: Request) -> Response:
        method = str(request.path_params["method"])
        if method in (*bluesky.WRITES, *bluesky.MESSAGES):
            return await self._write(request, method)
        if method == _UPLOAD:
            body = await self._looker.body(request)
            answer = await self._upstream.forward(request, body)
            if answer.status == 200 and "content-encoding" not in request.headers:
                self._blobs.keep(body)
            return response(answer)
        if method in _WORDLESS or method.startswith(_FAMILIES):
            return await self.passed(request)
        return _refused({"error": "MethodNotImplemented", "message": "The gate does not let this call through."}, 501)

    async def _write(self, request: Request, method: str) -> Response:
        body = await self._looker.json(request)
        try:
            call = parse(body)
            _, reports = await self._looker.look(lambda: bluesky.posts(method, call, self._blobs.get, self._accounts))
        except PayloadError as unreadable:
            words = f"The linter cannot read the call: {unreadable}."
            return _refused({"error": "InvalidRequest", "message": words}, 400)
        error = bluesky.error(reports)
        if error:
            return _refused(error, 400)
        return response(await self._upstream.forward(request, body))

    async def passed(self, request: Request) -> Response:
        return response(await self._upstream.forward(request, await self._looker.body(request)))


def _refused(error: dict[str, str], status: int) -> Response:
    return JSONResponse(error, status)
