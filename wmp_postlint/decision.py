"""The one step after all rules: severities, approvals, waivers, order, verdict.

Rules only say what they found. What a finding means for this account, under this pack, with these approvals, is
decided here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from wmp_postlint.document import Document
from wmp_postlint.errors import NotLooked
from wmp_postlint.finding import Finding, Report, RuleError, Severity, Status, Verdict
from wmp_postlint.lazy import replace
from wmp_postlint.policy import Policy
from wmp_postlint.post import Waiver
from wmp_postlint.rule import Rule, means
from wmp_postlint.wording import worded

if TYPE_CHECKING:
    from wmp_postlint.approvals.judge import Judgement

UNANSWERED = "The policy pack lets no waiver answer this."


def decide(
    document: Document,
    found: Iterable[tuple[Rule, Finding]],
    errors: Sequence[RuleError],
    trust_approvals: bool,
    lang: str | None = None,
) -> Report:
    """Make the report of a post.

    Args:
        document: the post; waivers and approvals are judged at the moment it is published, else at ``document.now``.
        found: each finding with the rule that made it.
        errors: what could not be looked at.
        trust_approvals: whether the post's approvals come from a program that may hand them over.
        lang: the tag of the language that findings are worded in, where the pack has it.
    """
    post, policy = document.post, document.policy
    moment = document.published_at or document.now
    approvals = _approvals(document)
    used: set[int] = set()
    kept: list[Finding] = []
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for rule, finding in found:
        if _needs_no_approval(finding, document):
            continue
        finding = worded(_under_pack(finding, rule, document), rule, policy, lang)
        finding = _approved(finding, approvals, policy, trust_approvals)
        finding = _waived(finding, post.waivers, moment, policy.never_waived, used)
        same = alike.setdefault((finding.rule, finding.field, finding.span), [])
        if finding not in same:
            same.append(finding)
            kept.append(finding)
    kept.sort(key=_place)
    unused = tuple(waiver.rule for index, waiver in enumerate(post.waivers) if index not in used)
    return Report(verdict_of(kept, errors), tuple(kept), tuple(errors), policy.ref, post.id, unused)


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
    clauses = policy.settings(rule.name).clauses
    return replace(finding, severity=severity, clauses=finding.clauses if clauses is None else clauses)


def _approvals(document: Document) -> tuple[Judgement, ...]:
    if not document.post.approvals:
        return ()
    from wmp_postlint.approvals.judge import Judgement, judge

    try:
        return document.read(judge)
    except NotLooked as error:
        # None counts; the rule that reads approvals has the error in the report.
        return tuple(Judgement(approval, f"does not count: {error}") for approval in document.post.approvals)


def _approved(finding: Finding, approvals: Sequence[Judgement], policy: Policy, trusted: bool) -> Finding:
    if finding.scope is None or finding.status is not Status.OPEN:
        return finding
    notes = list(finding.notes)
    references: dict[str, str] = {}  # by who approved: nobody counts twice
    for judgement in approvals:
        approval, problem = judgement.approval, judgement.problem
        if approval.covers != finding.scope:
            continue
        if problem is None and not judgement.signed and not trusted:
            problem = "does not count: it came in a file, unsigned"
            if approval.signature:
                problem = "does not count: the policy pack holds no key to check its signature with"
        if problem is None:
            references.setdefault((judgement.holder or approval.by).strip().casefold(), approval.reference)
        else:
            notes.append(f"The approval {approval.reference} {problem}.")
    needed = policy.approving.signers.get(finding.scope, 1)
    if len(references) >= max(1, needed):
        return replace(finding, status=Status.APPROVED, reference=", ".join(dict.fromkeys(references.values())))
    if references:
        notes.append(f"{needed} different people must approve this, and {len(references)} did.")
    return replace(finding, notes=tuple(notes))


def _waived(
    finding: Finding, waivers: Sequence[Waiver], moment: datetime, never: Sequence[str], used: set[int]
) -> Finding:
    if finding.status is not Status.OPEN or not waivers:
        return finding
    from wmp_postlint.approvals.judge import over

    for index, waiver in enumerate(waivers):
        if not means(waiver.rule, finding.rule):
            continue
        if any(means(pattern, finding.rule) for pattern in never):
            return replace(finding, notes=(*finding.notes, UNANSWERED))
        if over(waiver.until, moment):
            finding = replace(finding, notes=(*finding.notes, f"The waiver by {waiver.by} has ended."))
            continue
        used.add(index)
        return replace(finding, status=Status.WAIVED, reference=f"{waiver.by}: {waiver.reason}")
    return finding


def _place(finding: Finding) -> tuple[str, int, int, str, str]:
    span = finding.span
    return (finding.field, span.start if span else -1, span.end if span else -1, finding.rule, finding.message)


def verdict_of(findings: Iterable[Finding], errors: Sequence[RuleError]) -> Verdict:
    """Return what findings, those that stand open, and what could not be looked at come to."""
    standing = {finding.severity for finding in findings if finding.status is Status.OPEN}
    if Severity.ERROR in standing:
        return "block"
    return "review" if Severity.WARNING in standing or errors else "pass"
