"""The rule about sexual slang on synthetic posts, and what is its own."""

from __future__ import annotations

import pytest
from disrepute_checks import alarms, cases, findings, missed

module = pytest.importorskip("wmp_postlint.rules.disrepute.sexual")
RULE = module.Sexual()


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
        "sexual assault",
        "rape",
        "indecent images of children",
        "sex education",
        "sexual health clinic",
        "upskirting is a crime",
        "revenge porn",
        "prostitution",
        "pornography offences",
    ],
)
def test_offences_and_advice_are_silent(text: str) -> None:
    assert findings(RULE, text) == []
