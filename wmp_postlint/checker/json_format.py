"""The JSON format: one object, written as the posts are checked, with nothing in it that a log must not hold.

Texts of posts, coordinates and replacements are left out or masked unless they are asked for. The same posts give the
same bytes, apart from the end of an approval or a waiver.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from wmp_postlint.checker.details import Outcome, field_texts
from wmp_postlint.checker.excerpt import masked
from wmp_postlint.policy import Policy

VERSION = 1
_LONGEST = 200


class JsonFormat:
    """Write the result object.

    Args:
        write: takes UTF-8 bytes.
        policy: the pack that posts are checked under.
        show_text: whether to show excerpts, coordinates and replacements as they are.
    """

    def __init__(self, write: Callable[[bytes], object], policy: Policy, show_text: bool = False) -> None:
        self._write = write
        self._policy = policy
        self._show_text = show_text
        self._errors: list[dict[str, object]] = []
        self._skipped: dict[str, int] = {}
        self._counts = {"posts": 0, "block": 0, "review": 0, "pass": 0, "not_checked": 0}
        self._findings = {"error": 0, "warning": 0, "info": 0, "answered": 0}

    def start(self, total: int | None, rules: int) -> None:
        """Open the object."""
        policy = {"id": self._policy.id, "version": self._policy.version}
        self._write(_encoded({"version": VERSION, "policy": policy})[:-1] + b',"posts":[')

    def add(self, outcome: Outcome) -> None:
        """Write one post, or keep what stopped it from being read."""
        loaded, report = outcome.loaded, outcome.report
        self._counts["not_checked"] += outcome.unchecked
        if outcome.skipped:
            self._skipped[outcome.skipped] = self._skipped.get(outcome.skipped, 0) + 1
            return
        if report is None:
            place = {"path": loaded.path, "line": loaded.line, "column": loaded.column}
            self._errors.append({**place, "id": loaded.id, "message": loaded.error})
            return
        for finding in report.findings:
            self._findings[str(finding.severity) if finding.status == "open" else "answered"] += 1
        separator = b",\n" if self._counts["posts"] else b"\n"
        self._counts["posts"] += 1
        self._counts[report.verdict] += 1
        self._write(separator + _encoded({"path": loaded.path, "line": loaded.line, "report": self._report(outcome)}))

    def finish(self, seconds: float) -> None:
        """Close the object; how long it took is no part of it."""
        skipped = [{"reason": reason, "count": count} for reason, count in self._skipped.items()]
        summary = {**self._counts, "findings": self._findings}
        end = {"errors": self._errors, "skipped": skipped, "summary": summary}
        self._write(b"\n]," + _encoded(end)[1:] + b"\n")

    def _report(self, outcome: Outcome) -> dict[str, Any]:
        assert outcome.report is not None
        report: dict[str, Any] = outcome.report.to_dict()
        texts = field_texts(outcome, self._policy)
        for plain, finding in zip(report["findings"], outcome.report.findings, strict=True):
            plain["excerpt"] = None
            if finding.span is not None and finding.field in texts:
                words = texts[finding.field][finding.span.start : finding.span.end][:_LONGEST]
                plain["excerpt"] = words if self._show_text else masked(words)
            if not self._show_text:
                plain["data"] = dict.fromkeys(plain["data"])
                for fix in plain["fixes"]:
                    for edit in fix["edits"]:
                        edit["replacement"] = None
        return report


def _encoded(value: object) -> bytes:
    """Encode as UTF-8; a lone surrogate, which UTF-8 has no bytes for, becomes the replacement character."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8")
