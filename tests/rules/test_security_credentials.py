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


FAR = "and then nothing else happened for a good long while on that quiet day when nobody was there at all, "


def judged(text: str) -> list[tuple[str, str, str]]:
    found = findings(text)
    assert all(finding.span for finding in found)
    return [(text[f.span.start : f.span.end], str(f.severity), str(f.confidence)) for f in found if f.span]


def test_how_sure() -> None:
    assert judged("Alarm is set, it's 4432 to turn it off") == [("4432", "error", "medium")]
    assert judged("key safe 2025") == [("2025", "error", "medium")]
    assert judged("password is copperkettle") == [("copperkettle", "error", "high")]
    assert judged("wifi password is Truncheon99 and the door code is 4471") == [
        ("Truncheon99", "error", "high"),
        ("4471", "error", "medium"),
    ]


def test_only_the_passcode_of_a_meeting_is_advice() -> None:
    assert judged("Zoom meeting, passcode 482913, and the alarm is set, it's 4432 to turn it off") == [
        ("482913", "info", "high"),
        ("4432", "error", "medium"),
    ]
    address = f"Join our public Zoom meeting, {FAR}https://admin:hunter2@intranet.example.org/"
    assert judged(address) == [("admin:hunter2", "error", "high")]


def test_advice_is_of_its_own_sentence() -> None:
    for end in (". ", "! ", "\n"):
        assert judged(f"Never share it{end}The wifi password is Truncheon99") == [("Truncheon99", "error", "high")]
    for asked in ("The wifi password is Truncheon99?", 'The wifi password is "Truncheon99"?'):
        assert findings(asked) == []
    assert findings("code of conduct: the wifi password is Truncheon99") == []


def test_ordinary_words_are_a_password_only_when_there_are_many() -> None:
    for ordinary in ("password: wanted", "password: copper shining", "password is copper kettle"):
        assert findings(ordinary) == []
    assert judged("password: copper shining kettle bridge") == [("copper shining kettle bridge", "error", "high")]
