"""What machine formats share: JSON in UTF-8, one-line sentences, fingerprints that give nothing away."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from wmp_postlint.checker.excerpt import masked
from wmp_postlint.checker.outcome import Outcome, field_texts
from wmp_postlint.checker.places import posix
from wmp_postlint.finding import Finding
from wmp_postlint.policy import Policy

_LONGEST = 200


def encoded(value: object, indent: int | None = None) -> bytes:
    """Encode as UTF-8; a lone surrogate, which UTF-8 has no bytes for, becomes the replacement character."""
    separators = (",", ":") if indent is None else None
    return sound(json.dumps(value, ensure_ascii=False, separators=separators, indent=indent, default=str)).encode()


def sound(text: str) -> str:
    """Return a text without lone surrogates."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def sentence(finding: Finding) -> str:
    """Return what is wrong, what to do, and the clauses, in one line that quotes nothing of the post."""
    clauses = f" (clause {', '.join(finding.clauses)})" if finding.clauses else ""
    return f"{finding.message} {finding.advice}{clauses}"


def fingerprints(outcome: Outcome) -> list[str]:
    """Return for each finding of a post what tells it from all others and stays while the post stays in its file.

    It is made of the file, the post, the rule, the field and a count: never of the words found, since a number can be
    guessed from its fingerprint.
    """
    counts: dict[tuple[str, str], int] = {}
    found = []
    for finding in outcome.report.findings if outcome.report else ():
        key = (finding.rule, finding.field)
        counts[key] = counts.get(key, 0) + 1
        loaded = outcome.loaded
        parts = [posix(loaded.path), loaded.id or loaded.part or "", *key, str(counts[key])]
        found.append(sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32])
    return found


def plain_report(outcome: Outcome, policy: Policy, show_text: bool) -> dict[str, Any]:
    """Return the report of a post in the wire format, with fingerprints and excerpts.

    It is masked, and without coordinates and replacements, unless they are asked for.

    Args:
        outcome: a post that was linted.
        policy: the pack that it was linted under.
        show_text: whether to show them as they are.
    """
    assert outcome.report is not None
    report: dict[str, Any] = outcome.report.to_dict()
    texts = field_texts(outcome, policy)
    found = zip(report["findings"], outcome.report.findings, fingerprints(outcome), strict=True)
    for plain, finding, fingerprint in found:
        plain["fingerprint"] = fingerprint
        plain["excerpt"] = None
        if finding.span is not None and finding.field in texts:
            words = texts[finding.field][finding.span.start : finding.span.end][:_LONGEST]
            plain["excerpt"] = words if show_text else masked(words)
        if not show_text:
            plain["data"] = dict.fromkeys(plain["data"])
            for fix in plain["fixes"]:
                for edit in fix["edits"]:
                    edit["replacement"] = None
    return report
