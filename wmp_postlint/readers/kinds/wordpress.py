"""WordPress's REST interface: one post or a list of them, raw where the caller might edit, else as rendered."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import BinaryIO

from wmp_postlint.post import Account, Media, Post
from wmp_postlint.readers.export import at, file_name, list_at, load, moment, text_at
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.json_stream import Item, JsonStream, whole
from wmp_postlint.readers.kind import CERTAIN, NO, Kind
from wmp_postlint.readers.loaded import Loaded, UnreadableError
from wmp_postlint.readers.place import File


def _claims(head: Head) -> int:
    keys = head.keys
    return CERTAIN if any(f"{top}content.{way}" in keys for top in ("", "[].") for way in ("rendered", "raw")) else NO


def _read(file: File) -> Iterator[Loaded]:
    with file.open() as opened:
        yield from load(file, _items(file, opened), _post)


def _items(file: File, opened: BinaryIO) -> Iterator[Item]:
    if Head.of(file).text.startswith("["):
        yield from JsonStream(opened).items()
    else:
        yield Item("", 1, 1, whole(opened))


def _post(value: object) -> Post:
    parts = {key: _words(value, key) for key in ("title", "content", "excerpt")}
    if not any(parts.values()) and not isinstance(at(value, "content"), dict):
        raise UnreadableError("is no post of WordPress: it has neither a title nor a content")
    author = text_at(value, "_embedded", "author", 0, "slug")
    body = "\n\n".join(dict.fromkeys(words for words in parts.values() if words))
    return Post(
        body,
        id=str(at(value, "id")) if isinstance(at(value, "id"), int | str) else None,
        text_format="html",
        platform="wordpress",
        account=Account(author, platform="wordpress") if author else None,
        media=tuple(_media(value)),
        published_at=moment(at(value, "date_gmt") or at(value, "date")),
    )


def _words(value: object, key: str) -> str | None:
    """Return what an author wrote, else what the site made of it; a plain title has no markup."""
    raw = text_at(value, key, "raw")
    if raw is not None:
        return escape(raw, quote=False) if key == "title" else raw
    return text_at(value, key, "rendered")


def _media(value: object) -> Iterator[Media]:
    embedded = [item for item in list_at(value, "_embedded", "wp:featuredmedia") if isinstance(item, dict)]
    for item in embedded:
        source = text_at(item, "source_url") or ""
        caption = text_at(item, "caption", "raw") or text_at(item, "caption", "rendered")
        yield Media(filename=file_name(source), alt=text_at(item, "alt_text"), caption=caption, kind="image")
    if not embedded and at(value, "featured_media"):
        yield Media(kind="image")


KIND = Kind("WordPress posts", _claims, _read)
