"""One JSON object, written as the posts are checked, with nothing in it that a log must not hold.

Texts of posts, coordinates and replacements are left out or masked unless they are asked for. The same posts give the
same bytes, apart from the end of an approval or a waiver.
"""

from __future__ import annotations

from wmp_postlint.checker.encode import encoded, plain_report
from wmp_postlint.checker.outcome import Outcome
from wmp_postlint.checker.output import Format, Out

VERSION = 1


class Tally:
    """The counts of a run, as the machine formats give them."""

    def __init__(self) -> None:
        self.counts = {"posts": 0, "block": 0, "review": 0, "pass": 0, "not_checked": 0}
        self.findings = {"error": 0, "warning": 0, "info": 0, "answered": 0}
        self._skipped: dict[str, int] = {}

    def add(self, outcome: Outcome) -> None:
        """Count one post."""
        if outcome.skipped:
            self._skipped[outcome.skipped] = self._skipped.get(outcome.skipped, 0) + 1
            return
        self.counts["not_checked"] += outcome.unchecked
        if outcome.report is None:
            return
        self.counts["posts"] += 1
        self.counts[outcome.report.verdict] += 1
        for finding in outcome.report.findings:
            self.findings[str(finding.severity) if finding.status == "open" else "answered"] += 1

    @property
    def summary(self) -> dict[str, object]:
        """The counts as plain data."""
        return {**self.counts, "findings": self.findings}

    @property
    def skipped(self) -> list[dict[str, object]]:
        """What was left out and how often, by the reason."""
        return [{"reason": reason, "count": count} for reason, count in self._skipped.items()]


class JsonFormat:
    """Write the result object."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._errors: list[dict[str, object]] = []
        self._tally = Tally()

    def start(self, total: int | None, rules: int) -> None:
        policy = {"id": self._out.policy.id, "version": self._out.policy.version}
        self._out.write(encoded({"version": VERSION, "policy": policy})[:-1] + b',"posts":[')

    def add(self, outcome: Outcome) -> None:
        loaded = outcome.loaded
        first = not self._tally.counts["posts"]
        self._tally.add(outcome)
        if outcome.report is not None:
            report = plain_report(outcome, self._out.policy, self._out.show_text)
            self._out.write(
                (b"\n" if first else b",\n") + encoded({"path": loaded.path, "line": loaded.line, "report": report})
            )
        elif not outcome.skipped:
            place = {"path": loaded.path, "line": loaded.line, "column": loaded.column}
            self._errors.append({**place, "id": loaded.id, "message": loaded.error})

    def finish(self, seconds: float) -> None:
        # How long it took is no part of it.
        end = {"errors": self._errors, "skipped": self._tally.skipped, "summary": self._tally.summary}
        self._out.write(b"\n]," + encoded(end)[1:] + b"\n")


def make(out: Out) -> Format:
    """Return the format."""
    return JsonFormat(out)
