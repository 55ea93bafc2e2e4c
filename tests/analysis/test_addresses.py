"""Addresses and postcodes, and whose they are."""

from __future__ import annotations

import time

import pytest
from personal_data_checks import POLICY

from wmp_postlint import Document, Post
from wmp_postlint.analysis.addresses import places


def read(text: str) -> list[tuple[str, str, str]]:
    document = Document(Post(text), POLICY)
    (surface,) = document.surfaces
    return [(place.kind, place.use, surface.text[place.start : place.end]) for place in document.read(places, surface)]


def test_an_address_takes_its_postcode_in() -> None:
    assert read("He lives at 12 Acacia Avenue, Kings Heath, Birmingham, B14 7ZZ with B13 8ZZ nearby") == [
        ("address", "home", "12 Acacia Avenue, Kings Heath, Birmingham, B14 7ZZ"),
        ("postcode", "home", "B13 8ZZ"),
    ]


def test_a_venue_is_told_from_a_home() -> None:
    assert read("Visit Aston Library, B6 6ZZ.")[0][1] == "venue"
    assert read("Aston Library, 3 High Street")[0][1] == "venue"
    assert read("Reports: 20 Mill Lane, 30 Park Road")[0][1] == "unknown"
    assert read("Park Road, 12 Church Lane")[0][1] == "unknown"
    assert read("12 Church Lane, near the library")[0][1] == "unknown"
    assert read("Somewhere near B6 6ZZ.")[0][1] == "unknown"
    assert read("Her flat is in B6 6ZZ, above the library.")[0][1] == "home"
    assert read("We were at the library. Then a burglary in B6 6ZZ!")[0][1] == "unknown"


@pytest.mark.parametrize(
    "unit", ["1 Oak Road ", "12 high ", "flat 1 ", "b1 1aa ", "B14 7", "1 a ", "flat ", "1-1-", "a", "0 "]
)
def test_time_grows_with_the_text(unit: str) -> None:
    document = Document(Post((unit * 100_000)[:100_000]), POLICY)
    start = time.perf_counter()
    document.read(places, document.surfaces[0])
    assert time.perf_counter() - start < 5
