"""One JSON object on each line: a post with its report, or what could not be read; the summary last."""

from __future__ import annotations

from wmp_postlint.checker.encode import encoded, plain_report
from wmp_postlint.checker.formats.json import VERSION, Tally
from wmp_postlint.checker.outcome import Outcome
from wmp_postlint.checker.output import Format, Out


class JsonLinesFormat:
    """Write a line for each post as soon as it is checked."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._tally = Tally()

    def start(self, total: int | None, rules: int) -> None:
        policy = {"id": self._out.policy.id, "version": self._out.policy.version}
        self._line({"kind": "start", "version": VERSION, "policy": policy, "rules": rules})

    def add(self, outcome: Outcome) -> None:
        loaded = outcome.loaded
        self._tally.add(outcome)
        place = {"path": loaded.path, "line": loaded.line}
        if outcome.report is not None:
            report = plain_report(outcome, self._out.policy, self._out.show_text)
            self._line({"kind": "post", **place, "report": report})
        elif outcome.skipped:
            self._line({"kind": "skipped", **place, "message": outcome.skipped})
        else:
            self._line({"kind": "error", **place, "column": loaded.column, "id": loaded.id, "message": loaded.error})

    def finish(self, seconds: float) -> None:
        self._line({"kind": "summary", "skipped": self._tally.skipped, "summary": self._tally.summary})

    def _line(self, value: object) -> None:
        self._out.write(encoded(value) + b"\n")


def make(out: Out) -> Format:
    """Return the format."""
    return JsonLinesFormat(out)
