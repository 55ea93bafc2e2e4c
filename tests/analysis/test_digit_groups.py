"""Long numbers in groups."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint.analysis.digit_groups import numbers


@pytest.mark.parametrize(
    ("text", "least", "most", "found"),
    [
        ("card 4111 1111 1111 1111 ok", 16, 16, [((4, 4, 4, 4), " ", True)]),
        ("4111-1111-1111-1111", 16, 19, [((4, 4, 4, 4), "-", True)]),
        ("4111 1111-1111 1111", 16, 16, [((4, 4, 4, 4), None, True)]),
        ("943 476 5919", 10, 10, [((3, 3, 4), " ", True)]),
        ("9434765919", 10, 10, [((10,), "", True)]),
        ("943\n476\n5919", 10, 10, [((3, 3, 4), "\n", True)]),
        ("943 476 5919 12", 10, 10, [((3, 3, 4), " ", False)]),
        ("£943 476 5919", 10, 10, []),
        ("x9434765919 9434765919x", 10, 10, []),
        ("9434765919/2", 10, 10, [((10,), "", False)]),
        ("943 then 476 5919", 10, 10, []),
        ("12 34", 10, 19, []),
    ],
)
def test_groups(text: str, least: int, most: int, found: list[tuple[tuple[int, ...], str | None, bool]]) -> None:
    assert [(number.layout, number.gap, number.alone) for number in numbers(text, least, most)] == found


@given(st.lists(st.integers(0, 10**6).map(str), min_size=3, max_size=8), st.sampled_from([" ", "-", ".", " - ", "_"]))
def test_what_is_found_stands_there(groups: list[str], gap: str) -> None:
    text = f"It is {gap.join(groups)}, she says"
    for number in numbers(text, 10, 19):
        stretch = text[number.start : number.end]
        assert "".join(filter(str.isdigit, stretch)) == number.digits
        assert sum(number.layout) == len(number.digits)
        assert 10 <= len(number.digits) <= 19
        assert stretch[0].isdigit()
        assert stretch[-1].isdigit()


@pytest.mark.parametrize("unit", ["1", "1 ", "12-", "1\n", "1 - ", "1."])
def test_time_grows_with_the_text(unit: str) -> None:
    start = time.process_time()
    list(numbers((unit * 50_000)[:50_000], 10, 19))
    assert time.process_time() - start < 3
