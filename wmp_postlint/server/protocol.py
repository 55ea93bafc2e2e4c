"""uvicorn's HTTP protocol, with limits on what a client may do before and after its request is read.

uvicorn itself waits for ever for the head of a first request, keeps a head of any length, and reads on for ever after
an early answer.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 32 * 1024
_LINGER = 5.0
_NEWCOMER = 1.0
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Protocol(HttpToolsProtocol):
    """One connection.

    Attributes:
        head_seconds: how long the head of a request may take to come in.
    """

    head_seconds = 10.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._in_head = False
        self._in_body = False
        self._head_size = 0
        self._last_request = False
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; the head of the first request must come in time."""
        super().connection_made(transport)  # type: ignore[arg-type]  # uvicorn names the kind of transport
        self._close_in(self.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._set_deadline(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what came; a head that grows too long is refused."""
        if self._in_head or not self._in_body:
            self._head_size += len(data)
        super().data_received(data)
        if self._in_head and self._head_size > MAX_HEAD and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self._in_head, self._in_body = True, False
        self._close_in(self.head_seconds)

    def on_headers_complete(self) -> None:
        """Begin the body of a request, whose time the application measures."""
        self._in_head, self._in_body, self._head_size = False, True, 0
        self._set_deadline(None)
        super().on_headers_complete()
        if self._last_request:
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        """End the body of a request."""
        self._in_body = False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """End an answer; where it came before the body's end, the rest of the body is read and dropped for a while."""
        super().on_response_complete()
        if self._in_body and not self.transport.is_closing():
            self.cycle.keep_alive = False
            self._close_in(_LINGER)

    def shutdown(self) -> None:
        """Take no further request; a connection that was just made gets the answer to its first."""
        if self.cycle is None and not self._last_request:
            self._last_request = True
            self._close_in(_NEWCOMER)
        else:
            super().shutdown()

    def _close_in(self, seconds: float) -> None:
        self._set_deadline(self.loop.call_later(seconds, self.transport.close))

    def _set_deadline(self, deadline: asyncio.TimerHandle | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = deadline
