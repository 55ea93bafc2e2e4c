"""Full postcodes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint.analysis.postcodes import outward_code, postcodes


def read(text: str) -> list[str]:
    words = frozenset(re.findall(r"[a-z]+", text.lower()))
    return [text[start:end] for start, end in sorted(postcodes(text, words))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theft in B14 7HR and b147hr", ["B14 7HR", "b147hr"]),
        ("EC1A 1BB, W1A 1AA, GIR 0AA, BT1 5GS, JE2 3AB", ["EC1A 1BB", "W1A 1AA", "GIR 0AA", "BT1 5GS", "JE2 3AB"]),
        ("BF1 3AD or BFPO 58", ["BF1 3AD", "BFPO 58"]),
        ("B14-7ZZ, B14.7ZZ, B14  7ZZ", ["B14-7ZZ", "B14.7ZZ", "B14  7ZZ"]),
        ("#B147ZZ and #b147zz", ["B147ZZ"]),
        ("postcode B 14 7 ZZ; post code: XX1 1AA", ["B 14 7 ZZ", "XX1 1AA"]),
        ("It's SO2 2ND.", ["SO2 2ND"]),
        ("M6 2HR DELAYS, M5 1hr", []),
        ("A laptop with SE2 4GB of memory", []),
        ("E1 2nd leg, FLAT D1 2ND FLR, so22nd", []),
        ("XX1 1AA, Q3 2ND and PC12 3AB", []),
        ("B14, WV10 and B1 1CK", []),
    ],
)
def test_forms(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@given(
    st.sampled_from(["B", "WV", "CV", "DY", "WS", "M", "EC", "ZE"]),
    st.integers(1, 99),
    st.integers(0, 9),
    st.text("ABDEFGHJLNPQRSTUWXYZ", min_size=2, max_size=2),
    st.sampled_from([" ", "", "  "]),
    st.booleans(),
)
def test_any_postcode_after_a_word_that_says_so(
    area: str, district: int, sector: int, unit: str, gap: str, lower: bool
) -> None:
    code = f"{area}{district}{gap}{sector}{unit}"
    code = code.lower() if lower else code
    assert read(f"Her postcode is {code}") == [code]


def test_outward_codes() -> None:
    pattern = re.compile(outward_code())
    assert all(pattern.fullmatch(code) for code in ("B14", "EC1A", "W1T", "M1", "BT35"))
    assert not any(pattern.fullmatch(code) for code in ("XX1", "D1", "B", "14", "B145"))
