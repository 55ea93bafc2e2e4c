"""A tool behind a gate, as the tests play it: it keeps what reached it and answers what it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

PAYLOADS = Path(__file__).parents[1] / "adapters" / "payloads"


class Heard(NamedTuple):
    """A request that reached the tool."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Answer = Callable[[Heard], tuple[int, Any]]


def payload(name: str) -> Any:
    """Return a fresh copy of a recorded shape."""
    return json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))


@contextmanager
def tool(answer: Answer | None = None) -> Iterator[tuple[str, list[Heard]]]:
    """Run a tool; yields its address and what reaches it.

    Args:
        answer: returns the status and the body for a request, which is sent as JSON unless it is bytes; None as status
            closes the connection without an answer.
    """
    heard: list[Heard] = []

    class Handler(BaseHTTPRequestHandler):
        def answered(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            request = Heard(self.command, self.path, {k.casefold(): v for k, v in self.headers.items()}, body)
            heard.append(request)
            status, content = answer(request) if answer else (200, {"ok": True})
            if not status:
                self.close_connection = True
                return
            data = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("x-tool", "yes")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answered  # noqa: N815  the base class asks for them

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
