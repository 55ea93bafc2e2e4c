"""Finds the rules: walks ``rules/``, loads the entry-point group, refuses duplicates, keeps one order.

Nothing lists the rules by name; a file that is there is a rule, and one that is deleted is gone.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from wmp_postlint import rules as _rules
from wmp_postlint.errors import PolicyError, RegistryError
from wmp_postlint.resource import modules_of
from wmp_postlint.rule import MediaRule, PostRule, Rule, TextRule, means

ENTRY_POINTS = "wmp_postlint.rules"
_SHAPES = (TextRule, MediaRule, PostRule)
_ATTRIBUTES = ("name", "clauses", "severity", "message", "advice", "examples")


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule that is installed, sorted by name.

    Raises:
        RegistryError: if a rule cannot be imported, breaks the contract, or shares its name with another.
    """
    return collect((*_bundled(), *_installed()))


def collect(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Check rules against the contract and sort them by name.

    Raises:
        RegistryError: if a rule lacks an attribute or shares its name with another.
    """
    by_name: dict[str, Rule] = {}
    for rule in rules:
        label = type(rule).__qualname__
        missing = [attribute for attribute in _ATTRIBUTES if not hasattr(rule, attribute)]
        if missing:
            raise RegistryError(f"rule class {label} lacks {', '.join(missing)}")
        if not isinstance(rule, _SHAPES):
            raise RegistryError(f"rule {rule.name} is none of TextRule, MediaRule, PostRule")
        if rule.name in by_name:
            raise RegistryError(
                f"two rules are called {rule.name}: {label} and {type(by_name[rule.name]).__qualname__}"
            )
        by_name[rule.name] = rule
    return tuple(by_name[name] for name in sorted(by_name))


def choose(rules: Iterable[Rule], patterns: Iterable[str]) -> tuple[Rule, ...]:
    """Return the rules that names, families or patterns such as ``family/*`` mean, in the rules' order.

    Raises:
        PolicyError: if a pattern means no rule, with what was probably meant.
    """
    rules, wanted = tuple(rules), tuple(patterns)
    for pattern in wanted:
        if not any(means(pattern, rule.name) for rule in rules):
            raise PolicyError(pattern, unknown_rule(pattern, (rule.name for rule in rules)))
    return tuple(rule for rule in rules if any(means(pattern, rule.name) for pattern in wanted))


def unknown_rule(pattern: str, names: Iterable[str]) -> str:
    """Say that no rule is meant by ``pattern``, and which one probably was."""
    import difflib

    known = sorted(names)
    close = difflib.get_close_matches(pattern, [*known, *{name.split("/")[0] for name in known}], n=1)
    return f"no such rule, did you mean {close[0]!r}?" if close else "no such rule; 'postlint rules' lists them"


def _bundled() -> Iterator[Rule]:
    for family in modules_of(_rules):
        package = _import(f"{_rules.__name__}.{family}")
        for rule in modules_of(package):
            yield _only_rule(_import(f"{package.__name__}.{rule}"), f"{family}/{rule}".replace("_", "-"))


def _import(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except Exception as error:
        raise RegistryError(f"the rule module {name} cannot be imported: {error}") from error


def _only_rule(module: ModuleType, name: str) -> Rule:
    own = [item for item in vars(module).values() if getattr(item, "__module__", None) == module.__name__]
    found = [item for item in own if isinstance(item, type) and issubclass(item, Rule)]
    if len(found) != 1:
        raise RegistryError(f"{module.__name__} must define one rule, it defines {len(found)}")
    rule: Rule = found[0]()
    if getattr(rule, "name", None) != name:
        raise RegistryError(f"the rule in {module.__name__} must be called {name}")
    return rule


def _may_be_installed() -> bool:
    """Look for the group in the files of installed packages, which takes a tenth of the time of importing a reader."""
    for folder in map(Path, sys.path):
        if folder.is_file():
            return True  # an archive, which the reader opens
        for path in folder.glob("*-info/entry_points.txt"):
            if ENTRY_POINTS.encode() in path.read_bytes():
                return True
    return False


def _installed() -> Iterator[Rule]:
    if not _may_be_installed():
        return
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        try:
            loaded = point.load()
        except Exception as error:
            raise RegistryError(f"the rule {point.name} ({point.value}) cannot be imported: {error}") from error
        if not (isinstance(loaded, type) and issubclass(loaded, Rule)):
            raise RegistryError(f"the entry point {point.name} ({point.value}) is no Rule class")
        yield loaded()
