"""Check digits accept the right last digit and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint.analysis.checkdigits import iban, luhn, nhs


@given(st.text("0123456789", min_size=11, max_size=18))
def test_luhn_has_one_last_digit(head: str) -> None:
    right = [digit for digit in "0123456789" if luhn(head + digit)]
    assert len(right) == 1 or len(set(head)) == 1


@given(st.text("0123456789", min_size=9, max_size=9))
def test_nhs_has_at_most_one_last_digit(head: str) -> None:
    assert sum(nhs(head + digit) for digit in "0123456789") <= 1


@pytest.mark.parametrize("digits", ["0000000000", "1111111111", "943476591", "94347659199", "9434765910"])
def test_not_nhs(digits: str) -> None:
    assert not nhs(digits)


def test_known_numbers() -> None:
    assert nhs("9434765919")
    assert luhn("4111111111111111")
    assert not luhn("4111111111111112")
    assert iban("GB29NWBK60161331926819")
    assert not iban("GB29NWBK60161331926818")
