"""Read an XMP packet: by expat with document types and entities refused, and by pattern where the XML is broken."""

from __future__ import annotations

import html
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.lazy import Record
from wmp_postlint.media import xmpfacts
from wmp_postlint.media.facts import EmbeddedText, Position, Trace
from wmp_postlint.media.source import MAX_BLOCK, Problem, Source

MAX_PROPERTIES = 20_000
MAX_DEPTH = 100
_WINDOW = 1 << 20
_OVERLAP = 4096  # as long as the longest match, so that none is lost between windows
_START = lazy.regex(r"<(?:[A-Za-z_][\w.-]{0,40}:(?:xmpmeta|xapmeta|RDF)[\s>]|!DOCTYPE)")
_ATTRIBUTE = lazy.regex(
    r"[\s\"']([A-Za-z_][\w.-]{0,60}):([A-Za-z_][\w.-]{0,60})\s{0,20}=\s{0,20}(\"[^\"<>]{0,4000}\"|'[^'<>]{0,4000}')"
)
_ELEMENT = lazy.regex(r"<([A-Za-z_][\w.-]{0,60}):([A-Za-z_][\w.-]{0,60})(?:\s[^<>]{0,300})?>([^<>]{1,4000})</")
_STRUCTURE = ("rdf", "xml", "xmlns", "x")


class Property(Record):
    """One value: its name without a prefix, the names around it, and a number for the resource it belongs to."""

    name: str
    prefix: str
    text: str
    parents: tuple[str, ...]
    resource: int


class _RefusedError(Exception):
    """The packet has a document type or entities, is too deep, or has too many values."""


class _Handler:
    """Turns expat's events into properties."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.stack: list[tuple[str, str, int, list[str]]] = []  # prefix, name, resource, text pieces
        self.found: list[Property] = []
        self.count = 0

    def _add(self, prefix: str, name: str, text: str, resource: int) -> None:
        text = text.strip()
        if not text:
            return
        if len(self.found) >= MAX_PROPERTIES:
            raise _RefusedError
        parents = tuple(n for p, n, _, _ in self.stack if p not in _STRUCTURE)
        if prefix in _STRUCTURE:  # rdf:li and rdf:value hold a value of the property around them
            if name not in ("li", "value", "resource") or not parents:
                return
            owner = next((p, n) for p, n, _, _ in reversed(self.stack) if p not in _STRUCTURE)
            prefix, name, parents = owner[0], owner[1], parents[:-1]
        self.found.append(Property(name, prefix, text, parents, resource))

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count % 256 == 0:
            self.source.check()
        if len(self.stack) >= MAX_DEPTH:
            raise _RefusedError
        prefix, _, name = tag.rpartition(":")
        around = self.stack[-1][2] if self.stack else 0
        plain = prefix in _STRUCTURE and name != "li"
        parse_type = any(key.endswith(":parseType") for key in attributes)
        fresh = (prefix in _STRUCTURE and name == "li") or (not plain and (parse_type or self._described(prefix)))
        resource = self.count if fresh else around
        self.stack.append((prefix, name, resource, []))
        for key, value in attributes.items():
            if not key.startswith(("xmlns", "xml:")):
                inner, _, local = key.rpartition(":")
                # attributes of a property describe a structure of its own; those of rdf:Description its owner's
                own = resource if plain or fresh else self.count
                self._add(inner, local, value, own)

    def _described(self, prefix: str) -> bool:
        return prefix not in _STRUCTURE and len(self.stack) > 3

    def end(self, _tag: str) -> None:
        prefix, name, resource, pieces = self.stack[-1]
        text = "".join(pieces)
        if text.strip():
            around = self.stack[-2][2] if len(self.stack) > 1 else 0
            list_item = prefix in _STRUCTURE
            if not list_item:
                self.stack.pop()
                self._add(prefix, name, text, around)
                return
            self._add(prefix, name, text, resource if name != "li" else around)
        self.stack.pop()

    def text(self, data: str) -> None:
        if self.stack:
            self.stack[-1][3].append(data)


def _refuse(*_: object) -> int:
    raise _RefusedError


def _parsed(text: str, source: Source) -> list[Property] | None:
    """Return the properties, None when the XML is broken or refused."""
    from xml.parsers import expat

    handler = _Handler(source)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    try:
        raw = text.encode("utf-8", "replace")
        for at in range(0, len(raw), _WINDOW):
            source.check()
            parser.Parse(raw[at : at + _WINDOW], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, _RefusedError):
        return None
    return handler.found


def _by_pattern(text: str, source: Source) -> list[Property]:
    """Return what looks like properties in broken XML, each pattern bounded."""
    found: list[Property] = []
    windows = ((pattern, at) for at in range(0, len(text), _WINDOW) for pattern in (_ATTRIBUTE, _ELEMENT))
    for pattern, start in windows:
        source.check()
        for match in pattern.finditer(text, start, start + _WINDOW + _OVERLAP):
            if len(found) >= MAX_PROPERTIES:
                break
            if len(found) % 256 == 0:
                source.check()
            value = match[3] if pattern is _ELEMENT else match[3][1:-1]
            if match[1] not in _STRUCTURE and value.strip():
                found.append(Property(match[2], match[1], html.unescape(value.strip()), (), 0))
    return found


def decode(raw: bytes) -> str:
    """Return a packet's text by its byte order mark or the look of its first bytes."""
    head = raw[:64]
    if head.startswith((b"\xfe\xff", b"\0<")):
        return raw.decode("utf-16-be", "replace")
    if head.startswith((b"\xff\xfe", b"<\0")) and head[2:4] != b"\0\0":
        return raw.decode("utf-16-le", "replace")
    if head.startswith((b"\0\0\xfe\xff", b"\0\0\0<")):
        return raw.decode("utf-32-be", "replace")
    if head.startswith((b"\xff\xfe\0\0", b"<\0\0\0")):
        return raw.decode("utf-32-le", "replace")
    return raw.decode("utf-8", "replace")


def read(source: Source, path: str) -> Iterator[Position | Trace | EmbeddedText | Problem]:
    """Yield the positions, place names and texts of an XMP packet."""
    if source.size > MAX_BLOCK:
        yield Problem(f"The XMP metadata ({path}) is too large to be looked at in full.")
    text = decode(source.read(0, MAX_BLOCK)).replace("\0", " ")
    if not text.strip():
        return
    start = _START.search(text)
    whole, text = text, text[start.start() if start else 0 : text.rfind(">") + 1]
    parsed = _parsed(text, source)
    found = parsed or _by_pattern(whole, source)
    if parsed is None:
        if "<!ENTITY" in whole or "<!DOCTYPE" in whole:
            yield Problem(f"The XMP metadata ({path}) defines entities, which no camera does; it was not read in full.")
        elif len(whole.strip()) > 40 and not found:
            yield Problem(f"The XMP metadata ({path}) is damaged and could not be read.")
    yield from xmpfacts.facts(found, path)
