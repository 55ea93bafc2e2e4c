"""Security classifications: recall and false alarms on invented posts, and the fix."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from wmp_postlint import Document, Finding, Severity, load_policy
from wmp_postlint.readers.wire import read_post

_module = pytest.importorskip("wmp_postlint.rules.marking.classification")
RULE = _module.Classification()
SHORT = RULE.name.partition("/")[2]
POLICY = load_policy()
CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "marking.jsonl").read_text("utf-8").splitlines()
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


@pytest.mark.parametrize("unit", ["a", "- ", "OFFICIAL ", "OFFICIAL - ", "RESTRICTED\n", "O F ", "(SECRET", "UK "])
def test_awkward_repeats_do_not_hang(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    for finding in findings(text, kind="reply", in_reply_to={"handle": "bbcwm", "text": text[:2000]}):
        assert finding.span is None or 0 <= finding.span.start < finding.span.end <= len(text)


def mended(text: str) -> str:
    (finding,) = findings(text)
    (fix,) = finding.fixes
    (edit,) = fix.edits
    return text[: edit.span.start] + edit.replacement + text[edit.span.end :]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NOT PROTECTIVELY MARKED\n\nOpen day on Sunday", "Open day on Sunday"),
        ("Open day on Sunday\n\nNOT PROTECTIVELY MARKED\n", "Open day on Sunday"),
        ("[OFFICIAL] Briefing for the open day", "Briefing for the open day"),
        ("Open day. OFFICIAL-SENSITIVE", "Open day."),
    ],
)
def test_fix_takes_the_marking_and_its_line(text: str, expected: str) -> None:
    assert mended(text) == expected


def test_fix_is_safe_only_for_a_released_header() -> None:
    assert findings("NOT PROTECTIVELY MARKED\nOpen day")[0].fixes[0].safe
    assert not findings("RESTRICTED - STAFF\nOpen day")[0].fixes[0].safe


def test_no_fix_would_leave_an_empty_text() -> None:
    assert findings("OFFICIAL-SENSITIVE")[0].fixes == ()
    assert findings("OFFICIAL-SENSITIVE.jpg", "media[0].filename")[0].fixes == ()


def test_no_fix_in_markup() -> None:
    (finding,) = findings("<p>OFFICIAL-SENSITIVE</p><p>Plan</p>", text_format="html")
    assert finding.fixes == ()


@pytest.mark.parametrize(
    "text",
    [
        "\uff2f\uff26\uff26\uff29\uff23\uff29\uff21\uff2c-SENSITIVE plan",
        "O\u200bFFIC\u200dIAL\u2011SENSITIVE plan",
        "\u041eFFICIAL-SENSITIVE plan",
    ],
)
def test_disguises(text: str) -> None:
    (finding,) = findings(text)
    assert finding.span is not None
    assert text[finding.span.end :] == " plan"
