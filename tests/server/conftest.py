"""All that the tests of the service make it log is kept, and searched for what they sent when they are done."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from running import LOG_FILES, SECRETS

_LINES: list[str] = []


class _Keeper(logging.Handler):
    """Keeps every record as a careless set-up would write it: arguments, traceback and all."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(("httpx", "httpcore")):
            return  # the tests' own client
        formatter = logging.Formatter()
        _LINES.append(f"{record.getMessage()} {record.__dict__.get('facts', '')}")
        if record.exc_info:
            _LINES.append(formatter.formatException(record.exc_info))


@pytest.fixture(scope="session", autouse=True)
def logs_without_personal_data() -> Iterator[None]:
    keeper = _Keeper(logging.DEBUG)
    root = logging.getLogger()
    level = root.level
    root.addHandler(keeper)
    root.setLevel(logging.DEBUG)
    named = logging.getLogger("wmp_postlint.server")
    named.setLevel(logging.INFO)
    yield
    root.removeHandler(keeper)
    root.setLevel(level)
    written = "\n".join([*_LINES, *(path.read_text("utf-8") for path in LOG_FILES)])
    for path in LOG_FILES:
        path.unlink()
    assert [secret for secret in SECRETS if secret.casefold() in written.casefold()] == []


@pytest.fixture
def logged() -> list[str]:
    """What this process has logged so far."""
    return _LINES
