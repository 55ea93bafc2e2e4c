"""RSS and Atom feeds, read as they stream; a document type, and so any entity of its own, is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import BinaryIO

from wmp_postlint import lazy
from wmp_postlint.post import Account, Link, Media, Post
from wmp_postlint.readers.export import file_name, is_picture, load, moment
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.json_stream import Item
from wmp_postlint.readers.kind import CERTAIN, LIKELY, NO, Kind
from wmp_postlint.readers.loaded import MAX_BYTES, TOO_LONG, Loaded, UnreadableError
from wmp_postlint.readers.place import File

_FEED = lazy.regex(r"<(?:rss|feed|rdf:RDF|(?:\w+:)?feed)\b")
_ITEMS = ("item", "entry")
_CHUNK = 65536
# The words of an entry, in the order that a reader meets them.
_TEXTS = ("title", "description", "summary", "encoded", "content")
_ATOM = "http://www.w3.org/2005/Atom"
_XHTML = "http://www.w3.org/1999/xhtml"


def _claims(head: Head) -> int:
    if head.text.startswith("<") and _FEED.search(head.text[:2000]):
        return CERTAIN
    return LIKELY if head.name.casefold().endswith((".rss", ".atom", ".xml")) else NO


def _read(file: File) -> Iterator[Loaded]:
    with file.open() as opened:
        yield from load(file, _Feed(opened).entries(), _post)


class _Feed:
    """Collects the entries of a feed: for each the texts of its elements, and the attributes of the empty ones."""

    def __init__(self, opened: BinaryIO) -> None:
        from xml.parsers import expat

        self._opened = opened
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.buffer_text = True
        self._done: list[Item] = []
        self._path: list[str] = []
        self._entry: dict[str, list[dict[str, str]]] | None = None
        self._place = (1, 1)
        self._depth = self._size = 0

    def entries(self) -> Iterator[Item]:
        """Yield the entries as they are read."""
        from xml.parsers import expat

        while True:
            chunk = self._opened.read(_CHUNK)
            try:
                self._parser.Parse(chunk, not chunk)
            except expat.ExpatError as error:
                yield from self._done
                words = expat.ErrorString(error.code)
                raise UnreadableError(f"is no well-formed XML: {words}", error.lineno, error.offset + 1) from None
            except (LookupError, ValueError):
                raise UnreadableError("names an encoding that is not known; save it as UTF-8", 1) from None
            yield from self._done
            self._done.clear()
            if not chunk:
                return

    def _refuse(self, *_: object) -> None:
        raise UnreadableError("has a document type; a feed has none, take the line <!DOCTYPE ...> out", 1)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self._path.append(local)
        if self._entry is None:
            if local in _ITEMS:
                self._entry, self._depth, self._size = {}, len(self._path), 0
                self._place = (self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
            return
        depth = len(self._path) - self._depth
        if depth == 1:
            self._entry.setdefault(local, []).append({**attributes, "": "", "space": space})
        elif space == _XHTML and self._xhtml_of() is not None:
            self._add("<" + local + "".join(f' {key}="{escape(value)}"' for key, value in attributes.items()) + ">")
        elif local in ("content", "thumbnail", "name", "uri"):  # inside a media group, or of an author
            self._entry.setdefault(f"{self._path[self._depth]}/{local}", []).append({**attributes, "": ""})

    def _end(self, name: str) -> None:
        space, _, local = name.rpartition(" ")
        if self._entry is not None:
            if len(self._path) == self._depth:
                self._done.append(Item("", *self._place, self._entry))
                self._entry = None
            elif space == _XHTML and self._xhtml_of() is not None and len(self._path) > self._depth + 1:
                self._add(f"</{local}>")
        self._path.pop()

    def _data(self, data: str) -> None:
        if self._entry is None:
            return
        depth = len(self._path) - self._depth
        if depth == 1 or (depth > 1 and self._xhtml_of() is not None):
            self._add(escape(data, quote=False) if self._xhtml_of() is not None else data)
        elif depth == 2 and f"{self._path[-2]}/{self._path[-1]}" in self._entry:
            self._entry[f"{self._path[-2]}/{self._path[-1]}"][-1][""] += data

    def _xhtml_of(self) -> dict[str, str] | None:
        """Return the element of the entry that is open, if its content is XHTML."""
        if self._entry is None or len(self._path) <= self._depth:
            return None
        opened = self._entry[self._path[self._depth]][-1]
        return opened if opened.get("type") == "xhtml" else None

    def _add(self, words: str) -> None:
        assert self._entry is not None
        self._size += len(words)
        if self._size > MAX_BYTES:
            raise UnreadableError(TOO_LONG, self._parser.CurrentLineNumber)
        opened = self._entry[self._path[self._depth]][-1]
        opened[""] += words


def _post(value: object) -> Post:
    assert isinstance(value, dict)
    entry: dict[str, list[dict[str, str]]] = value
    parts = [part for name in _TEXTS for element in entry.get(name, ()) if (part := _html(name, element))]
    media = tuple(_media(entry))
    if not parts and not media:
        raise UnreadableError("is an entry without a title and a content")
    author = _first(entry, "author/name") or _first(entry, "creator") or _first(entry, "author")
    return Post(
        "\n\n".join(dict.fromkeys(parts)),
        id=_first(entry, "guid") or _first(entry, "id") or _link(entry),
        text_format="html",
        account=Account(author) if author else None,
        media=media,
        links=tuple(Link(address) for address in dict.fromkeys([_link(entry)]) if address),
        published_at=_date(_first(entry, "pubDate") or _first(entry, "published") or _first(entry, "updated")),
    )


def _html(name: str, element: dict[str, str]) -> str:
    """Return the words of an element as HTML: an RSS title and an Atom text are plain, the rest is HTML already."""
    words, kind = element[""].strip(), element.get("type", "text")
    if "url" in element or "src" in element:  # media:content, a file
        return ""
    plain = kind in ("text", "text/plain") if element["space"] == _ATOM else name == "title"
    return escape(words, quote=False) if plain else words


def _first(entry: dict[str, list[dict[str, str]]], name: str) -> str | None:
    return next((element[""].strip() for element in entry.get(name, ()) if element[""].strip()), None)


def _link(entry: dict[str, list[dict[str, str]]]) -> str | None:
    own = [element for element in entry.get("link", ()) if element.get("rel", "alternate") == "alternate"]
    return next((address for element in own if (address := element.get("href") or element[""].strip())), None)


def _media(entry: dict[str, list[dict[str, str]]]) -> Iterator[Media]:
    names = ("enclosure", "content", "group/content", "thumbnail", "link")
    for element in (element for name in names for element in entry.get(name, ())):
        enclosed = element.get("href", "") if element.get("rel") == "enclosure" else ""
        address = element.get("url") or enclosed
        kind = (element.get("type") or element.get("medium") or "").split("/")[0]
        if address and (kind in ("image", "video") or is_picture(address)):
            yield Media(filename=file_name(address), kind=kind or None)


def _date(text: str | None) -> datetime | None:
    from email.utils import parsedate_to_datetime  # costs 15 ms that other files need not pay

    try:
        return moment(parsedate_to_datetime(text).isoformat()) if text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return moment(text)


KIND = Kind("RSS or Atom feed", _claims, _read)
