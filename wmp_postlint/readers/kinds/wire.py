"""Posts in our own wire format: an object, a list of objects, or one object on each line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from wmp_postlint.readers import json_text
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.json_places import JsonSource
from wmp_postlint.readers.json_stream import JsonStream
from wmp_postlint.readers.kind import NO, PERHAPS, Kind
from wmp_postlint.readers.loaded import MAX_BYTES, TOO_LONG, Loaded, UnreadableError, decode, loaded_post, spoilt
from wmp_postlint.readers.place import File

_EMPTY = "the file is empty; put a post into it or delete it"


def _claims(head: Head) -> int:
    return PERHAPS if head.is_json or head.name.casefold().endswith((".json", ".jsonl")) else NO


def read(file: File) -> Iterator[Loaded]:
    """Yield the posts of a file, whichever of the three it is."""
    if _is_list(file):
        yield from _members(file)
    else:
        yield from (read_lines if holds_lines(file) else read_one)(file)


def holds_lines(file: File) -> bool:
    """Whether a file holds one post on each line, and more than one line."""
    if _is_list(file):
        return False
    with file.open() as opened:
        first = next(_lines(opened), None)
        second = next(_lines(opened), None)
    found = first and second and _is_object(first[1]) and (second[1] or b"").lstrip().startswith(b"{")
    return bool(found)


def read_one(file: File) -> Iterator[Loaded]:
    """Yield the post of a file that holds one."""
    with file.open() as opened:
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableError(TOO_LONG)
    text = decode(content)
    if not text.strip():
        raise UnreadableError("there is nothing on standard input" if file.path == "-" else _EMPTY)
    value = json_text.parse(text)
    if isinstance(value, list):
        raise UnreadableError("expected one post, got a list; put one on each line of a *.posts.jsonl file", 1)
    line = text[: len(text) - len(text.lstrip())].count("\n") + 1
    yield loaded_post(value, file.path, line, file.place.folder, json=JsonSource(text, 1, 1))


def read_lines(file: File, line: int = 1) -> Iterator[Loaded]:
    """Yield the posts of a file that holds one on each line.

    Args:
        file: the file, or a piece of it.
        line: the number of its first line.
    """
    found = False
    with file.open() as opened:
        for number, content in _lines(opened, line - 1):
            found = True
            yield _line(file, number, content)
    if not found:
        raise UnreadableError("the file holds no post; put one on each line, or delete the file")


def count_lines(file: File) -> int:
    """Return how many lines of a file hold something."""
    with file.open() as opened:
        return max(1, sum(1 for _ in _lines(opened)))


def _line(file: File, number: int, line: bytes | None) -> Loaded:
    try:
        if line is None:
            raise UnreadableError(TOO_LONG, number)
        text = decode(line, number).rstrip("\r\n")
        value = json_text.parse(text, number)
    except UnreadableError as error:
        return spoilt(file.path, error)
    source = JsonSource(text, number, 1)
    return loaded_post(value, file.path, number, file.place.folder, part=str(number), json=source)


def _lines(file: BinaryIO, number: int = 0) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines that hold something, with their numbers; None for one too long to be kept in memory."""
    while line := file.readline(MAX_BYTES + 1):
        number += 1
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_BYTES)
            yield number, None
        elif not line.isspace():
            yield number, line


def _members(file: File) -> Iterator[Loaded]:
    number = 0
    with file.open() as opened:
        try:
            for item in JsonStream(opened).items():
                number += 1
                if item.error:
                    yield spoilt(file.path, item.error)
                else:
                    folder = file.place.folder
                    yield loaded_post(item.value, file.path, item.line, folder, part=str(number), json=item.source)
        except UnreadableError as error:
            yield spoilt(file.path, error)
            return
    if not number:
        raise UnreadableError("the list holds no post", 1)


def _is_list(file: File) -> bool:
    with file.open() as opened:
        return opened.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")


def _is_object(line: bytes | None) -> bool:
    try:
        return isinstance(json_text.parse(decode(line or b"")), dict)
    except UnreadableError:
        # A first line that is broken is a line if it looks like a whole object.
        return (line or b"").strip().endswith(b"}")


KIND = Kind("posts as JSON", _claims, read)
