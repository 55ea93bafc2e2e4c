"""Bluesky: records of a repository as JSON, alone, in a list, on lines, or in an answer of ``listRecords`` or a feed.

Facets count UTF-8 bytes; they are turned into code points, so that a link whose words differ from its target is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from wmp_postlint.post import Account, InReplyTo, Link, Media, Post
from wmp_postlint.readers import json_text
from wmp_postlint.readers.export import SkippedError, at, joined, list_at, load, moment, text_at
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.json_places import JsonSource
from wmp_postlint.readers.json_stream import Item, JsonStream, whole
from wmp_postlint.readers.kind import CERTAIN, NO, Kind
from wmp_postlint.readers.loaded import MAX_BYTES, TOO_LONG, Loaded, UnreadableError, decode
from wmp_postlint.readers.place import File

_POST, _PROFILE = "app.bsky.feed.post", "app.bsky.actor.profile"
_LISTS = ("records", "feed")
_PLACES = ("$type", "[].$type", *(f"{key}[].{inner}$type" for key in _LISTS for inner in ("value.", "post.record.")))
_PLACES += ("value.$type", "[].value.$type", "[].record.$type", "record.$type", "[].post.record.$type")


def _claims(head: Head) -> int:
    return CERTAIN if any(head.keys.get(place, "").startswith("app.bsky.") for place in _PLACES) else NO


def _read(file: File) -> Iterator[Loaded]:
    with file.open() as opened:
        yield from load(file, _records(file, opened), post_of)


def _records(file: File, opened: BinaryIO) -> Iterator[Item]:
    head = Head.of(file)
    if head.text.startswith("["):
        yield from JsonStream(opened).items()
    elif any(key in head.keys for key in _LISTS):
        for item in JsonStream(opened).items(*_LISTS):
            if item.in_list or item.error:
                yield item
    elif head.text.count("\n{") or head.text.count("\n {"):
        for number, line in enumerate(iter(lambda: opened.readline(MAX_BYTES + 1), b""), 1):
            if line.strip():
                yield _line(number, line)
    else:
        yield Item("", 1, 1, whole(opened))


def _line(number: int, line: bytes) -> Item:
    try:
        if len(line) > MAX_BYTES:
            raise UnreadableError(TOO_LONG, number)
        text = decode(line, number)
        return Item("", number, 1, json_text.parse(text, number), source=JsonSource(text, number, 1))
    except UnreadableError as error:
        return Item("", number, 1, None, error)


def post_of(value: object) -> Post:
    """Return the post of a record, alone or in what a server wraps it in.

    Raises:
        SkippedError: if it publishes no words.
        UnreadableError: if it has no text, or a facet outside it.
    """
    holder = at(value, "post") or value
    record = next((found for key in ("value", "record") if isinstance(found := at(holder, key), dict)), holder)
    kind = text_at(record, "$type")
    handle = text_at(holder, "author", "handle") or _authority(text_at(holder, "uri"))
    account = Account(handle, platform="bluesky") if handle else None
    identity = text_at(holder, "uri") or text_at(holder, "cid")
    if kind == _PROFILE:
        words = joined(text_at(record, "displayName"), text_at(record, "description"))
        return Post(words, id=identity, kind="profile", platform="bluesky", account=account)
    if kind != _POST:
        raise SkippedError(f"a record that publishes no words ({kind})")
    text = at(record, "text")
    if not isinstance(text, str):
        raise UnreadableError("is a post record without a text")
    embed = at(record, "embed")
    media = at(embed, "media") or embed
    tags = [f"#{tag}" for tag in list_at(record, "tags") if isinstance(tag, str)]
    parent = _authority(text_at(record, "reply", "parent", "uri"))
    return Post(
        joined(text, " ".join(tags)) if tags else text,
        id=identity,
        kind="reply" if at(record, "reply") else "post",
        platform="bluesky",
        account=account,
        media=tuple(_media(media)),
        links=(*_facets(text, list_at(record, "facets")), *_card(media), *_quote(embed)),
        in_reply_to=InReplyTo(parent) if parent else None,
        published_at=moment(at(record, "createdAt")),
        lang=text_at(record, "langs", 0),
    )


def _facets(text: str, facets: list[object]) -> Iterator[Link]:
    encoded = text.encode("utf-8", "surrogatepass")
    for facet in facets:
        for feature in list_at(facet, "features"):
            target = text_at(feature, "uri")
            if target is None:
                continue
            start, end = at(facet, "index", "byteStart"), at(facet, "index", "byteEnd")
            if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(encoded)):
                raise UnreadableError("has a facet whose bytes lie outside its text; export it again")
            first, last = (len(encoded[:place].decode("utf-8", "ignore")) for place in (start, end))
            yield Link(target, text[first:last], first, last)


def _media(embed: object) -> Iterator[Media]:
    for image in list_at(embed, "images"):
        yield Media(alt=text_at(image, "alt"), kind="image")
    if at(embed, "video"):
        yield Media(alt=text_at(embed, "alt"), kind="video")


def _card(embed: object) -> Iterator[Link]:
    if (target := text_at(embed, "external", "uri")) is not None:
        words = joined(text_at(embed, "external", "title"), text_at(embed, "external", "description"))
        yield Link(target, words or None)


def _quote(embed: object) -> Iterator[Link]:
    for path in (("record", "uri"), ("record", "record", "uri")):
        if (target := text_at(embed, *path)) is not None:
            yield Link(target)


def _authority(uri: str | None) -> str | None:
    """Return whose record an ``at://`` address means."""
    return uri.split("/")[2] if uri and uri.startswith("at://") and len(uri.split("/")) > 2 else None


KIND = Kind("Bluesky records", _claims, _read)
