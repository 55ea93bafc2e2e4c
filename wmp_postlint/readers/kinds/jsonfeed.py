"""JSON Feed, versions 1 and 1.1."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import BinaryIO

from wmp_postlint.post import Account, Link, Media, Post
from wmp_postlint.readers.export import file_name, is_picture, joined, list_at, load, moment, text_at
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.json_stream import Item, JsonStream
from wmp_postlint.readers.kind import CERTAIN, NO, Kind
from wmp_postlint.readers.loaded import Loaded, UnreadableError
from wmp_postlint.readers.place import File


def _claims(head: Head) -> int:
    return CERTAIN if "jsonfeed.org/version" in head.keys.get("version", "").replace("\\/", "/") else NO


def _read(file: File) -> Iterator[Loaded]:
    with file.open() as opened:
        yield from load(file, _items(opened), _post)


def _items(opened: BinaryIO) -> Iterator[Item]:
    for item in JsonStream(opened).items("items"):
        if item.in_list or item.error:
            yield item


def _post(value: object) -> Post:
    html, plain = text_at(value, "content_html"), text_at(value, "content_text")
    above = joined(text_at(value, "title"), text_at(value, "summary"))
    media = tuple(_media(value))
    if not (html or plain or above or media):
        raise UnreadableError("is an item without a title and a content")
    author = text_at(value, "authors", 0, "name") or text_at(value, "author", "name")
    outside = text_at(value, "external_url")
    return Post(
        joined(escape(above, quote=False), html) if html else joined(above, plain),
        id=text_at(value, "id"),
        text_format="html" if html else "plain",
        account=Account(author) if author else None,
        media=media,
        links=(Link(outside),) if outside else (),
        published_at=moment(text_at(value, "date_published")),
        lang=text_at(value, "language"),
    )


def _media(value: object) -> Iterator[Media]:
    for key in ("image", "banner_image"):
        if (address := text_at(value, key)) is not None:
            yield Media(filename=file_name(address), kind="image")
    for item in list_at(value, "attachments"):
        address = text_at(item, "url") or ""
        kind = (text_at(item, "mime_type") or "").split("/")[0]
        if kind in ("image", "video") or is_picture(address):
            yield Media(filename=file_name(address), caption=text_at(item, "title"), kind=kind or None)


KIND = Kind("JSON Feed", _claims, _read)
