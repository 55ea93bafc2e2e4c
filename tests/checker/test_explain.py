"""``postlint rules`` and ``postlint explain``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import own_rules
import pytest

from wmp_postlint import PolicyError, load_policy
from wmp_postlint.checker.explain import explain, rules_json, rules_table
from wmp_postlint.checker.policy_table import policy_table
from wmp_postlint.checker.terminal import PLAIN
from wmp_postlint.patterns import pattern_rules


def page(name: str, folder: Path, width: int = 80) -> list[str]:
    policy = load_policy(own_rules.write_policy(folder))
    return list(explain(name, own_rules.RULES, policy, width, PLAIN))


def test_a_rule(tmp_path: Path) -> None:
    assert page("fruit/pear", tmp_path) == [
        "fruit/pear  error",
        "",
        "Flags pears. They bruise.",
        "",
        "A second paragraph.",
        "",
        "message: This is a pear.",
        "advice: Take it out, or ask the gardener.",
        "approval: an approval that covers 'appeal' answers it",
        'waiver: with waivers: [{rule: fruit/pear, reason: "...", by: "..."}] in the',
        "        post, which stays visible",
        "on every account: error",
        "clause 1.1: No fruit in posts",
        "clause 9.9: not named by this policy pack",
        "",
        "Found:",
        "  A ripe pear here.",
        "         ^^^^",
        "  Two",
        "  lines, a pear and a pear.",
        "           ^^^^       ^^^^",
        "  no",
        "  (in media[0].alt)",
        "",
        "Left alone:",
        "  A pair of shoes.",
        "  Apples.",
        "  Spear.",
    ]


def test_a_family_and_the_table(tmp_path: Path) -> None:
    assert page("fruit", tmp_path) == [
        "fruit/fig   info               Flags figs.",
        "fruit/pear  error    1.1, 9.9  Flags pears.",
        "fruit/plum  warning  1.1       Flags plums.",
        "",
        "3 rules; 'postlint explain FAMILY/RULE' says more of one.",
    ]
    policy = load_policy(own_rules.write_policy(tmp_path))
    narrow = list(rules_table(own_rules.RULES, policy, 40, PLAIN))
    assert max(map(len, narrow[:-1])) <= 40


def test_a_long_example_is_cut(tmp_path: Path) -> None:
    lines = page("fruit/pear", tmp_path, width=20)
    assert max(map(len, lines[lines.index("Found:") :])) <= 20


@pytest.mark.parametrize("name", ["fruit/paer", "fruits", "", "/"])
def test_an_unknown_rule(tmp_path: Path, name: str) -> None:
    with pytest.raises(PolicyError, match=r"did you mean 'fruit|no such rule|expected the name"):
        page(name, tmp_path)


def test_as_a_program(tmp_path: Path) -> None:
    policy = str(own_rules.write_policy(tmp_path))
    program = [sys.executable, own_rules.__file__]
    done = subprocess.run([*program, "explain", "fruit/paer", "--policy", policy], capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr == b"postlint: error: fruit/paer: no such rule, did you mean 'fruit/pear'?\n"
    done = subprocess.run(
        [*program, "rules", "--policy", policy, "--output-format", "json"], capture_output=True, check=True
    )
    listed = json.loads(done.stdout)["rules"]
    assert [rule["name"] for rule in listed] == ["fruit/fig", "fruit/pear", "fruit/plum", "nut/walnut"]
    assert listed[1]["summary"] == "Flags pears."
    assert listed[1]["advice"] == "Take it out, or ask the gardener."


def test_every_installed_rule_has_a_page() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wmp_postlint", "rules", "--output-format", "json"], capture_output=True, check=True
    )
    from wmp_postlint import all_rules

    assert [rule["name"] for rule in json.loads(done.stdout)["rules"]] == [rule.name for rule in all_rules()]
    for rule in all_rules():
        lines = list(explain(rule.name, all_rules(), load_policy(), 60, PLAIN))
        assert "Found:" in lines
        assert "Left alone:" in lines


def test_whose_account_and_who_may_waive_it(tmp_path: Path) -> None:
    pack = own_rules.write_policy(tmp_path)
    more = '[speaks_for]\ncorporate = ["appeal"]\n[rules."fruit/pear".severity_by_account]\npersonal = "warning"\n'
    pack.write_text(own_rules.POLICY.replace('"fruit/nut"', '"fruit/pear"') + more, "utf-8")
    lines = list(explain("fruit/pear", own_rules.RULES, load_policy(pack), 80, PLAIN))
    assert "waiver: this pack lets nobody waive it" in lines
    assert "on an officer account: error" in lines
    assert "on a personal account: warning" in lines
    assert "on a corporate account: speaks for itself, nothing is reported" in lines


def test_the_pack_s_own_english(tmp_path: Path) -> None:
    words = '[translations.en.rules."fruit/pear"]\nmessage = "No pears."\nadvice = "Ring {press_office}."\n'
    pack = own_rules.write_policy(tmp_path)
    pack.write_text(own_rules.POLICY + words, "utf-8")
    lines = list(explain("fruit/pear", own_rules.RULES, load_policy(pack), 80, PLAIN))
    assert "message: No pears." in lines
    assert "advice: Ring the gardener." in lines
    (pear,) = json.loads(rules_json([own_rules.Pear()], load_policy(pack)))["rules"]
    assert (pear["message"], pear["advice"]) == ("No pears.", "Ring the gardener.")


def test_a_pattern(tmp_path: Path) -> None:
    pattern = """
[[patterns]]
name = "house/greens"
kind = "existence"
message = "{press_office} grows no greens."
advice = "Ask {press_office}."
words = ["kale"]
accounts = ["team", "corporate"]
flags = ["«Kale»"]
passes = ["Pears"]
"""
    pack = own_rules.write_policy(tmp_path)
    pack.write_text(own_rules.POLICY + pattern + '[rules]\n"house/*" = { clauses = ["1.1"] }\n', "utf-8")
    policy = load_policy(pack)
    lines = list(explain("house/greens", pattern_rules(policy), policy, 80, PLAIN))
    assert not [line for line in lines if "{" in line and "waiver" not in line]
    assert "message: the gardener grows no greens." in lines
    assert "on a team account: warning" in lines
    assert "on an officer account: it is not read" in lines
    assert "on every account: warning" not in lines
    (brief, row) = [line for line in policy_table(pattern_rules(policy), policy, "x") if "house/greens" in line][-2:]
    assert "warning (officer: not read, personal: not read)" in brief
    assert "| warning | warning | not read | not read |" in row
