"""What the tests of the lexicon rules share: run one rule on a text, and the synthetic posts with what they expect."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from wmp_postlint import Document, Finding, Post, Rule, Severity, load_policy

CASES = Path(__file__).parent / "rules" / "cases" / "disrepute.jsonl"


@cache
def cases() -> tuple[tuple[str, str, Severity | None], ...]:
    """Return (text, rule's last name, severity) of each post; no name and no severity where nothing is expected."""
    read: list[tuple[str, str, Severity | None]] = []
    for line in CASES.read_text("utf-8").splitlines():
        case = json.loads(line)
        if not case["expect"]:
            read.append((case["text"], "", None))
        for expected in case["expect"]:
            name, _, severity = expected.partition(":")
            read.append((case["text"], name, Severity(severity)))
    return tuple(read)


def findings(rule: Rule, text: str) -> list[Finding]:
    """Run one rule on a plain post; ``rules/test_worded.py`` is about mere wording."""
    found = rule.run(Document(Post(text), load_policy()))
    return [finding for finding in found if finding.data.get("reading") != "wording"]


def missed(rule: Rule) -> list[str]:
    """Return the posts in which the rule does not find what it should at the severity it should."""
    own = rule.name.split("/")[1]
    return [
        text
        for text, name, severity in cases()
        if name == own and severity not in {finding.severity for finding in findings(rule, text)}
    ]


def alarms(rule: Rule) -> list[str]:
    """Return the innocent posts in which the rule finds more than advice."""
    return [
        text
        for text, _, severity in cases()
        if severity is None and any(finding.severity > Severity.INFO for finding in findings(rule, text))
    ]
