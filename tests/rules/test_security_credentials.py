"""Secrets: recall and false alarms on invented posts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from wmp_postlint import Document, Finding, Severity, load_policy
from wmp_postlint.readers.wire import read_post

_module = pytest.importorskip("wmp_postlint.rules.security.credentials")
RULE = _module.Credentials()
SHORT = RULE.name.partition("/")[2]
POLICY = load_policy()
CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "security.jsonl").read_text("utf-8").splitlines()
]


def findings(text: str, on: str = "text", **post: Any) -> list[Finding]:
    """Run the rule alone on a post that holds the text in one of its fields."""
    if on == "text":
        return list(RULE.run(Document(read_post({"text": text, **post}), POLICY)))
    return list(RULE.run(Document(read_post({"text": "", "media": [{on.rpartition(".")[2]: text}], **post}), POLICY)))


@pytest.mark.parametrize(
    "case", [case for case in CASES if SHORT in case["expect"]], ids=lambda case: case["text"][:40]
)
def test_recall(case: dict[str, Any]) -> None:
    found = findings(case["text"], case.get("on", "text"), **case.get("post", {}))
    assert found
    if len(case["expect"]) == 1:
        assert {finding.severity for finding in found} == {Severity(case.get("severity", "error"))}


@pytest.mark.parametrize(
    "case", [case for case in CASES if SHORT not in case["expect"]], ids=lambda case: case["text"][:40]
)
def test_no_false_alarm(case: dict[str, Any]) -> None:
    assert findings(case["text"], case.get("on", "text"), **case.get("post", {})) == []


@pytest.mark.parametrize(
    "unit",
    ["a", "password ", "password is ", "code for the gate ", "1 1 ", "a1", "eyJ", "user / ", "://a", "alarm, it's "],
)
def test_awkward_repeats_do_not_hang(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    for finding in findings(text, kind="reply", in_reply_to={"handle": "bbcwm", "text": text[:2000]}):
        assert finding.span is None or 0 <= finding.span.start < finding.span.end <= len(text)


def test_the_span_is_the_secret_alone() -> None:
    text = "The password for the guest network is Truncheon99, see you there"
    (finding,) = findings(text)
    assert finding.span is not None
    assert text[finding.span.start : finding.span.end] == "Truncheon99"


def test_the_message_does_not_repeat_the_secret() -> None:
    (finding,) = findings("Gate code is 4471#")
    assert "4471" not in repr(finding) + finding.message + finding.advice
