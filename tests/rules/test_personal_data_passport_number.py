"""Passport numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from personal_data_checks import ORDINARY, found, marked, police_references

module = pytest.importorskip("wmp_postlint.rules.personal_data.passport_number")
RULE = module.PassportNumber()

FOUND = (
    "passport «123456789»",
    "Passport No. «AB123456»",
    "passport number: «925 076 473»",
    "passport number is «123456789»",
)
SILENT = (
    "123456789",
    "passport office 0300 222 0000",
    "passport fee 88",
    "passports 1234567890",
    "Passport to 2020",
    "passport photo 123456789",
    "log 123456789, passport",
    "passport. 123456789 people",
    "AB123456",
    "passport control B12",
    "passport 12 of 14",
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
