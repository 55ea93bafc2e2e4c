"""Bluesky: what a call of a personal data server would write, and the error that it answers with.

Facets count bytes of UTF-8; they become links over code points, so that a link whose words say another address is seen.
A call that passes goes on byte for byte.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence

from wmp_postlint.adapters import answer
from wmp_postlint.adapters.payload import Accounts, Fetch, Field, PayloadError, account, medium, nothing
from wmp_postlint.finding import Report
from wmp_postlint.lazy import replace
from wmp_postlint.post import Account, Media, Post, SharedFrom
from wmp_postlint.readers.export import SkippedError
from wmp_postlint.readers.kinds.bluesky import post_of
from wmp_postlint.readers.loaded import UnreadableError

WRITES = ("com.atproto.repo.createRecord", "com.atproto.repo.putRecord", "com.atproto.repo.applyWrites")
MESSAGES = ("chat.bsky.convo.sendMessage", "chat.bsky.convo.sendMessageBatch")

_POST, _PROFILE, _REPOST = "app.bsky.feed.post", "app.bsky.actor.profile", "app.bsky.feed.repost"
# Records that hold no words of their own, only whom or what they are about.
_WORDLESS = (
    "app.bsky.feed.like",
    "app.bsky.feed.threadgate",
    "app.bsky.feed.postgate",
    "app.bsky.graph.follow",
    "app.bsky.graph.block",
    "app.bsky.graph.listblock",
    "app.bsky.graph.listitem",
    "chat.bsky.actor.declaration",
)
_EMBEDS = tuple(f"app.bsky.embed.{kind}" for kind in ("images", "video", "external", "record", "recordWithMedia"))


def posts(method: str, body: object, fetch: Fetch = nothing, accounts: Accounts | None = None) -> list[Post]:
    """Return what a call would publish; none where it writes no words.

    Args:
        method: the name of the call, one of ``WRITES`` or ``MESSAGES``.
        body: its body as plain data.
        fetch: returns a blob by its CID.
        accounts: accounts by their DID or handle.

    Raises:
        PayloadError: if something of it is not what it should be, or it writes a record whose words are not known.
    """
    top = Field(body)
    if method in MESSAGES:
        items = [top] if method == MESSAGES[0] else list(top["items"].items())
        return [_message(item["message"]) for item in items]
    if method not in WRITES:
        raise PayloadError("", f"expected a call of {', '.join((*WRITES, *MESSAGES))}")
    owner = account(top["repo"].text(), accounts or {}, "bluesky")
    if method != WRITES[2]:
        return list(_record(top["collection"].text(), top["record"], owner, fetch))
    found: list[Post] = []
    for write in top["writes"].items():
        kind = write["$type"].text().rpartition("#")[2]
        if kind not in ("create", "update", "delete"):
            raise write["$type"].wrong("a write that creates, updates or deletes")
        if kind != "delete":
            found += _record(write["collection"].text(), write["value"], owner, fetch)
    return found


def error(reports: Sequence[Report]) -> dict[str, str] | None:
    """Return the body of the 400 that stops a call, or None where it may go on.

    A personal data server keeps no drafts, so that what a person must decide stops here too.
    """
    if not reports or answer.worst(reports) == "pass":
        return None
    return {"error": "InvalidRequest", "message": answer.explanation(reports)}


def cid_of(data: bytes) -> str:
    """Return the CID that a server gives to a blob: version 1, raw, SHA-256, in base 32."""
    from hashlib import sha256

    return "b" + base64.b32encode(b"\x01\x55\x12\x20" + sha256(data).digest()).decode().rstrip("=").lower()


def _record(collection: str, record: Field, owner: Account, fetch: Fetch) -> Iterator[Post]:
    named = record.text_of("$type") or collection
    if named != collection:
        raise record["$type"].wrong("the collection that the record is written to")
    if collection == _REPOST:
        shared = record["subject"]["uri"].text()
        whose = shared.split("/")[2] if shared.startswith("at://") and shared.count("/") > 2 else shared
        yield Post(
            "", kind="repost", platform="bluesky", account=owner, shared_from=SharedFrom(whose, platform="bluesky")
        )
    elif collection in (_POST, _PROFILE):
        _check(record)
        yield _read({"$type": collection, **_plain(record)}, record, owner, fetch)
    elif collection not in _WORDLESS:
        raise PayloadError(record.where, "is a record of a kind that the linter cannot read; ask the press office")


def _message(message: Field) -> Post:
    words = {"$type": _POST, "text": message["text"].text(), "facets": message.value.get("facets")}  # type: ignore[attr-defined]  # it has a text, so it is an object
    _check(message)
    return replace(_read(words, message, None, nothing), kind="direct_message", account=None)


def _read(record: dict[str, object], field: Field, owner: Account | None, fetch: Fetch) -> Post:
    try:
        post = post_of(record)
    except (UnreadableError, SkippedError) as error:
        raise PayloadError(field.where, str(error)) from None
    shown = [*_blobs(field, fetch)]
    # The reader of archives has the alt texts, in the same order, and no files.
    rest = shown[len(post.media) :]
    media = [replace(item, data=found.data, kind=found.kind) for item, found in zip(post.media, shown, strict=False)]
    return replace(post, account=owner, media=(*media, *rest))


def _blobs(record: Field, fetch: Fetch) -> Iterator[Media]:
    """Yield the files of a record, its pictures or its video first, as the reader of archives has them."""
    for name in ("avatar", "banner"):
        if picture := record.get(name):
            yield _blob(picture, fetch, "image")
    embed = record.get("embed")
    if embed is None:
        return
    holder = embed.get("media") or embed
    for image in holder.list("images"):
        yield _blob(image["image"], fetch, "image")
    if video := holder.get("video"):
        yield _blob(video, fetch, "video")
        for captions in holder.list("captions"):
            yield _blob(captions["file"], fetch, "captions")
    if (card := holder.get("external")) and (thumb := card.get("thumb")):
        yield _blob(thumb, fetch, "image")


def _blob(blob: Field, fetch: Fetch, kind: str) -> Media:
    reference = blob.get("ref")
    return medium(reference["$link"].text() if reference else blob["cid"].text(), fetch, kind=kind)


def _check(record: Field) -> None:
    """Refuse what the reader of archives, which must live with anything, would pass over."""
    _plain(record)
    for facet in record.list("facets"):
        for end in ("byteStart", "byteEnd"):
            place = facet["index"][end]
            if isinstance(place.value, bool) or not isinstance(place.value, int):
                raise place.wrong("a whole number")
        for feature in facet["features"].items():
            if feature["$type"].text().endswith("#link"):
                feature["uri"].text()
    for name in ("text", "displayName", "description"):
        record.text_of(name)
    embed = record.get("embed")
    for part in filter(None, (embed, embed.get("media") if embed else None)):
        if part["$type"].text() not in _EMBEDS:
            raise part["$type"].wrong(f"one of {', '.join(_EMBEDS)}")
    holder = (embed.get("media") or embed) if embed else None
    for image in holder.list("images") if holder else ():
        image.text_of("alt")
    for tag in record.list("tags"):
        tag.text()


def _plain(record: Field) -> dict[str, object]:
    if not isinstance(record.value, dict):
        raise record.wrong("an object")
    return record.value
