"""To the tool behind a gate, and to the files of its posts: one fixed address each, no redirects, bounded answers."""

from __future__ import annotations

import http.client
from collections.abc import Iterable, Sequence
from urllib.parse import quote, unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from wmp_postlint.adapters.payload import Fetch
from wmp_postlint.errors import InputError
from wmp_postlint.lazy import Record, field
from wmp_postlint.server.problems import Problem
from wmp_postlint.server.settings import MB

# Between two neighbours only, or set anew by whoever sends.
_OWN = frozenset(
    "connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding "
    "upgrade host content-length expect x-http-method x-http-method-override x-method-override".split()
)
_UNREACHABLE = "The tool behind the gate does not answer; nothing was published, send it again."


class Answer(Record):
    """What a tool answered."""

    status: int
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)


class Upstream:
    """The tool behind a gate.

    Args:
        address: where it is: scheme, host and port, such as http://127.0.0.1:5000.
        seconds: how long it may take to answer.
        most: bytes of an answer.

    Raises:
        InputError: if the address is none.
    """

    def __init__(self, address: str, *, seconds: float = 30.0, most: int = 64 * MB) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise InputError("address", "expected scheme, host and port alone, such as http://127.0.0.1:5000")
        self._secure, self._host, self._port = parts.scheme == "https", parts.hostname, parts.port
        self._seconds, self._most = seconds, most

    def send(
        self, method: str, path: str, headers: Iterable[tuple[str, str]] = (), body: bytes | None = None
    ) -> Answer:
        """Send a request and return its answer, whatever its status; a redirect is not followed.

        Args:
            method: such as GET.
            path: the path with its query, as it stands in a request.
            headers: headers, of which those between two neighbours are left out.
            body: what is sent.

        Raises:
            OSError: if there is no answer, or one that is too long.
        """
        make = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        connection = make(self._host, self._port, timeout=self._seconds)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in _passed(headers):
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("content-length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            content = answer.read(self._most + 1)
            if len(content) > self._most:
                raise OSError("the answer is too long")
            return Answer(answer.status, tuple(_passed(answer.getheaders())), content)
        except (http.client.HTTPException, ValueError) as error:
            raise OSError(type(error).__name__) from None
        finally:
            connection.close()

    async def forward(self, request: Request, body: bytes) -> Answer:
        """Send a request on, with its headers and another or the same body.

        Args:
            request: the request.
            body: what is sent in its place.

        Raises:
            Problem: 503, if the tool does not answer.
        """
        query = request.scope.get("query_string", b"").decode("latin-1")
        # Written anew from what was decided on, so that both read the same address.
        path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
        target = quote(path, safe="/:@!$&'()*+,;=~-._") + (f"?{query}" if query else "")
        method = request.method
        content = body if body or method not in ("GET", "HEAD", "OPTIONS", "DELETE") else None
        try:
            return await run_in_threadpool(self.send, method, target, request.headers.items(), content)
        except OSError:
            raise Problem(503, "busy", _UNREACHABLE, headers={"retry-after": "5"}) from None


def response(answer: Answer, **headers: str) -> Response:
    """Return an answer as it is, with further headers."""
    made = Response(answer.body, answer.status)
    for name, value in answer.headers:
        if name.casefold() in ("date", "server"):
            continue  # the gate's own server says them
        made.raw_headers.append((name.lower().encode("latin-1"), value.encode("latin-1")))
    for name, value in headers.items():
        made.headers[name.replace("_", "-")] = value
    return made


def files_from(prefixes: Sequence[str], *, seconds: float = 10.0, most: int = 64 * MB) -> Fetch:
    """Return a ``Fetch`` that opens addresses under these prefixes and no others.

    Args:
        prefixes: such as https://uploads.example.org/; host and port must be the same, the path must begin with theirs.
        seconds: how long a file may take.
        most: bytes of a file.
    """
    known = [urlsplit(prefix) for prefix in prefixes]

    def fetch(address: str) -> bytes | None:
        parts = urlsplit(address)
        inside = any(
            (parts.scheme, parts.netloc) == (base.scheme, base.netloc) and parts.path.startswith(base.path or "/")
            for base in known
        )
        if not inside or "/../" in f"{unquote(parts.path)}/" or "\\" in address or not address.isprintable():
            return None
        target = quote(parts.path, safe="/%:@!$&'()*+,;=~-._") + (f"?{parts.query}" if parts.query else "")
        upstream = Upstream(f"{parts.scheme}://{parts.netloc}", seconds=seconds, most=most)
        answer = upstream.send("GET", target, [("accept", "*/*")])
        return answer.body if answer.status == 200 else None

    return fetch


def _passed(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    given = list(headers)
    named = {
        name.strip().casefold() for key, value in given if key.casefold() == "connection" for name in value.split(",")
    }
    return [(name, value) for name, value in given if name.casefold() not in _OWN | named]
