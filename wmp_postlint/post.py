"""What goes in: a post, its media, its account. Frozen data without behaviour.

The field names are also the keys of the wire format (``docs/report-schema.md``). Texts and pictures are kept out of
``repr`` so that a post in a log line or a traceback gives nothing away.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from wmp_postlint.lazy import Record, field

AccountKind = Literal["corporate", "team", "officer", "personal"]
PostKind = Literal["post", "reply", "direct_message", "repost", "profile"]
TextFormat = Literal["plain", "html", "markdown"]


class Account(Record):
    """The account that publishes; without ``kind`` the policy pack's register decides, else it is an officer's."""

    handle: str
    kind: AccountKind | None = None
    platform: str | None = None


class Media(Record):
    """A picture or video: a file ``path`` or its bytes as ``data``, with the texts that are published beside it."""

    path: str | Path | None = None
    data: bytes | None = field(default=None, repr=False)
    filename: str | None = field(default=None, repr=False)
    alt: str | None = field(default=None, repr=False)
    caption: str | None = field(default=None, repr=False)
    kind: str | None = None


class Link(Record):
    """A link: its real target, and the words that a reader sees, at ``start`` to ``end`` of the text if known."""

    url: str = field(repr=False)
    text: str | None = field(default=None, repr=False)
    start: int | None = None
    end: int | None = None


class SharedFrom(Record):
    """The post that a repost shares."""

    handle: str
    platform: str | None = None
    text: str | None = field(default=None, repr=False)


class InReplyTo(Record):
    """The post that a reply answers; its words are somebody else's and are not published again."""

    handle: str
    text: str | None = field(default=None, repr=False)


class Location(Record):
    """The post's own geo tag: WGS 84 decimal degrees, or the name of a place, or both."""

    latitude: float | None = field(default=None, repr=False)
    longitude: float | None = field(default=None, repr=False)
    name: str | None = field(default=None, repr=False)


class Approval(Record):
    """An agreement given outside the post: what it covers, by whom, its reference, and when it ends.

    ``digest`` binds it to one content (``content_digest``); ``signature`` is the signed form of the whole agreement, a
    JWS in compact form, which ``postlint approve sign`` writes.
    """

    covers: str
    by: str
    reference: str
    expires: datetime | date | None = None
    digest: str | None = None
    signature: str | None = field(default=None, repr=False)


class Waiver(Record):
    """A decision to publish in spite of one rule; ``rule`` may be a pattern such as ``family/*``."""

    rule: str
    reason: str
    by: str
    until: datetime | date | None = None


class Post(Record):
    """A post before it is published.

    ``text`` is read as ``text_format`` says; spans of findings are code points of ``text`` as it stands here.
    """

    text: str = field(repr=False)
    id: str | None = None
    text_format: TextFormat = "plain"
    kind: PostKind = "post"
    platform: str | None = None
    account: Account | None = None
    media: tuple[Media, ...] = ()
    links: tuple[Link, ...] = ()
    shared_from: SharedFrom | None = None
    in_reply_to: InReplyTo | None = None
    location: Location | None = None
    published_at: datetime | None = None
    approvals: tuple[Approval, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    lang: str | None = None
    meta: Mapping[str, object] = field(default_factory=dict, repr=False)
