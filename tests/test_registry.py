"""The registry: it finds what is there, and refuses what breaks the contract."""

from __future__ import annotations

import pytest

from wmp_postlint import PolicyError, RegistryError, Rule, all_rules
from wmp_postlint.registry import choose, collect
from wmp_postlint.rule import means


def test_names_are_sorted_and_are_their_file_s() -> None:
    rules = all_rules()
    assert [rule.name for rule in rules] == sorted({rule.name for rule in rules})
    for rule in rules:
        family, name = rule.name.split("/")
        module = f"wmp_postlint.rules.{family}.{name}".replace("-", "_")
        assert type(rule).__module__ == module


def test_two_rules_of_one_name_are_refused(shouting: type[Rule]) -> None:
    with pytest.raises(RegistryError, match="two rules are called test/shouting"):
        collect([shouting(), shouting()])


def test_a_rule_without_its_attributes_is_refused(shouting: type[Rule]) -> None:
    class Nameless(shouting):  # type: ignore[misc,valid-type]  # a class known at run time
        message = property()

    del Nameless.message

    class Bare(Rule):
        def run(self, document):  # type: ignore[no-untyped-def]
            return iter(())

    with pytest.raises(RegistryError, match="Bare lacks name, clauses, severity"):
        collect([Bare()])


def test_a_rule_of_no_known_shape_is_refused() -> None:
    class Shapeless(Rule):
        name = "test/shapeless"
        clauses = ()
        severity = message = advice = examples = ""  # type: ignore[assignment]

        def run(self, document):  # type: ignore[no-untyped-def]
            return iter(())

    with pytest.raises(RegistryError, match="none of TextRule"):
        collect([Shapeless()])


def test_what_a_pattern_means(shouting: type[Rule], asking: type[Rule]) -> None:
    rules = collect([shouting(), asking()])
    assert [rule.name for rule in choose(rules, ["test/shouting"])] == ["test/shouting"]
    assert len(choose(rules, ["test"])) == len(choose(rules, ["test/*"])) == 2
    assert means("test/", "test/asking")
    assert not means("tes", "test/asking")
    with pytest.raises(PolicyError, match="did you mean 'test'"):
        choose(rules, ["tests"])
