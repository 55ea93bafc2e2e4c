"""The text that a reader sees of an HTML or Markdown body, with the map back to its source, and the links in it.

What a browser hides but publishes all the same (``alt`` and ``title`` attributes, comments) is returned beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from wmp_postlint.post import Link
from wmp_postlint.text import View, assemble, identity

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav "
    "ol p pre section table td th tr ul".split()
)
_SILENT = frozenset({"script", "style", "head", "template"})
_READ_ATTRIBUTES = ("alt", "title", "aria-label")

_MARKDOWN = re.compile(
    r"""(?P<escape>\\[\\`*_{}\[\]()#+\-.!~>|])
      | (?P<image>!\[(?P<alt>[^\]\n]{0,1000})\]\([^()\s]{0,2000}\))
      | (?P<link>\[(?P<label>[^\[\]\n]{1,1000})\]\(<?(?P<url>[^()\s<>]{1,2000})>?(?:\s+"[^"\n]{0,200}")?\))
      | (?P<auto><(?P<bare>https?://[^<>\s]{1,2000})>)
      | (?P<head>^\#{1,6}[ ]+|^>[ ]?)
      | (?P<mark>(?<![\w*~`])(?P<open>\*{1,3}|~~|`|_{1,2})(?=\S)(?P<inner>[^\n]{1,1000}?)(?<=\S)(?P=open)(?![\w*]))""",
    re.VERBOSE | re.MULTILINE,
)


@dataclass(slots=True)
class Reading:
    """What was read of a body: the visible text, texts that are published unseen, and the links."""

    visible: View
    unseen: list[View] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def read_markup(text: str, text_format: str) -> Reading:
    """Read a body as its format says: ``plain``, ``html`` or ``markdown``."""
    if text_format == "html":
        return _HtmlReader(text).read()
    if text_format == "markdown":
        return _read_markdown(text)
    return Reading(identity(text))


class _HtmlReader(HTMLParser):
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

    def read(self) -> Reading:
        self.feed(self._source)
        self.close()
        return Reading(assemble(self._source, self._pieces), self._unseen, self._links)

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

    def handle_comment(self, data: str) -> None:
        start = self._source.find(data, self._at())
        if data.strip() and start >= 0:
            self._unseen.append(assemble(self._source, [(data, start, start + len(data))]))


def _entities(value: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Split an attribute's value into pieces, its character references decoded."""
    for match in re.finditer(r"&#?\w{1,31};?|[^&]+|&", value):
        yield unescape(match.group()), start + match.start(), start + match.end()


def _read_markdown(source: str) -> Reading:
    pieces: list[tuple[str, int, int]] = []
    unseen: list[View] = []
    links: list[Link] = []

    def read(start: int, end: int, depth: int) -> None:
        at = start
        for match in _MARKDOWN.finditer(source, start, end):
            if match.end() > end:
                break
            pieces.append((source[at : match.start()], at, match.start()))
            at = match.end()
            if match["escape"]:
                pieces.append((match["escape"][1], match.start() + 1, match.end()))
            elif match["image"]:
                unseen.append(assemble(source, [(match["alt"], *match.span("alt"))]))
            elif match["link"]:
                links.append(Link(match["url"], match["label"], *match.span("label")))
                _inner(match.span("label"), depth)
            elif match["auto"]:
                pieces.append((match["bare"], *match.span("bare")))
            elif match["mark"]:
                _inner(match.span("inner"), depth)
        pieces.append((source[at:end], at, end))

    def _inner(span: tuple[int, int], depth: int) -> None:
        if depth < 8:
            read(*span, depth + 1)
        else:
            pieces.append((source[slice(*span)], *span))

    read(0, len(source), 0)
    return Reading(assemble(source, pieces), unseen, links)
