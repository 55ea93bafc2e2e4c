"""Posts out of request bodies: JSON, or a form with the files of the post. Nothing is fetched, nothing is stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import PurePath

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from wmp_postlint.errors import PostError
from wmp_postlint.lazy import Record
from wmp_postlint.post import Media, Post
from wmp_postlint.readers import json_text
from wmp_postlint.readers.loaded import UnreadableError
from wmp_postlint.readers.wire import read_post
from wmp_postlint.server.problems import Problem, busy

JSON, FORM, LINES = "application/json", "multipart/form-data", "application/x-ndjson"
_FILES = 100
_ONE_POST = "Expected one part named post, and files in parts named media."


class Memory:
    """The bytes that a worker holds of all bodies at a time."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.held = 0

    @contextmanager
    def room(self) -> Iterator[Room]:
        """Give room for one body, until the request is answered."""
        room = Room(self)
        try:
            yield room
        finally:
            self.held -= room.taken


class Room:
    """The part of the memory that one body takes."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.taken = 0

    def take(self, size: int) -> None:
        """Take more of it.

        Raises:
            Problem: 503, if there is no more.
        """
        if self._memory.held + size > self._memory.size:
            raise busy("The service holds as many files as it can; send this post again shortly.")
        self._memory.held += size
        self.taken += size


class Body(Record):
    """What a request brought: the post as JSON, and the files beside it."""

    content: bytes
    files: tuple[Media, ...] = ()


async def read_body(request: Request, json_limit: int, form_limit: int, seconds: float, room: Room) -> Body:
    """Return the body of a request: JSON, or a form with the part ``post`` and parts ``media``.

    Args:
        request: the request.
        json_limit: bytes of a body in JSON.
        form_limit: bytes of a form.
        seconds: how long it may take to come in.
        room: where the bytes are counted.

    Raises:
        Problem: 400, 408, 413, 415, 422 or 503.
    """
    kind = media_type(request)
    if kind not in (JSON, FORM):
        raise Problem(415, "body-type", f"Send the post as {JSON}, or as {FORM} with its files.")
    async with in_time(seconds):
        if kind == FORM:
            return await _form(request, form_limit, room)
        return Body(b"".join([chunk async for chunk in chunks(request, json_limit, room)]))


@asynccontextmanager
async def in_time(seconds: float) -> AsyncGenerator[None, None]:
    """Give a body this long to come in whole.

    Raises:
        Problem: 400 or 408.
    """
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise Problem(408, "too-slow", f"The body did not come in within {seconds:g} seconds.") from None
    except ClientDisconnect:
        raise Problem(400, "cut-off", "The body ended before it was whole.") from None


def media_type(request: Request) -> str:
    """Return the type of a request's body, without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().casefold()


async def chunks(request: Request, limit: int, room: Room) -> AsyncGenerator[bytes, None]:
    """Yield the body as it comes in.

    Raises:
        Problem: 413 past the limit, 503 where there is no more room.
    """
    announced = request.headers.get("content-length", "")
    size = 0
    if announced.isdecimal() and (len(announced) > 18 or int(announced) > limit):
        raise _too_large(limit)
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        room.take(len(chunk))
        yield chunk


def post_of(body: Body) -> Post:
    """Return the post that a body describes, with its files.

    Raises:
        Problem: 422.
    """
    try:
        value = json_text.parse(body.content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Problem(422, "not-json", "The post is not in UTF-8.") from None
    except UnreadableError as error:
        raise Problem(422, "not-json", f"The post {error}.") from None
    if not isinstance(value, dict):
        raise Problem(422, "post-shape", "Expected an object with the keys of a post.")
    try:
        return _with_files(value, body.files)
    except PostError as error:
        raise Problem(422, "post-shape", str(error), where=error.where) from None


def _with_files(value: dict[str, object], files: tuple[Media, ...]) -> Post:
    """Return the post; a medium without data takes the file that its ``name`` says, else the next that is left."""
    entries = value.get("media")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        post = read_post(value)
        return replace(post, media=files) if files else post
    left = [*files]
    sent: list[Media | None] = []
    media: list[dict[str, object]] = []
    for index, entry in enumerate(entries):
        if entry.get("path") is not None:
            raise PostError(f"media[{index}].path", "the service opens no files; send the content as data or in a form")
        file = None
        if entry.get("data") is None and (files or "name" in entry):
            file = _file_for(entry.get("name"), left, f"media[{index}].name")
        if file is not None:
            left = [other for other in left if other is not file]
        sent.append(file)
        media.append({key: item for key, item in entry.items() if key != "name" or "data" in entry})
    post = read_post({**value, "media": media})
    whole = [
        item if file is None else replace(item, data=file.data, filename=item.filename or file.filename)
        for item, file in zip(post.media, sent, strict=True)
    ]
    return replace(post, media=(*whole, *left))


def _file_for(name: object, left: list[Media], where: str) -> Media | None:
    if name is None:
        return left[0] if left else None
    for file in left:
        if file.filename == name:
            return file
    raise PostError(where, "expected the file name of a part of the form that no other medium names")


class _InMemory(MultiPartParser):
    """A form whose files are never written to a disk; their size is bounded as they come in."""

    spool_max_size = 1 << 62
    ended = False

    def on_end(self) -> None:
        """Note that the closing boundary came: without it a file may be missing, or be cut off."""
        self.ended = True


async def _form(request: Request, limit: int, room: Room) -> Body:
    async def whole() -> AsyncGenerator[bytes, None]:
        async for chunk in chunks(request, limit, room):
            yield chunk
        if not parser.ended:
            raise MultiPartException("It ends before its closing boundary.")

    parser = _InMemory(request.headers, whole(), max_files=_FILES, max_fields=1, max_part_size=limit)
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise Problem(422, "form", f"The form cannot be read: {error.message}") from None
    content: bytes | None = None
    files: list[Media] = []
    try:
        for name, part in form.multi_items():
            if name == "post" and content is None:
                content = await part.read() if isinstance(part, UploadFile) else part.encode("utf-8", "surrogateescape")
            elif name == "media" and isinstance(part, UploadFile):
                # A browser may send a whole path; only its last part is published.
                filename = PurePath((part.filename or "").replace("\\", "/")).name or None
                files.append(Media(data=await part.read(), filename=filename))
            else:
                raise Problem(422, "form", _ONE_POST)
    finally:
        await form.close()
    if content is None:
        raise Problem(422, "form", _ONE_POST)
    return Body(content, tuple(files))


def _too_large(limit: int) -> Problem:
    return Problem(413, "too-large", f"The body is larger than {limit} bytes.")
