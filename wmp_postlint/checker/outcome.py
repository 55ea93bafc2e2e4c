"""What became of one post of a file: its report, or why there is none; and what is said of it in one line."""

from __future__ import annotations

from wmp_postlint.checker.terminal import visible
from wmp_postlint.document import Document
from wmp_postlint.finding import Finding, Report, Severity, Status
from wmp_postlint.fixes import text_of
from wmp_postlint.lazy import Record
from wmp_postlint.policy import Policy
from wmp_postlint.readers.loaded import Loaded

_COLOUR = {"F": "error", "E": "error", "r": "warning", ".": "good"}


class Outcome(Record):
    """A post that was read and linted, or what stopped it from being read, or is no post (``report`` is then None).

    ``known_by`` is the reference of the findings that a baseline answers; people need not be told of each of them.
    """

    loaded: Loaded
    report: Report | None = None
    known_by: str | None = None

    @property
    def skipped(self) -> str | None:
        """Why what stands there is no post to check."""
        return self.loaded.skipped

    @property
    def mark(self) -> str:
        """One letter: ``.`` pass, ``r`` review, ``F`` block, ``E`` not looked at, or not wholly."""
        if self.report is None:
            return "E"
        if self.report.verdict == "block":
            return "F"
        if self.report.errors:
            return "E"
        return "." if self.report.passed else "r"

    @property
    def colour(self) -> str:
        """The name of the colour that the mark has."""
        return _COLOUR[self.mark]

    @property
    def name(self) -> str:
        """The file and the post's id, or its line where it has none: harmless, on one line."""
        loaded = self.loaded
        part = loaded.id or loaded.part or (str(loaded.line) if loaded.path == "-" and loaded.line else "")
        return visible(f"{loaded.path}::{part}" if part else loaded.path)

    @property
    def told(self) -> tuple[Finding, ...]:
        """The findings but for those that a baseline knows."""
        findings = self.report.findings if self.report else ()
        if self.known_by is None:
            return findings
        return tuple(each for each in findings if each.status is not Status.WAIVED or each.reference != self.known_by)

    @property
    def known(self) -> int:
        """How many findings a baseline knows."""
        return len(self.report.findings if self.report else ()) - len(self.told)

    @property
    def unchecked(self) -> bool:
        """Whether something could not be looked at."""
        return self.skipped is None and (self.report is None or bool(self.report.errors))

    def stands(self, severity: Severity) -> bool:
        """Whether a finding of the severity or a graver one stands open."""
        findings = self.report.findings if self.report else ()
        return any(finding.status is Status.OPEN and finding.severity >= severity for finding in findings)


def headline(finding: Finding) -> str:
    """Return a finding in one line."""
    answered = "" if finding.status is Status.OPEN else f" ({finding.status})"
    return f"{finding.severity}[{finding.rule}]{answered}: {visible(finding.message)}"


def summary(outcome: Outcome) -> str:
    """Return the gravest thing about a post in one line."""
    assert outcome.report is not None
    standing = [finding for finding in outcome.report.findings if finding.status is Status.OPEN]
    if standing:
        return headline(max(standing, key=lambda finding: finding.severity.rank))
    return visible(outcome.report.errors[0].message) if outcome.report.errors else ""


def field_texts(outcome: Outcome, policy: Policy) -> dict[str, str]:
    """Return the texts that spans of the post's findings lie in, also those that were read out of a picture."""
    post, report = outcome.loaded.post, outcome.report
    if post is None or report is None:
        return {}
    fields = dict.fromkeys(finding.field for finding in report.findings if finding.span is not None)
    own = {field: text_of(post, field) for field in fields}
    found: dict[str, set[str]] = {field: {text} for field, text in own.items() if text is not None}
    if len(found) < len(fields):
        for surface in Document(post, policy).surfaces:
            if own.get(surface.field, "") is None:
                found.setdefault(surface.field, set()).add(surface.visible.source)
    # Two texts of one name in a picture's metadata cannot be told apart here.
    return {field: texts.pop() for field, texts in found.items() if len(texts) == 1}
