"""Accounts of private people in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.journalists import press_account
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary
from wmp_postlint.analysis.tokens import tokens, words_in
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.policy import Policy, handle_key
from wmp_postlint.rule import Flag, Pass, TextRule

# Handles at the head of a reply only say whom it answers.
_HEAD = lazy.regex(r"\s*(?:\.?@[\w.]{1,40}[\s,:]{1,3})+")
_THANKS = ("thanks", "thank you", "cheers", "ta", "well done", "credit", "kudos", "shoutout", "shout out", "props")
_PART = lazy.regex(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


class _Vocabulary(Record):
    networks: tuple[str, ...]
    people: tuple[str, ...]
    kin: tuple[str, ...]
    others: tuple[str, ...]
    events: tuple[str, ...]
    favours: tuple[str, ...]
    organisations: tuple[str, ...]


class PrivateHandle(TextRule):
    """Flags the account of a private person where the post says who that person is.

    A handle leads to a face, a family and a school, and whoever reads the post can write to it. Instead, say "a
    witness" or "the victim" without the account, and answer people in a direct message. Found where the post gives it
    as somebody's ("her Instagram is @..."), beside a person such as the victim or the driver, with what happened to
    its owner ("@... was arrested"), or where its owner is thanked for informing the police. Limits: mentions of
    accounts are ordinary, so one that the words say nothing about is silent, and so are the accounts of the pack,
    outlets, and those whose name is an organisation's or an officer's.
    """

    name = "personal-data/private-handle"
    clauses = ("4.13", "5.3")
    severity = Severity.WARNING
    message = "This is a private person's account, and the post says who that person is."
    advice = "Take the account out, or answer the person in a direct message."
    examples = (
        Flag("Her Instagram is «@sarah_x92», have a look."),
        Flag("The victim, «@dizzyjo_88», is doing well."),
        Flag("«@bigdave1985» was arrested on Soho Road last night."),
        Flag("Thanks to «@jan_from_tipton» for reporting the burglars."),
        Flag("His snapchat: «jakey.b07»"),
        Flag("the driver «@speedy_ali» said he was late"),
        Flag("Follow the thief on TikTok, username «@light_fingers99»"),
        Pass("Our Instagram is @westmidlandspolice."),
        Pass("Thanks to @WMFSDigbeth and @BhamCityCouncil for the footage of the fire."),
        Pass("Great work from @PCSamWMP and @DudleyPolice."),
        Pass("@sarah_x92 Hi, please call 101 so we can help.", post={"kind": "reply"}),
        Pass("Good to meet @sarah_x92 at the fun run!"),
        Pass("Lost: driver's licence. DM @WMPolice."),
        Pass("The victim has thanked @OFFICIALWMAS and @MidlandsAirAmb."),
        Pass("Her Instagram is private. His Facebook was hacked."),
        Pass("Watch the man behind @BBCCrimewatch tonight."),
        Pass("Follow us on Instagram, Snapchat and TikTok."),
        Pass("Happy birthday @sarah_x92, no longer a teenager!"),
        Pass("RT @sarah_x92: stay safe everyone"),
        Pass("Username: choose a strong one. Password: three words."),
        Pass("Our driver training team: see @CMPG"),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text, known = surface.text, _patterns()
        found: list[tuple[int, int]] = []
        present = document.read(words_in, surface)
        if "@" in text and (known.cues & present or "'s" in text):
            head = _HEAD.match(text) if document.post.kind in ("reply", "direct_message") else None
            for token in document.read(tokens, surface):
                if token.kind != "handle" or (head and token.end <= head.end()):
                    continue
                if known.tells(text, token.start, token.end) and _is_private(token.text, document.policy):
                    found.append((token.start, token.end))
        if known.network_words & present:
            found += [
                match.span("handle")
                for match in known.bare.finditer(text)
                if re.search(r"[\d_]|\w\.\w", match["handle"])
            ]
        for start, end in sorted(set(found)):
            yield self.finding(surface, surface.span(start, end), confidence=Confidence.MEDIUM)


def _is_private(handle: str, policy: Policy) -> bool:
    key = handle_key(handle)
    if policy.registered_kind(key) or key in policy.partners:
        return False
    if press_account(policy, handle) is not None:
        return False
    parts = {part.casefold() for part in _PART.findall(handle)}
    own = tuple(name.casefold() for name in policy.force.short_names)
    known = _patterns().organisations
    return not parts & known.union(own) and not key.endswith((*_patterns().endings, *own))


class _Patterns(Record):
    owned: re.Pattern[str]
    person: re.Pattern[str]
    event: re.Pattern[str]
    favour: re.Pattern[str]
    thanks: re.Pattern[str]
    bare: re.Pattern[str]
    network_words: frozenset[str]
    cues: frozenset[str]
    organisations: frozenset[str]
    endings: tuple[str, ...]

    def tells(self, text: str, start: int, end: int) -> bool:
        """Whether the words around a handle say whose it is."""
        before, after = text[max(0, start - 60) : start], text[end : end + 40]
        if self.owned.search(before) or self.person.search(before) or self.event.match(after):
            return True
        return self.favour.match(after) is not None and self.thanks.search(before) is not None


@cache
def _patterns() -> _Patterns:
    known = load_vocabulary("personal_data/private_handle", _Vocabulary)
    networks, people, kin = any_of(known.networks), any_of(known.people), any_of(known.kin)
    somebody = any_of((*known.people, *known.kin, *known.others))
    flags = re.IGNORECASE
    owner = rf"(?:his|her|their|{somebody}'s|the\s{somebody}'s|[A-Z][a-z]+'s)"
    said = r"(?:\s(?:is|was|name|account|handle|username|page|profile)){0,2}[\s:=(]{1,3}"
    called = r"(?:\s(?:is|was|called|named))?[\s,:(-]{1,3}"
    few = r"(?:[\w-]{1,15}\s){0,2}?"
    return _Patterns(
        lazy.regex(rf"\b(?:{owner}\s{networks}{said}|(?:username|handle)[\s:=(]{{1,3}})\Z", flags),
        lazy.regex(
            rf"\b(?:(?:the|a|this|that|our|her|his|my|their|local)\s{few}{people}{called}|(?:his|her|their|my|the\s{people}'s)\s{few}{kin}{called}"
            rf"|(?:the|a|this|that|local)\s{few}{any_of(known.others)}\s?[,(]\s?)\Z",
            flags,
        ),
        lazy.regex(
            rf"[\s,]{{1,2}}{any_of(known.events)}\b|'s\s(?:car|house|home|flat|van|phone|bike|son|daughter|mum|dad)\b",
            flags,
        ),
        lazy.regex(rf"(?:\s(?:and|&)\s@\w+)?\s{any_of(known.favours)}\b", flags),
        lazy.regex(rf"\b{any_of(_THANKS)}\b[^.!?\n]{{0,40}}\Z", flags),
        lazy.regex(rf"\b{owner}\s{networks}{said}(?P<handle>(?=[a-z])[\w.]{{3,30}}\w)(?![\w@])", flags),
        frozenset(term.split()[0] for term in known.networks),
        # Without one of these words nothing tells whose a handle is.
        frozenset(
            word
            for terms in (known.networks, known.people, known.kin, known.others, known.events, _THANKS)
            for term in terms
            for word in term.split()[-1:]
        ),
        frozenset(known.organisations),
        tuple(word for word in known.organisations if len(word) > 2),
    )
