"""Every disguise against every family of rules: what is found, where, and what is left alone.

``FLOORS`` are what was measured, rounded down: a cell that falls below its own is a change for the worse. The figures
stand in ``docs/quality.md``; ``python benchmarks/evasion.py`` prints them.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from evasion.cells import FAMILIES, cell
from evasion.disguises import CARRIERS, DISGUISES, disguised
from wmp_postlint.checker.hold import spans_and_text

FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text("utf-8"))
# Each cell in the long form; in the short one, every sixth of them.
EVERY = 1 if os.environ.get("POSTLINT_EVASION") else 6
CELLS = [
    pytest.param(carrier, family, id=f"{carrier}-{family}")
    for number, (carrier, family) in enumerate((carrier, family) for carrier in CARRIERS for family in FAMILIES)
    if number % EVERY == 0
]


@pytest.mark.parametrize(("carrier", "family"), CELLS)
def test_what_is_found_in_disguise(carrier: str, family: str) -> None:
    read, floor = cell(carrier, family), FLOORS[carrier][family]
    assert read.found >= floor["found"], read.missed
    assert read.exact >= floor["exact"]
    assert read.alarms <= floor["alarms"]
    assert (read.marks, read.innocent) >= (floor["found"], floor["alarms"])


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguise_knows_where_every_character_went(name: str) -> None:
    text = "Ring Ana's 07700 900123 or 0121 496 0101, GOLD group at 9: ÀÉ"
    parts = DISGUISES[name](text)
    assert len(parts) == len(text)
    assert all(parts)


def test_a_carrier_that_changes_nothing_is_no_test() -> None:
    assert disguised("emoji between digits", "no number", {}) is None
    made = disguised("emoji between digits", "07700", {})
    assert made is not None
    assert (made[0].text, made[1], made[2]) == ("077\U0001f64200", "text", [0, 1, 2, 4, 5, 6])


def test_marks_are_taken_out() -> None:
    assert spans_and_text("a «bc» d«e»") == ([(2, 4), (6, 7)], "a bc de")
