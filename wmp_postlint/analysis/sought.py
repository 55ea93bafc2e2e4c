"""The name of the person whom an appeal seeks, by where names stand in appeals."""

from __future__ import annotations

import re

from wmp_postlint import lazy
from wmp_postlint.analysis.appeal_words import naming, stops
from wmp_postlint.policy import Policy

_PLACE_BEFORE = lazy.regex(r"\b(?:from|in|at|near|around|to|towards|of)\s+$", re.IGNORECASE)


def sought_name(text: str, policy: Policy) -> tuple[tuple[int, int], tuple[int, int] | None] | None:
    """Find the sought person's name, and the age beside it, by where names stand in appeals."""
    no_names = stops().union(name.casefold() for name in policy.force.short_names)
    places = {place.casefold() for place in policy.force.places}
    for pattern in naming():
        for match in pattern.finditer(text):
            start, end = match.span("name")
            parts = [part.span() for part in re.finditer(r"\S+", text[start:end])]
            while parts and _bare(text[start:end], parts[0]) in no_names:
                parts.pop(0)
            while parts and _bare(text[start:end], parts[-1]) in no_names:
                parts.pop()
            if not parts:
                continue
            start, end = start + parts[0][0], start + parts[-1][1]
            name = text[start:end]
            end -= len(name) - len(re.sub(r"(?:'s|'|-)$", "", name, flags=re.IGNORECASE))
            if (
                text[start:end].casefold() in places
                or end - start < 3
                or _PLACE_BEFORE.search(text, max(0, start - 12), start)
            ):
                continue
            age = match.span("age") if "age" in match.re.groupindex else (-1, -1)
            return (start, end), (age if age[0] >= 0 else None)
    return None


def _bare(text: str, part: tuple[int, int]) -> str:
    return text[part[0] : part[1]].casefold().removesuffix("'s")


def mentions(text: str, name: str) -> list[tuple[int, int]]:
    """Every place where a name, or its first or last part, stands as a word with a capital."""
    parts = name.split()
    wanted = dict.fromkeys((name, *(part for part in (parts[0], parts[-1]) if len(part) > 2)))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)", re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text) if match.group()[0].isupper()]
