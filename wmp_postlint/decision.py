"""The one step after all rules: severities, approvals, waivers, order, verdict.

Rules only say what they found. What a finding means for this account, under this pack, with these approvals, is
decided here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from wmp_postlint.document import Document
from wmp_postlint.finding import Finding, Report, RuleError, Severity, Status, Verdict
from wmp_postlint.post import Approval, Waiver
from wmp_postlint.rule import Rule, means


def decide(
    document: Document,
    found: Iterable[tuple[Rule, Finding]],
    errors: Sequence[RuleError],
    now: datetime,
    trust_approvals: bool,
) -> Report:
    """Make the report of a post.

    Args:
        document: the post.
        found: each finding with the rule that made it.
        errors: what could not be looked at.
        now: the moment that approvals and waivers are judged at, unless the post says when it is published.
        trust_approvals: whether the post's approvals come from a program that may hand them over.
    """
    post, policy = document.post, document.policy
    moment = post.published_at or now
    used: set[int] = set()
    kept: list[Finding] = []
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for rule, finding in found:
        if _needs_no_approval(finding, document):
            continue
        finding = _under_pack(finding, rule, document)
        finding = _approved(finding, post.approvals, moment, trust_approvals)
        finding = _waived(finding, post.waivers, moment, policy.never_waived, used)
        same = alike.setdefault((finding.rule, finding.field, finding.span), [])
        if finding not in same:
            same.append(finding)
            kept.append(finding)
    kept.sort(key=_place)
    unused = tuple(waiver.rule for index, waiver in enumerate(post.waivers) if index not in used)
    return Report(_verdict(kept, errors), tuple(kept), tuple(errors), policy.ref, post.id, unused)


def _needs_no_approval(finding: Finding, document: Document) -> bool:
    """Whether the account, or the official account that the words come from, may say this on its own."""
    policy = document.policy
    if finding.scope in policy.speaks_for.get(document.account_kind, ()):
        return True
    return finding.origin == "shared" and document.official_share and finding.scope in policy.shares_pass


def _under_pack(finding: Finding, rule: Rule, document: Document) -> Finding:
    policy = document.policy
    severity = finding.severity
    if severity == rule.severity:
        severity = policy.severity(rule.name, severity, document.account_kind)
    settings = policy.rules.get(rule.name)
    clauses = settings.clauses if settings and settings.clauses is not None else finding.clauses
    advice = finding.advice.replace("{press_office}", policy.force.press_office)
    message = finding.message.replace("{press_office}", policy.force.press_office)
    return replace(finding, severity=severity, clauses=clauses, advice=advice, message=message)


def _approved(finding: Finding, approvals: Sequence[Approval], moment: datetime, trusted: bool) -> Finding:
    notes = list(finding.notes)
    for approval in approvals:
        if finding.scope is None or approval.covers != finding.scope:
            continue
        if not trusted:
            notes.append(f"The approval {approval.reference} does not count: it came in a file, unsigned.")
        elif _over(approval.expires, moment):
            notes.append(f"The approval {approval.reference} has ended.")
        else:
            return replace(finding, status=Status.APPROVED, reference=approval.reference)
    return replace(finding, notes=tuple(notes))


def _waived(
    finding: Finding, waivers: Sequence[Waiver], moment: datetime, never: Sequence[str], used: set[int]
) -> Finding:
    if finding.status is not Status.OPEN:
        return finding
    for index, waiver in enumerate(waivers):
        if not means(waiver.rule, finding.rule):
            continue
        if any(means(pattern, finding.rule) for pattern in never):
            return replace(finding, notes=(*finding.notes, "The policy pack lets no waiver answer this."))
        if _over(waiver.until, moment):
            finding = replace(finding, notes=(*finding.notes, f"The waiver by {waiver.by} has ended."))
            continue
        used.add(index)
        return replace(finding, status=Status.WAIVED, reference=f"{waiver.by}: {waiver.reason}")
    return finding


def _over(end: datetime | date | None, moment: datetime) -> bool:
    """Whether an end has passed; a date without a time counts to its last minute."""
    if end is None:
        return False
    return end < moment if isinstance(end, datetime) else end < moment.date()


def _place(finding: Finding) -> tuple[str, int, int, str, str]:
    span = finding.span
    return (finding.field, span.start if span else -1, span.end if span else -1, finding.rule, finding.message)


def _verdict(findings: Iterable[Finding], errors: Sequence[RuleError]) -> Verdict:
    standing = {finding.severity for finding in findings if finding.status is Status.OPEN}
    if Severity.ERROR in standing:
        return "block"
    return "review" if Severity.WARNING in standing or errors else "pass"
