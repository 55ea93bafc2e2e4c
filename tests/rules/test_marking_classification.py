"""Security classifications: recall and false alarms on invented posts, and the fix."""

from __future__ import annotations

import pytest
from case_posts import Case, CasePosts, label

_module = pytest.importorskip("wmp_postlint.rules.marking.classification")
POSTS = CasePosts(_module.Classification(), "marking")
findings = POSTS.findings


@pytest.mark.parametrize("case", POSTS.wanted, ids=label)
def test_recall(case: Case) -> None:
    POSTS.check_found(case)


@pytest.mark.parametrize("case", POSTS.innocent, ids=label)
def test_no_false_alarm(case: Case) -> None:
    POSTS.check_silent(case)


@pytest.mark.parametrize("unit", ["a", "- ", "OFFICIAL ", "OFFICIAL - ", "RESTRICTED\n", "O F ", "(SECRET", "UK "])
def test_awkward_repeats_do_not_hang(unit: str) -> None:
    POSTS.check_repeats(unit)


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
