"""Hootsuite's prescreening: posts that wait for approval are looked at, and rejected or left to a person.

The callback holds ids only and may not be signed, so nothing in it is believed: each message is fetched anew from
Hootsuite (``GET /v1/messages/{id}``). There is no function that approves, because a linter is no approver.
"""

from __future__ import annotations

from itertools import zip_longest

from wmp_postlint.adapters import answer
from wmp_postlint.adapters.payload import Accounts, Fetch, Field, PayloadError, account, medium, nothing
from wmp_postlint.finding import Report
from wmp_postlint.lazy import Record
from wmp_postlint.post import Link, Location, Media, Post

WAITING = "PENDING_APPROVAL"
_MESSAGE, _PING = "com.hootsuite.messages.event.v1", "com.hootsuite.ping.event.v1"
_REASON = 1000  # characters of a reason; Hootsuite documents no limit


class Pending(Record):
    """A message as Hootsuite holds it now.

    ``sequence`` is what a rejection must name, so that it never meets a text that was changed since; ``waiting`` says
    whether the message waits for approval at all.
    """

    id: str
    post: Post
    sequence: int
    waiting: bool


def waiting_ids(callback: object) -> tuple[str, ...]:
    """Return the ids of the messages to fetch that a callback tells of; none for a ping, which is answered with 200.

    Args:
        callback: the body of the callback: a list of events.

    Raises:
        PayloadError: if it is no list of events, or an event about a message names none.
    """
    found = []
    for event in Field(callback).items():
        kind = event["type"].text()
        if kind == _MESSAGE and event["data"]["state"].text() == WAITING:
            found.append(_safe(event["data"]["message"]["id"]))
    return tuple(dict.fromkeys(found))


def is_ping(callback: object) -> bool:
    """Whether a callback asks for nothing but a sign of life."""
    events = list(Field(callback).items())
    return bool(events) and all(event["type"].text() == _PING for event in events)


def pending(answered: object, fetch: Fetch = nothing, accounts: Accounts | None = None) -> Pending:
    """Return the message that Hootsuite answered ``GET /v1/messages/{id}`` with.

    Args:
        answered: the answer: ``{"data": [message]}``.
        fetch: returns a file by its address, or by its id where Hootsuite gives no address.
        accounts: accounts by the id of their social profile.

    Raises:
        PayloadError: if there is not exactly one message, or something of it is not what it should be.
    """
    messages = list(Field(answered)["data"].items())
    if len(messages) != 1:
        raise PayloadError("data", f"expected one message, got {len(messages)}")
    message = messages[0]
    sequence = message["sequenceNumber"].number()
    identity = _safe(message["id"])
    profile = message.get("socialProfile")
    platform = profile.text_of("type") if profile else None
    post = Post(
        message["text"].text(),
        id=identity,
        platform=_platform(platform),
        account=account(profile["id"].identity(), accounts or {}, _platform(platform)) if profile else None,
        media=_media(message, fetch),
        links=_links(message),
        location=_location(message),
        published_at=message.moment_of("scheduledSendTime"),
    )
    return Pending(identity, post, int(sequence), message["state"].text() == WAITING)


def rejection(report: Report, found: Pending) -> dict[str, object] | None:
    """Return the body of ``POST /v1/messages/{id}/reject``, or None where the message is left to its approver.

    A post is rejected when it blocks, and when something of it could not be looked at: an approver who heard nothing
    would take it for looked at. A post with warnings only is left to the approver, who decides.
    """
    if not found.waiting or not (report.verdict == "block" or answer.not_looked([report])):
        return None
    return {
        "sequenceNumber": found.sequence,
        "reviewerType": "EXTERNAL",
        "reason": answer.explanation([report], _REASON),
    }


def unreadable(answered: object, error: PayloadError) -> dict[str, object] | None:
    """Return the body of a rejection for a message that could not be read as a post, None where it does not wait.

    Raises:
        PayloadError: if what Hootsuite answered is no message at all.
    """
    messages = list(Field(answered)["data"].items())
    if len(messages) != 1:
        raise PayloadError("data", f"expected one message, got {len(messages)}")
    if messages[0]["state"].text() != WAITING:
        return None
    sequence, identity = int(messages[0]["sequenceNumber"].number()), _safe(messages[0]["id"])
    reason = f"The message {identity} could not be looked at ({error}). Ask somebody to check it by hand."
    return {"sequenceNumber": sequence, "reviewerType": "EXTERNAL", "reason": reason[:_REASON]}


def _safe(field: Field) -> str:
    """Return an id that can stand in an address."""
    identity = field.identity()
    if not (identity.isascii() and identity.replace("-", "").replace("_", "").isalnum()):
        raise field.wrong("an id of letters and digits")
    return identity


def _platform(kind: str | None) -> str | None:
    names = {
        "TWITTER": "x",
        "FACEBOOKPAGE": "facebook",
        "INSTAGRAMBUSINESS": "instagram",
        "LINKEDINCOMPANY": "linkedin",
    }
    return names.get(kind, kind.casefold()) if kind else None


def _media(message: Field, fetch: Fetch) -> tuple[Media, ...]:
    """Return the attachments; an answer may name them by address, by id, or by both."""
    addresses = [item["url"].text() for item in message.list("mediaUrls")]
    identities = [item["id"].identity() for item in message.list("media")]
    found = []
    for address, identity in zip_longest(addresses, identities):
        item = medium(address or identity or "", fetch)
        found.append(item if item.data is not None or not (address and identity) else medium(identity, fetch))
    return tuple(found)


def _links(message: Field) -> tuple[Link, ...]:
    """Return the link that a network shows as a card."""
    info = message.get("extendedInfo")
    cards = info.items() if info and isinstance(info.value, list) else ()
    found = [link for card in cards if (data := card.get("data")) and (link := data.text_of("link"))]
    return tuple(Link(link) for link in found)


def _location(message: Field) -> Location | None:
    place = message.get("location")
    if place is None:
        return None
    return Location(place["latitude"].number(), place["longitude"].number())
