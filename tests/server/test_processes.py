"""The service as processes: how it starts, fills up, drains, heals, and stands what hostile clients send."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from running import ROOT, TELLING, VAN, Running, running, wait_for

from wmp_postlint.server.keys import new_key

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the service forks")

UPLOADS = int(os.environ.get("POSTLINT_UPLOADS", "80"))


def memory(pids: list[int]) -> float:
    """Return the memory of processes in MB, what they share counted once."""
    rolled = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids]
    return sum(int(line.split()[1]) for text in rolled for line in text.splitlines() if line.startswith("Pss:")) / 1024


def seconds_used(pid: int) -> float:
    """Return the time of the processor that a process has used, which a busy machine does not change."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_it_answers_soon_and_two_workers_share_the_model() -> None:
    with running("--workers", "2") as service:
        status, report = service.lint(TELLING)
        assert sum(map(seconds_used, [service.process.pid, *service.workers()])) < 3
        assert (status, report["verdict"]) == (200, "block")
        for _ in range(20):
            service.lint(TELLING)
        assert len(service.workers()) == 2
        assert memory([service.process.pid, *service.workers()]) < 300
        numbers = service.ask("GET", "/metrics")[2].decode()
        assert "postlint_worker_starts_total 2" in numbers
        assert 'postlint_posts_total{verdict="block"} 21' in numbers  # whichever worker is asked
        lines = [line for line in service.log() if line["message"] == "request"]
        assert len(lines) >= 21
        assert set(lines[0]) == {"time", "level", "message", "request", "method", "route", "status", "ms"}


def test_what_is_under_way_is_answered_before_it_ends() -> None:
    with running(own={"drain_seconds": 10}) as service, ThreadPoolExecutor(8) as pool:
        slow = [pool.submit(service.lint, "SLOW 4") for _ in range(4)]
        lines = b'{"text": "SLOW 1"}\n' * 12
        batch = pool.submit(service.ask, "POST", "/v1/lint/batch", lines, content_type="application/x-ndjson")
        time.sleep(0.5)
        service.signal(signal.SIGTERM)
        time.sleep(0.3)
        with pytest.raises(OSError):
            service.lint("too late")
        assert [one.result()[0] for one in slow] == [200] * 4
        assert len(batch.result()[2].splitlines()) == 12
        assert service.process.wait(10) == 0
        assert service.log()[-1]["message"] == "stopped"


def test_what_takes_longer_than_the_drain_is_cut_off() -> None:
    with running(own={"drain_seconds": 1, "seconds": 60.0}) as service, ThreadPoolExecutor(1) as pool:
        slow = pool.submit(service.lint, "SLOW 200")
        time.sleep(0.5)
        start = time.monotonic()
        service.signal(signal.SIGTERM)
        service.process.wait(10)
        assert time.monotonic() - start < 5
        assert slow.result()[0] == 503


def test_workers_are_handed_over_without_a_request_lost(tmp_path: Path) -> None:
    keys = tmp_path / "keys.toml"
    (old, old_lines), (new, new_lines) = new_key("old"), new_key("new")
    keys.write_text(old_lines + "per_minute = 100000\nburst = 10000\n", "utf-8")
    with running("--keys", str(keys), "--workers", "2") as service:
        first = service.workers()
        ended = threading.Event()

        def load() -> list[int]:
            found = []
            while not ended.is_set():
                found.append(service.ask("POST", "/v1/lint", {"text": "x"}, authorization=f"Bearer {old}")[0])
            return found

        with ThreadPoolExecutor(3) as pool:
            loads = [pool.submit(load) for _ in range(3)]
            time.sleep(0.3)
            for _ in range(2):
                with keys.open("a", encoding="utf-8") as file:
                    file.write(new_lines)
                    new_lines = "# nothing more\n"
                reloads = sum(line["message"] == "reloaded" for line in service.log())
                service.signal(signal.SIGHUP)
                wait_for(lambda count=reloads: sum(x["message"] == "reloaded" for x in service.log()) > count)
                time.sleep(0.5)
            ended.set()
            statuses = [status for one in loads for status in one.result()]
        assert len(statuses) > 20
        assert set(statuses) == {200}
        assert not set(first) & set(service.workers())
        assert service.ask("GET", "/v1/rules", authorization=f"Bearer {new}")[0] == 200
        keys.write_text("callers = 1", "utf-8")
        service.signal(signal.SIGHUP)
        wait_for(lambda: any(line["message"] == "not reloaded" for line in service.log()))
        assert service.ask("GET", "/v1/rules", authorization=f"Bearer {new}")[0] == 200


def test_a_rate_is_one_for_all_workers(tmp_path: Path) -> None:
    keys = tmp_path / "keys.toml"
    key, lines = new_key("orlo")
    keys.write_text(lines + "per_minute = 1\nburst = 3\n", "utf-8")
    with running("--keys", str(keys), "--workers", "3") as service:
        asked = [service.ask("POST", "/v1/lint", {"text": ""}, authorization=f"Bearer {key}")[0] for _ in range(24)]
        assert sorted(asked) == [200] * 3 + [429] * 21
        # What the file says is taken over at SIGHUP, not because a worker needed to be replaced.
        keys.write_text("callers = 1", "utf-8")
        (first, *_) = service.workers()
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: len(service.workers()) == 3 and first not in service.workers())
        assert service.ask("GET", "/v1/rules", authorization=f"Bearer {key}")[0] == 200


def test_an_address_that_is_taken_is_told() -> None:
    with running(own={}) as service:
        command = [sys.executable, "-m", "wmp_postlint", "serve", "--port", str(service.port)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        assert done.returncode == 2
        assert done.stderr.startswith("postlint: error: --host: cannot listen on 127.0.0.1")


def test_a_worker_that_dies_is_replaced() -> None:
    with running(own={}) as service:
        (worker,) = service.workers()
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: service.workers() and service.workers() != [worker])
        assert service.lint("calm")[0] == 200
        assert {"message": "worker ended", "pid": worker, "code": -9}.items() <= next(
            line for line in service.log() if line["message"] == "worker ended"
        ).items()


def test_a_worker_with_an_endless_post_is_replaced() -> None:
    with running(own={"seconds": 1.0}) as service:
        (worker,) = service.workers()
        start = time.monotonic()
        status, problem = service.lint("SLOW 9999")
        assert (status, problem["type"]) == (503, "urn:wmp-postlint:problem:took-too-long")
        assert time.monotonic() - start < 10
        wait_for(lambda: service.workers() and worker not in service.workers())
        assert service.lint("calm")[0] == 200


def test_workers_do_not_outlive_their_supervisor() -> None:
    with running(own={"workers": 2}) as service:
        workers = service.workers()
        service.process.kill()
        wait_for(lambda: not any(Path(f"/proc/{pid}/stat").exists() and alive(pid) for pid in workers))


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_past_its_limit_it_refuses_at_once_and_goes_on_answering() -> None:
    with running(own={"waiting": 4}) as service, ThreadPoolExecutor(40) as pool:

        def one(_: int) -> tuple[int, float, dict[str, str]]:
            start = time.monotonic()
            status, headers, _ = service.ask("POST", "/v1/lint", {"text": "SLOW 2"})
            return status, time.monotonic() - start, headers

        answers = [pool.submit(one, number) for number in range(40)]
        time.sleep(0.3)
        start = time.monotonic()
        assert service.ask("GET", "/healthz")[0] == 200
        assert time.monotonic() - start < 2
        done = [answer.result() for answer in answers]
        refused = [answer for answer in done if answer[0] == 503]
        assert {status for status, _, _ in done} == {200, 503}
        assert len(refused) >= 30
        assert all(headers["retry-after"] == "1" for _, _, headers in refused)
        assert (
            sorted(seconds for _, seconds, _ in refused)[len(refused) // 2] < 2
        )  # all of them in a line would take 8 s
        assert max(seconds for status, seconds, _ in done if status == 200) < 5 * 0.2 + 3


# Hostile clients


def raw(service: Running) -> socket.socket:
    return socket.create_connection(("127.0.0.1", service.port), timeout=10)


def said(connection: socket.socket) -> bytes:
    """Return all that comes until the connection is closed."""
    found = b""
    try:
        while piece := connection.recv(65536):
            found += piece
    except ConnectionResetError:
        pass
    return found


def test_slow_and_endless_heads_are_cut_off() -> None:
    with running(own={"head_seconds": 1.0}) as service:
        slow = [raw(service) for _ in range(60)]
        for number, connection in enumerate(slow):
            connection.sendall(b"POST /v1/lint HTTP/1.1\r\nhost: 127.0.0.1\r\n"[: 5 + number])
        assert service.lint("calm")[0] == 200
        start = time.monotonic()
        for _ in range(8):
            time.sleep(0.2)
            for connection in slow:
                try:
                    connection.sendall(b"x")
                except OSError:
                    continue
        assert all(b"200 OK" not in said(connection) for connection in slow)
        assert time.monotonic() - start < 6
        endless = raw(service)
        endless.sendall(b"GET / HTTP/1.1\r\n")
        with pytest.raises(OSError):
            endless.sendall(b"x: %s\r\n" % (b"y" * 1000) * 100_000)
        endless.close()
        for connection in slow:
            connection.close()
        second = raw(service)
        second.sendall(b"GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")
        assert second.recv(12).endswith(b"200")
        second.sendall(b"GET /hea")
        assert said(second).count(b"HTTP/1.1 200") == 0
        second.close()


def test_slow_bodies_are_told_and_hold_nobody_up() -> None:
    with running(own={"body_seconds": 1.0, "waiting": 2}) as service:
        head = b"POST /v1/lint HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        head += b"content-length: 999\r\n\r\n"
        slow = [raw(service) for _ in range(50)]
        for connection in slow:
            connection.sendall(head + b'{"text": "')
        assert service.lint("calm")[0] == 200
        answers = [said(connection) for connection in slow]
        assert all(answer.startswith(b"HTTP/1.1 408") for answer in answers)
        for connection in slow:
            connection.close()


def test_a_refusal_is_heard_and_the_rest_of_the_body_is_not_read_for_ever() -> None:
    with running(own={}) as service:
        talker = raw(service)
        head = b"POST /v1/lint HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        talker.sendall(head + b"content-length: 9999999999\r\n\r\n")
        assert talker.recv(12).endswith(b"413")

        def talk() -> None:
            for _ in range(200):
                talker.sendall(b"x" * 1000)
                time.sleep(0.1)

        with pytest.raises(OSError):
            talk()
        talker.close()


def test_an_answer_that_nobody_reads_is_given_up() -> None:
    with running(own={"body_seconds": 1.0, "batches": 1}) as service:
        body = b'{"text": "SLOW 0 SLOW 0 SLOW 0 SLOW 0"}\n' * 20_000
        lazy = socket.socket()
        lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        lazy.connect(("127.0.0.1", service.port))
        head = (
            "POST /v1/lint/batch HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-ndjson\r\ncontent-length: "
        )
        lazy.sendall(f"{head}{len(body)}\r\n\r\n".encode() + body)
        line = b'{"text": "calm"}'

        def taken() -> bool:
            return service.ask("POST", "/v1/lint/batch", line, content_type="application/x-ndjson")[0] == 200

        wait_for(taken)
        lazy.close()


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG that says it is huge, with a text of 100 MB once inflated."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    text = zlib.compress(bytes(100_000_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"zTXt", b"Comment\0\0" + text)
        + chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + text)
        + chunk(b"IDAT", zlib.compress(b"", 9))
        + chunk(b"IEND", b"")
    )


def multipart(files: list[tuple[bytes, bytes]], post: bytes = b'{"text": "A van"}') -> bytes:
    parts = [b'--x\r\nContent-Disposition: form-data; name="post"\r\n\r\n' + post + b"\r\n"]
    for name, content in files:
        head = b'--x\r\nContent-Disposition: form-data; name="media"; filename="%s"\r\n\r\n' % name
        parts.append(head + content + b"\r\n")
    return b"".join([*parts, b"--x--\r\n"])


def hostile(number: int, bombs: list[bytes]) -> tuple[bytes, str]:
    """Return a body and its type."""
    chance = random.Random(number)
    form = "multipart/form-data; boundary=x"
    mutated = bytearray(VAN)
    for _ in range(chance.randint(1, 40)):
        mutated[chance.randrange(len(mutated))] = chance.randrange(256)
    names = [b"../../etc/passwd", b"a\0b.jpg", b"\xff\xfe", b"a" * 5000, b"", b'a\\"b.jpg']
    kinds: list[tuple[bytes, str]] = [
        (multipart([(b"bomb.png", bombs[0])]), form),
        (multipart([(b"bomb.png", bombs[1])] * 3), form),
        (multipart([(b"cut.jpg", VAN[: chance.randrange(len(VAN))])]), form),
        (multipart([(b"mutated.jpg", bytes(mutated))]), form),
        (multipart([(b"wrong.jpg", chance.randbytes(5000))]), form),
        (multipart([(b"wrong.mp4", b"\0\0\0\x08ftyp" * 2000)]), form),
        (multipart([(b"zip.jpg", b"PK\x03\x04" + bytes(9999))]), form),
        (multipart([(chance.choice(names), VAN)]), form),
        (multipart([], b"[" * 50_000), form),
        (multipart([], b'{"text": "' + b"\\ud83d" * 20_000 + b'"}'), form),
        (multipart([(b"a.jpg", b"")] * 150), form),
        (multipart([(b"a.jpg", VAN)])[: chance.randrange(2000)], form),
        (chance.randbytes(3000), form),
        (b"--x\r\n" * 5000, form),
        (b"--x\r\n" + b"a: b\r\n" * 20_000, form),
        (b"--x\r\nContent-Disposition: form-data; name=media; filename=" + b"a" * 90_000, form),
        (multipart([(b"a.jpg", VAN)]), "multipart/form-data; boundary=" + "x" * 500),
        (multipart([(b"a.jpg", VAN)]), "multipart/form-data; charset=zlib; boundary=x"),
        (multipart([(b"a.jpg", VAN)]), "multipart/form-data; boundary="),
        (json.dumps({"text": "a" * 90_000 + " 07700 900461" * 500}).encode(), "application/json"),
        (json.dumps({"text": "<b>" * 30_000, "text_format": "html"}).encode(), "application/json"),
        (
            json.dumps({"text": "A van", "media": [{"data": "A" * 4 * n} for n in range(90)]}).encode(),
            "application/json",
        ),
        (b'{"text": 1e999999}', "application/json"),
        (b'{"text": "a", "meta": ' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}", "application/json"),
        (chance.randbytes(3000), "application/json"),
        (chance.randbytes(3000), "image/jpeg"),
        (b"\n".join(chance.randbytes(200) for _ in range(200)), "application/x-ndjson"),
    ]
    return kinds[number % len(kinds)]


def test_hostile_uploads_leave_it_answering_others() -> None:
    """Every upload gets an answer that is no failure, others are answered meanwhile, and the memory stays bounded."""
    bombs = [bomb(60_000, 60_000), bomb(2**31 - 1, 2**31 - 1)]
    with running("--seconds", "20") as service:
        workers = service.workers()
        statuses: list[int] = []
        waits: list[float] = []
        ended = threading.Event()

        def others() -> None:
            while not ended.is_set():
                start = time.monotonic()
                status, report = service.lint(TELLING)
                waits.append(time.monotonic() - start)
                assert (status, report["verdict"]) == (200, "block")
                time.sleep(0.05)

        with ThreadPoolExecutor(1) as pool:
            watching = pool.submit(others)
            try:
                for number in range(UPLOADS):
                    body, kind = hostile(number, bombs)
                    path = "/v1/lint/batch" if kind == "application/x-ndjson" else ("/v1/lint", "/v1/fix")[number % 2]
                    answer: tuple[int, Any, Any] = service.ask("POST", path, body, content_type=kind)
                    statuses.append(answer[0])
                    if number % 9 == 0:  # a body that ends too early
                        cut = raw(service)
                        cut.sendall(b"POST /v1/fix HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                                    b"content-length: 500\r\n\r\n{")  # fmt: skip
                        cut.close()
            finally:
                ended.set()
            watching.result()
        assert set(statuses) <= {200, 413, 415, 422}
        assert service.workers() == workers
        assert len(waits) > 3
        assert sorted(waits)[len(waits) // 2] < 1
        assert memory(workers) < 600
        failed = [line for line in service.log() if line["level"] != "info"]
        assert failed == []


def test_requests_that_are_no_http() -> None:
    with running(own={}) as service:
        for content in (
            b"\x16\x03\x01\x02\x00\x01\x00",
            b"GET / HTTP/9.9\r\n\r\n",
            b"POST /v1/lint HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n",
            b"POST /v1/lint HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n",
            b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        ):
            connection = raw(service)
            connection.sendall(content)
            connection.shutdown(socket.SHUT_WR)
            assert b" 200 " not in said(connection)[:16]
            connection.close()
        assert service.lint("calm")[0] == 200
