"""What a personal account must not name is what the policy pack names: force, area and stations of another force."""

from __future__ import annotations

from pathlib import Path

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


@pytest.mark.parametrize(
    "text",
    [
        "Ten years with police on the Ellery Coast.",
        "Ten years with police in the Ellery Coast.",
        "Proud to be a cop on the Ellery Coast",
        "My force on the Ellery Coast is hiring",
        "Proud to serve with the Ellery Coast force",
    ],
)
@pytest.mark.parametrize("region", ["Ellery Coast", "the Ellery Coast"])
def test_coasts_and_islands(text: str, region: str, tmp_path: Path) -> None:
    pack = tmp_path / "pack.toml"
    pack.write_text(f'id="x"\nversion="1"\nextends="uk-police"\n[force]\nname="Q"\nregion=["{region}"]\n', "utf-8")
    post = {"text": text, "account": {"handle": "dave_runs", "kind": "personal"}}
    rules = ["personal-account/force-reference"]
    (finding,) = Linter(policy=pack, rules=rules).lint(post).findings
    assert finding.data.get("reading") != "wording"
    assert Linter(policy=pack, rules=rules).lint({**post, "text": "Sunny on the Ellery Coast"}).findings == ()


@pytest.mark.parametrize(
    "text",
    ["Nights on Holm Island again", "The neighbourhood team on Holm Island is the best", "Stationed on Holm Island"],
)
def test_a_beat_on_an_island(text: str, tmp_path: Path) -> None:
    pack = tmp_path / "pack.toml"
    pack.write_text('id="x"\nversion="1"\nextends="uk-police"\n[force]\nname="Q"\nplaces=["Holm Island"]\n', "utf-8")
    post = {"text": text, "account": {"handle": "dave_runs", "kind": "personal"}}
    linter = Linter(policy=pack, rules=["personal-account/working-location"])
    assert linter.lint(post).verdict == "block"
    assert linter.lint({**post, "text": "Saturday night on Holm Island"}).findings == ()
