"""Post files: which there are, how many posts they hold, and the posts one after the other.

``*.post.json`` holds one post as an object of the wire format, ``*.posts.jsonl`` one on each line, ``*.post.md`` one as
Markdown with front matter. A folder is walked for these three; a file that is named outright may also end in plain
``.json``, ``.jsonl`` or ``.md``. ``-`` is standard input: an object, a list, an object on each line, or the bare text
of a post, whichever its content is. A mistake in one post loses no other.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from wmp_postlint import lazy
from wmp_postlint.lazy import Record
from wmp_postlint.post import Post
from wmp_postlint.readers import json_text, markdown
from wmp_postlint.readers.loaded import Loaded, UnreadableError, decode, loaded_post

KINDS = {".post.json": "json", ".posts.jsonl": "jsonl", ".post.md": "markdown"}
_NAMED = {".json": "json", ".jsonl": "jsonl", ".md": "markdown"}
_WANTED = "*.post.json, *.posts.jsonl or *.post.md"
# Pictures may stand in a post as base64; nothing else makes one this long.
MAX_BYTES = 64 * 2**20
_JSON_OBJECT = lazy.regex(r"\s*\{\s*[\"'}\u201c]")
_JSON_ARRAY = lazy.regex(r"\s*\[\s*[{\]]")


class Source(Record):
    """A file with posts, standard input (whose bytes are ``content``), or a path that cannot be used (``error``)."""

    path: str
    kind: str = ""
    content: bytes | None = None
    error: str | None = None

    def count(self) -> int:
        """Return how many posts there are, or what looks like one, without parsing them."""
        if self.kind != "jsonl":
            return len(self._given) if self.kind == "stdin" else 1
        try:
            with Path(self.path).open("rb") as file:
                return max(1, sum(1 for _ in _lines(file)))
        except OSError:
            return 1

    def read(self) -> Iterator[Loaded]:
        """Yield the posts in their order; a mistake is yielded too, in the place of the post it spoils."""
        if self.error is not None:
            yield Loaded(self.path, error=self.error)
        elif self.kind == "stdin":
            yield from self._given
        else:
            try:
                with Path(self.path).open("rb") as file:
                    yield from _from_lines(file, self.path) if self.kind == "jsonl" else self._whole(file)
            except OSError as error:
                yield Loaded(self.path, error=f"cannot be read: {error.strerror or error}")

    def _whole(self, file: BinaryIO) -> Iterator[Loaded]:
        base = Path(self.path).parent
        try:
            content = file.read(MAX_BYTES + 1)
            if len(content) > MAX_BYTES:
                raise UnreadableError(_TOO_LONG)
            text = decode(content)
            if not text.strip():
                raise UnreadableError("the file is empty; put a post into it or delete it")
            if self.kind == "markdown":
                yield markdown.read(text, self.path, base)
                return
            value = json_text.parse(text)
            if isinstance(value, list):
                raise UnreadableError("expected one post, got a list; put one on each line of a *.posts.jsonl file", 1)
            yield loaded_post(value, self.path, 1, base)
        except UnreadableError as error:
            yield _spoilt(self.path, error)

    @cached_property
    def _given(self) -> list[Loaded]:
        try:
            return list(_from_text(decode(self.content or b"")))
        except UnreadableError as error:
            return [_spoilt(self.path, error)]


_TOO_LONG = f"is longer than {MAX_BYTES >> 20} MiB; name pictures by path instead of putting their data into the post"


def is_post_file(path: Path) -> bool:
    """Whether a file's name says that it holds posts."""
    return _kind(path.name, KINDS) is not None


def find(paths: Iterable[str], stdin: BinaryIO) -> Iterator[Source]:
    """Yield the sources that paths mean, each file once; folders are walked in order, hidden names left out.

    Args:
        paths: files, folders, and ``-`` for standard input.
        stdin: standard input, read only for ``-``.
    """
    seen: set[str] = set()
    for path in paths:
        if path == "-":
            yield Source("-", "stdin", stdin.read())
            continue
        try:
            known = os.path.realpath(path) in seen
            sources = list(_walk(Path(path), seen)) if Path(path).is_dir() else [_named(path)]
        except ValueError:
            known, sources = False, [Source(path, error="is no path: it holds a NUL character")]
        if not sources and not known:
            sources = [Source(path, error=f"no post in this folder; a post file is called {_WANTED}")]
        for source in sources:
            real = os.path.realpath(source.path) if source.error is None else ""
            if real not in seen:
                if real:
                    seen.add(real)
                yield source


def _named(path: str) -> Source:
    file = Path(path)
    if not file.exists():
        return Source(path, error="no such file or folder")
    kind = _kind(file.name, KINDS | _NAMED)
    if kind is None:
        return Source(path, error=f"is no post file; a post file is called {_WANTED}")
    if not file.is_file():
        return Source(path, error="is no regular file; copy its content into one, or give it as standard input (-)")
    return Source(path, kind)


def _walk(folder: Path, seen: set[str]) -> Iterator[Source]:
    """Yield the post files of a folder and those under it; a link that leads back up is walked once."""
    real = os.path.realpath(folder)
    if real in seen:
        return
    seen.add(real)
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Source(str(folder), error=f"cannot be read: {error.strerror or error}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(entry, seen)
        elif is_post_file(entry):
            yield _named(str(entry))


def _kind(name: str, kinds: dict[str, str]) -> str | None:
    return next((kind for ending, kind in kinds.items() if name.casefold().endswith(ending)), None)


def _spoilt(path: str, error: UnreadableError) -> Loaded:
    return Loaded(path, error.line, error=error.problem, column=error.column)


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines that hold something, with their numbers; None for one too long to be kept in memory."""
    number = 0
    while line := file.readline(MAX_BYTES + 1):
        number += 1
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_BYTES)
            yield number, None
        elif not line.isspace():
            yield number, line


def _from_lines(file: BinaryIO, path: str) -> Iterator[Loaded]:
    base, found = Path(path).parent, False
    for number, line in _lines(file):
        yield (
            _spoilt(path, UnreadableError(_TOO_LONG, number)) if line is None else _from_line(line, path, number, base)
        )
        found = True
    if not found:
        yield Loaded(path, error="the file holds no post; put one on each line, or delete the file")


def _from_line(line: bytes, path: str, number: int, base: Path) -> Loaded:
    try:
        return loaded_post(json_text.parse(decode(line, number).rstrip("\r\n"), number), path, number, base)
    except UnreadableError as error:
        return _spoilt(path, error)


def _from_text(text: str) -> Iterator[Loaded]:
    """Read standard input by what it holds."""
    base = Path()
    if not text.strip():
        raise UnreadableError("there is nothing on standard input")
    if _JSON_ARRAY.match(text):
        found = False
        for line, value in json_text.objects(text):
            yield loaded_post(value, "-", line, base)
            found = True
        if not found:
            raise UnreadableError("the list holds no post", 1)
    elif _JSON_OBJECT.match(text):
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        try:
            yield loaded_post(json_text.parse(text), "-", lines[0][0], base)
        except UnreadableError:
            # An object spread over lines is one broken post; lines that each open one are posts.
            if sum(line.startswith("{") for _, line in lines) < 2:
                raise
            for number, given in lines:
                yield _from_line(given.encode(), "-", number, base)
    else:
        post = Post(text.replace("\r\n", "\n").rstrip("\n"))
        yield Loaded("-", 1, post=post, text_line=1)
