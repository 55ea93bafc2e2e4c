"""A draft in Markdown, with or without front matter."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.readers import markdown
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.kind import CERTAIN, LIKELY, NO, Kind
from wmp_postlint.readers.loaded import MAX_BYTES, TOO_LONG, Loaded, UnreadableError, decode
from wmp_postlint.readers.place import File

_FRONT_MATTER = lazy.regex(r"(---|\+\+\+)[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*|\r)?\n)*[ \t]*[\"']?\w[\w.-]*[\"']?[ \t]*[:=]")


def _claims(head: Head) -> int:
    if head.name.casefold().endswith((".md", ".markdown")):
        return CERTAIN
    return LIKELY if _FRONT_MATTER.match(head.text) else NO


def _read(file: File) -> Iterator[Loaded]:
    with file.open() as opened:
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableError(TOO_LONG)
    text = decode(content)
    if not text.strip():
        raise UnreadableError("the file is empty; put a post into it or delete it")
    yield markdown.read(text, file.path, file.place.folder)


KIND = Kind("Markdown draft", _claims, _read)
