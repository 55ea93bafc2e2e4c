"""GitLab's code quality report: a JSON list with a fingerprint, a place and a severity for each finding."""

from __future__ import annotations

from hashlib import sha256

from wmp_postlint.checker.encode import encoded, fingerprints, sentence
from wmp_postlint.checker.outcome import Outcome, field_texts
from wmp_postlint.checker.output import Format, Out
from wmp_postlint.checker.places import Region, posix, region_of
from wmp_postlint.finding import Severity, Status

_SEVERITIES = {Severity.ERROR: "blocker", Severity.WARNING: "major", Severity.INFO: "info"}


class GitlabFormat:
    """Write the list as the posts are checked."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._first = True

    def start(self, total: int | None, rules: int) -> None:
        self._out.write(b"[")

    def add(self, outcome: Outcome) -> None:
        if outcome.skipped:
            return
        report, loaded = outcome.report, outcome.loaded
        if report is None:
            self._error(outcome, loaded.error or "", 0)
            return
        for index, error in enumerate(report.errors):
            self._error(outcome, f"{error.field}: {error.message}" if error.field else error.message, index)
        texts = field_texts(outcome, self._out.policy)
        for finding, fingerprint in zip(report.findings, fingerprints(outcome), strict=True):
            if finding.status is Status.OPEN:
                region = region_of(outcome, finding, texts.get(finding.field))
                severity = _SEVERITIES[finding.severity]
                self._write(finding.rule, sentence(finding), severity, fingerprint, outcome, region)

    def finish(self, seconds: float) -> None:
        self._out.write(b"]\n" if self._first else b"\n]\n")

    def _error(self, outcome: Outcome, words: str, index: int) -> None:
        loaded = outcome.loaded
        parts = (posix(loaded.path), str(loaded.line), loaded.id or "", str(index))
        fingerprint = sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
        words = f"This could not be checked: {words}"
        self._write("not-checked", words, "blocker", fingerprint, outcome, region_of(outcome, None, None))

    def _write(self, check: str, words: str, severity: str, fingerprint: str, outcome: Outcome, region: Region) -> None:
        entry = {
            "description": words,
            "check_name": check,
            "fingerprint": fingerprint,
            "severity": severity,
            "location": {
                "path": posix(outcome.loaded.path),
                "lines": {"begin": region.line, "end": region.end_line or region.line},
            },
        }
        self._out.write((b"\n" if self._first else b",\n") + encoded(entry))
        self._first = False


def make(out: Out) -> Format:
    """Return the format."""
    return GitlabFormat(out)
