"""What a reader gives: a post with the place it stands at, or a mistake with the place it was made at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from wmp_postlint.errors import PostError
from wmp_postlint.lazy import Record
from wmp_postlint.post import Post
from wmp_postlint.readers.wire import read_post


class Loaded(Record):
    """One post of a file, or what stopped it from being read.

    ``line`` and ``column`` are places in the file, from 1: where the post begins, or where the mistake is.
    ``text_line`` is the line that the post's text begins on, where it stands in the file as it is (Markdown).
    Exactly one of ``post`` and ``error`` is given.
    """

    path: str
    line: int | None = None
    id: str | None = None
    post: Post | None = None
    error: str | None = None
    column: int | None = None
    text_line: int | None = None

    @property
    def place(self) -> str:
        """The file, line and column, as ``path:line:column``."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


class UnreadableError(Exception):
    """Carry a mistake, and its place in the text, from a parser to the reader that knows the file."""

    def __init__(self, problem: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.column = column


def loaded_post(value: object, path: str, line: int, base: Path, text_line: int | None = None) -> Loaded:
    """Read one object of the wire format that stands in a file.

    Args:
        value: the object.
        path: the file, as it is shown.
        line: where the post begins in it.
        base: the folder that relative paths of pictures start from.
        text_line: the line that the post's text begins on, if it stands there as it is.
    """
    given = value.get("id") if isinstance(value, dict) else None
    identity = given if isinstance(given, str) else None
    if not isinstance(value, dict):
        return Loaded(path, line, error='expected an object with the keys of a post, such as {"text": "..."}')
    try:
        post = read_post(value)
    except PostError as error:
        return Loaded(path, line, identity, error=f"{error}; correct the post and check it again")
    except RecursionError:
        return Loaded(path, line, identity, error="it is nested too deeply to be a post")
    media = tuple(item if item.path is None else replace(item, path=str(base / item.path)) for item in post.media)
    return Loaded(path, line, post.id, post=replace(post, media=media), text_line=text_line)


def decode(content: bytes, line: int = 1) -> str:
    """Decode UTF-8, with or without a byte order mark.

    Args:
        content: the bytes.
        line: the line of the file that they begin on.

    Raises:
        UnreadableError: if they are something else, with the place of the first wrong byte.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError("is UTF-16 text; save it as UTF-8", line, 1)
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    zero = content.find(b"\0")
    if zero >= 0:
        problem = "holds a NUL byte, so it is no text file; save the post again as UTF-8 text"
        raise UnreadableError(problem, *_place(content, zero, line))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        problem = "holds a byte that is not UTF-8; save it as UTF-8"
        raise UnreadableError(problem, *_place(content, error.start, line)) from None


def _place(content: bytes, at: int, first_line: int) -> tuple[int, int]:
    head = content[:at]
    start = head.rfind(b"\n") + 1
    return first_line + head.count(b"\n"), len(head[start:].decode("utf-8", "replace")) + 1
