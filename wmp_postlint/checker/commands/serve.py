"""``postlint serve``: the HTTP service and the officer's page."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from wmp_postlint.checker.options import add_policy, add_rules, patterns
from wmp_postlint.errors import InputError

_MB = 1024 * 1024


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = "Serves the linter over HTTP, with a page to check posts on. Nothing is stored or fetched."
    parser.epilog = "Signals: TERM or INT ends it after the requests under way; HUP reads the pack and the keys anew."
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on; others need --keys (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port; 0 takes a free one (8000)")
    parser.add_argument("--keys", type=Path, metavar="FILE", help="who may call: a TOML file of API keys, as hashes")
    parser.add_argument("--new-key", metavar="NAME", help="print a new key and its lines for that file, and end")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="how many processes lint (1)")
    parser.add_argument("--waiting", type=int, default=16, metavar="N", help="posts that may wait for a worker (16)")
    parser.add_argument("--seconds", type=float, default=30, metavar="S", help="how long one post may take (30)")
    parser.add_argument("--max-body", type=int, default=64, metavar="MB", help="the largest post with its files (64)")
    parser.add_argument("--memory", type=int, default=256, metavar="MB", help="of all bodies in a worker (256)")
    parser.add_argument("--drain", type=float, default=30, metavar="S", help="how long an end may take (30)")
    parser.add_argument("--ocr", action="store_true", help="read text that can be seen in pictures (extra ocr)")
    parser.add_argument("--trust-approvals", action="store_true", help="let unsigned approvals inside posts count")
    add_rules(parser)
    add_policy(parser)


def run(given: argparse.Namespace) -> int:
    """Serve until stopped."""
    if given.new_key is not None:
        return _new_key(given.new_key)
    if not hasattr(os, "fork"):
        raise InputError("serve", "needs a system that can fork: Linux, macOS, or Windows' own Linux (WSL)")
    try:
        from wmp_postlint.server.supervise import serve
    except ModuleNotFoundError as error:
        raise InputError("serve", f"{error.name} is missing; pip install 'wmp-postlint[server]'") from None
    from wmp_postlint.server.settings import Settings

    select, ignore = patterns(given.select), patterns(given.ignore)
    settings = Settings(
        policy=given.policy,
        select=None if select is None else tuple(select),
        ignore=None if ignore is None else tuple(ignore),
        ocr=given.ocr,
        trust_approvals=given.trust_approvals,
        keys=given.keys,
        host=given.host,
        port=given.port,
        workers=given.workers,
        waiting=given.waiting,
        seconds=given.seconds,
        max_json=min(given.max_body, 16) * _MB,
        max_body=given.max_body * _MB,
        memory=given.memory * _MB,
        drain_seconds=given.drain,
    )
    return serve(settings, say=_say)


def _new_key(name: str) -> int:
    from wmp_postlint.server.keys import new_key

    if not name.strip() or not name.isprintable():
        raise InputError("--new-key", "expected the name of whoever will call")
    key, lines = new_key(name)
    sys.stdout.write(
        f"{key}\n\nGive this key to {name}; it is shown once. Add these lines to the file of --keys:\n\n{lines}"
    )
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
