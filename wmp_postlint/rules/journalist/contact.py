"""Dealing with journalists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.cues import CueRule, cue_matches
from wmp_postlint.analysis.journalists import (
    PressHandle,
    answered_press,
    press_asked,
    press_handles,
    role_words,
    sentences,
)
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary
from wmp_postlint.analysis.markings import markings
from wmp_postlint.analysis.phrases import fill
from wmp_postlint.analysis.sieve import Sieve
from wmp_postlint.analysis.tokens import tokens, within
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.rule import Flag, Pass

_MAX_FINDINGS = 20
_MAX_HANDLES = 40


class _Patterns(Record):
    addressed: str
    passed_on: str
    audience: str
    kind: str
    act: str
    strong_act: str
    referral: str
    press_context: str
    news_mail: str
    directing: str
    directed: str
    asks_back: str
    means: str


class _Vocabulary(Record):
    address: tuple[str, ...]
    pass_on: tuple[str, ...]
    audience: tuple[str, ...]
    kind_words: tuple[str, ...]
    office: tuple[str, ...]
    phrases: tuple[str, ...]
    slots: Mapping[str, str]
    patterns: _Patterns


@cache
def _vocabulary() -> tuple[_Vocabulary, Mapping[str, str]]:
    words = load_vocabulary("journalist/contact", _Vocabulary)
    lists = {"address": words.address, "passon": words.pass_on, "audience": words.audience, "role": role_words()}
    lists |= {"kindwords": words.kind_words}
    return words, {**words.slots, **{slot: any_of(terms) for slot, terms in lists.items()}}


@cache
def _phrases() -> Sieve:
    words, slots = _vocabulary()
    return Sieve(fill(phrase, slots) for phrase in words.phrases)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words, slots = _vocabulary()
    return lazy.regex(fill(getattr(words.patterns, name), slots), re.IGNORECASE)


class _Referral(Record):
    """What sends somebody to the press office, by its name in the pack or one of its common ones."""

    sieve: Sieve
    pattern: re.Pattern[str]


def _referral(document: Document) -> _Referral:
    return _referral_to(document.policy.force.press_office)


@cache
def _referral_to(office: str) -> _Referral:
    words, slots = _vocabulary()
    names = any_of((*words.office, office.casefold().removeprefix("the ")))
    source = fill(words.patterns.referral, {**slots, "office": names})
    return _Referral(Sieve([source]), lazy.regex(source, re.IGNORECASE))


class Contact(Worded, CueRule):
    """Flags dealing with journalists: addressing, answering, inviting, briefing or tipping off the press.

    Dealing with the press is for Corporate Communications alone, in posts, replies and direct messages, so that one
    force speaks with one voice and nothing prejudices a case. Instead, give the journalist the press office's details;
    a reply that does only this is advice. Naming or promoting an outlet, and thanking it, is no contact. Limits: a
    journalist is known by the pack's list of outlets, by the handle, or by the words of the post that is answered.
    """

    name = "journalist/contact"
    vocabulary = "journalist/free_wording"
    clauses = ("4.20",)
    severity = Severity.ERROR
    message = "This deals with a journalist or an outlet directly."
    advice = "Take it out. Send journalists to {press_office}, and let that team answer."
    scope = "journalist"
    examples = (
        Flag("«@bbcmtd can you give me a ring about last night's story?»"),
        Flag("Big raid today. «cc @birmingham_live @bbcmtd»"),
        Flag("«Hi @ExpressandStar, we've got footage for you.»"),
        Flag("«Off the record», he was known to us."),
        Flag("«DM me for a quote» on the knife amnesty."),
        Flag("«Media are invited» to film the crushing at ten."),
        Flag("«NOTES TO EDITORS»: pictures attached."),
        Flag("«#journorequest» I can talk about response work."),
        Flag("Send your pictures to «newsdesk@expressandstar.com» as well."),
        Flag(
            "«Yes, we were called at three. One man is in hospital.»",
            post={
                "kind": "reply",
                "in_reply_to": {"handle": "@birmingham_live", "text": "Can you confirm the stabbing?"},
            },
        ),
        Flag(
            "«Sure, go ahead!»",
            post={
                "kind": "reply",
                "in_reply_to": {"handle": "pat_w", "text": "Hi, I'm a reporter with the Gazette, can we use this?"},
            },
        ),
        Flag(
            "«Hi, please contact our press office on 0121 496 0999.»",
            post={"kind": "reply", "in_reply_to": {"handle": "jane_reporter", "text": "Any comment on the crash?"}},
            severity=Severity.INFO,
        ),
        Flag("«Media enquiries should go to our press office.»", severity=Severity.INFO),
        Pass("Catch us on @BBCTwo at 8pm, can you spot PC Ali?"),
        Pass("As seen on @SkyNews: our dog unit. Thanks to @bbcwm for having us!"),
        Pass("Read more in the @ExpressandStar"),
        Pass("Motoring journalist Sam Roads gives tips on winter driving."),
        Pass("Newsdesk vacancy! Follow us on social media."),
        Pass("The family ask the press to respect their privacy."),
        Pass("There's no such thing as off the record on social media, cadets heard."),
        Pass("Calls for the immediate release of the hostages grew."),
        Pass("@erdington_resident thanks, can you DM us the details?"),
        Pass("RT @birmingham_live: Man jailed after raid"),
        Pass(
            "Great day, well done cadets!",
            post={"kind": "reply", "in_reply_to": {"handle": "ExpressandStar", "text": "Cadets pass out at Tally Ho"}},
        ),
        Pass(
            "Sorry to hear that. Please report it on 101.",
            post={"kind": "reply", "in_reply_to": {"handle": "jane_b", "text": "Can you help? My car was stolen"}},
        ),
    )

    def excused(self, surface: Surface, document: Document) -> bool:
        return bool(document.read(markings, surface))

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        if surface.kind not in ("body", "alt", "caption", "unseen"):
            return
        text = surface.text
        referral = document.read(_referral)
        answered = answered_press(document) if surface.kind == "body" else None
        free = [(match.start, match.end) for match in document.read(cue_matches, surface, self.vocabulary)]
        if (
            answered is None
            and not free
            and "@" not in text
            and not any(sieve.candidates(text) for sieve in (_phrases(), referral.sieve))
        ):
            return
        parts = sentences(text)
        spans = free if answered is None else list(_answer(text, parts, document))
        spans.extend(_said(text, parts, referral))
        handles = document.read(press_handles, surface)
        spans.extend(_addressing(text, parts, handles, referral))
        spans.extend(_mails(surface, document))
        merged = _merge(spans)
        for start, end in merged[:_MAX_FINDINGS]:
            yield self.finding(surface, surface.span(start, end))
        if merged or not referral.sieve.candidates(text):
            return
        if not (answered or handles or _pattern("press_context").search(text)):
            return
        for start, end in parts:
            if referral.pattern.search(text, start, end) and (
                answered or _directs(text[start:end], handles, start, end)
            ):
                yield self.finding(
                    surface,
                    surface.span(start, end),
                    severity=Severity.INFO,
                    message="This sends a journalist to the press office, which is right.",
                    advice="Say no more than this, and let {press_office} know who asked.",
                )
                return


def _directs(sentence: str, handles: tuple[PressHandle, ...], start: int, end: int) -> bool:
    """Whether a sentence sends somebody of the press to the office, rather than only naming both."""
    if not _pattern("directing").search(sentence):
        return False
    named = any(start <= handle.start < end for handle in handles)
    return named or _pattern("directed").search(sentence) is not None


def _answer(text: str, parts: tuple[tuple[int, int], ...], document: Document) -> Iterator[tuple[int, int]]:
    """The answer to a journalist, unless it only sends them to the press office, thanks or greets."""
    referral = document.read(_referral).pattern
    substance = [
        (start, end)
        for start, end in parts
        if re.search(r"\w", text[start:end]) and not referral.search(text[start:end])
    ]
    rest = [
        (start, end)
        for start, end in substance
        if not _pattern("kind").match(text, start, end) or _pattern("strong_act").search(text, start, end)
    ]
    if not rest:
        return
    if press_asked(document) or document.post.kind == "direct_message":
        yield (rest[0][0] if len(substance) > len(rest) else parts[0][0]), parts[-1][1]
    elif any(_pattern("strong_act").search(text, start, end) for start, end in rest):
        yield rest[0][0], rest[-1][1]


def _said(text: str, parts: tuple[tuple[int, int], ...], referral: _Referral) -> Iterator[tuple[int, int]]:
    for match in _phrases().finditer(text):
        said = match.group()
        start = match.end() - len(said.lstrip(" \n\t*|-.!?:#" if "#" not in said else " \n"))
        end = next((b for a, b in parts if a <= start < b), match.end())
        following = next((b for a, b in parts if a >= end), end)
        if not referral.pattern.search(text[text.rfind("\n", 0, start) + 1 : following]):
            yield start, max(start + 1, start + len(text[start : match.end()].rstrip(" ,:;!|")))


def _addressing(
    text: str, parts: tuple[tuple[int, int], ...], handles: tuple[PressHandle, ...], referral: _Referral
) -> Iterator[tuple[int, int]]:
    """Sentences that speak to an outlet or a journalist by handle, and not about one."""
    for handle in handles[:_MAX_HANDLES]:
        start, end = next(((a, b) for a, b in parts if a <= handle.start < b), (handle.start, handle.end))
        end = max(end, handle.end)
        lead, tail = text[max(start, handle.start - 200) : handle.start], text[handle.end : min(end, handle.end + 240)]
        rest = text[handle.end : handle.end + 240]
        around = text[max(start, handle.start - 400) : handle.end + 400]
        if referral.pattern.search(around) or referral.pattern.search(rest):
            continue
        if passed := _pattern("passed_on").search(lead):
            yield start + passed.start(), end
        elif _pattern("addressed").match(lead[-120:]) and re.sub(r"@\w+", "", lead).count(" ") < 8:
            thanked = _pattern("kind").match(re.sub(r"^\W+", "", rest)) or re.match(
                r"\W*(?:thank|cheers)", lead, re.IGNORECASE
            )
            if _pattern("audience").match(tail) and not _pattern("strong_act").search(tail):
                continue
            if _pattern("strong_act").search(rest) or (
                not thanked and (handle.press == "journalist" or _pattern("act").search(rest))
            ):
                yield start, end
        elif _pattern("asks_back").search(lead) and not _pattern("means").search(lead):
            yield start, end


def _mails(surface: Surface, document: Document) -> Iterator[tuple[int, int]]:
    policy = document.policy
    for token in document.read(tokens, surface):
        if token.kind != "email":
            continue
        domain = token.text.rpartition("@")[2].lower()
        if domain.endswith("police.uk"):
            continue
        ours = any(within(domain, known) for outlet in policy.outlets for known in outlet.domains)
        if ours or _pattern("news_mail").match(token.text):
            yield token.start, token.end


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
