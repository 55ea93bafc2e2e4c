"""The service as the tests run it: in this process and as a process of its own; and what it wrote into its logs.

Run as a script it serves with rules of its own, one of which is slow on demand.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from wmp_postlint import Document, Finding, Flag, Linter, Pass, Severity, Surface, TextRule
from wmp_postlint.server.app import create_app
from wmp_postlint.server.settings import Settings

ROOT = Path(__file__).parents[2]
VAN = (ROOT / "examples" / "week" / "pictures" / "van.jpg").read_bytes()

# What the tests send, and what no log may hold: numbers, names, addresses, coordinates, words of posts.
PHONE, NAME, MAIL = "07700 900461", "Wilhelmina Quarrell", "w.quarrell@example.org"
TELLING = f"Ring {NAME} on {PHONE} or write to {MAIL} about the marmalade raid."
SECRETS = (PHONE, "07700900461", "Quarrell", "w.quarrell", "marmalade", "52.4862", "-1.8904", "quince.jpg")

LOG_FILES: list[Path] = []


class Slow(TextRule):
    """Takes as many tenths of a second as the post says: a rule for tests of the service."""

    name = "test/slow"
    clauses = ("4.6",)
    severity = Severity.INFO
    message = "This is slow."
    advice = "Be quick."
    examples = (Flag("«SLOW 0»"), Pass("quick"))

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for match in re.finditer(r"SLOW (\d+)", surface.text):
            end = time.monotonic() + int(match[1]) / 10
            while time.monotonic() < end:
                time.sleep(0.005)
            yield self.finding(surface, surface.span(*match.span()))


class Crashing(TextRule):
    """Raises past what contains the crashes of rules: a rule for tests of the service."""

    name = "test/crashing"
    clauses = ("4.6",)
    severity = Severity.INFO
    message = "Never said."
    advice = "Never said."
    examples = (Flag("«x»"), Pass("y"))

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        if "CRASH" in surface.text:
            raise KeyboardInterrupt(surface.text)
        yield from ()


def client(settings: Settings | None = None, linter: Linter | None = None) -> TestClient:
    """Return a client of an application in this process."""
    return TestClient(create_app(settings, linter), base_url="http://127.0.0.1")


def form(post: Mapping[str, object], *files: tuple[str, bytes]) -> list[tuple[str, Any]]:
    """Return a form with a post and files."""
    return [
        ("post", (None, json.dumps(post), "application/json")),
        *(("media", (name, content, "image/jpeg")) for name, content in files),
    ]


class Running:
    """A service that runs as processes of its own."""

    def __init__(self, process: subprocess.Popen[str], port: int, log: Path) -> None:
        self.process, self.port, self._log = process, port, log

    def connection(self, timeout: float = 20) -> http.client.HTTPConnection:
        """Return a new connection to it."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, dict[str, str], Any]:
        """Return status, headers and body of an answer."""
        connection = self.connection()
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        named = {"content-type": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        connection.request(method, path, content, named)
        answer = connection.getresponse()
        said = answer.read()
        connection.close()
        is_json = (answer.getheader("content-type") or "").endswith(("/json", "+json"))
        return answer.status, dict(answer.getheaders()), json.loads(said) if is_json else said

    def lint(self, text: str) -> tuple[int, Any]:
        """Return status and report of a post."""
        status, _, report = self.ask("POST", "/v1/lint", {"text": text})
        return status, report

    def workers(self) -> list[int]:
        """Return the processes that lint."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def log(self) -> list[dict[str, Any]]:
        """Return the lines of its log."""
        return [json.loads(line) for line in self._log.read_text("utf-8").splitlines()]

    def signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.process.pid, number)


def wait_for(truth: Any, seconds: float = 15) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not truth():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


@contextmanager
def running(*options: str, own: dict[str, object] | None = None) -> Iterator[Running]:
    """Run ``postlint serve`` with options, or with the rules of the tests and settings of their own."""
    command = [sys.executable, "-m", "wmp_postlint", "serve", "--port", "0", *options]
    if own is not None:
        command = [sys.executable, str(Path(__file__)), json.dumps(own)]
    handle, name = tempfile.mkstemp(suffix=".log")
    LOG_FILES.append(Path(name))
    with os.fdopen(handle, "w") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=ROOT)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://"), Path(name).read_text("utf-8")
        yield Running(process, int(address.rstrip("/").rpartition(":")[2]), Path(name))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


if __name__ == "__main__":
    from wmp_postlint.server.supervise import serve

    given = Settings(**{"port": 0, **json.loads(sys.argv[1])})
    sys.exit(serve(given, Linter(rules=[Slow]), say=lambda line: sys.stdout.write(f"{line}\n") and sys.stdout.flush()))
