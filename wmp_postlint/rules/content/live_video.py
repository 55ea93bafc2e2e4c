"""Live video."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.analysis.lexicon import load_vocabulary
from wmp_postlint.analysis.phrases import Phrases
from wmp_postlint.analysis.tokens import Target, tokens
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.post import Link
from wmp_postlint.rule import Flag, Pass, PostRule


class _Patterns(Record):
    patterns: tuple[str, ...]


class _Slots(Record):
    platform: str


class _Links(Record):
    live: tuple[str, ...]
    hosts: tuple[str, ...]
    unsure: tuple[str, ...]


class _Vocabulary(Record):
    slots: _Slots
    announced: _Patterns
    decoys: _Patterns
    links: _Links


@cache
def _words() -> _Vocabulary:
    return load_vocabulary("content/live_video", _Vocabulary)


@cache
def _pattern(group: str) -> Phrases:
    words = _words()
    return Phrases(getattr(words, group).patterns, {"platform": words.slots.platform})


class LiveVideo(Worded, PostRule):
    """Flags live video: a post that announces it, or a link to it.

    Nobody can take back what a camera has shown: a face, a casualty, a door number, a colleague under cover. Live
    platforms need the press office's agreement. Instead, film, check and post the video later, or ask first. Live
    chats, radio and television, systems that "go live" and videos that are over pass. Limits: an embedded player is
    seen only by its link; a link that may show a live or a recorded video is a warning.
    """

    name = "content/live-video"
    clauses = ("4.24",)
    severity = Severity.ERROR
    scope = "live-video"
    message = "This is live video, which needs an agreement first."
    advice = "Film it, check it and post it later, or get the agreement of {press_office} first."
    examples = (
        Flag("We'll «be live on Facebook» at 7pm to answer your questions."),
        Flag("Join our «Facebook Live» with the Chief Superintendent tonight."),
        Flag("«We're going live from» the football in ten minutes!"),
        Flag("«Watch us live» on patrol tonight."),
        Flag("Follow the raid «on Periscope from» 6am."),
        Flag("The passing out parade will be «livestreamed» here."),
        Flag("On patrol in Aston: «https://www.pscp.tv/w/1example»"),
        Flag("On patrol in Aston: «youtube.com/live/abc123»"),
        Flag("Tonight from 7: «https://fb.watch/abc123»", severity=Severity.WARNING),
        Flag("Tonight from 7.", field="links[0]", post={"links": (Link("https://www.twitch.tv/example"),)}),
        Pass("Use our live chat between 8am and midnight to report crime."),
        Pass("Inspector Example is live on BBC WM at 10, tune in."),
        Pass("Our new website goes live on Monday."),
        Pass("Ask us anything: live Q&A on knife crime from 6pm, use #AskThePolice."),
        Pass("Catch up with our recent Facebook Live on burglary."),
        Pass("Speed saves no time. It costs lives. Live safely."),
        Pass("Thanks to everyone for joining our Facebook Live yesterday."),
        Pass("Does your child livestream while gaming? Know the risks of livestreaming."),
        Pass("People who live on Facebook Lane, sorry for the noise."),
        Pass("See the video: https://www.youtube.com/watch?v=abc123"),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        placed = set()
        for surface in document.surfaces:
            yield from self._announced(surface)
            for token in document.read(tokens, surface):
                if token.kind == "url" and (sure := _leads_live(token.text)) is not None:
                    placed.add(token.text)
                    yield self._link(surface, token.start, token.end, sure)
        for index, link in enumerate(document.links):
            if link.url not in placed and (sure := _leads_live(link.url)) is not None:
                yield self.finding(f"links[{index}]", severity=None if sure else Severity.WARNING)

    def _announced(self, surface: Surface) -> Iterator[Finding]:
        if not _pattern("announced").possible(surface.text):
            return
        text = _pattern("decoys").blank(surface.text)
        if match := _pattern("announced").search(text):
            end = match.start() + len(match.group().rstrip())
            yield self.finding(surface, surface.span(match.start(), end))

    def _link(self, surface: Surface, start: int, end: int, sure: bool) -> Finding:
        if sure:
            return self.finding(surface, surface.span(start, end), message="This link leads to live video.")
        message = "This link may lead to live video."
        span = surface.span(start, end)
        return self.finding(surface, span, severity=Severity.WARNING, message=message, confidence=Confidence.LOW)


def _leads_live(url: str) -> bool | None:
    """Tell whether an address leads to live video: surely, perhaps (False), or not (None)."""
    target = _target(url)
    links = _words().links
    if any(target.is_on(site) for site in links.live):
        return True
    path = url.partition("?")[0].rstrip("/")
    if path.casefold().endswith(("/live", "/live_videos")) and any(target.is_on(host) for host in links.hosts):
        return True
    return False if any(target.is_on(site) for site in links.unsure) else None


def _target(url: str) -> Target:
    rest = re.sub(r"^[a-z][a-z0-9+.-]*://", "", url.casefold())
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2].partition(":")[0]
    return Target(url, host.removeprefix("www."))
