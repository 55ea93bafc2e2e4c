"""The rule about swear words on synthetic posts, and what is its own."""

from __future__ import annotations

import pytest
from disrepute_checks import alarms, cases, findings, missed

from wmp_postlint import Severity

module = pytest.importorskip("wmp_postlint.rules.disrepute.profanity")
RULE = module.Profanity()


def test_posts() -> None:
    """Every synthetic post is found at its severity, and no innocent one above advice."""
    assert missed(RULE) == []
    assert alarms(RULE) == []


def test_enough_posts() -> None:
    assert sum(severity is not None for _, _, severity in cases()) >= 100
    assert sum(severity is None for _, _, severity in cases()) >= 150


@pytest.mark.parametrize(
    "text",
    [
        "Fuck", "What a cunt", "you motherfucker", "Bellend!", "twats", "he is such a dickhead",
        "knobhead of the week", "clunge",
        "beef curtains", "bloodclaat", "punani", "what a minge",
    ],
)  # fmt: skip
def test_strong_words_are_errors(text: str) -> None:
    assert [finding.severity for finding in findings(RULE, text)] == [Severity.ERROR]


@pytest.mark.parametrize(
    "text",
    ["shit", "bitch", "bollocks", "bullshit", "arsehole", "bint", "feck", "munter", "pissed off", "son of a bitch"],
)
def test_medium_words_are_warnings(text: str) -> None:
    assert [finding.severity for finding in findings(RULE, text)] == [Severity.WARNING]


@pytest.mark.parametrize(
    "text",
    [
        "arse", "bloody", "bugger", "cow", "crap", "damn", "ginger", "git", "god", "goddam", "jesus christ",
        "minger", "sod-off", "balls",
        "tits", "beaver", "cock", "dick", "fanny", "flaps", "gash", "knob", "prick", "pussy", "snatch",
    ],
)  # fmt: skip
def test_mild_and_ambiguous_words_are_advice(text: str) -> None:
    assert [finding.severity for finding in findings(RULE, text)] == [Severity.INFO]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Caf\u00e9 \U0001f600 f\u200bu\u200bc\u200bk it", 7, 14),
        ("\U0001d41f\U0001d42e\U0001d41c\U0001d424 off", 0, 4),
        ("s\u0336h\u0336i\u0336t\u0336 day", 0, 8),
        ("\uff53\uff48\uff49\uff54", 0, 4),
    ],
)
def test_spans_are_those_of_the_text_as_given(text: str, start: int, end: int) -> None:
    (finding,) = findings(RULE, text)
    assert finding.span is not None
    assert (finding.span.start, finding.span.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "See https://example.org/shit/fuck",
        "Hi @fuckface99, message us",
        "Write to wanker@example.com",
        "Thanks @bigdickjoe",
    ],
)
def test_addresses_and_handles_are_not_ours(text: str) -> None:
    assert findings(RULE, text) == []


def test_messages_never_quote() -> None:
    for finding in findings(RULE, "What the fuck, you sh1t"):
        assert "fuck" not in finding.message + finding.advice
        assert "sh" not in finding.message.split("This")[0]


def test_quoted_words_weigh_less_and_say_why() -> None:
    (finding,) = findings(RULE, 'The sign says "fuck the police".')
    assert finding.severity is Severity.WARNING
    assert any("quoted" in note for note in finding.notes)


def test_unknown_mask_needs_no_list() -> None:
    (finding,) = findings(RULE, "What a z***x day")
    assert finding.severity is Severity.WARNING
