"""What a personal account must not name is what the policy pack names: force, area and stations of another force."""

from __future__ import annotations

import pytest
from second_force import POLICY

from wmp_postlint import Linter, load_policy


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("working-location", "Based at Arian House, second floor."),
        ("working-location", "Earlies at Brynmelyn all week"),
        ("working-location", "On duty in Cwmtawel again"),
        ("force-reference", "Ten years with the Dyffryn Arian force."),
        ("force-reference", "My force covers Abercwm and I love it"),
        ("force-reference", "Love working for the smallest force in Wales"),
        ("force-reference", "#teamhda for life"),
        ("force-reference", "H.D.A. till I retire"),
        ("uniform-or-crest", "Wearing the HDA crest with pride"),
    ],
)
def test_the_pack_gives_what_a_personal_account_must_not_name(rule: str, text: str) -> None:
    post = {"text": text, "account": {"handle": "dave_runs", "kind": "personal"}}
    theirs, ours, bare = (
        {
            finding.rule
            for finding in Linter(policy=policy, rules=["personal-account/*"]).lint(post).findings
            if finding.data.get("reading") != "wording"  # which knows no force by its name
        }
        for policy in (POLICY, load_policy(), load_policy("uk-police"))
    )
    assert f"personal-account/{rule}" in theirs
    assert f"personal-account/{rule}" not in ours | bare


@pytest.mark.parametrize(
    "text",
    [
        "Walked the dog past Trefelin stadium before work",
        "Pont Street is closed again, my bus is late",
        "A day out at the Dyffryn Arian safari park",
        "May the force be with you, Abercwm",
    ],
)
def test_the_names_alone_are_no_finding(text: str) -> None:
    post = {"text": text, "account": {"handle": "dave_runs", "kind": "personal"}}
    rules = ["personal-account/working-location", "personal-account/force-reference"]
    assert Linter(policy=POLICY, rules=rules).lint(post).findings == ()
