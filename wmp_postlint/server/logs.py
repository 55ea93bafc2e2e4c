"""The log of requests: one line of JSON each, with nothing in it that a request chose.

No path as it was sent, no query, no address of a client, no words of an exception: a post, or a part of one, could
stand in any of them.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import PurePath
from types import TracebackType

NAME = "wmp_postlint.server"
_QUOTING = ("multipart", "python_multipart")  # quote the body that they read

log = logging.getLogger(NAME)


def set_up() -> None:
    """Write the log to standard error, and let no library write what it read."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line())
    for name in (NAME, "uvicorn", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.propagate = False
        logger.setLevel(logging.INFO if name == NAME else logging.ERROR)
    silence()


def silence() -> None:
    """Let no library write what it read of a body."""
    for name in _QUOTING:
        logger = logging.getLogger(name)  # its children, whenever they are made, hand over to it and no further
        logger.handlers[:] = [logging.NullHandler()]
        logger.propagate = False


def say(message: str, **facts: object) -> None:
    """Log what happened, with facts that no request chose."""
    log.info(message, extra={"facts": facts})


def crash(error: BaseException, **facts: object) -> None:
    """Log that something failed: of which type, and where, without the words of the exception."""
    log.error("failed", extra={"facts": {**facts, "error": type(error).__name__, "at": place(error.__traceback__)}})


def place(trace: TracebackType | None) -> str:
    """Return the innermost place of a traceback, as file and line."""
    frames = traceback.extract_tb(trace)
    return f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"


class _Line(logging.Formatter):
    """One line of JSON, without the arguments and tracebacks that other libraries add."""

    def format(self, record: logging.LogRecord) -> str:
        facts: dict[str, object] = getattr(record, "facts", {})
        message = record.msg if record.name == NAME else f"{record.name}: {str(record.msg).splitlines()[0]}"
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": message,
            **facts,
        }
        if record.exc_info and record.exc_info[0] is not None:
            line |= {"error": record.exc_info[0].__name__, "at": place(record.exc_info[2])}
        return json.dumps(line)
