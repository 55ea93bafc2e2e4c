"""Posts out of request bodies: JSON, or a form with the files of the post. Nothing is fetched, nothing is stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import PurePath

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from wmp_postlint.errors import PostError
from wmp_postlint.post import Media, Post
from wmp_postlint.readers import json_text
from wmp_postlint.readers.loaded import UnreadableError
from wmp_postlint.readers.wire import read_post
from wmp_postlint.server.problems import Problem

JSON, FORM, LINES = "application/json", "multipart/form-data", "application/x-ndjson"
_FILES = 100


class _InMemory(MultiPartParser):
    """A form whose files are never written to a disk; their size is bounded before."""

    spool_max_size = 1 << 62


def media_type(request: Request) -> str:
    """Return the type of a request's body, without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().casefold()


async def post_of(request: Request, limit: int, seconds: float) -> Post:
    """Return the post of a request.

    Args:
        request: a request whose body is JSON, or a form with the part ``post`` and parts ``media``.
        limit: bytes of the body.
        seconds: how long the body may take to come in.

    Raises:
        Problem: 408, 413, 415 or 422.
    """
    kind = media_type(request)
    if kind not in (JSON, FORM):
        raise Problem(415, "body-type", f"Send the post as {JSON}, or as {FORM} with its files.")
    try:
        async with asyncio.timeout(seconds):
            if kind == JSON:
                return parsed(b"".join([chunk async for chunk in chunks(request, limit)]), {})
            return await _form(request, limit)
    except TimeoutError:
        raise Problem(408, "too-slow", f"The body did not come in within {seconds:g} seconds.") from None
    except ClientDisconnect:
        raise Problem(400, "cut-off", "The body ended before it was whole.") from None


async def chunks(request: Request, limit: int) -> AsyncIterator[bytes]:
    """Yield the body as it comes in.

    Raises:
        Problem: 413 past the limit.
    """
    announced = request.headers.get("content-length", "")
    size = int(announced) if announced.isdecimal() and len(announced) < 20 else 0
    if size > limit:
        raise _too_large(limit)
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        yield chunk


def parsed(content: bytes, files: dict[str, list[Media]]) -> Post:
    """Return the post that JSON describes, with the files sent beside it."""
    try:
        value = json_text.parse(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Problem(422, "not-json", "The post is not UTF-8.") from None
    except UnreadableError as error:
        raise Problem(422, "not-json", f"The post {error}.") from None
    if not isinstance(value, dict):
        raise Problem(422, "post-shape", "Expected an object with the keys of a post.")
    try:
        return _with_files(value, files)
    except PostError as error:
        raise Problem(422, "post-shape", str(error), where=error.where) from None


def _with_files(value: dict[str, object], files: dict[str, list[Media]]) -> Post:
    """Return the post; a medium without data takes the file that its ``name`` says, or the next one."""
    entries = value.get("media") or []
    if not isinstance(entries, list):
        return read_post(value)  # which says what is wrong
    left = [file for named in files.values() for file in named]
    media: list[object] = []
    sent: list[Media | None] = []
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict):
            return read_post(value)
        if entry.get("path") is not None:
            raise PostError(f"media[{index}].path", "the service opens no files; send the content as data or in a form")
        name = entry.get("name")
        chosen = None
        if entry.get("data") is None:
            chosen = files.get(name, [None])[0] if isinstance(name, str) else next(iter(left), None)
            if isinstance(name, str) and chosen is None:
                raise PostError(f"media[{index}].name", "no part of the form has this name")
        if chosen in left:
            left.remove(chosen)
        sent.append(chosen)
        media.append({key: item for key, item in entry.items() if key != "name" or chosen is None})
    post = read_post({**value, "media": media})
    whole = [
        item if file is None else replace(item, data=file.data, filename=item.filename or file.filename)
        for item, file in zip(post.media, sent, strict=True)
    ]
    return replace(post, media=(*whole, *left))


async def _form(request: Request, limit: int) -> Post:
    parser = _InMemory(request.headers, chunks(request, limit), max_files=_FILES, max_fields=1, max_part_size=limit)
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise Problem(422, "form", f"The form cannot be read: {error.message}") from None
    post: bytes | None = None
    files: dict[str, list[Media]] = {}
    for name, part in form.multi_items():
        content = await part.read() if isinstance(part, UploadFile) else part.encode("utf-8", "surrogateescape")
        if name == "post":
            post = content
        elif name == "media" and isinstance(part, UploadFile):
            filename = PurePath((part.filename or "").replace("\\", "/")).name or None
            files.setdefault(filename or "", []).append(Media(data=content, filename=filename))
        else:
            raise Problem(422, "form", "Expected one part named post, and files in parts named media.")
    if post is None:
        raise Problem(422, "form", "The form has no part named post.")
    return parsed(post, files)


def _too_large(limit: int) -> Problem:
    return Problem(413, "too-large", f"The body is larger than {limit} bytes.")
