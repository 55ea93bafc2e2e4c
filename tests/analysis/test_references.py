"""Reference numbers are known by their forms and by the words before them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from personal_data_checks import POLICY, bare_references

from wmp_postlint import Document, Post
from wmp_postlint.analysis.references import BLANK, numbered, references, searchable


def read(text: str) -> list[tuple[str, str]]:
    document = Document(Post(text), POLICY)
    (surface,) = document.surfaces
    return [(r.kind, surface.text[r.start : r.end]) for r in document.read(references, surface)]


def left(text: str) -> str:
    document = Document(Post(text), POLICY)
    return document.read(searchable, document.surfaces[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quote log 3816 of 5 June", [("log", "3816 of 5 June")]),
        ("log number 2117 9/1 please", [("log", "2117 9/1")]),
        ("20BW/78905H/19 or 20BE/ 12345A/20", [("crime", "20BW/78905H/19"), ("crime", "20BE/ 12345A/20")]),
        ("MPBE/11597/21", [("missing", "MPBE/11597/21")]),
        ("CAD 6309/28JUN, 19MIS002885", [("log", "6309/28JUN"), ("crime", "19MIS002885")]),
        ("quoting 2280 of 12/11/2021", [("log", "2280 of 12/11/2021")]),
        ("custody number BW/1234/22", [("custody", "BW/1234/22")]),
        ("order number 07700900123", [("other", "07700900123")]),
        ("Crime Ref No: 13210123456", [("crime", "13210123456")]),
        ("Call 101 and quote log no. 814", [("log", "814")]),
    ],
)
def test_forms(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "log in on 24/7", "A Yule log 20 inches long", "Quote 50 books", "case 2 of 3", "order 66 pizzas",
        "12/13 people", "on 20/11/2022", "missing flight: investigation opens #MH17", "5 of 12 teams",
        "NHS number 5221234567", "ring 01210496012 or 0121 496 0123",
    ],
)  # fmt: skip
def test_no_reference(text: str) -> None:
    assert read(text) == []


@given(bare_references)
def test_every_form_is_blanked(text: str) -> None:
    digits = sum(character.isdigit() for character in left(text))
    assert digits <= len("101")


def test_places_stay_what_they_were() -> None:
    text = "Log 3816 of 5 June: https://example.com/a1 and @ab1, room 12"
    view = left(text)
    assert len(view) == len(text)
    assert view[-7:] == "room 12"
    assert BLANK in view
    document = Document(Post("https://example.com/a1"), POLICY)
    assert document.read(numbered, document.surfaces[0]) == ""


@pytest.mark.parametrize(
    "unit", ["log 1234 ", "0 ", "ref 1", "1/", "1-", "20BW/", "a", "#1", "quoting 1 of ", "5 June "]
)
def test_time_grows_with_the_text(unit: str) -> None:
    document = Document(Post((unit * 100_000)[:100_000]), POLICY)
    start = time.perf_counter()
    document.read(searchable, document.surfaces[0])
    assert time.perf_counter() - start < 5
