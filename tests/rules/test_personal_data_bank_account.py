"""Bank accounts."""

from __future__ import annotations

import pytest
from hypothesis import given
from personal_data_checks import ORDINARY, found, marked, police_references

module = pytest.importorskip("wmp_postlint.rules.personal_data.bank_account")
RULE = module.BankAccount()

FOUND = (
    "sort code «20-00-00, account 55779911»",
    "S/C: «200000 A/C: 55779911»",
    "«20-00-00 / 55779911»",
    "Sort Code «20 00 00 Account 5577 9911»",
    "IBAN: «DE89 3704 0044 0532 0130 00»",
    "«gb29 nwbk 6016 1331 9268 19»",
)
SILENT = (
    "sort code 20-00-00",
    "account 55779911 followers",
    "20-11-22 55779911",
    "12-34-56",
    "On 12-10-20 at 1000",
    "GB29NWBK60161331926818",
    "never share your sort code or PIN 1234",
    "log 55779911",
    "acc 123",
    "The account of 5577 people",
    "pay 55779911",
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
