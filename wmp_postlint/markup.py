"""The text that a reader sees of an HTML or Markdown body, with the map back to its source, and the links in it.

What a browser hides but publishes all the same (``alt`` and ``title`` attributes, comments) is returned beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wmp_postlint import lazy
from wmp_postlint.post import Link
from wmp_postlint.text import View, assemble, identity

_MARKDOWN = lazy.regex(
    r"""(?P<escape>\\[\\`*_{}\[\]()#+\-.!~>|])
      | (?P<image>!\[(?P<alt>[^\]\n]{0,1000})\]\([^()\s]{0,2000}\))
      | (?P<link>\[(?P<label>[^\[\]\n]{1,1000})\]\(<?(?P<url>[^()\s<>]{1,2000})>?(?:\s+"[^"\n]{0,200}")?\))
      | (?P<auto><(?P<bare>https?://[^<>\s]{1,2000})>)
      | (?P<head>^\#{1,6}[ ]+|^>[ ]?)
      | (?P<mark>(?<![\w*~`])(?P<open>\*{1,3}|~~|`|_{1,2})(?=\S)(?P<inner>[^\n]{1,1000}?)(?<=\S)(?P=open)(?![\w*]))""",
    re.VERBOSE | re.MULTILINE,
)

_SHARE = lazy.regex(r"(?:^|(?<=[\s(|]))(?i:RT|MT)[\s:]{1,2}@(?P<handle>\w{1,30}):?\s{0,3}")
_CREDIT = lazy.regex(
    r"(?:^|(?<=[\s(|\[]))(?i:via|h/t):?\s@(?P<handle>\w{1,30})[)\]]?(?P<tail>(?:\s{1,3}(?:https?://\S{1,300}|#\w{1,60})){0,5})\s*$"
)
# What people put between shared words and their own.
_OWN_AGAIN = lazy.regex(r"(?:^|\s)(?://+|\|\|+|>>+|<<+|<-+|--+>?|~~+)\s|\s\^[A-Z]{2,3}\b")
_CLOSING = {'"': '"', "\u201c": "\u201d", "\u2018": "\u2019", "\u00ab": "\u00bb"}


def typed_shares(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the shares that somebody typed by hand: the handle, and where its words begin and end.

    Its words follow "RT @handle" or "MT @handle", up to a closing quotation mark or a sign such as "//" where the
    sharer speaks again; or they stand before a last "via @handle".
    """
    for match in _SHARE.finditer(text):
        opening = text[match.end() : match.end() + 1]
        closing = text.find(_CLOSING[opening], match.end() + 1) if opening in _CLOSING else -1
        again = _OWN_AGAIN.search(text, match.end())
        end = closing + 1 if closing > 0 else again.start() if again else len(text)
        yield match["handle"], match.start(), end
    if credit := _CREDIT.search(text):
        yield credit["handle"], 0, credit.end()


class Reading(NamedTuple):
    """What was read of a body: the visible text, texts that are published unseen, and the links."""

    visible: View
    unseen: Sequence[View] = ()
    links: Sequence[Link] = ()


def read_markup(text: str, text_format: str) -> Reading:
    """Read a body as its format says: ``plain``, ``html`` or ``markdown``."""
    if text_format == "html":
        from wmp_postlint.html_text import HtmlReader  # html.parser costs 10 ms that plain posts need not pay

        return Reading(*HtmlReader(text).read())
    if text_format == "markdown":
        return _read_markdown(text)
    return Reading(identity(text))


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
