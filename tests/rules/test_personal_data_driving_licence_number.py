"""Driving licence numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from personal_data_checks import ORDINARY, found, marked, police_references

module = pytest.importorskip("wmp_postlint.rules.personal_data.driving_licence_number")
RULE = module.DrivingLicenceNumber()

FOUND = (
    "«MORGA657054SM9IJ»",
    "licence «morga657054sm9ij»",
    "«MORGA 657054 SM9IJ»",
    "driving licence no. «12345678»",
)
SILENT = (
    "MORGA657054",
    "MORGA653354SM9IJ",
    "ABCDE12345",
    "driving licence 2 of 3",
    "driving licence 12/03/2020",
    "HELLO123456",
    "12345678",
    "XMORGA657054SM9IJ",
    "MORGA657054SM9IJX",
    "licence to kill 007",
    "99999657054SM9IJ",
)


@pytest.mark.parametrize("text", FOUND)
def test_found(text: str) -> None:
    plain, stretches = marked(text)
    assert found(RULE, plain) == stretches


@pytest.mark.parametrize("text", SILENT)
def test_silent(text: str) -> None:
    assert found(RULE, text) == []


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_posts(text: str) -> None:
    assert found(RULE, text) == []


@given(police_references)
def test_a_reference_is_none(text: str) -> None:
    assert found(RULE, text) == []
