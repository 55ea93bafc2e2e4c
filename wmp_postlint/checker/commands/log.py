"""``postlint log``: a log of decisions, begun, verified, and searched for a post."""

from __future__ import annotations

import argparse
import sys

from wmp_postlint.checker.terminal import visible


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = "Keeps a log of decisions: postlint check --log FILE adds to it."
    actions = parser.add_subparsers(title="actions", dest="action", required=True, metavar="start | verify | find")
    start = actions.add_parser("start", help="begin a log", description="Makes a log, and its key as FILE.key.")
    start.add_argument("log", metavar="FILE", help="the log, a new file")
    verify = actions.add_parser(
        "verify",
        help="check a log",
        description="Checks that no line of a log was changed, taken out, put in or moved.",
        epilog="Exit codes: 0 the log is whole; 1 it is not; 2 it cannot be read.",
    )
    verify.add_argument("log", metavar="FILE", help="the log")
    verify.add_argument("--head", metavar="HASH", help="a hash noted down earlier: nothing up to it may be cut off")
    verify.add_argument("--without-key", action="store_true", help="check the chain alone")
    find = actions.add_parser(
        "find",
        help="find what was decided about a post",
        description="Lists the decisions about the posts of a file, as JSON lines.",
        epilog="Exit codes: 0 there are some; 1 there are none; 2 something cannot be read.",
    )
    find.add_argument("log", metavar="FILE", help="the log")
    find.add_argument("path", metavar="POST", help="a post file, or - for standard input")


def run(given: argparse.Namespace) -> int:
    """Do what is asked and return the exit code."""
    from wmp_postlint.audit_log import AuditLog

    if given.action == "start":
        AuditLog.start(given.log)
        sys.stdout.write(visible(f"{given.log} begun; its key is {given.log}.key: keep it to yourself") + "\n")
        return 0
    return _verify(given) if given.action == "verify" else _find(given)


def _verify(given: argparse.Namespace) -> int:
    from pathlib import Path

    from wmp_postlint.audit_chain import verify
    from wmp_postlint.audit_log import AuditLog

    path = Path(given.log)
    state = verify(path, None, given.head) if given.without_key else AuditLog(path).verify(given.head)
    for problem in state.problems:
        sys.stdout.write(visible(f"{given.log}: {problem}") + "\n")
    words = "is whole" if not state.problems else "is NOT whole"
    sys.stdout.write(visible(f"{given.log} {words}: {state.entries} lines, head {state.head}") + "\n")
    return 1 if state.problems else 0


def _find(given: argparse.Namespace) -> int:
    import json

    from wmp_postlint.audit_log import AuditLog
    from wmp_postlint.errors import InputError
    from wmp_postlint.readers.files import find

    log, code = AuditLog(given.log), 1
    for source in find([given.path], sys.stdin.buffer):
        for loaded in source.read():
            if loaded.post is None:
                raise InputError(loaded.place, loaded.error or "cannot be read")
            for entry in log.find(loaded.post):
                sys.stdout.write(json.dumps(entry) + "\n")
                code = 0
    return code
