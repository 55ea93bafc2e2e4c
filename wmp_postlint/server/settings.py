"""What a running service is told: its pack, its limits, who may call it."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path

from wmp_postlint.errors import InputError
from wmp_postlint.lazy import Record

MB = 1024 * 1024


class Settings(Record):
    """Settings of one service; every worker has the same.

    Args:
        policy: the pack's name or file; West Midlands' by default.
        select: run only the rules that these names, families or patterns mean.
        ignore: leave out the rules that these mean.
        ocr: whether text that can be seen in pictures is read.
        trust_approvals: whether unsigned approvals inside posts count; anybody who may call could have written them.
        keys: the file of API keys; without it nobody is asked for one, which is for loopback only.
        host: the address that is listened on.
        port: the port; 0 takes a free one.
        workers: how many processes lint.
        waiting: how many posts wait for a worker at most; past them it answers 503 at once.
        batches: how many batches a worker reads at a time.
        seconds: how long one post may take before it is given up.
        max_json: bytes of a body in JSON.
        max_body: bytes of a form with files, or of a batch.
        max_line: bytes of one line of a batch.
        memory: bytes of all bodies that a worker holds at a time; past them it answers 503.
        body_seconds: how long a body may take to come in, and a client to take a part of an answer.
        head_seconds: how long the head of a request may take to come in.
        drain_seconds: how long requests under way may take to end when the service stops.
    """

    policy: str | Path | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    ocr: bool = False
    trust_approvals: bool = False
    keys: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    waiting: int = 16
    batches: int = 2
    seconds: float = 30.0
    max_json: int = 16 * MB
    max_body: int = 64 * MB
    max_line: int = MB
    memory: int = 256 * MB
    body_seconds: float = 30.0
    head_seconds: float = 10.0
    drain_seconds: float = 30.0


@lru_cache(256)
def is_loopback(host: str) -> bool:
    """Return whether an address, as it is listened on or stands in a Host header, is this machine only."""
    name = host.strip("[]").casefold()
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def check(settings: Settings) -> None:
    """Refuse settings that would serve anybody who can reach the machine.

    Raises:
        InputError: if they would.
    """
    if settings.keys is None and not is_loopback(settings.host):
        raise InputError(
            "--host", f"{settings.host} can be reached from other machines; give --keys FILE, or listen on 127.0.0.1"
        )
    if not 0 <= settings.port <= 65535:
        raise InputError("--port", f"expected a number up to 65535, got {settings.port}")
    for name in ("workers", "waiting", "seconds", "memory"):
        if getattr(settings, name) < 1:
            raise InputError(f"--{name}", f"expected 1 or more, got {getattr(settings, name)}")
