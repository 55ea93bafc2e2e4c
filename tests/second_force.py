"""The invented force of ``examples/packs``, and posts of the default force retold as that one's.

Every fact that only the default pack holds (names, sites, numbers, accounts, outlets, places) has its counterpart in
the second pack, at the same key. Put in its place, it makes of a post of one force the same post of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from wmp_postlint.packs import layers
from wmp_postlint.policy import DEFAULT_PACK, load_policy

PACK = Path(__file__).parents[1] / "examples" / "packs" / "dyffryn-arian.toml"
POLICY = load_policy(PACK)
FACTS = ("force", "contacts", "accounts", "outlets", "people")


def facts(one: Any, other: Any) -> Iterator[tuple[str, str]]:
    """Yield each text of one pack with what stands at its place in another; shorter lists begin again."""
    if isinstance(one, str):
        yield one, other
    elif isinstance(one, Mapping):
        for key in one.keys() & other.keys():
            yield from facts(one[key], other[key])
    elif isinstance(one, list):
        for index, item in enumerate(one):
            yield from facts(item, other[index % len(other)])


@cache
def counterparts() -> dict[str, str]:
    """Return the facts of the default force with those of the second one."""
    ours, theirs = layers(DEFAULT_PACK)[-1][1], layers(PACK)[-1][1]
    pairs = dict(pair for key in FACTS for pair in facts(ours[key], theirs[key]))
    digits = {"".join(filter(str.isdigit, number)): number for number in pairs if re.fullmatch(r"[\d ]{9,}", number)}
    pairs |= {plain: "".join(filter(str.isdigit, pairs[number])) for plain, number in digits.items()}
    # A typing mistake in one force's number becomes the same mistake in the other's; a place in an address is squeezed.
    pairs |= {number[1:-1]: pairs[number][1:-1] for number in digits.values()}
    pairs |= {_squeezed(one): _squeezed(other) for one, other in pairs.items() if " " in one and one[0].isalpha()}
    return {one: other for one, other in pairs.items() if one != other}


def _squeezed(name: str) -> str:
    return name.replace(" ", "").casefold()


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(counterparts(), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, names))})(?![^\W_])", re.IGNORECASE)


@cache
def _folded() -> dict[str, str]:
    return {name.casefold(): other for name, other in counterparts().items()}


def told_of_the_default_force(value: Any) -> bool:
    """Tell whether something retold still speaks of the default force: in a handle made to look like one of its own."""
    return re.search(r"wmp|west ?mid", repr(value), re.IGNORECASE) is not None


def retold(value: Any) -> Any:
    """Return a text, or the texts of whatever holds some, as the second force would have it."""
    if isinstance(value, str):
        return _pattern().sub(_other, value)
    if isinstance(value, Mapping):
        return {key: retold(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(retold(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: retold(getattr(value, field.name)) for field in fields(value)})
    return value


def _other(match: re.Match[str]) -> str:
    found = match[0]
    other = _folded()[found.casefold()]
    return other.upper() if found.isupper() and len(found) > 3 else other.lower() if found.islower() else other
