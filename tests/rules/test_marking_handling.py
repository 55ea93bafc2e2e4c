"""Handling instructions: recall and false alarms on invented posts."""

from __future__ import annotations

import pytest
from case_posts import Case, CasePosts, label

_module = pytest.importorskip("wmp_postlint.rules.marking.handling")
POSTS = CasePosts(_module.Handling(), "marking")
findings = POSTS.findings


@pytest.mark.parametrize("case", POSTS.wanted, ids=label)
def test_recall(case: Case) -> None:
    POSTS.check_found(case)


@pytest.mark.parametrize("case", POSTS.innocent, ids=label)
def test_no_false_alarm(case: Case) -> None:
    POSTS.check_silent(case)


@pytest.mark.parametrize(
    "unit", ["a", "not for ", "intel ", "handling code ", "TLP:", "do not share ", "EMBARGO ", "5x5x5 "]
)
def test_awkward_repeats_do_not_hang(unit: str) -> None:
    POSTS.check_repeats(unit)


def test_one_finding_covers_a_marking_with_its_instruction() -> None:
    assert findings("OFFICIAL - HMG USE ONLY\nTimings") == []
    assert findings("OFFICIAL-SENSITIVE TLP:AMBER\nTimings") == []


def test_codes_need_intelligence_beside_them() -> None:
    for innocent in ("Seen on the A45 and the A41", "Lives in B24", "Bay 1AP", "A grade E41 light bulb was nicked"):
        assert findings(innocent) == []
    for coded in ("Intel: E41", "intelligence (B 2 4)", "graded 1/A/P", "3x5x2 intel report 2CC"):
        assert findings(coded), coded
