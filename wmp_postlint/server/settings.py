"""What a running service is told: its pack, its limits, who may call it."""

from __future__ import annotations

from pathlib import Path

from wmp_postlint.lazy import Record


class Settings(Record):
    """Settings of one service; every worker has the same.

    Args:
        policy: the pack's name or file; West Midlands' by default.
        ocr: whether text that can be seen in pictures is read.
        trust_approvals: whether unsigned approvals inside posts count; anybody who may call could have written them.
        keys: the file of API keys; without it nobody is asked for one, which is for loopback only.
        max_body: bytes of one request's body.
        max_line: bytes of one line of a batch.
        memory: bytes of all bodies that a worker holds at one time; past them it answers 503.
        waiting: how many posts wait for a worker at most; past them it answers 503.
        seconds: how long one post may take before its worker gives it up.
        body_seconds: how long a request may take to send its body.
        head_seconds: how long a connection may take to send the head of a request.
        drain_seconds: how long requests under way may take to end when the service stops.
        host: the address that is listened on.
        port: the port; 0 takes a free one.
        workers: how many processes lint.
    """

    policy: str | Path | None = None
    ocr: bool = False
    trust_approvals: bool = False
    keys: Path | None = None
    max_body: int = 64 * 1024 * 1024
    max_line: int = 1024 * 1024
    memory: int = 256 * 1024 * 1024
    waiting: int = 16
    seconds: float = 30.0
    body_seconds: float = 30.0
    head_seconds: float = 10.0
    drain_seconds: float = 30.0
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
