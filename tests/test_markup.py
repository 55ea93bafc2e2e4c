"""HTML and Markdown bodies: read as seen, with spans in the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint.markup import read_markup


@pytest.mark.parametrize(
    ("text_format", "source", "visible"),
    [
        ("html", "<p>One</p><p>Two &amp; <b>th</b>ree</p>", "One Two & three"),
        ("html", "0121 <i>496</i> 0123", "0121 496 0123"),
        ("html", "a<br>b<script>hidden()</script>c", "a bc"),
        ("html", "&#48;&#x31;21", "0121"),
        ("html", "1 < 2 & 3", "1 < 2 & 3"),
        ("markdown", "**Bold** and _thin_ and `code`", "Bold and thin and code"),
        ("markdown", "# Heading\n> quote", "Heading quote"),
        ("markdown", "[our page](https://example.org/a) now", "our page now"),
        ("markdown", "#missing 2 * 3 * 4 snake_case_name", "#missing 2 * 3 * 4 snake_case_name"),
        ("markdown", "what the f**k and f*** off", "what the f**k and f*** off"),
        ("markdown", r"\*not bold\*", "*not bold*"),
        ("plain", "<b>**stay**</b>", "<b>**stay**</b>"),
    ],
)
def test_visible_text(text_format: str, source: str, visible: str) -> None:
    assert " ".join(read_markup(source, text_format).visible.text.split()) == visible


@pytest.mark.parametrize(
    "source", ["<!--secret-->a", "<![if secret]>a", "<!doctype secret>a", "<?secret?>a", "<!secret>a"]
)
def test_what_no_reader_sees_is_kept_with_its_place(source: str) -> None:
    reading = read_markup(source, "html")
    assert reading.visible.text == "a"
    (unseen,) = reading.unseen
    assert "secret" in source[slice(*unseen.bounds(0, len(unseen.text)))]


@pytest.mark.parametrize(
    "source", ["<![;", "<![", "<!", "<!x [", "<!ELEMENT", "<?", "</", "<!doctype [<!", "<![CDATA["]
)
def test_broken_declarations_are_read(source: str) -> None:
    read_markup(source, "html")


def test_spans_point_into_the_source() -> None:
    source = "<p>Call <b>0121</b>&nbsp;496</p>"
    view = read_markup(source, "html").visible
    start = view.text.index("0121")
    low, high = view.bounds(start, start + len("0121 496"))
    assert source[low:high] == "0121</b>&nbsp;496"


def test_links_are_kept_with_their_words() -> None:
    html = read_markup('See <a href="https://example.com/x">our page</a>', "html").links[0]
    assert (html.url, html.text) == ("https://example.com/x", "our page")
    markdown = read_markup("See [our page](https://example.com/x)", "markdown").links[0]
    assert (markdown.url, markdown.text, markdown.start) == ("https://example.com/x", "our page", 5)


def test_what_a_browser_hides_is_read_too() -> None:
    reading = read_markup('<img alt="a &amp; b" src=x><!-- for police use only -->', "html")
    assert [view.text.strip() for view in reading.unseen] == ["a & b", "for police use only"]
    assert reading.unseen[0].bounds(0, 1) == (10, 11)


@pytest.mark.parametrize(
    "hiding",
    [
        "hidden",
        "hidden=until-found",
        'style="display:none"',
        'style="color: red; DISPLAY : none !important"',
        'style="display:/* shown */none"',
        "style='visibility: hidden'",
        'style="font-size:0"',
        'style="font-size: 0.0em"',
        'style="font-size:1px"',
        'style="opacity:0%"',
        'style="color:transparent"',
        'style="mso-hide:all"',
    ],
)
@pytest.mark.parametrize("tag", ["span", "p", "div"])
def test_hidden_words_are_read_apart_from_those_around(tag: str, hiding: str) -> None:
    source = f"<p>Call 0121<{tag} {hiding}>our &amp; <b>desk</b></{tag}>496</p>"
    reading = read_markup(source, "html")
    assert "496" in reading.visible.text
    assert "desk" not in reading.visible.text
    if tag != "p":  # which ends the one around it
        assert reading.visible.text.split() == ["Call", "0121496"]
    (unseen,) = reading.unseen
    assert unseen.text.split() == ["our", "&", "desk"]
    at = unseen.text.index("desk")
    assert source[slice(*unseen.bounds(at, at + 4))] == "desk"


@pytest.mark.parametrize(
    ("source", "visible"),
    [
        ('w<span style="display:none">q</span>o<span hidden>q</span>rd', "word"),
        ("<p hidden>one<p>two", "two"),
        ("<ul><li hidden>one<li>two</ul>", "two"),
        ("<div>a<span hidden>b</div>c", "a c"),
        ("<div hidden><div>a</div>b</div>c", "c"),
        ("a<br hidden>b", "ab"),
        ("<span hidden>a</b>b</span>c", "c"),
        ('a<span style="display:block">b</span>c', "abc"),
        ('a<span style="font-size:12px;opacity:.5">b</span>c', "abc"),
        ('a<span style="font-size:small">b</span>c', "abc"),
        ('a<span hidden style="display:inline">b</span>c', "abc"),
        ("a<span aria-hidden=true>b</span>c", "abc"),
        ("a<input hidden>b", "ab"),
        ('a<a hidden href="https://example.com">b</a>c', "ac"),
    ],
)
def test_what_is_hidden_ends_with_its_element(source: str, visible: str) -> None:
    assert " ".join(read_markup(source, "html").visible.text.split()) == visible


def test_hidden_words_of_several_places_stay_apart() -> None:
    reading = read_markup("a<span hidden>one</span>b<span hidden>two</span>c", "html")
    assert [view.text.split() for view in reading.unseen] == [["one", "two"]]


MARKS = st.text(st.sampled_from("<>&;ab *_[]()!`#\n\"'/=-p\\~"), max_size=60)


@given(MARKS, st.sampled_from(["html", "markdown", "plain"]))
def test_any_text_is_read_and_mapped(source: str, text_format: str) -> None:
    reading = read_markup(source, text_format)
    for view in (reading.visible, *reading.unseen):
        for index in range(len(view.text)):
            start, end = view.bounds(index, index + 1)
            assert 0 <= start < end <= len(source)
