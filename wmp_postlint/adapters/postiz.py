"""Postiz: what ``POST /public/v1/posts`` is given, and its own ways of saying no: a 400, or a draft.

Postiz calls nobody before it publishes, so that the linter stands in front of it and reads what goes in
(``wmp_postlint.server.gates``). Bodies are HTML; their bold letters become other characters when they are published,
which the linter reads as the letters they stand for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wmp_postlint.adapters import answer
from wmp_postlint.adapters.payload import (
    Accounts,
    Fetch,
    Field,
    PayloadError,
    account,
    medium,
    nothing,
    shown_in,
    texts_in,
)
from wmp_postlint.finding import Report
from wmp_postlint.lazy import Record
from wmp_postlint.post import Link, Media, Post

_KINDS = ("draft", "schedule", "now", "update")
# Settings of a network whose words are published; the others choose things.
_WORDS = (
    "title",
    "subtitle",
    "description",
    "caption",
    "text",
    "comment",
    "first_comment",
    "message",
    "question",
    "options",
)
_LINKS = ("url", "link", "canonical")


class Reply(Record):
    """What happens to a request: it goes on as ``forward`` says, or is answered with ``status`` and ``body``."""

    forward: Mapping[str, object] | None = None
    status: int = 400
    body: Mapping[str, object] | None = None


def posts(payload: object, fetch: Fetch = nothing, accounts: Accounts | None = None) -> list[Post]:
    """Return what a request would publish: each post and each reply below it, and each title and link of its settings.

    Args:
        payload: the body of ``POST /public/v1/posts``.
        fetch: returns a picture by the path, or else the id, that the request gives.
        accounts: accounts by the id of their integration.

    Raises:
        PayloadError: if it publishes nothing, or something of it is not what it should be.
    """
    top = Field(payload)
    kind = top["type"]
    if kind.text() not in _KINDS:
        raise kind.wrong(f"one of {', '.join(_KINDS)}")
    found: list[Post] = []
    for part in top["posts"].items():
        identity = part["integration"]["id"].identity()
        settings = part.get("settings")
        platform = settings.text_of("__type") if settings else None
        owner = account(identity, accounts or {}, platform)
        when = top.moment_of("date")
        for index, value in enumerate(part["value"].items()):
            body = value["content"].text()
            found.append(
                Post(
                    body,
                    id=value.where,
                    text_format="html",
                    kind="reply" if index else "post",
                    platform=platform,
                    account=owner,
                    media=(*_media(value, fetch), *shown_in(body, fetch)),
                    published_at=when,
                )
            )
        for words in texts_in(settings, (*_WORDS, *_LINKS)):
            found.append(
                Post(
                    words.text(),
                    id=words.where,
                    platform=platform,
                    account=owner,
                    links=(Link(words.text()),) if words.key in _LINKS else (),
                    published_at=when,
                )
            )
    if not found:
        raise PayloadError("posts", "holds no post")
    return found


def reply(payload: Mapping[str, object], reports: Sequence[Report], *, as_draft: bool = False) -> Reply:
    """Return what happens to a request.

    A draft goes on as it is, and so does what passes. What a person must decide becomes a draft. What blocks is refused
    with the answer that Postiz itself gives to a post that it cannot send.

    Args:
        payload: the body of the request.
        reports: what was found in its posts.
        as_draft: whether a post that blocks becomes a draft too, for somebody to mend in Postiz.
    """
    verdict = answer.worst(reports)
    if verdict == "pass" or payload.get("type") == "draft":
        return Reply(forward=payload)
    if verdict == "review" or as_draft:
        return Reply(forward={**payload, "type": "draft"})
    return refused(answer.explanation(reports), _provider(payload))


def refused(message: str, provider: str = "") -> Reply:
    """Return the 400 that Postiz answers with where a post cannot be sent."""
    return Reply(
        body={"statusCode": 400, "provider": provider, "name": "postlint", "message": message},
    )


def _media(value: Field, fetch: Fetch) -> Iterator[Media]:
    for image in value.list("image"):
        path, identity = image.text_of("path"), image.get("id")
        if path is None and identity is None:
            raise PayloadError(image.where, "expected a path or an id")
        address = path or (identity.identity() if identity else "")
        item = medium(address, fetch, image.text_of("alt"))
        yield (
            item
            if item.data is not None or not (path and identity)
            else medium(identity.identity(), fetch, image.text_of("alt"))
        )


def _provider(payload: Mapping[str, object]) -> str:
    first = next(Field(payload)["posts"].items(), None)
    settings = first.get("settings") if first else None
    return (settings.text_of("__type") if settings else None) or ""
