"""What people write into a pack, taken as they mean it: addresses, handles, numbers and days in their many spellings.

One spelling is kept of each, so that rules compare plain texts and two packs that mean the same are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from wmp_postlint import lazy
from wmp_postlint.errors import PolicyError

_SCHEME = lazy.regex(r"(?i)^(?:[a-z][a-z0-9+.-]*:)?//")
_PLACEHOLDER = lazy.regex(r"\{([^\W\d]\w*)\}")
# The press office, for which every message and advice may hold a placeholder.
PRESS_OFFICE = "press_office"
_LINKS = {"clause_link": "clause", "rule_link": "rule"}
_NUMBER = lazy.regex(r"\+?[\d\s().-]+")


def as_meant(table: Mapping[str, Any], pack: object) -> dict[str, Any]:
    """Return the table of one file of a pack, every fact in the spelling that is compared.

    Args:
        table: the table as the file gives it; what does not have a pack's shape is left for whoever reads it.
        pack: the name of the file, for errors.

    Raises:
        PolicyError: if a number block has no digits, an election ends before it starts, or an address holds a
            placeholder that there is none of.
    """
    meant = dict(table)
    for key, placeholder in _LINKS.items():
        if isinstance(address := meant.get(key), str):
            check_placeholders(address, (placeholder,), f"{pack}: {key}")
    for path, spelt in _SPELT.items():
        _spell(meant, path.split("."), spelt)
    for index, prefix in enumerate(_listed(meant.get("contacts"), "number_prefixes")):
        if isinstance(prefix, str) and not prefix.isdecimal():
            where = f"{pack}: contacts.number_prefixes[{index}]"
            raise PolicyError(where, "expected the leading digits of telephone numbers, such as 01632960")
    for index, election in enumerate(_listed(meant, "elections")):
        start, end = (election.get(key) if isinstance(election, Mapping) else None for key in ("start", "end"))
        if type(start) is date and type(end) is date and end < start:
            expected = f"expected the day of the poll, {start} or later, got {end}, which is before the start"
            raise PolicyError(f"{pack}: elections[{index}].end", expected)
    return meant


def placeholders(text: str) -> list[str]:
    """Return the names that stand in braces in a text, ``to`` in "Say {to}."."""
    return _PLACEHOLDER.findall(text)


def check_placeholders(text: str, known: Iterable[str], where: str) -> None:
    """Let a text hold no placeholder but the known ones: another would be published as it stands, in its braces.

    Raises:
        PolicyError: if it does, with those that there are.
    """
    there = tuple(dict.fromkeys(known))
    for name in placeholders(text):
        if name not in there:
            listed = ", ".join(f"{{{one}}}" for one in there)
            raise PolicyError(where, f"{{{name}}} is no placeholder here, known are {listed}")


def dialled(number: str) -> str:
    """Return the digits of a number as they are dialled within the country."""
    digits = "".join(filter(str.isdecimal, number))
    if number.strip().startswith("+44") or digits.startswith("0044"):
        return "0" + digits.removeprefix("00").removeprefix("44").removeprefix("0")
    return digits


def is_number(text: str) -> bool:
    """Tell whether a text holds the signs of a telephone number and no others."""
    return _NUMBER.fullmatch(text) is not None


def _site(text: str) -> str:
    bare = _SCHEME.sub("", text.strip()).rstrip("/")
    return bare[4:] if bare[:4].casefold() == "www." else bare


def _domain(text: str) -> str:
    return _site(text.strip().removeprefix("@")).casefold()


def _handle(text: str) -> str:
    return text.strip().lstrip("@")


def _prefix(text: str) -> str:
    return dialled(text) if is_number(text) else text


def _region(text: str) -> str:
    # Patterns allow for an article of their own.
    return text[4:] if text[:4].casefold() == "the " else text


def _day(text: str) -> str | date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


# Lists of texts, texts, and lists of tables, by their path.
_SPELT: dict[str, Callable[[str], object]] = {
    "force.sites": _site,
    "force.mail_domains": _domain,
    "force.region": _region,
    "contacts.number_prefixes": _prefix,
    "accounts.corporate": _handle,
    "accounts.teams": _handle,
    "accounts.partners": _handle,
    "outlets.domains": _domain,
    "outlets.handles": _handle,
    "elections.start": _day,
    "elections.end": _day,
    "approving.keys.starts": _day,
    "approving.keys.expires": _day,
}


def _spell(table: dict[str, Any], path: list[str], spelt: Callable[[str], object]) -> None:
    """Put the one spelling in the place of what stands at a path; the table is this module's own copy."""
    key, *rest = path
    value = table.get(key)
    if not rest:
        if isinstance(value, str):
            table[key] = spelt(value)
        elif isinstance(value, list):
            table[key] = [spelt(item) if isinstance(item, str) else item for item in value]
    elif isinstance(value, Mapping):
        table[key] = dict(value)
        _spell(table[key], rest, spelt)
    elif isinstance(value, list):
        table[key] = [dict(item) if isinstance(item, Mapping) else item for item in value]
        for item in table[key]:
            if isinstance(item, dict):
                _spell(item, rest, spelt)


def _listed(table: object, key: str) -> list[Any]:
    value = table.get(key) if isinstance(table, Mapping) else None
    return value if isinstance(value, list) else []
