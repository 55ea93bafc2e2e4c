"""Fixes: applied whole, never overlapping, and nothing else of the post is changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint import Confidence, Edit, Finding, Fix, Link, Location, Media, Post, Severity, Span, Status
from wmp_postlint.fixes import apply_fixes, edit_text, text_of
from wmp_postlint.readers.wire import read_post


def edit(start: int, end: int, replacement: str, field: str = "text") -> Edit:
    return Edit(field, Span(start, end), replacement)


def finding(*fixes: Fix, status: Status = Status.OPEN) -> Finding:
    return Finding("a/b", Severity.ERROR, Confidence.HIGH, (), "text", None, "M.", "A.", fixes=fixes, status=status)


def safe(*edits: Edit) -> Finding:
    return finding(Fix("Mend it.", edits, safe=True))


def fixed(text: str, *findings: Finding, safe_only: bool = True) -> str:
    return apply_fixes(Post(text), findings, safe_only).text


def test_edits_go_from_right_to_left() -> None:
    assert fixed("one two three", safe(edit(0, 3, "1")), safe(edit(8, 13, "3")), safe(edit(4, 7, "2"))) == "1 2 3"


def test_the_first_of_two_that_overlap_wins() -> None:
    assert fixed("abcdef", safe(edit(1, 4, "X")), safe(edit(3, 5, "Y")), safe(edit(4, 6, "Z"))) == "aXZ"


def test_a_fix_is_applied_whole_or_not_at_all() -> None:
    assert fixed("abcdef", safe(edit(0, 1, "X")), safe(edit(5, 6, "Y"), edit(0, 2, "Z"))) == "Xbcdef"
    assert fixed("abcdef", safe(edit(0, 1, "X"), edit(0, 3, "Y"))) == "abcdef"
    assert fixed("abcdef", safe(edit(0, 1, "X"), edit(0, 1, "Y", "media[0].metadata.Artist"))) == "abcdef"
    assert fixed("abcdef", safe(edit(5, 7, "X"))) == "abcdef"


def test_two_insertions_at_one_place_are_never_both_made() -> None:
    assert fixed("ab", safe(edit(1, 1, "X")), safe(edit(1, 1, "Y"))) == "aXb"
    assert fixed("ab", safe(edit(0, 1, "X")), safe(edit(1, 1, "Y")), safe(edit(2, 2, "Z"))) == "XYbZ"


def test_unsafe_fixes_are_a_choice() -> None:
    unsafe = finding(Fix("Guess.", (edit(0, 1, "X"),)), Fix("Know.", (edit(1, 2, "Y"),), safe=True))
    assert fixed("ab", unsafe) == "aY"
    assert fixed("ab", unsafe, safe_only=False) == "Xb"


@pytest.mark.parametrize("status", [Status.APPROVED, Status.WAIVED])
def test_what_was_answered_is_left(status: Status) -> None:
    assert fixed("ab", finding(Fix("No.", (edit(0, 1, ""),), safe=True), status=status)) == "ab"


def test_other_texts_of_the_post() -> None:
    post = Post("a", media=(Media(path="x/Dave_1.jpg", alt="Dave"),), location=Location(name="Dave's"))
    assert text_of(post, "media[0].filename") == "Dave_1.jpg"
    found = [safe(edit(0, 4, "He", field)) for field in ("media[0].alt", "media[0].filename", "location.name")]
    after = apply_fixes(post, [*found, safe(edit(0, 1, "b", "media[3].alt")), safe(edit(0, 1, "b", "media[0].path"))])
    media = Media(path="x/Dave_1.jpg", alt="He", filename="He_1.jpg")
    assert after == replace(post, media=(media,), location=Location(name="He's"))
    for field in ("media[0].caption", "shared_from.text", "links[0].text", "media", "meta", "media[0].metadata.Artist"):
        assert text_of(post, field) is None


def test_links_move_with_the_text() -> None:
    text = "Dave: read this and that now"
    links = (
        Link("https://example.com/1", "this", 11, 15),
        Link("https://example.com/2", "that", 20, 24),
        Link("https://example.com/3"),
    )
    post = Post(text, links=links)
    after = apply_fixes(post, [safe(edit(0, 6, "")), safe(edit(20, 24, "it"))])
    assert after.text == "read this and it now"
    assert after.links == (Link("https://example.com/1", "this", 5, 9), links[2])
    target = edit(0, 21, "https://example.org", "links[1].url")
    after = apply_fixes(post, [safe(edit(20, 24, "the page"), target)])
    assert after.links[1] == Link("https://example.org", "the page", 20, 28)
    inside = apply_fixes(post, [safe(edit(9, 13, "")), safe(edit(15, 15, "!")), safe(edit(20, 20, "?"))])
    assert inside.text == "Dave: reais! and ?that now"
    assert [inside.text[link.start : link.end] for link in inside.links[:2]] == ["is", "that"]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Post, list[Finding]]:
    text = draw(st.text(min_size=1, max_size=30))

    def span() -> tuple[int, int]:
        start = draw(st.integers(0, len(text)))
        return start, draw(st.integers(start, min(len(text), start + 6)))

    links = []
    for _ in range(draw(st.integers(0, 3))):
        start, end = span()
        links.append(Link("https://example.com", text[start:end], start, end))
    found = []
    for _ in range(draw(st.integers(0, 6))):
        edits = [edit(*span(), draw(st.text(max_size=5))) for _ in range(draw(st.integers(1, 2)))]
        found.append(safe(*edits))
    return Post(text, links=tuple(links)), found


def slots(item: Edit) -> set[tuple[str, int]]:
    """The characters that an edit takes out, and the gaps that no other edit may then put words in."""
    start, end = item.span.start, item.span.end
    return {("gap", start), *(("gap", at) for at in range(start + 1, end)), *(("char", at) for at in range(start, end))}


@given(cases())
def test_accepted_edits_never_overlap_and_the_rest_stays(case: tuple[Post, list[Finding]]) -> None:
    post, found = case
    after = apply_fixes(post, found)
    read_post(after)  # it is still a valid post, its links inside its text
    used: set[tuple[str, int]] = set()
    put_in: dict[int, str] = {}
    for each in found:
        edits = each.fixes[0].edits
        wanted = [slot for item in edits for slot in slots(item)]
        if len(set(wanted)) == len(wanted) and not used & set(wanted):
            used |= set(wanted)
            put_in |= {item.span.start: item.replacement for item in edits}
    kept = ["" if ("char", at) in used else char for at, char in enumerate(post.text)]
    assert after.text == "".join(put_in.get(at, "") + char for at, char in enumerate([*kept, ""]))


def test_edit_text() -> None:
    assert edit_text("abc", [edit(0, 1, "XX"), edit(2, 3, "")]) == "XXb"
