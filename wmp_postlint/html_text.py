"""The visible text of an HTML body, with the map back to its source."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape
from html.parser import HTMLParser

from wmp_postlint.post import Link
from wmp_postlint.text import View, assemble

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav "
    "ol p pre section table td th tr ul".split()
)
_SILENT = frozenset({"script", "style", "head", "template"})
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# What ends a paragraph that nobody closed; and what ends the like of itself.
_ENDS_PARAGRAPH = _BLOCKS - {"br", "td", "th", "tr"}
_ENDS_ITS_LIKE = frozenset({"dd", "dt", "li", "td", "th", "tr"})
_STYLE_COMMENT = re.compile(r"/\*[^*]*\*/")
_SIZE = re.compile(r"(?P<number>\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})(?P<unit>%|[a-z]{0,4})")
_UNITS = {"px": 1.0, "pt": 1.3, "%": 0.16, "": 1.0}
_SMALLEST = 1  # of letters, in pixels
_READ_ATTRIBUTES = ("alt", "title", "aria-label")


class HtmlReader(HTMLParser):
    """Collects the visible pieces of a body, each with its place in the source, and beside them the hidden ones.

    An element is hidden by its ``hidden`` attribute or by its own style. Limits: what a style sheet hides is read as
    visible, and so is what stands outside the picture.
    """

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._source = source
        self._lines = [0]
        self._lines.extend(match.end() for match in re.finditer("\n", source))
        self._pieces: list[tuple[str, int, int]] = []
        self._hidden: list[tuple[str, int, int]] = []
        self._open: list[tuple[str, bool]] = []
        self._open_tags: Counter[str] = Counter()
        self._hiding = 0
        self._unseen: list[View] = []
        self._links: list[Link] = []
        self._silent = 0
        self._open_link: tuple[str, int] | None = None

    def read(self) -> tuple[View, list[View], list[Link]]:
        """Return what the body shows, what it hides, and its links."""
        self.feed(self._source)
        self.close()
        if self._hidden:
            self._unseen.append(assemble(self._source, self._hidden))
        return assemble(self._source, self._pieces), self._unseen, self._links

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _piece(self, text: str, length: int) -> None:
        if not self._silent:
            at = self._at()
            pieces = self._hidden if self._hiding else self._pieces
            pieces.append((text, at, min(at + length, len(self._source))))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        hides = _is_hidden(dict(attrs))
        self._opened(tag, hides)
        # Hidden words of several elements do not hang together, whatever the elements are; a hidden line end is none.
        if tag not in _VOID if hides else tag in _BLOCKS:
            self._piece("\n", len(raw))
        for name, value in attrs:
            if value and name in _READ_ATTRIBUTES:
                self._read_attribute(name, raw)
        if tag == "a":
            self._open_link = (dict(attrs).get("href") or "", len(self._pieces))
        if tag in _SILENT:
            self._silent += 1

    def _opened(self, tag: str, hides: bool) -> None:
        """Note which elements are open, since what is hidden is shown again where the element ends."""
        if tag in _ENDS_PARAGRAPH and self._open_tags["p"]:
            self._closed("p")
        elif tag in _ENDS_ITS_LIKE and self._open and self._open[-1][0] == tag:
            self._closed(tag)
        if tag not in _VOID:
            self._open.append((tag, hides))
            self._open_tags[tag] += 1
            self._hiding += hides

    def _closed(self, tag: str) -> None:
        """Close the nearest element of a kind, if one is open, and what is open in it."""
        self._close_within(tag)
        if self._open_tags[tag]:
            self._close_last()

    def _close_within(self, tag: str) -> None:
        while self._open_tags[tag] and self._open[-1][0] != tag:
            self._close_last()

    def _close_last(self) -> None:
        tag, hid = self._open.pop()
        self._open_tags[tag] -= 1
        self._hiding -= hid

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _SILENT:
            self._silent -= 1

    def _read_attribute(self, name: str, raw: str) -> None:
        found = re.search(rf"\b{name}\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", raw, re.IGNORECASE)
        if found:
            value = found.group(1).strip("\"'")
            start = self._at() + found.start(1) + (1 if found.group(1)[0] in "\"'" else 0)
            self._unseen.append(assemble(self._source, _entities(value, start)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        self._close_within(tag)
        if tag in _BLOCKS:
            self._piece("\n", len(tag) + 3)
        self._closed(tag)
        if tag == "a" and self._open_link:
            url, first = self._open_link
            pieces = self._pieces[first:]
            self._open_link = None
            if url and pieces:
                words = "".join(piece for piece, _, _ in pieces)
                self._links.append(Link(url, words, pieces[0][1], pieces[-1][2]))
            elif url:
                self._links.append(Link(url))

    def handle_data(self, data: str) -> None:
        self._piece(data, len(data))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, reference: str) -> None:
        at = self._at()
        length = len(reference) + self._source.startswith(";", at + len(reference))
        self._piece(unescape(reference + ";"), length)

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Read "<![" as browsers do in HTML: as a comment up to the next ">", whatever stands in it."""
        return self.parse_bogus_comment(i, bool(report))

    def handle_comment(self, data: str) -> None:
        start = self._source.find(data, self._at())
        if data.strip() and start >= 0:
            self._unseen.append(assemble(self._source, [(data, start, start + len(data))]))

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)


def _is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Tell whether a browser shows nothing of an element with these attributes, by their word alone."""
    style = dict(_declarations(attributes.get("style") or ""))
    return (
        style.get("display", "none" if "hidden" in attributes else "") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("content-visibility") == "hidden"
        or style.get("color") == "transparent"
        or style.get("mso-hide") == "all"
        or _size(style.get("opacity", "1")) == 0
        or _size(style.get("font-size", "100%")) <= _SMALLEST
    )


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in _STYLE_COMMENT.sub(" ", style.lower()).split(";"):
        name, _, value = declaration.partition(":")
        yield name.strip(), value.partition("!")[0].strip()


def _size(value: str) -> float:
    """Return a number of pixels, or of what a percentage or another unit comes to; what is no number is large."""
    match = _SIZE.fullmatch(value)
    return float(match["number"]) * _UNITS.get(match["unit"], 16) if match else math.inf


def _entities(value: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Split an attribute's value into pieces, its character references decoded."""
    for match in re.finditer(r"&#?\w{1,31};?|[^&]+|&", value):
        yield unescape(match.group()), start + match.start(), start + match.end()
