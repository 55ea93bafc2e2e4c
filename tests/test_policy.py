"""Policy packs: read, extended, and refused with the key and a suggestion."""

from __future__ import annotations

from pathlib import Path

import pytest

from wmp_postlint import Account, Linter, PolicyError, load_policy
from wmp_postlint.packs import bundled_packs

HEAD = 'id="x"\nversion="1"\ntitle="X"\n'
FORCE = '[force]\nname="Anytown Police"\n'


def write(folder: Path, text: str, name: str = "pack.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", bundled_packs())
def test_bundled_packs_are_valid(name: str) -> None:
    policy = load_policy(name)
    assert policy.id == name
    assert Linter(policy=policy).rules


def test_the_default_extends_the_base() -> None:
    numbers = {number.number for number in load_policy().contacts.numbers}
    assert {number.number for number in load_policy("uk-police").contacts.numbers} < numbers


def test_lists_are_added_tables_merged_values_replaced(tmp_path: Path) -> None:
    write(tmp_path, HEAD + FORCE + 'places=["A"]\n[clauses]\n"1"="one"\n"2"="two"\n', "base.toml")
    over = 'extends="base.toml"\n[force]\nname="Othertown Police"\nplaces=["A","B"]\n[clauses]\n"2"="zwei"\n'
    policy = load_policy(write(tmp_path, HEAD.replace("X", "Y") + over))
    assert policy.title == "Y"
    assert policy.force.name == "Othertown Police"
    assert policy.force.places == ("A", "B")
    assert policy.clauses == {"1": "one", "2": "zwei"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + "[farce]\nname='x'", "farce: unknown key, did you mean 'force'"),
        (HEAD + FORCE + "sitez=[]", "force.sitez: unknown key, did you mean 'sites'"),
        (HEAD + FORCE + "[contacts]\nnumbers=['999']", r"contacts.numbers\[0\]: expected an object"),
        (HEAD + FORCE + "[[outlets]]\nhandles=['x']", r"outlets\[0\].name: missing"),
        (HEAD + FORCE + '[rules."a/b"]\nseverity="fatal"', 'rules.a/b.severity: expected one of "info"'),
        (
            HEAD + FORCE + '[rules."a/b"]\nseverity_by_account={boss="info"}',
            "rules.a/b.boss: expected one of corporate",
        ),
        (HEAD + FORCE + "[speaks_for]\nboss=['appeal']", "speaks_for.boss: expected one of corporate"),
        ("version='1'\ntitle='t'\n" + FORCE, "id: missing"),
        (HEAD + "force=", "is not TOML"),
        (HEAD + "extends=3\n" + FORCE, "extends: expected the name of a pack"),
        (HEAD + "extends='pack.toml'\n" + FORCE, "extends itself"),
        (HEAD + "extends='missing.toml'\n" + FORCE, "missing.toml: cannot be read"),
        (HEAD + "extends='uk-polise'\n" + FORCE, "no such pack; known are"),
    ],
)
def test_mistakes_name_the_pack_and_the_key(text: str, message: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    with pytest.raises(PolicyError, match=message) as caught:
        load_policy(path)
    assert "toml" in str(caught.value) or "known are" in str(caught.value)


def test_a_pack_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "pack.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(PolicyError, match="not UTF-8"):
        load_policy(path)


def test_a_setting_for_a_rule_that_is_not_there(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + FORCE + '[rules."no-such/rule"]\nseverity="info"')
    with pytest.raises(PolicyError, match=r"rules\.no-such/rule: no such rule"):
        Linter(policy=path)


def test_account_kinds_come_from_the_program_then_the_register() -> None:
    policy = load_policy()
    assert policy.account_kind(None) == "officer"
    assert policy.account_kind(Account("@wmpolice")) == "corporate"
    assert policy.account_kind(Account("erdingtonwmp")) == "team"
    assert policy.account_kind(Account("somebody")) == "officer"
    assert policy.account_kind(Account("WMPolice", "personal")) == "personal"
