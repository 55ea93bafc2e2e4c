"""Buffer: the input of its ``createPost``, looked at before it is sent, and made a draft where it may not go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wmp_postlint.adapters import answer
from wmp_postlint.adapters.payload import Accounts, Fetch, Field, account, medium, nothing, texts_in
from wmp_postlint.finding import Report
from wmp_postlint.lazy import replace
from wmp_postlint.post import Link, Media, Post

_ASSETS = ("image", "video", "document")
_WORDS = ("title", "description", "text", "firstComment", "caption", "details")
_LINKS = ("url", "link", "linkUrl", "destinationLink")


def posts(given: object, fetch: Fetch = nothing, accounts: Accounts | None = None) -> list[Post]:
    """Return what an input would publish: the post, its thread, and the titles, comments and links for a network.

    Args:
        given: the ``input`` of ``createPost``.
        fetch: returns a file by its address.
        accounts: accounts by the id of their channel.

    Raises:
        PayloadError: if something of it is not what it should be.
    """
    top = Field(given)
    owner = account(top["channelId"].identity(), accounts or {}, None)
    when = top.moment_of("dueAt")
    text = top.get("text")
    media, links = _assets(top, fetch)
    first = Post(
        text.text() if text else "",
        id="text",
        platform=owner.platform,
        account=owner,
        media=media,
        links=links,
        published_at=when,
    )
    found = [first] if first.text.strip() or media or links else []
    metadata = top.get("metadata")
    for service in metadata.members() if metadata else ():
        for part in service.list("thread"):  # Buffer repeats the first post there
            shown, linked = _assets(part, fetch)
            found.append(replace(first, text=part.text_of("text") or "", id=part.where, media=shown, links=linked))
    for words in texts_in(metadata, (*_WORDS, *_LINKS)):
        if ".thread[" not in words.where:
            linked = (Link(words.text()),) if words.key in _LINKS else ()
            found.append(replace(first, text=words.text(), id=words.where, media=(), links=linked))
    return found or [first]


def revised(given: Mapping[str, object], reports: Sequence[Report]) -> dict[str, object]:
    """Return the input to send: as it is where everything passes, else as a draft, which never goes out by itself.

    ``needsApproval`` is taken out of a draft: it is valid on some channels only, and a press officer would be asked to
    agree to what the linter has spoken against. ``saveToDraft`` holds everywhere.
    """
    if answer.worst(reports) == "pass":
        return dict(given)
    kept = {key: value for key, value in given.items() if key != "needsApproval"}
    return {**kept, "saveToDraft": True}


def note(reports: Sequence[Report]) -> str | None:
    """Return the words of a note beside the draft, or None where everything passes."""
    return None if answer.worst(reports) == "pass" else answer.explanation(reports)


def _assets(holder: Field, fetch: Fetch) -> tuple[tuple[Media, ...], tuple[Link, ...]]:
    """Return the files and the link of a list of assets, of which each is one kind of thing."""
    media, links = [], []
    for asset in holder.list("assets"):
        kinds = [kind for kind in (*_ASSETS, "link") if asset.get(kind)]
        if len(kinds) != 1:
            raise asset.wrong(f"exactly one of {', '.join((*_ASSETS, 'link'))}")
        inner = asset[kinds[0]]
        if kinds[0] == "link":
            links.append(Link(inner["url"].text()))
            continue
        details = inner.get("metadata")
        alt = (details.text_of("altText") if details else None) or inner.text_of("altText")
        media.append(medium(inner["url"].text(), fetch, alt, kinds[0]))
    return tuple(media), tuple(links)
