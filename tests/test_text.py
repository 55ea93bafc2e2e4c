"""The normalised views: what they undo, and the law that their map back is exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint.finding import Span
from wmp_postlint.text import View, assemble, fold, identity

TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.characters(max_codepoint=0x7F),
        st.sampled_from("\u200b\u200d\u202e\ufe0f\u20e3\u0301\u00ad\ud800½ﬁⅣ①Ａ𝐀𝟎🅰🇬🇧аеоІё…–“’\u2028ßæ"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("given_text", "folded"),
    [
        ("０１２１ ４９６", "0121 496"),
        ("𝟎𝟏𝟐𝟏 𝐜𝐚𝐥𝐥", "0121 call"),
        ("0\u200b1\u200d2\u20601", "0121"),
        ("0️⃣1️⃣2️⃣1️⃣", "0121"),
        ("①②③", "123"),
        ("ОFFIСIАL", "OFFICIAL"),
        ("fúck", "fuck"),
        ("🅵🆄🅽", "FUN"),
        ("🇫🇺🇳", "FUN"),
        ("“quoted” – it’s", '"quoted" - it\'s'),
        ("\u202eabc\u202c", "abc"),
        ("Łódź", "Lodz"),
        ("plain ASCII\nstays", "plain ASCII\nstays"),
        ("日本語 عربى", "日本語 عربى"),
        ("😀", "😀"),
    ],
)
def test_fold_reads_as_a_person_does(given_text: str, folded: str) -> None:
    assert fold(identity(given_text)).text == folded


@pytest.mark.parametrize(
    ("given_text", "word", "original"),
    [
        ("Call 0\u200b1\u200b2\u200b1 now", "0121", "0\u200b1\u200b2\u200b1"),
        ("see ﬁle", "file", "ﬁle"),
        ("cafe\u0301 au lait", "cafe", "cafe\u0301"),
        ("😀 5️⃣!", "5", "5️⃣"),
        ("½ price", "1/2", "½"),
    ],
)
def test_spans_hold_the_whole_disguise(given_text: str, word: str, original: str) -> None:
    view = fold(identity(given_text))
    start = view.text.index(word)
    span = view.span(start, start + len(word))
    assert given_text[span.start : span.end] == original


@given(TEXTS)
def test_fold_maps_back_exactly(text: str) -> None:
    """Each folded character comes from a stretch of the text that folds to a text holding it."""
    view = fold(identity(text))
    assert len(view.starts) == len(view.ends) == len(view.text)
    last = 0
    for index, character in enumerate(view.text):
        start, end = view.bounds(index, index + 1)
        assert 0 <= last <= start < end <= len(text)
        assert character in fold(identity(text[start:end])).text
        last = start


@given(TEXTS)
def test_fold_is_stable_and_case_maps_one_to_one(text: str) -> None:
    """Folding twice changes nothing, and lower case keeps every position, which the lexicons rely on."""
    folded = fold(identity(text)).text
    assert fold(identity(folded)).text == folded
    assert len(folded.lower()) == len(folded)


@given(TEXTS, st.data())
def test_parts_keep_their_place(text: str, data: st.DataObject) -> None:
    view = fold(identity(text))
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))
    part = view.part(start, end)
    assert part.text == view.text[start:end]
    assert [part.bounds(i, i + 1) for i in range(end - start)] == [view.bounds(i, i + 1) for i in range(start, end)]


@given(TEXTS, st.data())
def test_offsets_in_other_units(text: str, data: st.DataObject) -> None:
    """UTF-16 and UTF-8 offsets cut the encoded text where the code points cut the text."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = Span.of(text, start, end)
    wide = text.encode("utf-16-le", "surrogatepass")[2 * span.utf16[0] : 2 * span.utf16[1]]
    narrow = text.encode("utf-8", "surrogatepass")[slice(*span.utf8)]
    assert wide == text[start:end].encode("utf-16-le", "surrogatepass")
    assert narrow == text[start:end].encode("utf-8", "surrogatepass")


def test_assembled_views_map_pieces() -> None:
    view = assemble("a &amp; b", [("a ", 0, 2), ("&", 2, 7), (" b", 7, 9)])
    assert view.text == "a & b"
    assert view.bounds(2, 3) == (2, 7)
    assert view.bounds(4, 5) == (8, 9)
    assert view.bounds(5, 5) == (9, 9)


def test_empty_stretch_of_an_empty_view() -> None:
    assert View("\u200b", "", [], []).bounds(0, 0) == (1, 1)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("watch" + " " * 6 + "him", "watch" + " " * 6 + "him"),
        ("watch" + " " * 900 + "him", "watch  him"),
        ("watch" + " \n" * 900 + "him", "watch\n\nhim"),
        ("watch" + " " * 9 + "\n" + " " * 9 + "him", "watch\nhim"),
        ("\u3000" * 50 + "go\u043ed", "  good"),
    ],
)
def test_long_white_space_is_cut_short(given: str, read: str) -> None:
    view = fold(identity(given))
    assert view.text == read
    last = read.split()[-1]
    assert view.bounds(len(read) - len(last), len(read)) == (len(given) - len(last), len(given))
