"""Wanted and identification appeals: what is said of each, and what passes."""

from __future__ import annotations

import pytest

from wmp_postlint import Account, Linter, Post

module = pytest.importorskip("wmp_postlint.rules.appeal.wanted_person")
LINTER = Linter(rules=[module.WantedPerson])


def messages(text: str, **fields: object) -> list[str]:
    return [finding.message for finding in LINTER.lint(Post(text, **fields)).findings]  # type: ignore[arg-type]


def test_a_wanted_person_and_an_unknown_one_are_told_apart() -> None:
    assert "wanted person" in messages("Otto Example is wanted for burglary. Call 101.")[0]
    assert "identify" in messages("Do you recognise this man? Call 101.")[0]


def test_one_appeal_is_one_finding() -> None:
    text = "#WANTED Seen Otto Example, 34? He's wanted on recall to prison. Where is he? Don't approach."
    assert len(messages(text)) == 1


def test_the_corporate_account_may_appeal() -> None:
    assert messages("Otto Example is wanted for burglary. Call 101.", account=Account("WMPolice")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Otto Example, wanted on warrant, was arrested in Tipton by response officers.",
        "Two wanted men are in custody tonight. Good work by the team.",
        "We want to speak to you about burglary.",
        "He wanted to say thank you.",
    ],
)
def test_work_done_and_plain_words_pass(text: str) -> None:
    assert messages(text) == []
