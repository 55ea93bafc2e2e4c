"""The rule about slurs on synthetic posts, and what is its own."""

from __future__ import annotations

import pytest
from disrepute_checks import alarms, cases, findings, missed

from wmp_postlint import Severity

module = pytest.importorskip("wmp_postlint.rules.disrepute.slur")
RULE = module.Slur()


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
        "The gay, lesbian and trans network",
        "Black and Asian officers",
        "Jewish, Muslim and Sikh leaders",
        "a Jew, a Muslim and a Christian",
        "Pakistani, Chinese and Irish families",
        "He has Down's syndrome and autism",
        "an older disabled woman",
        "Gypsies and Travellers",
        "Roma families",
        "the deaf community",
        "queer history month",
    ],
)
def test_names_of_groups_are_silent(text: str) -> None:
    assert findings(RULE, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "a spade in the garden",
        "nip to the shops",
        "a cracker of a goal",
        "PC Paddy Doyle",
        "Jock and Mick sang",
        "monkey puzzle tree",
        "savage dog attack",
    ],
)
def test_words_that_mostly_mean_something_else(text: str) -> None:
    assert findings(RULE, text) == []


@pytest.mark.parametrize("text", ["you paddy", "dirty spade", "you filthy savage", "stupid mick"])
def test_the_same_words_thrown_at_somebody(text: str) -> None:
    assert [finding.severity for finding in findings(RULE, text)] == [Severity.ERROR]


@pytest.mark.parametrize(
    "text",
    ["The word p*ki was shouted at him.", 'He was called a "n****r".', "Calling anyone a retard is hurtful and wrong."],
)
def test_reported_slurs_are_warnings(text: str) -> None:
    (finding,) = findings(RULE, text)
    assert finding.severity is Severity.WARNING
    assert finding.notes
