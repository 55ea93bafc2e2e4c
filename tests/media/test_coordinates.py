"""Coordinates in every notation that metadata uses."""

from __future__ import annotations

import pytest

from wmp_postlint.media.coordinates import fault, parse_angle, parse_iso6709


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("51,30.5N", 51.508333),
        ("51,30,15N", 51.504167),
        ("0,7.668W", -0.1278),
        ("+51.5", 51.5),
        ("-0.1278", -0.1278),
        (" 51.5 ", 51.5),
        ("51,5", 51.5),
        ("41 05 54.03S", -41.098342),
        ("51 deg 30' 15.00\" N", 51.504167),
        ("51/1 30/1 15/1", 51.504167),
        ("51/1,30/1,1500/100", 51.504167),
        ("N51.5", 51.5),
        ("1.5E", 1.5),
        ("5.15e1", 51.5),
        ("S 33.75", -33.75),
    ],
)
def test_reads_an_angle(text: str, value: float) -> None:
    assert parse_angle(text) == pytest.approx(value, abs=1e-5)


@pytest.mark.parametrize("text", ["", "north", "n/a", "0/0", "unknown", "1 2 3 4 5 6", "N"])
def test_leaves_what_is_no_angle(text: str) -> None:
    assert parse_angle(text) is None


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("+51.5074-000.1278/", (51.5074, -0.1278)),
        ("+51.5074-000.1278+012.3/", (51.5074, -0.1278)),
        ("+5130-00007.668/", (51.5, -0.1278)),
        ("+513015.0-0000740.0/", (51.504167, -0.127778)),
        ("51.5074, -0.1278", (51.5074, -0.1278)),
    ],
)
def test_reads_iso_6709(text: str, pair: tuple[float, float]) -> None:
    assert parse_iso6709(text) == pytest.approx(pair, abs=1e-5)


@pytest.mark.parametrize("text", ["", "hello", "+51.5", "12:30", "2024-05-06"])
def test_leaves_what_is_no_pair(text: str) -> None:
    assert parse_iso6709(text) is None


def test_longitude_nought_is_a_real_place() -> None:
    assert fault(51.4779, 0.0) is None
    assert fault(0.0, 0.0) == "zero"
    assert fault(91.0, 0.0) == "impossible"
    assert fault(float("nan"), 1.0) == "impossible"
