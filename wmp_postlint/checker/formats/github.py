"""Annotations of a GitHub workflow: ``::error file=...,line=...,title=...::message``."""

from __future__ import annotations

from wmp_postlint.checker.encode import sentence, sound
from wmp_postlint.checker.outcome import Outcome, field_texts
from wmp_postlint.checker.output import Format, Out
from wmp_postlint.checker.places import Region, posix, region_of
from wmp_postlint.finding import Severity, Status

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class GithubFormat:
    """Write an annotation for each open finding and for what could not be looked at."""

    def __init__(self, out: Out) -> None:
        self._out = out

    def start(self, total: int | None, rules: int) -> None:
        """Write nothing yet."""

    def add(self, outcome: Outcome) -> None:
        if outcome.skipped:
            return
        report, loaded = outcome.report, outcome.loaded
        if report is None:
            self._write("error", outcome, Region(loaded.line or 1, loaded.column), "not read", loaded.error or "")
            return
        for error in report.errors:
            where = f"{error.field}: " if error.field else ""
            self._write("error", outcome, region_of(outcome, None, None), "not checked", f"{where}{error.message}")
        texts = field_texts(outcome, self._out.policy)
        for finding in report.findings:
            if finding.status is Status.OPEN:
                region = region_of(outcome, finding, texts.get(finding.field))
                where = f"{loaded.id}, " if loaded.id else ""
                words = f"{sentence(finding)} [{where}{finding.field}]"
                self._write(_COMMANDS[finding.severity], outcome, region, finding.rule, words)

    def finish(self, seconds: float) -> None:
        """Write nothing more."""

    def _write(self, command: str, outcome: Outcome, region: Region, title: str, message: str) -> None:
        places = {
            "file": posix(outcome.loaded.path),
            "line": region.line,
            "endLine": region.end_line,
            "col": region.column,
            # Columns of another line than the first are not understood.
            "endColumn": region.end_column if region.end_line == region.line else None,
            "title": f"postlint: {title}",
        }
        given = ",".join(f"{key}={_property(str(value))}" for key, value in places.items() if value is not None)
        self._out.write(f"::{command} {given}::{_data(message)}\n".encode())


def _data(text: str) -> str:
    """Escape a message, so that no post can give a command of its own."""
    return sound(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def make(out: Out) -> Format:
    """Return the format."""
    return GithubFormat(out)
