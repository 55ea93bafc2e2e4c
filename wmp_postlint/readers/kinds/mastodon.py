"""Mastodon's export, and any other outbox of ActivityPub: ``outbox.json``, an ordered collection of activities."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import BinaryIO

from wmp_postlint.post import Account, InReplyTo, Post
from wmp_postlint.readers.export import SkippedError, at, list_at, load, medium, moment, text_at
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.json_stream import Item, JsonStream
from wmp_postlint.readers.kind import CERTAIN, NO, Kind
from wmp_postlint.readers.loaded import Loaded, UnreadableError
from wmp_postlint.readers.place import File

_PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")
_TYPES = ("Note", "Question", "Article", "Page")


def _claims(head: Head) -> int:
    collection = head.keys.get("type") in ("OrderedCollection", "OrderedCollectionPage")
    return CERTAIN if "orderedItems" in head.keys or collection else NO


def _read(file: File) -> Iterator[Loaded]:
    with file.open() as opened:
        yield from load(file, _activities(opened), lambda value: _post(file, value))


def _activities(opened: BinaryIO) -> Iterator[Item]:
    for item in JsonStream(opened).items("orderedItems"):
        if item.in_list or item.error:
            yield item


def _post(file: File, activity: object) -> Post:
    kind = text_at(activity, "type")
    if kind == "Announce":
        raise SkippedError("a boost: the words of the other account are not in the export")
    if kind not in ("Create", "Update", *_TYPES):
        raise SkippedError(f"an activity that publishes no words ({kind})")
    note = activity if kind in _TYPES else at(activity, "object")
    if isinstance(note, str):
        raise UnreadableError("is an activity whose post is not in the file, only its address; export it again")
    content = text_at(note, "content") or text_at(note, "contentMap", _first(at(note, "contentMap")))
    choices = [text_at(choice, "name") for key in ("oneOf", "anyOf") for choice in list_at(note, key)]
    # A content warning and the choices of a poll are shown beside the body, as plain text.
    plain = [words for words in (text_at(note, "name"), text_at(note, "summary")) if words]
    parts = [*(f"<p>{escape(words)}</p>" for words in plain), content or ""]
    parts += [f"<p>{escape(words)}</p>" for words in choices if words]
    attachments = [item for item in list_at(note, "attachment") if isinstance(item, dict)]
    if not any(parts) and not attachments:
        raise UnreadableError("is an activity without words and attachments")
    handle = _handle(text_at(note, "attributedTo") or text_at(activity, "actor"))
    reply = text_at(note, "inReplyTo")
    audience = [*list_at(note, "to"), *list_at(note, "cc"), at(note, "to"), at(note, "cc")]
    direct = bool(at(note, "to")) and not any(
        isinstance(whom, str) and (whom in _PUBLIC or whom.endswith("/followers")) for whom in audience
    )
    return Post(
        "".join(parts),
        id=text_at(note, "id"),
        text_format="html",
        kind="direct_message" if direct else "reply" if reply else "post",
        platform="mastodon",
        account=Account(handle, platform="mastodon") if handle else None,
        media=tuple(medium(file, text_at(item, "url") or "", alt=text_at(item, "name")) for item in attachments),
        in_reply_to=InReplyTo(_handle(reply) or "unknown") if reply else None,
        published_at=moment(at(note, "published") or at(activity, "published")),
        lang=_first(at(note, "contentMap")) or None,
    )


def _first(mapping: object) -> str:
    return next(iter(mapping), "") if isinstance(mapping, dict) else ""


def _handle(address: str | None) -> str | None:
    """Return the account that an address belongs to, as ``name@server``."""
    parts = (address or "").split("/")
    if len(parts) < 4:
        return None
    name = next((part for before, part in pairwise(parts) if before == "users"), "")
    name = name or next((part for part in parts[3:] if part.startswith("@")), "")
    return f"{name.lstrip('@')}@{parts[2]}" if name else None


KIND = Kind("Mastodon export", _claims, _read, ("outbox.json",), doubtful=True)
