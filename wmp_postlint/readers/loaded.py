"""What a reader gives: a post with the place it stands at, or a mistake with the place it was made at."""

from __future__ import annotations

from pathlib import Path

from wmp_postlint.errors import PostError
from wmp_postlint.lazy import Record, field, replace
from wmp_postlint.post import Post
from wmp_postlint.readers.json_places import JsonSource
from wmp_postlint.readers.wire import read_post

# Pictures may stand in a post as base64; nothing else makes one this long.
MAX_BYTES = 64 * 2**20
TOO_LONG = f"is longer than {MAX_BYTES >> 20} MiB; name pictures by path instead of putting their data into the post"


class Loaded(Record):
    """One post of a file, what stopped it from being read, or why something in the file is no post.

    ``line`` and ``column`` are places in the file, from 1: where the post begins, or where the mistake is.
    ``text_line`` and ``text_column`` are where the post's text begins, if it stands in the file as it is; ``json`` is
    the JSON text that the post was read from. ``part`` names the post inside a file that holds several, where it has no
    id. ``expect`` are the findings that a post of a test corpus says it should have. Exactly one of ``post``, ``error``
    and ``skipped`` is given.
    """

    path: str
    line: int | None = None
    id: str | None = None
    post: Post | None = None
    error: str | None = None
    column: int | None = None
    text_line: int | None = None
    text_column: int = 1
    part: str | None = None
    skipped: str | None = None
    expect: tuple[str, ...] | None = None
    json: JsonSource | None = field(default=None, repr=False)

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


def spoilt(path: str, error: UnreadableError) -> Loaded:
    """Return the mistake that a parser found in a file."""
    return Loaded(path, error.line, error=error.problem, column=error.column)


def loaded_post(
    value: object,
    path: str,
    line: int,
    base: Path,
    text_line: int | None = None,
    part: str | None = None,
    json: JsonSource | None = None,
) -> Loaded:
    """Read one object of the wire format that stands in a file.

    Args:
        value: the object.
        path: the file, as it is shown.
        line: where the post begins in it.
        base: the folder that relative paths of pictures start from.
        text_line: the line that the post's text begins on, if it stands there as it is.
        part: what names the post in its file, where it has no id.
        json: the JSON text that it was read from.
    """
    given = value.get("id") if isinstance(value, dict) else None
    identity = given if isinstance(given, str) else None
    if not isinstance(value, dict):
        return Loaded(
            path, line, part=part, error='expected an object with the keys of a post, such as {"text": "..."}'
        )
    expect, value = _expected(value)
    if isinstance(expect, str):
        return Loaded(path, line, identity, error=expect, part=part)
    try:
        post = read_post(value)
    except PostError as error:
        words = f"{error}; correct the post and check it again"
        return Loaded(path, line, identity, error=words, part=part)
    except RecursionError:
        return Loaded(path, line, identity, error="it is nested too deeply to be a post", part=part)
    media = tuple(item if item.path is None else replace(item, path=str(base / item.path)) for item in post.media)
    post = replace(post, media=media)
    return Loaded(path, line, post.id, post=post, text_line=text_line, part=part, expect=expect, json=json)


def _expected(value: dict[str, object]) -> tuple[tuple[str, ...] | str | None, dict[str, object]]:
    """Take what a post is expected to hold out of its object, which is no part of the post; or say what is wrong."""
    if "expect" not in value:
        return None, value
    expect = value["expect"]
    rest = {key: item for key, item in value.items() if key != "expect"}
    if not isinstance(expect, list) or not all(isinstance(item, str) for item in expect):
        return 'expect: expected a list of names of rules, such as ["family/rule@12:30"]', rest
    return tuple(expect), rest


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
