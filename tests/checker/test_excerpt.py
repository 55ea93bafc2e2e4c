"""Annotated excerpts: carets under the right cells, nothing executed, lines cut around what they mark."""

from __future__ import annotations

import unicodedata
from itertools import accumulate

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcswidth

from wmp_postlint import Severity, Span
from wmp_postlint.checker.excerpt import Frame, annotate, excerpt, masked, place_of
from wmp_postlint.checker.terminal import PLAIN, cells, pieces, visible, wrap

ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
OFFICER = "👮\U0001f3fd\u200d♀\ufe0f"
FAMILY = "👨\u200d👩\u200d👧"
ATOMS = [
    *"ab 1.", "é", "e\u0301", "日", "한", "각", OFFICER, FAMILY, ENGLAND, "🇬🇧", "☁\ufe0f",
    "1\ufe0f\u20e3", "🚓", "\U0001fae8", "שלום", "مرحبا", "ｗ", "ﾊﾟ", "क्षि", "ก็", "\u3000",
    "\u202e", "\u202c", "\u2067", "\u200b", "\u200d", "\ufe0f", "\u0301", "\u1160", "\u00ad", "\U000e0041",
    "\x1b[31m", "\x07", "\t", "\x00", "\u2028", "\ud800", "\ue000",
]  # fmt: skip
LINES = st.lists(st.sampled_from(ATOMS) | st.characters(exclude_characters="\n"), max_size=30).map("".join)


@st.composite
def marked_lines(draw: st.DrawFn) -> tuple[str, int, int]:
    line = draw(LINES)
    start = draw(st.integers(0, len(line)))
    return line, start, draw(st.integers(start, len(line)))


@settings(max_examples=500)
@given(marked_lines())
@example(("🚓 ring 0121", 7, 11))
@example(("aaaaa¬\u200d🇬🇧aa", 0, 9))
@example(("aaaa\ufe0f\u200d🇬🇧", 8, 8))
@example(("\ufe0f\u200d👨\u200d👩\u200d👧", 0, 3))
def test_carets_stand_under_the_cells_that_wcwidth_gives(case: tuple[str, int, int]) -> None:
    line, start, end = case
    shown, offset, length = annotate(line, start, end, 10_000)
    parts = pieces(line)
    assert shown == "".join(parts)
    before, marked = "".join(parts[:start]), "".join(parts[start:end])
    # A stretch that begins or ends inside a cluster is widened to the whole of it, never narrowed.
    assert offset <= wcswidth(before)
    assert offset + length <= max(wcswidth(shown), offset + 1)
    if start < end:
        assert offset + length >= wcswidth(before + marked)
    ends = set(accumulate(map(len, iter_graphemes(shown)), initial=0))
    if len(before) in ends and len(before + marked) in ends and wcswidth(marked):
        assert (offset, offset + length) == (wcswidth(before), wcswidth(before + marked))


@pytest.mark.parametrize(
    ("line", "found", "offset", "length"),
    [
        ("ring 0121", "0121", 5, 4),
        ("🚓 ring 0121 now", "0121", 8, 4),
        (f"{OFFICER}🇬🇧 0121", "0121", 5, 4),
        ("日本 Dave", "Dave", 5, 4),
        ("cafe\u0301 Dave", "Dave", 5, 4),
        ("日本 Dave", "日本", 0, 4),
        ("a\u202eb Dave", "Dave", 11, 4),
        ("\tDave", "Dave", 4, 4),
        (f"{ENGLAND} Dave", "Dave", 3, 4),
    ],
)
def test_offsets(line: str, found: str, offset: int, length: int) -> None:
    start = line.index(found)
    assert annotate(line, start, start + len(found), 100)[1:] == (offset, length)


@given(marked_lines(), st.integers(10, 60))
def test_a_cut_line_fits_and_keeps_its_carets_inside(case: tuple[str, int, int], width: int) -> None:
    shown, offset, length = annotate(*case, width)
    assert cells(shown) <= width
    assert offset + length <= max(cells(shown), offset + 1)


@pytest.mark.parametrize(
    "char",
    ["\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\x1b", "\x9b", "\r", "\0", "\x07", "\ud83d", "\U000e0041"],
)
def test_what_is_hidden_or_acts_is_escaped(char: str) -> None:
    assert visible(f"a{char}b") == f"a\\u{{{ord(char):x}}}b"


@given(st.text(st.characters()))
def test_nothing_shown_acts_on_a_terminal(text: str) -> None:
    for char in visible(text):
        assert unicodedata.category(char) not in {"Cc", "Cs", "Co", "Zl", "Zp"}
        assert unicodedata.bidirectional(char) not in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def lines(text: str, found: str, **frame: object) -> list[str]:
    start = text.index(found)
    settings = Frame(**{"width": 60, **frame})  # type: ignore[arg-type]
    return list(excerpt(text, Span(start, start + len(found)), Severity.ERROR, settings))


def test_one_line() -> None:
    assert lines("one\nring 0121 now\nthree", "0121", first_line=9) == [
        "   |",
        "10 | ring 0121 now",
        "   |      ^^^^",
    ]


def test_over_lines() -> None:
    assert lines("a bc\r\nde f", "bc\r\nde") == ["  |", "1 | a bc", "  |   ^^", "2 | de f", "  | ^^"]
    many = "\n".join("abcdefgh")
    assert lines(many, many) == ["  |", "1 | a", "  | ^", "2 | b", "  | ^", "3 | c", "  | ^", "...", "8 | h", "  | ^"]


def test_a_long_line_is_cut_around_the_stretch() -> None:
    text = "x" * 99_000 + " 0121 496 0123 " + "y" * 99_000
    _, shown, carets = lines(text, "0121 496 0123")
    assert len(shown) <= 60
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "0121 496 0123"
    _, shown, carets = lines("z" * 500, "z" * 500, width=40)
    assert shown.endswith("...")
    assert len(carets) <= 40


def test_an_escape_is_never_cut_in_two() -> None:
    shown, _, _ = annotate("\u202e" * 40 + "Dave" + "\u202e" * 40, 40, 44, 30)
    assert shown.removeprefix("...").removesuffix("...").replace("\\u{202e}", "") == "Dave"


def test_masking() -> None:
    assert masked("Ring Dave-O on 0121, 日本 🚓!") == "**** ****-* ** ****, ** *!"
    assert lines("ring 0121 now", "0121", mask=True)[1:] == ["1 | **** **** ***", "  |      ^^^^"]


def test_places() -> None:
    assert place_of("ab\ncd", 0) == (1, 1)
    assert place_of("ab\ncd", 4) == (2, 2)
    assert PLAIN("error", "x") == "x"


def test_wrapping_counts_cells() -> None:
    assert wrap("日本 日本 ab", 7) == ["日本", "日本 ab"]
