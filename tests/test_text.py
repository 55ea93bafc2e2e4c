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
        st.sampled_from("aab,0112  \t\n\n\r🙂📞"),
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
    """Each folded character comes from a stretch of the text that folds to a text holding it, or some white space."""
    view = fold(identity(text))
    assert len(view.starts) == len(view.ends) == len(view.text)
    last = 0
    for index, character in enumerate(view.text):
        start, end = view.bounds(index, index + 1)
        assert 0 <= last <= start < end <= len(text)
        there = fold(identity(text[start:end])).text
        assert character in there or (character.isspace() and there.isspace())
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
        ("watch" + " " * 6 + "him", "watch him"),
        ("watch" + " " * 900 + "him", "watch him"),
        ("watch" + " \n" * 900 + "him", "watch\n\nhim"),
        ("watch" + " " * 9 + "\n" + " " * 9 + "Him", "watch\nHim"),
        ("watch\r\nHim", "watch\nHim"),
        ("watch\r\n\r\nHim", "watch\n\nHim"),
        ("watch\thim", "watch him"),
        ("\u3000" * 50 + "go\u043ed", " good"),
    ],
)
def test_white_space_is_made_plain(given: str, read: str) -> None:
    view = fold(identity(given))
    assert view.text == read
    last = read.split()[-1]
    assert view.bounds(len(read) - len(last), len(read)) == (len(given) - len(last), len(given))


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("we saw\nhim there", "we saw him there"),
        ("we saw Ana,\nwho ran", "we saw Ana, who ran"),
        ("we saw  \n him", "we saw him"),
        ("arrested at the\nArcade", "arrested at the Arcade"),
        ("The\nman\nis\nAna\nSmith.", "The man is Ana Smith."),
        ("Bread\nMilk\nEggs\nTea", "Bread\nMilk\nEggs\nTea"),
        ("We saw him.\nHe ran", "We saw him.\nHe ran"),
        ("we saw\n\nhim", "we saw\n\nhim"),
        ("GOLD\nGroup", "GOLD\nGroup"),
        ("what a night\nnicked the lad who took the bikes", "what a night\nnicked the lad who took the bikes"),
    ],
)
def test_a_sentence_goes_on_after_a_line_end(given: str, read: str) -> None:
    assert fold(identity(given)).text == read


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("ring 077🙂009🙂001🙂23 now", "ring 07700900123 now"),
        ("ring 077❤️009❤️001❤️23", "ring 07700900123"),
        ("born 12/03/198👍🏽5", "born 12/03/1985"),
        ("ring 077\n009\n001\n23 now", "ring 07700900123 now"),
        ("ring 0121\n496\n0123 now", "ring 0121 496 0123 now"),
        ("ring 0121 496\n0123 now", "ring 0121 496 0123 now"),
        ("at 52.486\n2, -1.890\n4", "at 52.4862, -1.8904"),
        ("born 12/03/198\n5", "born 12/03/1985"),
    ],
)
def test_a_number_in_parts_is_one(given: str, read: str) -> None:
    view = fold(identity(given))
    assert view.text == read
    first = next(index for index, character in enumerate(read) if character.isdigit())
    last = max(index for index, character in enumerate(read) if character.isdigit())
    start, end = view.bounds(first, last + 1)
    assert given[start] == read[first]
    assert given[end - 1] == read[last]
    assert given[end:] == read[last + 1 :]


@pytest.mark.parametrize(
    "text",
    [
        "12\n14\n15",
        "Burglaries\n112\n14\n15",
        "3 🚗 4 🚓",
        "12🚗14🚓15🚑",
        "2⚽1",
        "999📞101",
        "5 June 2026🕖7pm",
        "0121 496 0123\n0121 496 0999",
        "0800 1111\n101",
        "01632 960 456\n101",
        "Ring 01632 960 456\n9 til 5",
        "0800 555 111\n9 til 5",
        "116 123\n101",
        "101\n999\n111",
        "Bus numbers: 743\n682\n326",
        "Burglaries\n112\n140\n15",
        "2025🎉2026",
        "252🚑647",
        "Room 101\n12 Mill Lane",
        "9.30\n10.30",
        "12/03/2026\n10am",
    ],
)
def test_figures_that_are_no_one_number_stay_apart(text: str) -> None:
    assert fold(identity(text)).text == text
