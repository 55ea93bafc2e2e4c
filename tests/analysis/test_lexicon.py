"""Vocabulary files and patterns of many words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint import DataError, resource
from wmp_postlint.analysis.lexicon import WholeTerms, any_of, load_vocabulary, terms_index, words

TERM = st.from_regex(r"[ab]{1,2}(?:[ '][ab]{1,2})?", fullmatch=True)
TEXT = st.text("ab '-_\n.", max_size=40)


@given(st.lists(TERM, min_size=1, max_size=8, unique=True), TEXT)
def test_whole_terms_find_what_one_pattern_finds(terms: list[str], text: str) -> None:
    pattern = re.compile(rf"(?<![^\W_]){any_of(terms)}(?![^\W_])")
    found = [(start, end) for start, end, _ in WholeTerms(terms_index(terms)).find(text)]
    assert found == [match.span() for match in pattern.finditer(text)]


@given(st.lists(TERM, min_size=1, max_size=8, unique=True))
def test_any_of_matches_each_term_and_nothing_shorter(terms: list[str]) -> None:
    pattern = re.compile(any_of(terms))
    for term in terms:
        assert pattern.fullmatch(term)
    assert not pattern.fullmatch("c")


def test_a_space_matches_a_line_break_or_a_hyphen() -> None:
    pattern = words(["log number"])
    assert pattern.search("Log\n number 12")
    assert pattern.search("log-number")
    assert not pattern.search("blog number")


def test_no_terms_are_refused() -> None:
    with pytest.raises(ValueError, match="match everywhere"):
        any_of([])


@dataclass(frozen=True)
class Shape:
    terms: tuple[str, ...]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("terms = []", "is empty"),
        ("term = ['a']", "unknown key, did you mean 'terms'"),
        ("terms = 'a'", "expected a list, got text"),
        ("terms = [", "cannot be read"),
    ],
)
def test_a_wrong_file_is_an_error_never_an_empty_list(text: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "read_table", lambda path, package: resource.table_of(text.encode()))
    with pytest.raises(DataError, match=message):
        load_vocabulary("family/rule", Shape)


def test_a_missing_file_is_an_error() -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_vocabulary(str(Path("no") / "such"), Shape)
