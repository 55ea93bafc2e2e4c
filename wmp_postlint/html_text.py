"""The visible text of an HTML body, with the map back to its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

from wmp_postlint.post import Link
from wmp_postlint.text import View, assemble

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav "
    "ol p pre section table td th tr ul".split()
)
_SILENT = frozenset({"script", "style", "head", "template"})
_READ_ATTRIBUTES = ("alt", "title", "aria-label")


class HtmlReader(HTMLParser):
    """Collects the visible pieces of a body, each with its place in the source."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._source = source
        self._lines = [0]
        self._lines.extend(match.end() for match in re.finditer("\n", source))
        self._pieces: list[tuple[str, int, int]] = []
        self._unseen: list[View] = []
        self._links: list[Link] = []
        self._silent = 0
        self._open_link: tuple[str, int] | None = None

    def read(self) -> tuple[View, list[View], list[Link]]:
        """Return what the body shows, what it hides, and its links."""
        self.feed(self._source)
        self.close()
        return assemble(self._source, self._pieces), self._unseen, self._links

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _piece(self, text: str, length: int) -> None:
        if not self._silent:
            at = self._at()
            self._pieces.append((text, at, min(at + length, len(self._source))))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        if tag in _BLOCKS:
            self._piece("\n", len(raw))
        for name, value in attrs:
            if value and name in _READ_ATTRIBUTES:
                self._read_attribute(name, raw)
        if tag == "a":
            self._open_link = (dict(attrs).get("href") or "", len(self._pieces))
        if tag in _SILENT:
            self._silent += 1

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
        if tag in _BLOCKS:
            self._piece("\n", len(tag) + 3)
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


def _entities(value: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Split an attribute's value into pieces, its character references decoded."""
    for match in re.finditer(r"&#?\w{1,31};?|[^&]+|&", value):
        yield unescape(match.group()), start + match.start(), start + match.end()
