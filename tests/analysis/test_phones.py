"""Telephone numbers are read in any layout and told apart by whom they belong to."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personal_data_checks import POLICY

from wmp_postlint import Document, Post
from wmp_postlint.analysis.phone_kinds import classify
from wmp_postlint.analysis.phones import phones


def read(text: str) -> list[tuple[str, str]]:
    document = Document(Post(text), POLICY)
    (surface,) = document.surfaces
    return [(phone.kind, surface.text[phone.start : phone.end]) for phone in document.read(phones, surface)]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("07700 900123", "mobile"),
        ("+447700900123", "mobile"),
        ("+44 (0)7700 900123", "mobile"),
        ("00447700900123", "mobile"),
        ("0121 496 0123", "geographic"),
        ("01632 960123", "geographic"),
        ("020 7946 0123", "geographic"),
        ("0800 555 111", "public"),
        ("0808 157 0123", "public"),
        ("0121 626 5001", "public"),
        ("0300 123 2040", "public"),
        ("0800 555 11", "misprint"),
        ("0808 2000 246", "misprint"),
        ("+1 202-555-0143", "foreign"),
        ("12345", None),
        ("", None),
    ],
)
def test_classify(number: str, kind: str | None) -> None:
    assert classify(number, POLICY) == kind


_drama = st.integers(0, 999).map("07700900{:03}".format)


@given(
    _drama,
    st.lists(st.integers(1, 10), max_size=4),
    st.sampled_from([" ", ".", "-", " - ", "\u00a0", "  ", " / "]),
)
def test_a_mobile_in_any_groups(number: str, cuts: list[int], gap: str) -> None:
    """However the digits are grouped, they are one mobile number from the first to the last."""
    edges = [0, *sorted(set(cuts)), len(number)]
    written = gap.join(number[start:end] for start, end in pairwise(edges))
    assert read(f"Ring {written} today") == [("mobile", re.sub("[ \u00a0]+", " ", written))]


_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@given(_drama, st.sampled_from(["oh", "zero", "nought", "o"]), st.booleans())
def test_a_mobile_read_out(number: str, nought: str, doubled: bool) -> None:
    words = [nought if digit == "0" else _WORDS[int(digit)] for digit in number]
    said = " ".join(words)
    if doubled:
        said = re.sub(rf"\b(seven|{nought}) \1\b", r"double \1", said)
    assert read(f"It is {said}, thanks") == [("mobile", said)]


def test_public_numbers_need_no_number_library() -> None:
    """Helplines are in every other post: they must not cost the loading of phonenumbers."""
    code = (
        "import sys; from wmp_postlint import Document, Post, load_policy;"
        "from wmp_postlint.analysis.phones import phones;"
        "d = Document(Post('Call 101, 0800 555 111, 0300 123 2040 or 07700 900123'), load_policy());"
        "assert len(d.read(phones, d.surfaces[0])) == 3; assert 'phonenumbers' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "unit", ["0 ", "07", "0(", "oh seven ", "double ", "07700900123 ", "0121 496 0123 ", "+4", "O1 ", "1-", "+"]
)
def test_time_grows_with_the_text(unit: str) -> None:
    document = Document(Post((unit * 100_000)[:100_000]), POLICY)
    start = time.process_time()
    document.read(phones, document.surfaces[0])
    assert time.process_time() - start < 10
