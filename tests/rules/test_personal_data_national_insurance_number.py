"""National Insurance numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from personal_data_checks import ORDINARY, found, marked, police_references

module = pytest.importorskip("wmp_postlint.rules.personal_data.national_insurance_number")
RULE = module.NationalInsuranceNumber()

FOUND = (
    "NI: «AB123456C»",
    "«ab123456c» on the letter",
    "«AB 12 34 56 C»",
    "«Ab 123456 c»",
    "«QQ123456A» (sample)",
    "his nino is «jg 10 37 59 a»",
    "by NI number «BY 10 20 30 A»",
)
SILENT = (
    "AB12345C",
    "ABC123456C",
    "AB1234567C",
    "AB123456E",
    "DA123456A",
    "AD123456A",
    "AO123456A",
    "BG123456A",
    "by 10 20 30 a crowd came",
    "at 12 34 56 d",
    "20AB1234567",
    "AB 12 34 56",
    "12 34 56 C",
    "EZY123456C1",
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
