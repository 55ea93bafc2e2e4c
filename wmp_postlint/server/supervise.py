"""Runs the service: loads the linter once, forks the workers that share its memory, and keeps them going.

SIGTERM, SIGINT   no new connections; requests under way are answered; then it ends
SIGHUP            reads the pack and the keys anew and hands over to new workers, without a request lost
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from starlette.applications import Starlette

from wmp_postlint.errors import InputError, RegistryError
from wmp_postlint.lazy import Record
from wmp_postlint.linter import Linter
from wmp_postlint.post import Post
from wmp_postlint.rule import Flag
from wmp_postlint.server import logs
from wmp_postlint.server.app import create_app, make_board, make_linter
from wmp_postlint.server.board import Board
from wmp_postlint.server.keys import Keyring, read_keys
from wmp_postlint.server.protocol import Protocol
from wmp_postlint.server.settings import Settings, check

_BACKLOG = 128
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
_AT_ONCE = 1.0  # a worker that ends sooner after its start failed at it
_FAILURES = 5


class _Worker(Record):
    pid: int
    row: int
    started: float
    generation: int


def serve(settings: Settings, linter: Linter | None = None, *, say: Callable[[str], object] | None = None) -> int:
    """Serve until told to stop; return the exit code.

    Args:
        settings: how it runs.
        linter: what lints; by default one made of the settings, and made anew at SIGHUP.
        say: takes the address once posts are taken.

    Raises:
        InputError: if the settings, the pack or the keys cannot be used, or the address cannot be listened on.
    """
    check(settings)
    with _listen(settings) as listener:
        return _Supervisor(settings, linter, listener).run(say)


def _warm(linter: Linter) -> None:
    """Lint an example of each rule, so that what they need is loaded before the workers are forked."""
    for rule in linter.rules:
        example = next((each for each in rule.examples if isinstance(each, Flag) and each.on == "text"), None)
        if example is not None and not callable(example.post):
            linter.lint(Post(example.marked.replace("«", "").replace("»", "")))


def _listen(settings: Settings) -> socket.socket:
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, number, _, address = found[0]
        listener = socket.socket(family, kind, number)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(_BACKLOG)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        where = f"{settings.host}, port {settings.port}"
        raise InputError("--host", f"cannot listen on {where}: {error.strerror or type(error).__name__}") from None
    return listener


class _Supervisor:
    def __init__(self, settings: Settings, linter: Linter | None, listener: socket.socket) -> None:
        self._settings = settings
        self._given = linter
        self._listener = listener
        self._workers: dict[int, _Worker] = {}
        self._generation = 0
        self._failures = 0
        self._rows = settings.workers * 3  # those that drain count beside those that take over
        self._linter, self._keyring = self._load()
        self._board = make_board(self._linter, self._rows)

    def _load(self) -> tuple[Linter, Keyring | None]:
        """Load what the workers share, and what somebody may have changed since."""
        keyring = read_keys(self._settings.keys) if self._settings.keys else None
        linter = self._given or make_linter(self._settings)
        _warm(linter)
        return linter, keyring

    def run(self, say: Callable[[str], object] | None) -> int:
        logs.set_up()
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        self._fill()
        host, port = self._listener.getsockname()[:2]
        logs.say("serving", port=port, workers=self._settings.workers, pid=os.getpid())
        if say:
            say(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
        while True:
            caught = signal.sigwait(_SIGNALS)
            if caught == signal.SIGCHLD:
                self._reap()
                if self._failures >= _FAILURES:
                    logs.say("stopped", reason="workers end as soon as they start")
                    self._stop()
                    return 2
                self._fill()
            elif caught == signal.SIGHUP:
                self._reload()
            else:
                logs.say("stopping")
                return self._stop()

    def _fill(self) -> None:
        """Start the workers that are missing."""
        current = sum(worker.generation == self._generation for worker in self._workers.values())
        for _ in range(self._settings.workers - current):
            self._start()

    def _start(self) -> None:
        used = {worker.row for worker in self._workers.values()}
        row = next((row for row in range(self._rows) if row not in used), self._rows - 1)
        gc.collect()
        gc.freeze()  # what is shared is not looked through, and so not copied, by the workers' collectors
        sys.stderr.flush()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
                app = create_app(self._settings, self._linter, self._board, self._keyring)
                code = _work(self._settings, app, self._board, row, self._listener, parent)
            except BaseException as error:  # noqa: BLE001  the process ends here, whatever happens
                logs.crash(error)
            finally:
                # A thread may still be at a post that was given up: nothing waits for it.
                os._exit(code)
        self._workers[pid] = _Worker(pid, row, time.monotonic(), self._generation)

    def _reap(self) -> None:
        while self._workers:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            worker = self._workers.pop(pid, None)
            if worker is None:
                continue
            self._board.use_row(worker.row)
            self._board.put("waiting", 0)  # it holds nothing any more
            self._board.put("body_bytes", 0)
            quick = time.monotonic() - worker.started < _AT_ONCE and worker.generation == self._generation
            self._failures = self._failures + 1 if quick and status else 0
            logs.say("worker ended", pid=pid, code=os.waitstatus_to_exitcode(status))

    def _reload(self) -> None:
        try:
            self._linter, self._keyring = self._load()
        except (InputError, RegistryError) as error:
            logs.log.error("not reloaded", extra={"facts": {"reason": str(error)}})
            return
        old = [*self._workers]
        self._generation += 1
        self._fill()
        self._signal(old, signal.SIGTERM)
        logs.say("reloaded")

    def _stop(self) -> int:
        """Let requests under way end; kill what does not."""
        self._listener.close()
        self._signal([*self._workers], signal.SIGTERM)
        end = time.monotonic() + self._settings.drain_seconds + 2
        while self._workers and time.monotonic() < end:
            signal.sigtimedwait({signal.SIGCHLD}, 0.1)
            self._reap()
        left = [*self._workers]
        self._signal(left, signal.SIGKILL)
        for pid in left:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)
        logs.say("stopped")
        return 0 if not left else 1

    @staticmethod
    def _signal(pids: list[int], number: int) -> None:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, number)


class _Server(uvicorn.Server):
    """A worker's server; it ends when its desk is stuck, or when its supervisor has gone."""

    parent = 0

    async def on_tick(self, counter: int) -> bool:
        service = self.config.app.state.service  # type: ignore[union-attr]  # the application is ours
        service.note()
        return await super().on_tick(counter) or service.desk.stuck or os.getppid() != self.parent


def _work(settings: Settings, app: Starlette, board: Board, row: int, listener: socket.socket, parent: int) -> int:
    gc.enable()  # the command line starts without
    board.use_row(row)
    board.add("worker_starts_total")
    # A thread that lints hands over to the event loop this often.
    sys.setswitchinterval(0.001)
    protocol = type("Protocol", (Protocol,), {"head_seconds": settings.head_seconds})
    config = uvicorn.Config(
        app,
        http=protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=int(settings.drain_seconds),
    )
    server = _Server(config)
    # Asked before the fork: the supervisor may have gone since.
    server.parent = parent
    # uvicorn raises the signal again that ended it; by then everything was answered.
    with suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(_serve(server, listener))
    return 0


async def _serve(server: _Server, listener: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.handle_exit, number, None)
    await server._serve([listener])
