"""What a resolved pack holds, where each value comes from, and what differs between two packs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, get_args

from wmp_postlint.packs import PackName, Table, layers, resolved
from wmp_postlint.policy import Policy
from wmp_postlint.post import AccountKind
from wmp_postlint.rule import Rule

_BARE = re.compile(r"[A-Za-z0-9_-]+")

Layers = Sequence[tuple[PackName, Any]]


def resolved_toml(pack: PackName) -> Iterator[str]:
    """Yield the lines of a pack laid over those it extends, as TOML; a remark tells where each value comes from."""
    yield from _table(resolved(pack), layers(pack), ())


def differences(one: PackName, other: PackName) -> Iterator[str]:
    """Yield what another pack has that one has not (+), and the reverse (-), by key."""
    yield from _compared(resolved(one), resolved(other), "")


def severity_differences(rules: Sequence[Rule], one: Policy, other: Policy) -> Iterator[str]:
    """Yield which rules are graver or milder under another pack, by account kind."""
    for rule in rules:
        for kind in get_args(AccountKind):
            before, after = (policy.severity(rule.name, rule.severity, kind) for policy in (one, other))
            if before != after:
                yield f"{rule.name} on a {kind} account: {before} -> {after}"


def _table(table: Table, origins: Layers, path: tuple[str, ...]) -> Iterator[str]:
    inner = {key: value for key, value in table.items() if isinstance(value, dict)}
    tables = {key: value for key, value in table.items() if _is_list_of_tables(value)}
    for key, value in table.items():
        if key in inner or key in tables:
            continue
        if isinstance(value, list):
            yield f"{_key(key)} = ["
            for item in value:
                yield f"    {_value(item)},  # {_origin(item, origins, (*path, key))}"
            yield "]"
        else:
            yield f"{_key(key)} = {_value(value)}  # {_origin(value, origins, (*path, key))}"
    for key, value in inner.items():
        yield ""
        yield f"[{'.'.join(map(_key, (*path, key)))}]"
        yield from _table(value, origins, (*path, key))
    for key, value in tables.items():
        for item in value:
            yield ""
            yield f"[[{'.'.join(map(_key, (*path, key)))}]]  # {_origin(item, origins, (*path, key))}"
            yield from (f"{_key(name)} = {_value(part)}" for name, part in item.items())


def _origin(value: object, origins: Layers, path: tuple[str, ...]) -> str:
    """Return the pack that a value comes from: for one of a list the first that has it, else the last."""
    having = []
    for name, table in origins:
        held: Any = table
        for key in path:
            held = held.get(key) if isinstance(held, dict) else None
        if held == value or (isinstance(held, list) and value in held):
            having.append((str(name), isinstance(held, list)))
    listed = [name for name, is_list in having if is_list]
    return listed[0] if listed else having[-1][0]


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(text: str) -> str:
    # DEL is the one character that JSON lets stand and TOML does not.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _compared(one: Any, other: Any, path: str) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys((*one, *other)):
            yield from _compared(one.get(key), other.get(key), f"{path}.{_key(key)}" if path else _key(key))
    elif isinstance(one, list) and isinstance(other, list):
        yield from (f"- {path}: {_value(item)}" for item in one if item not in other)
        yield from (f"+ {path}: {_value(item)}" for item in other if item not in one)
    elif one != other:
        if one is not None:
            yield f"- {path} = {_value(one)}"
        if other is not None:
            yield f"+ {path} = {_value(other)}"
