"""Loads the service, and Presidio's analyzer beside it, with requests at a steady rate.

The client is open-loop: requests are sent when they are due, whether or not earlier ones were answered, and each time
is measured from the moment at which its request was due. So a service that falls behind shows it. The sides alternate
in one run; only the ratios of one run on a quiet machine mean anything.

    python benchmarks/server.py [--seconds 8] [--rates 60,80,120] [--workers 1] [--texts FILE] [--presidio PYTHON]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
CASES = HERE.parent / "tests" / "rules" / "cases"
LONG = 150


class Service:
    """A service that runs: its name, its process, its port, the path that is asked."""

    def __init__(self, name: str, process: subprocess.Popen[str], port: int, path: str, ready: float) -> None:
        self.name, self.process, self.port, self.path, self.ready = name, process, port, path, ready

    def processes(self) -> list[int]:
        """Return the process and its children."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def memory(self) -> tuple[float, float]:
        """Return the resident and the proportional memory of all processes, in MB."""
        rolled = [Path(f"/proc/{pid}/smaps_rollup").read_text().split("\n") for pid in self.processes()]
        sums = {
            key: sum(int(line.split()[1]) for lines in rolled for line in lines if line.startswith(key))
            for key in ("Rss:", "Pss:")
        }
        return sums["Rss:"] / 1024, sums["Pss:"] / 1024


@contextmanager
def ours(name: str, workers: int, *options: str) -> Iterator[Service]:
    """Run our service."""
    command = [str(Path(sys.executable).with_name("postlint")), "serve", "--port", "0", "--workers", str(workers)]
    start = time.perf_counter()
    process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    port = int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
    try:
        yield Service(name, process, port, "/v1/lint", _first_answer(port, "/v1/lint", start))
    finally:
        _end(process)


@contextmanager
def presidio(python: str, workers: int) -> Iterator[Service]:
    """Run Presidio's analyzer under gunicorn, with the workers that its own image has."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [python, "-m", "gunicorn", "-w", str(workers), "-b", f"127.0.0.1:{port}", "--log-level", "error"]
    command.append("presidio_service:application")
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=HERE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield Service("presidio", process, port, "/analyze", _first_answer(port, "/analyze", start))
    finally:
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _first_answer(port: int, path: str, start: float) -> float:
    """Return the seconds from the start of a service to its first answer."""
    request = _request(path, "Road closed.")
    while time.perf_counter() - start < 60:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
                connection.sendall(request)
                if connection.recv(12).endswith(b"200"):
                    return time.perf_counter() - start
        except OSError:
            pass
        time.sleep(0.02)
    raise SystemExit(f"the service on port {port} does not answer")


def _request(path: str, text: str) -> bytes:
    body = json.dumps({"text": text, "language": "en"} if path == "/analyze" else {"text": text}).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n"
    )
    return head.encode() + b"\r\n" + body


class Client:
    """Sends requests when they are due, each on a connection of its own that is kept for later ones."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self.times: list[float] = []
        self.refused: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.seconds = 0.0

    async def ask(self, request: bytes, due: float) -> None:
        """Send one request and note what came of it."""
        try:
            reader, writer = self._idle.pop() if self._idle else await self._connect()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            lowered = head.lower()
            length = int(lowered.partition(b"content-length:")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            status = head[9:12].decode()
            if b"connection: close" in lowered:
                writer.close()
            else:
                self._idle.append((reader, writer))
        except (OSError, asyncio.IncompleteReadError) as error:
            status = type(error).__name__
        taken = (time.perf_counter() - due) * 1000
        self.statuses[status] += 1
        (self.times if status == "200" else self.refused).append(taken)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self._service.port)


async def load(service: Service, requests: list[bytes], rate: float, seconds: float) -> Client:
    """Send requests at a rate for some seconds and wait for the answers."""
    client = Client(service)
    tasks = set()
    start = time.perf_counter() + 0.05
    for number in range(int(rate * seconds)):
        due = start + number / rate
        delay = due - time.perf_counter()
        if delay > 0:
            await asyncio.sleep(delay)
        task = asyncio.create_task(client.ask(requests[number % len(requests)], due))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    if tasks:
        await asyncio.wait(tasks, timeout=60)
    client.statuses["unanswered"] += len(tasks)
    client.seconds = time.perf_counter() - start
    return client


def shown(service: Service, rate: float, client: Client) -> str:
    """Return a line of the table; what was done is counted until the last answer came."""
    times = sorted(client.times) or [float("nan")]
    p50, p99 = statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.99))]
    refused = f"{max(client.refused):.0f}" if client.refused else "-"
    others = {status: count for status, count in client.statuses.items() if status != "200" and count}
    rss, pss = service.memory()
    done = len(client.times) / client.seconds
    return (
        f"| {service.name} | {rate:g} | {done:.0f} | {p50:.1f} | {p99:.1f} | {times[-1]:.0f} "
        f"| {others or '-'} | {refused} | {rss:.0f} / {pss:.0f} |"
    )


def posts() -> list[str]:
    """Return our own posts, most of them ordinary, put together to the length of real ones: 180 characters or so."""
    lines: list[str] = []
    for name in ("ordinary_posts.txt", "person_name.txt"):
        found = (CASES / name).read_text("utf-8").splitlines()
        lines += [line.rpartition("|")[2].strip() for line in found if line and not line.startswith("#")]
    appeals = (CASES / "appeal.jsonl").read_text("utf-8").splitlines()
    lines += [json.loads(line)["text"] for line in appeals[::8]]
    random.Random(7).shuffle(lines)
    whole, post = [], ""
    for line in lines:
        post = f"{post} {line}".replace("«", "").replace("»", "").replace("\\n", "\n").strip()
        if len(post) >= LONG:
            whole.append(post)
            post = ""
    return whole


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rates", default="60,80,120", help="requests a second, with names and for Presidio")
    parser.add_argument("--bare-rates", default="200,400", help="without names")
    parser.add_argument("--over", default="600", help="past the limit")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--texts", type=Path, help="a file with a post on each line")
    parser.add_argument("--presidio", default=sys.executable, help="the Python that Presidio and gunicorn are for")
    parser.add_argument("--requests", type=int, default=0, help="instead, send so many and watch the memory")
    given = parser.parse_args()
    texts = given.texts.read_text("utf-8").splitlines() if given.texts else posts()
    print(f"{len(texts)} posts, mean {statistics.mean(map(len, texts)):.0f} characters; {os.cpu_count()} cores, "
          f"load {os.getloadavg()[0]:.1f}")  # fmt: skip
    if given.requests:
        watch_memory(given, texts)
        return
    print("| service | offered/s | done/s | p50 ms | p99 ms | max ms | others | slowest of these ms | RSS / PSS MB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    rates = [*map(float, given.rates.split(","))]
    with ours("with names", given.workers) as named, presidio(given.presidio, given.workers) as peer:
        for rate in rates:
            for service in (named, peer):
                run(service, texts, rate, given.seconds)
        run(named, texts, float(given.over), given.seconds)
        print(f"first answer after {named.ready:.2f} s, Presidio's {peer.ready:.2f} s")
    with ours("without names", given.workers, "--ignore", "*/person-name") as bare:
        for rate in map(float, given.bare_rates.split(",")):
            run(bare, texts, rate, given.seconds)


def run(service: Service, texts: list[str], rate: float, seconds: float) -> None:
    """Load a service at a rate, after half a second to get going, and print the line."""
    requests = [_request(service.path, text) for text in texts]
    asyncio.run(load(service, requests, min(rate, 40), 0.5))
    client = asyncio.run(load(service, requests, rate, seconds))
    print(shown(service, rate, client), flush=True)


def watch_memory(given: argparse.Namespace, texts: list[str]) -> None:
    """Send many requests, ten at a time, and print the memory ten times on the way."""
    with ours("memory", given.workers) as service:
        requests = [_request(service.path, text) for text in texts]

        async def some(count: int) -> Client:
            client = Client(service)

            async def one(number: int) -> None:
                for at in range(number, count, 10):
                    await client.ask(requests[at % len(requests)], time.perf_counter())

            await asyncio.gather(*map(one, range(10)))
            return client

        for step in range(10):
            client = asyncio.run(some(given.requests // 10))
            rss, pss = service.memory()
            done = given.requests // 10 * (step + 1)
            print(f"{done} requests: RSS {rss:.1f} MB, PSS {pss:.1f} MB, {dict(client.statuses)}", flush=True)


if __name__ == "__main__":
    main()
