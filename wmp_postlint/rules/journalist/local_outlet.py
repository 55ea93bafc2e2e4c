"""Incident information handed straight to local pages and blogs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.journalists import press_account
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary, words
from wmp_postlint.analysis.tokens import tokens
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.policy import Outlet
from wmp_postlint.rule import Flag, Pass, TextRule

# Behind a tag: more tags, and what asks to share. Before one: what makes it part of the sentence.
_TAIL = lazy.regex(r"(?:[^\w@#]|[@#]\w*+|https?://\S++|please|share|rt)*+", re.IGNORECASE)
_PART = lazy.regex(
    r"(?:\b(?:via|by|from|thanks?(?: you)?(?: to)?|courtesy(?: of)?|credit|in|on|at|with|of|the|to|see|read|and|©)"
    r"|📸|📷)\W{0,3}(?:@\w+\W{1,3}){0,5}$",
    re.IGNORECASE,
)


class _Vocabulary(Record):
    incidents: tuple[str, ...]
    crimes: tuple[str, ...]
    happened: tuple[str, ...]
    events: tuple[str, ...]
    pages: tuple[str, ...]
    endings: tuple[str, ...]
    others: tuple[str, ...]


class _Patterns(Record):
    incident: re.Pattern[str]
    crime: re.Pattern[str]
    happened: re.Pattern[str]
    event: re.Pattern[str]
    page: re.Pattern[str]
    named_like_one: re.Pattern[str]
    other: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    lists = load_vocabulary("journalist/local_outlet", _Vocabulary)
    return _Patterns(
        words(lists.incidents),
        words(lists.crimes),
        words(lists.happened),
        words(lists.events),
        lazy.regex(rf"@(?:{any_of(lists.pages)})(?=[A-Z_])|@(?:{any_of(lists.pages)})(?:in|_)", re.IGNORECASE),
        lazy.regex(rf"@\w{{1,40}}{any_of(lists.endings)}$"),
        lazy.regex(any_of(lists.others), re.IGNORECASE),
    )


class LocalOutlet(TextRule):
    """Flags a local page, blog or community account that is tagged together with an incident.

    Local pages get incident information the way everybody does, from the force's own accounts, and never straight from
    an officer. Instead, publish the words without the tag once they are agreed, and let the page share them. Tagging a
    local page about an event, advice or thanks is left alone. Limits: the pages are those that the policy pack calls
    local, by handle or by name after "cc" or "for", and handles that begin with "Spotted"; a handle
    that only ends like a news page's and is tagged behind the words is a warning.
    """

    name = "journalist/local-outlet"
    clauses = ("4.21",)
    severity = Severity.ERROR
    message = "This hands incident information straight to a local page or blog."
    advice = "Take the tag out. Local pages share what the force publishes; {press_office} decides what that is."
    scope = "journalist"
    examples = (
        Flag("«@BhamUpdates» serious collision on the Pershore Road, avoid the area"),
        Flag("Two arrested after a stabbing in Kings Heath this morning «@B14News»"),
        Flag("Officers on scene at an assault in Small Heath. cc «@BhamUpdates»"),
        Flag("A burglar made off on foot last night «@BrownhillsBob»"),
        Flag("FAO «Birmingham Updates»: road closed, cordon in place."),
        Flag(
            "«We are looking for two men after a robbery.»",
            post={"kind": "reply", "in_reply_to": {"handle": "BhamUpdates", "text": "Why is the chopper up?"}},
        ),
        Pass("@B14News knife crime awareness talk at the library on Saturday"),
        Pass("Thanks @BhamUpdates for the lovely carnival photo!"),
        Pass("Serious collision on the Pershore Road, avoid the area"),
        Pass("Two arrested after a stabbing @WMPolice"),
        Pass("RT @BhamUpdates: crash on the Pershore Road"),
        Pass("@BrownhillsBob lovely walk along the cut today"),
        Pass(
            "Thank you for sharing our open day!",
            post={"kind": "reply", "in_reply_to": {"handle": "BhamUpdates", "text": "Open day on Sunday"}},
        ),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        if surface.kind not in ("body", "alt", "caption"):
            return
        text = surface.text
        places = list(_pages(surface, document))
        if not places and surface.kind == "body" and _writes_to_local(document):
            start = len(text) - len(text.lstrip())
            places = [(start, len(text.rstrip()))]
        guessed = [] if places else list(_tagged_by_name(surface, document))
        if (places or guessed) and _tells_of_incident(text):
            for start, end in places:
                yield self.finding(surface, surface.span(start, end))
            for start, end in guessed:
                yield self.finding(
                    surface, surface.span(start, end), severity=Severity.WARNING, confidence=Confidence.MEDIUM
                )


def _pages(surface: Surface, document: Document) -> Iterator[tuple[int, int]]:
    text = surface.text
    for token in document.read(tokens, surface):
        if token.kind != "handle" or text[: token.start].lower().endswith(("rt ", "via ")):
            continue
        local = press_account(document.policy, token.text) == "local"
        if local or (_patterns().page.match(token.text) and document.policy.registered_kind(token.text) is None):
            yield token.start, token.end
    for outlet in document.policy.outlets:
        if outlet.local and outlet.name.casefold() in text.casefold():
            yield from _named(outlet, text)


def _tagged_by_name(surface: Surface, document: Document) -> Iterator[tuple[int, int]]:
    """Handles unknown to the pack that end like those of news pages, tagged behind the words and no part of them."""
    text, patterns = surface.text, _patterns()
    if "@" not in text:
        return
    for token in document.read(tokens, surface):
        if token.kind != "handle" or not patterns.named_like_one.match(token.text) or patterns.other.search(token.text):
            continue
        if (
            document.policy.registered_kind(token.text) is not None
            or press_account(document.policy, token.text) is None
        ):
            continue
        before, after = text[max(0, token.start - 200) : token.start], text[token.end : token.end + 200]
        if _TAIL.fullmatch(after) and not _PART.search(before):
            yield token.start, token.end


def _named(outlet: Outlet, text: str) -> Iterator[tuple[int, int]]:
    """A local page by its name, where it is spoken to: "cc B14 News", "one for B14 News"."""
    to = (
        r"(?:\bcc|\bfao|\bfor|\bto|\bhi|\bhello|\bhey|\bdear|\btell(?:ing)?|\btold|\battn"
        r"|\bover to)\W{1,3}(?:the )?"
    )
    for match in re.finditer(rf"{to}(?P<name>{re.escape(outlet.name)})(?!\w)", text, re.IGNORECASE):
        yield match.span("name")


def _writes_to_local(document: Document) -> bool:
    other = document.post.in_reply_to
    if other is None or document.post.kind not in ("reply", "direct_message"):
        return False
    return press_account(document.policy, other.handle) == "local" or bool(
        _patterns().page.match(f"@{other.handle.lstrip('@')}")
    )


def _tells_of_incident(text: str) -> bool:
    patterns = _patterns()
    happened = patterns.happened.search(text)
    if patterns.event.search(text) and not (happened and patterns.incident.search(text)):
        return False
    return bool(patterns.incident.search(text) or (patterns.crime.search(text) and happened))
