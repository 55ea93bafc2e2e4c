"""What the adapters answer with: one verdict for all posts of a payload, and the sentences that say why.

The sentences are the rules' own and quote nothing of a post, so that a tool may show and keep them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from wmp_postlint.finding import Finding, Report, Severity, Status, Verdict

_ORDER: tuple[Verdict, ...] = get_args(Verdict)
_REST = 24  # characters for saying how much was left out


def worst(reports: Sequence[Report]) -> Verdict:
    """Return the gravest verdict of some reports; without any, nothing was looked at, which is no pass."""
    return max((report.verdict for report in reports), key=_ORDER.index, default="review")


def not_looked(reports: Sequence[Report]) -> bool:
    """Whether something in the posts could not be looked at."""
    return not reports or any(report.errors for report in reports)


def reasons(report: Report) -> list[str]:
    """Return a sentence or two for each thing that stands in the way, the gravest first."""
    open_ones = [
        finding
        for finding in report.findings
        if finding.status is Status.OPEN and finding.severity is not Severity.INFO
    ]
    graver_first = sorted(open_ones, key=lambda finding: -finding.severity.rank)
    sentences = [_sentence(finding) for finding in graver_first]
    sentences += [f"Not looked at ({error.field or error.rule}): {error.message}." for error in report.errors]
    return list(dict.fromkeys(sentences))


def explanation(reports: Sequence[Report], most: int = 2000) -> str:
    """Return why posts may not go out, a line for each reason.

    Args:
        reports: what was found; where there are several, lines begin with the post's id.
        most: how many characters it may have at most; what is left out is counted.
    """
    named = len(reports) > 1
    lines = [
        f"{report.post_id}: {words}" if named and report.post_id else words
        for report in reports
        for words in reasons(report)
    ]
    lines = list(dict.fromkeys(lines)) or ["Nothing was looked at."]
    kept, room = 0, most - _REST
    while kept < len(lines) and len(lines[kept]) < room:
        room -= len(lines[kept]) + 1
        kept += 1
    if not kept:
        return f"{lines[0][: most - _REST]}..."
    return "\n".join([*lines[:kept], *([f"... and {len(lines) - kept} more."] if kept < len(lines) else [])])


def _sentence(finding: Finding) -> str:
    clauses = f" (policy {', '.join(finding.clauses)})" if finding.clauses else ""
    return f"{finding.message} {finding.advice}{clauses}"
