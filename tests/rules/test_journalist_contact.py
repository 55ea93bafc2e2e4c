"""Dealing with journalists: recall and false alarms on invented posts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from wmp_postlint import Document, Finding, Severity, load_policy
from wmp_postlint.readers.wire import read_post

_module = pytest.importorskip("wmp_postlint.rules.journalist.contact")
RULE = _module.Contact()
SHORT = RULE.name.partition("/")[2]
POLICY = load_policy()
CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "journalist.jsonl").read_text("utf-8").splitlines()
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


@pytest.mark.parametrize("case", [case for case in CASES if not case["expect"]], ids=lambda case: case["text"][:40])
def test_no_false_alarm(case: dict[str, Any]) -> None:
    assert findings(case["text"], case.get("on", "text"), **case.get("post", {})) == []


@pytest.mark.parametrize(
    "unit",
    ["a", "@bbcwm ", "@bbcwm hi ", "press ", "media are ", "I will ", "your reporter ", "i'm a ", "...", "x@press"],
)
def test_awkward_repeats_do_not_hang(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    for finding in findings(text, kind="reply", in_reply_to={"handle": "bbcwm", "text": text[:2000]}):
        assert finding.span is None or 0 <= finding.span.start < finding.span.end <= len(text)


def test_no_agreement_is_needed_beyond_the_scope() -> None:
    assert {finding.scope for finding in findings("DM me for a quote")} == {"journalist"}


def test_registered_accounts_are_no_journalists() -> None:
    assert (
        findings("Sure!", kind="reply", in_reply_to={"handle": "JobsWMP", "text": "For an article: can you confirm?"})
        == []
    )


def test_another_person_is_no_journalist() -> None:
    other = {"handle": "sam_t", "text": "Is the road open? It was on the news."}
    assert findings("Yes, since noon.", kind="reply", in_reply_to=other) == []


def test_an_answer_beside_the_referral_is_no_mere_referral() -> None:
    asked = {"handle": "birmingham_live", "text": "Was anyone hurt?"}
    found = findings("Two men were hurt. Please call our press office for more.", kind="reply", in_reply_to=asked)
    assert {finding.severity for finding in found} == {Severity.ERROR}
