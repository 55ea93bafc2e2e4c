"""Secrets: recall and false alarms on invented posts."""

from __future__ import annotations

import pytest
from case_posts import Case, CasePosts, label

_module = pytest.importorskip("wmp_postlint.rules.security.credentials")
POSTS = CasePosts(_module.Credentials(), "security")
findings = POSTS.findings


@pytest.mark.parametrize("case", POSTS.wanted, ids=label)
def test_recall(case: Case) -> None:
    POSTS.check_found(case)


@pytest.mark.parametrize("case", POSTS.innocent, ids=label)
def test_no_false_alarm(case: Case) -> None:
    POSTS.check_silent(case)


@pytest.mark.parametrize(
    "unit",
    ["a", "password ", "password is ", "code for the gate ", "1 1 ", "a1", "eyJ", "user / ", "://a", "alarm, it's "],
)
def test_awkward_repeats_do_not_hang(unit: str) -> None:
    POSTS.check_repeats(unit)


def test_the_span_is_the_secret_alone() -> None:
    text = "The password for the guest network is Truncheon99, see you there"
    (finding,) = findings(text)
    assert finding.span is not None
    assert text[finding.span.start : finding.span.end] == "Truncheon99"


def test_the_message_does_not_repeat_the_secret() -> None:
    (finding,) = findings("Gate code is 4471#")
    assert "4471" not in repr(finding) + finding.message + finding.advice
