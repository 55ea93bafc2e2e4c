"""E-mail addresses of people in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import load_vocabulary, word_list, words
from wmp_postlint.analysis.tokens import tokens, words_in
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity, Span
from wmp_postlint.lazy import Record
from wmp_postlint.policy import Policy
from wmp_postlint.rule import Flag, Pass, TextRule

_POLICE = lazy.regex(r"(?:\A|\.)police\.uk\Z")
_PART = r"(?:(?!_at_|-at-)[\w+'-]){1,40}"
_DOT = r"(?:\.|\s{1,2}\.\s{0,2}(?=[a-z]{2,3}\b)|\s{0,2}[(\[{]\s?(?:dot|\.)\s?[)\]}]\s{0,2}|\s{1,2}dot\s{1,2})"
_AT = lazy.regex(
    r"\s?[(\[{<]\s?(?:at|@)\s?[)\]}>]\s?|\s{1,2}@\s{1,2}|\s@|@\s|@(?=[a-z0-9-]{1,40}\s\.)|\s{1,2}at\s{1,2}|\s?\*at\*\s?|_at_|-at-",
    re.IGNORECASE,
)
_LOCAL = lazy.regex(rf"(?<![\w@.+'-]){_PART}(?:{_DOT}{_PART}){{0,3}}\Z", re.IGNORECASE)
_HOST = lazy.regex(
    rf"[a-z0-9-]{{1,40}}(?:{_DOT}[a-z0-9-]{{1,40}}){{0,3}}{_DOT}[a-z]{{2,12}}\b(?!\s{{0,2}}(?:@|at\b))", re.IGNORECASE
)
_DOTS = lazy.regex(_DOT, re.IGNORECASE)
# What a disguised address needs besides an @ or the word "dot".
_SPACED_AT = lazy.regex(r"@\s|\s@[\w.-]{1,60}\.[a-z]|@[\w-]{1,60}\s\.|[(\[{<]@")
_BRACKETED_AT = lazy.regex(r"[(\[{<*_-]\s?at\s?[)\]}>*_-]")
_DOTTED_AT = lazy.regex(r"\.\w+\sat\s")


class _Vocabulary(Record):
    role_words: tuple[str, ...]
    also_surnames: tuple[str, ...]
    personal_hosts: tuple[str, ...]
    cues: tuple[str, ...]


class EmailAddress(TextRule):
    """Flags e-mail addresses of people.

    An address names its owner and stays searchable; an officer's own address draws mail that nobody else sees. Instead,
    give the team's shared mailbox or the force's contact page. Addresses at a private mail service and those made of a
    first and a last name are errors, an unknown box of an organisation is a warning; mailboxes of a role (info@,
    press@, a team's or a place's) and the pack's own pass. Addresses read out ("john dot smith at example dot com") or
    disguised with (at) are found, and mailto: links. Limits: a team's box with an uncommon name is taken for a person's
    until the pack lists it.
    """

    name = "personal-data/email-address"
    clauses = ("4.13", "5.3")
    severity = Severity.ERROR
    message = "This is the e-mail address of one person."
    advice = "Give a shared mailbox or the Force's contact page instead."
    examples = (
        Flag("Contact the officer: «jo.bloggs@westmidlands.police.uk»", severity=Severity.ERROR),
        Flag("Write to «sam.taylor@example.com», she has the keys.", severity=Severity.ERROR),
        Flag("mail me «dizzy123@gmail.com» x", severity=Severity.ERROR),
        Flag("mail «john dot smith at example dot com»", severity=Severity.ERROR),
        Flag("«john.smith (at) example.com» has the list"),
        Flag("«j.patel[at]example[dot]org»", severity=Severity.ERROR),
        Flag("Tickets from «jsmith@example.org»", severity=Severity.WARNING),
        Flag("Send it to «12345@west-midlands.pnn.police.uk»", severity=Severity.ERROR),
        Flag("«John.Smith at example.com» or «smith92 @gmail.com»", severity=Severity.ERROR),
        Flag("email the owner at «mary.jones @ example.com»"),
        Flag("Write to him", field="links", post={"links": [{"url": "mailto:jo.bloggs@example.com?subject=Hi"}]}),
        Flag("The receipt went to «k.oneil+shop@example.org».", severity=Severity.WARNING),
        Flag("Ask «adam.west@example.org»", severity=Severity.ERROR),
        Pass("Email contactus@west-midlands.pnn.police.uk or press@example.org."),
        Pass("Footage to FL_COLLISION_INVEST@west-midlands.pnn.police.uk please"),
        Pass("press.office@westmidlands.police.uk deals with that."),
        Pass("kingsheath@westmidlands.police.uk is our inbox; so is solihull.neighbourhood@westmidlands.police.uk"),
        Pass("Meet us at example.com/events or at westmidlands.police.uk."),
        Pass("Look at the dot on the map: it is where the van was."),
        Pass("Thanks @example.com and @jo.bloggs for the tip!"),
        Pass("Join us @ Solihull. Tea at 3. Dot to dot for the children."),
        Pass("info@communitycentre.example.org has details"),
        Pass("Search at bbc dot co dot uk"),
        Pass("Forms go to tickets+aston@example.org."),
        Pass("Ask us", post={"links": [{"url": "mailto:info@example.org"}]}),
    )

    def run(self, document: Document) -> Iterator[Finding]:
        yield from super().run(document)
        for url in dict.fromkeys(link.url for link in document.links):
            if url[:7].casefold() == "mailto:":
                from urllib.parse import unquote

                for address in unquote(url[7:].partition("?")[0]).split(","):
                    yield from self._judge(address.strip(), document.policy, "links")

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = surface.text
        if "@" in text:
            for token in document.read(tokens, surface):
                if token.kind == "email":
                    start = token.start + len(token.text) - len(token.text.lstrip("'.-+"))
                    yield from self._judge(
                        text[start : token.end], document.policy, surface, surface.span(start, token.end)
                    )
        lowered = text.lower()
        if (
            ("@" in text and _SPACED_AT.search(lowered) is not None)
            or "dot" in document.read(words_in, surface)
            or ("at" in lowered and _BRACKETED_AT.search(lowered) is not None)
            or (" at " in lowered and _DOTTED_AT.search(lowered) is not None)
        ):
            for start, end, address in _spoken(text):
                yield from self._judge(address, document.policy, surface, surface.span(start, end))

    def _judge(self, address: str, policy: Policy, where: Surface | str, span: Span | None = None) -> Iterator[Finding]:
        local, _, host = address.casefold().rpartition("@")
        if not local or not host or _is_role(local, f"{local}@{host}", policy):
            return
        if host in _vocabulary().personal_hosts or _is_person(local):
            yield self.finding(where, span)
        elif not _is_police(host, policy) or "_" not in local:
            yield self.finding(
                where,
                span,
                severity=Severity.WARNING,
                confidence=Confidence.MEDIUM,
                message="This e-mail address may be one person's.",
                advice="Check that it is a shared mailbox that its owner wants published.",
            )


def _spoken(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield addresses that are read out or disguised: where they stand, and what they say."""
    for at in _AT.finditer(text):
        local = _LOCAL.search(text, max(0, at.start() - 130), at.start())
        host = _HOST.match(text, at.end(), at.end() + 160)
        if local is None or host is None:
            continue
        plain = at.group().strip().casefold() == "at"
        # "have a look at bbc dot co dot uk": a plain "at" counts after first dot last, or after a word such as "email".
        named = _DOTS.search(local.group()) is not None
        asked = _cues().search(text, max(0, local.start() - 40), local.start()) is not None
        said = re.search(r"\bdot\b", host.group(), re.IGNORECASE) is not None
        address = re.sub(r"\s", "", f"{_DOTS.sub('.', local.group())}@{_DOTS.sub('.', host.group())}")
        personal = address.casefold().rpartition("@")[2] in _vocabulary().personal_hosts
        if plain and not ((said and (named or asked or personal)) or re.fullmatch(r"[\w-]+\.[\w-]+", local.group())):
            continue
        if at.group().strip() == "@" and not named and not personal and not (asked and at.group() == " @ "):
            continue
        yield local.start(), host.end(), address


def _is_role(local: str, address: str, policy: Policy) -> bool:
    contacts = policy.contacts
    if address in (box.casefold() for box in contacts.mailboxes) or local in (
        box.casefold() for box in contacts.role_mailboxes
    ):
        return True
    places = {re.sub(r"\W", "", place.casefold()) for place in policy.force.places}
    short = {re.sub(r"\W", "", name.casefold()) for name in policy.force.short_names}
    if re.sub(r"[\W_]", "", local) in places:
        return True
    # What follows a plus sign is the owner's own tag, not the name of the box.
    parts = [part for part in re.split(r"[\W\d_]+", local.partition("+")[0]) if part]
    roles, surnames = _roles(), _vocabulary().also_surnames
    if any(part in roles and part not in surnames for part in parts) or (
        len(parts) > 1 and parts[0] in ("op", "operation")
    ):
        return True
    if any(_is_compound(part, places) for part in parts):
        return True
    return bool(parts) and all(part in roles or part in places or part in short for part in parts)


def _is_compound(local: str, places: set[str]) -> bool:
    """Whether a mailbox is words run together, a role among them ("ruralcrime") or three of them ("stopthespread")."""
    roles, ordinary = _roles().difference(_vocabulary().also_surnames), word_list("text/common_words.txt")
    # For each letter: the fewest words that end there, and whether one of them is a role.
    best: list[tuple[int, bool] | None] = [(0, False), *[None] * len(local)]
    for start in range(len(local)):
        reached = best[start]
        for end in range(start + 2, len(local) + 1) if reached else ():
            piece = local[start:end]
            role = piece in roles and len(piece) > 2
            if reached and (
                role or piece in places or (piece in ordinary and (len(piece) > 2 or piece in ("to", "in", "of", "up")))
            ):
                there, found = best[end], (reached[0] + 1, reached[1] or role)
                if there is None or (not there[1], there[0]) > (not found[1], found[0]):
                    best[end] = found
    whole = best[-1]
    return whole is not None and (whole[0] > 2 or (whole[0] == 2 and whole[1]))


def _is_person(local: str) -> bool:
    """Whether a mailbox is a first and a last name, or the number of an officer."""
    return re.fullmatch(r"[a-z]+(?:[.][a-z'-]+){1,3}\d*|\d{3,8}", local) is not None


def _is_police(host: str, policy: Policy) -> bool:
    return _POLICE.search(host) is not None or host in policy.force.mail_domains


@cache
def _vocabulary() -> _Vocabulary:
    return load_vocabulary("personal_data/email_address", _Vocabulary)


@cache
def _roles() -> frozenset[str]:
    return frozenset(_vocabulary().role_words)


@cache
def _cues() -> re.Pattern[str]:
    return words(_vocabulary().cues)
