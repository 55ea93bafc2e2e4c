"""The rule about derogatory words on synthetic posts, and what is its own."""

from __future__ import annotations

import pytest
from disrepute_checks import alarms, cases, findings, missed

from wmp_postlint import Severity

module = pytest.importorskip("wmp_postlint.rules.disrepute.derogatory")
RULE = module.Derogatory()


def test_posts() -> None:
    """Every synthetic post is found at its severity, and no innocent one above advice."""
    assert missed(RULE) == []
    assert alarms(RULE) == []


def test_enough_posts() -> None:
    assert sum(severity is not None for _, _, severity in cases()) >= 100
    assert sum(severity is None for _, _, severity in cases()) >= 150


def test_said_to_the_reader_is_an_error() -> None:
    assert [finding.severity for finding in findings(RULE, "Some idiots never learn.")] == [Severity.WARNING]
    (finding,) = findings(RULE, "Slow down you idiots.")
    assert finding.severity is Severity.ERROR
    assert any("reader" in note for note in finding.notes)


@pytest.mark.parametrize(
    "text", ["He tackled the thug.", "A callous and cowardly attack", "vile abuse", "he is behind bars"]
)
def test_court_language_is_advice(text: str) -> None:
    assert {finding.severity for finding in findings(RULE, text)} == {Severity.INFO}


@pytest.mark.parametrize(
    "text",
    [
        "the criminal",
        "offenders",
        "suspects",
        "a tool was stolen",
        "he is a child",
        "What a good dog",
        "Where's Wally",
        "Karen Smith",
    ],
)
def test_plain_words_are_silent(text: str) -> None:
    assert findings(RULE, text) == []


def test_condemning_hate_does_not_excuse() -> None:
    (finding,) = findings(RULE, "Hate crime by these scumbags will not be tolerated.")
    assert finding.severity is Severity.ERROR
