"""A post read once: its text surfaces, its links, its media; and every analysis of them computed once.

Rules read a post through its document only. ``Document.read`` computes an analysis at its first use and keeps what it
gave, or what it raised, for the other rules of the same post.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from wmp_postlint.errors import NotLooked
from wmp_postlint.finding import Finding, RuleError
from wmp_postlint.lazy import replace
from wmp_postlint.limits import DEFAULT_LIMITS, Limits
from wmp_postlint.markup import Reading, read_markup, typed_shares
from wmp_postlint.media import MediaFacts, read_media
from wmp_postlint.policy import Policy
from wmp_postlint.post import AccountKind, Link, Media, Post
from wmp_postlint.surface import Surface, SurfaceKind
from wmp_postlint.text import assemble, identity
from wmp_postlint.together import Together, kept_or_read

if TYPE_CHECKING:
    from weakref import ReferenceType

    from wmp_postlint.media.ocr import Box, SeenText

T = TypeVar("T")
P = ParamSpec("P")

Moment = datetime | None


class Attachment:
    """A medium of the post: what was given, and what its file was found to hold.

    ``facts`` is None when the content could not be looked at; the document then holds an error about it.
    """

    __slots__ = ("facts", "field", "given")

    def __init__(self, field: str, given: Media, facts: MediaFacts | None) -> None:
        self.field = field
        self.given = given
        self.facts = facts

    @property
    def filename(self) -> str | None:
        """The name that the file is published under."""
        if self.given.filename is not None:
            return self.given.filename
        return PurePath(self.given.path).name if self.given.path is not None else None


class Document:
    """A post as rules see it.

    Args:
        post: a checked post.
        policy: the pack that it is read under.
        limits: how much of it is looked at.
        ocr: whether the text that can be seen in pictures is read too.
        now: the moment that the post is judged at, with its zone; by default the present.

    Attributes:
        published_at: when the post appears: its own time, else ``now`` where that was given.
        together: the posts that it is linted with, if there are any.
    """

    def __init__(
        self, post: Post, policy: Policy, limits: Limits = DEFAULT_LIMITS, *, ocr: bool = False, now: Moment = None
    ) -> None:
        self.post = post
        self.policy = policy
        self.now = now or datetime.now(UTC)
        self.published_at = post.published_at or now
        self._limits = limits
        self._ocr = ocr
        self._seen: dict[str, SeenText] = {}
        self._errors: list[RuleError] = []
        self._kept: dict[tuple[object, ...], tuple[bool, Any]] = {}
        self.together: ReferenceType[Together] | None = None

    @property
    def account_kind(self) -> AccountKind:
        """The kind of the account that publishes."""
        return self.policy.account_kind(self.post.account)

    @cached_property
    def official_share(self) -> bool:
        """Whether the post shares an account of the pack's register."""
        shared = self.post.shared_from
        handle = shared.handle if shared else self._typed_share_handle
        return handle is not None and self.policy.registered_kind(handle) is not None

    @cached_property
    def _reading(self) -> Reading:
        text = self._limited("text", self.post.text)
        return read_markup(text, self.post.text_format)

    @cached_property
    def _typed_share(self) -> tuple[str, int, int] | None:
        """The hand-typed share of a registered account: its handle, and where that account's words begin and end."""
        text = self._reading.visible.text
        for share in typed_shares(text) if "@" in text else ():
            if self.policy.registered_kind(share[0]) is not None:
                return share
        return None

    @property
    def _typed_share_handle(self) -> str | None:
        return self._typed_share[0] if self._typed_share else None

    @cached_property
    def attachments(self) -> tuple[Attachment, ...]:
        """The media of the post, each opened once."""
        media = self.post.media
        if len(media) > self._limits.media:
            self._fail("media", f"only the first {self._limits.media} of {len(media)} pictures were looked at")
        return tuple(self._attach(index, item) for index, item in enumerate(media[: self._limits.media]))

    @cached_property
    def surfaces(self) -> tuple[Surface, ...]:
        """Every text that is published with the post, the body first."""
        return tuple(surface for surface in self._surfaces() if surface.text.strip())

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links that the post was given or that its markup holds; bare addresses in the text are an analysis."""
        links = (*self.post.links, *self._reading.links)
        if len(links) > self._limits.links:
            self._fail("links", f"only the first {self._limits.links} of {len(links)} links were looked at")
        return links[: self._limits.links]

    @property
    def errors(self) -> tuple[RuleError, ...]:
        """What could not be looked at, whatever the rules asked for."""
        # Reading is what finds the errors, so everything is read here once at least.
        read = (self.surfaces, self.attachments, self.links)
        if not any(read) and not self.post.location:
            self._fail("text", "the post is empty: there was nothing to look at")
        return tuple(dict.fromkeys(self._errors))

    def read(self, analysis: Callable[Concatenate[Document, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return ``analysis(document, *args)``, computed once for this post.

        Raises:
            Exception: whatever the analysis raised at its first use, raised again for each rule that asks.
        """
        key = (analysis, *args, *sorted(kwargs.items())) if kwargs else (analysis, *args)
        found = self._kept.get(key)
        if found is not None and found[0]:
            result: T = found[1]
            return result
        return kept_or_read(self._kept, key, lambda: analysis(self, *args, **kwargs))

    def read_together(self, analysis: Callable[[Sequence[Document]], T]) -> T:
        """Return ``analysis(documents)`` of this post and those that are linted with it, computed once for all of them.

        For readings that cost less over many posts than one by one.

        Raises:
            Exception: whatever the analysis raised at its first use, raised again for each rule that asks.
        """
        together = self.together and self.together()
        return together.read(analysis) if together else kept_or_read(self._kept, (analysis,), lambda: analysis((self,)))

    def placed(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Give the findings of one rule in words seen in a picture their box: left, top, right, bottom, in pixels.

        A place that was read twice is reported once.
        """
        taken: list[tuple[str, Box]] = []
        for finding in findings:
            seen = self._seen.get(finding.field)
            box = seen.box(finding.span.start, finding.span.end) if seen and finding.span else None
            if box is None:
                yield finding
                continue
            from wmp_postlint.media.ocr import overlap

            if not any(field == finding.field and overlap(box, other) for field, other in taken):
                taken.append((finding.field, box))
                yield replace(finding, data={**finding.data, "box": list(box)})

    def _fail(self, field: str, message: str) -> None:
        self._errors.append(RuleError("input", field, message))

    def _limited(self, field: str, text: str) -> str:
        if len(text) <= self._limits.text:
            return text
        self._fail(field, f"only the first {self._limits.text} of {len(text)} characters were looked at: shorten it")
        return text[: self._limits.text]

    def _attach(self, index: int, given: Media) -> Attachment:
        field = f"media[{index}]"
        facts = None
        if given.data is None and given.path is None:
            self._fail(field, "its content could not be looked at: the medium has neither a path nor data")
        else:
            facts = read_media(given.data if given.data is not None else Path(str(given.path)))
            for problem in facts.problems:
                self._fail(field, problem)
        return Attachment(field, given, facts)

    def _surfaces(self) -> Iterator[Surface]:
        yield from self._body()
        for view in self._reading.unseen:
            yield Surface("text", "unseen", view)
        shared = self.post.shared_from
        if shared and shared.text:
            yield self._plain("shared_from.text", "shared", shared.text)
        for index, attachment in enumerate(self.attachments):
            yield from self._media_texts(f"media[{index}]", attachment)
        for index, link in enumerate(self.post.links[: self._limits.links]):
            if link.text and link.start is None:
                yield self._plain(f"links[{index}].text", "link", link.text)
        if self.post.location and self.post.location.name:
            yield self._plain("location.name", "place", self.post.location.name)

    def _body(self) -> Iterator[Surface]:
        visible = self._reading.visible
        shared = self.post.shared_from
        if self.post.kind == "repost" and shared and not shared.text:
            yield Surface("text", "shared", visible)
        elif self._typed_share:
            _, start, end = self._typed_share
            yield Surface("text", "body", visible.part(0, start))
            yield Surface("text", "shared", visible.part(start, end))
            yield Surface("text", "body", visible.part(end, len(visible.text)))
        else:
            yield Surface("text", "body", visible)

    def _media_texts(self, field: str, attachment: Attachment) -> Iterator[Surface]:
        if attachment.given.alt:
            yield self._plain(f"{field}.alt", "alt", attachment.given.alt)
        if attachment.given.caption:
            yield self._plain(f"{field}.caption", "caption", attachment.given.caption)
        if attachment.filename:
            # Underscores join words of a name that a reader sees apart.
            name = self._limited(f"{field}.filename", attachment.filename)
            pieces = [(name.replace("_", " "), 0, len(name))]
            yield Surface(f"{field}.filename", "filename", assemble(name, pieces))
        for text in attachment.facts.texts if attachment.facts else ():
            yield self._plain(f"{field}.metadata.{text.name}", "metadata", text.text)
        if self._ocr and attachment.facts and attachment.facts.is_picture:
            yield from self._seen_text(field, attachment.given)

    def _seen_text(self, field: str, given: Media) -> Iterator[Surface]:
        from wmp_postlint.media.ocr import read_text

        try:
            seen = read_text(given.data if given.data is not None else Path(str(given.path)))
        except NotLooked as error:
            self._fail(f"{field}.seen", str(error))
            return
        self._seen[f"{field}.seen"] = seen
        yield self._plain(f"{field}.seen", "seen", seen.text)

    def _plain(self, field: str, kind: SurfaceKind, text: str) -> Surface:
        return Surface(field, kind, identity(self._limited(field, text)))


__all__ = ["Attachment", "Document", "NotLooked", "Surface", "Together"]
