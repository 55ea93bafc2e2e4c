"""What wording alone finds: enough of the cases that nobody learnt from, and next to nothing in ordinary posts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from case_posts import FOLDER
from personal_data_checks import ordinary_posts

from wmp_postlint import Document, Finding, Rule, Severity, all_rules, load_policy
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.readers.wire import read_post

HELD_OUT = FOLDER.parents[2] / "training" / "readings" / "held_out"
POLICY = load_policy()
# What was measured, rounded for the worse: docs/quality.md.
FOUND, ALARMS, ORDINARY = 0.5, 0.06, 0.01
RULES = {rule.name.partition("/")[2]: rule for rule in all_rules() if isinstance(rule, Worded)}


def findings(rule: Rule, case: dict[str, Any]) -> list[Finding]:
    return list(rule.run(Document(read_post({"text": case["text"], **case.get("post", {})}), POLICY)))


def cases(paths: Iterator[Path]) -> Iterator[dict[str, Any]]:
    for path in sorted(paths):
        yield from map(json.loads, path.read_text("utf-8").splitlines())


@pytest.mark.skipif(not HELD_OUT.is_dir(), reason="the cases lie in a checkout, not in a source distribution")
def test_most_of_what_nobody_learnt_from_is_found() -> None:
    counts: Counter[str] = Counter()
    for case in cases(HELD_OUT.glob("*.jsonl")):
        if rule := RULES.get(case["for"]):
            expected = case["for"] in case["expect"]
            found = any(finding.severity is not Severity.INFO for finding in findings(rule, case))
            counts["shown" if expected else "near"] += 1
            counts["found" if expected else "alarms"] += found
    assert counts["found"] / counts["shown"] >= FOUND, counts
    assert counts["alarms"] / counts["near"] <= ALARMS, counts


def test_ordinary_posts_are_left_alone() -> None:
    texts = ordinary_posts()
    worded = [
        (rule.name, text)
        for text in texts
        for rule in RULES.values()
        for finding in findings(rule, {"text": text})
        if finding.data.get("reading") == "wording"
    ]
    assert len(worded) <= len(texts) * ORDINARY, worded


def test_wording_alone_never_blocks() -> None:
    for case in cases(HELD_OUT.glob("*.jsonl")):
        if rule := RULES.get(case["for"]):
            for finding in findings(rule, case):
                if finding.data.get("reading") == "wording":
                    assert finding.severity <= Severity.WARNING
                    assert finding.confidence == "low"
                    assert finding.span is not None
                    assert finding.field != "text" or finding.span.end <= len(case["text"])
