"""What answers findings beside the approvals and waivers of a post: the baseline, and the waivers of a configuration.

What they answer stays in the report as waived, and the rest decides the verdict. What could not be looked at, and what
the pack lets no waiver answer, they never touch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wmp_postlint.audit_log import AuditLog
from wmp_postlint.checker.baseline import Baseline
from wmp_postlint.checker.globs import fitting
from wmp_postlint.checker.outcome import Outcome, field_texts
from wmp_postlint.decision import UNANSWERED, verdict_of
from wmp_postlint.finding import Finding, Status
from wmp_postlint.lazy import replace
from wmp_postlint.policy import Policy
from wmp_postlint.rule import means


class Answers:
    """Answer the findings of the posts of a run.

    Args:
        policy: the pack.
        per_file: the rules, families or patterns that are waived in files, by pattern of their paths.
        folder: the folder that these patterns start from.
        source: the file that they stand in, for reports.
        baseline: the findings that are known.
        log: where every decision is written; it must be the one after the answers.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        per_file: Mapping[str, Sequence[str]] | None = None,
        folder: str = ".",
        source: str = "",
        baseline: Baseline | None = None,
        log: AuditLog | None = None,
    ) -> None:
        self.baseline = baseline
        self.unanswerable = 0
        self._policy = policy
        self._per_file = per_file or {}
        self._folder = folder
        self._source = source
        self._log = log
        self._known_by = f"baseline {baseline.path.name}" if baseline else None

    def answer(self, outcome: Outcome) -> Outcome:
        """Return the outcome with what is known or waived answered.

        Raises:
            AuditLogError: if the decision cannot be written to the log.
        """
        report = outcome.report
        if report is None:
            return outcome
        if any(finding.status is Status.OPEN for finding in report.findings):
            patterns = self._waived_in(outcome.loaded.path)
            texts = field_texts(outcome, self._policy) if self.baseline else {}
            findings = tuple(self._answered(each, outcome, patterns, texts) for each in report.findings)
            if findings != report.findings:
                report = replace(report, findings=findings, verdict=verdict_of(findings, report.errors))
        if self._log is not None:
            self._log.record(outcome.loaded.post, report)
        return outcome if report is outcome.report else replace(outcome, report=report, known_by=self._known_by)

    @property
    def unmet(self) -> str:
        """What is to be said of findings that are known and were not met; nothing where all were."""
        if self.baseline is None or not (unmet := self.baseline.unmet):
            return ""
        words = "1 finding of the baseline was" if unmet == 1 else f"{unmet} findings of the baseline were"
        return (
            f"{words} not met; where all of the posts were checked, run: postlint baseline update {self.baseline.path}"
        )

    def _waived_in(self, path: str) -> Sequence[tuple[str, str]]:
        """Return the rules that are waived in a file, each with the pattern of paths that says so."""
        return [
            (rule, pattern)
            for pattern, rules in self._per_file.items()
            if path != "-" and fitting((pattern,), path, self._folder)
            for rule in rules
        ]

    def _answered(
        self, finding: Finding, outcome: Outcome, patterns: Sequence[tuple[str, str]], texts: Mapping[str, str]
    ) -> Finding:
        if finding.status is not Status.OPEN:
            return finding
        never = any(means(pattern, finding.rule) for pattern in self._policy.never_waived)
        by = next((where for rule, where in patterns if means(rule, finding.rule)), None)
        if never:
            self.unanswerable += 1
            noted = () if by is None or UNANSWERED in finding.notes else (UNANSWERED,)
            return replace(finding, notes=(*finding.notes, *noted)) if noted else finding
        if by is not None:
            return replace(finding, status=Status.WAIVED, reference=f"{self._source}: per-file-ignores {by!r}")
        if self.baseline is not None:
            known = self.baseline.fingerprint(finding, outcome, texts.get(finding.field))
            if self.baseline.meets(known):
                return replace(finding, status=Status.WAIVED, reference=self._known_by)
        return finding
