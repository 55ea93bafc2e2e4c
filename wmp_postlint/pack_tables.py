"""The tables of a policy pack that say how its force decides; the facts about the force itself are in ``policy``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from wmp_postlint.lazy import Record, field
from wmp_postlint.post import AccountKind, PostKind

SeverityName = Literal["info", "warning", "error"]


class RuleSettings(Record):
    """What a pack changes about one rule: its default severity, that severity by account kind, its clauses."""

    severity: SeverityName | None = None
    severity_by_account: Mapping[str, SeverityName] = field(default_factory=dict)
    clauses: tuple[str, ...] | None = None


def joined(layers: Iterable[RuleSettings]) -> RuleSettings:
    """Join the settings that fit a rule, the most particular first: each value is that of the first which gives it."""
    by_account: dict[str, SeverityName] = {}
    severity: SeverityName | None = None
    clauses: tuple[str, ...] | None = None
    for settings in layers:
        if severity is None:
            by_account = {**settings.severity_by_account, **by_account}
            severity = settings.severity
        clauses = settings.clauses if clauses is None else clauses
    return RuleSettings(severity, by_account, clauses)


class Election(Record):
    """An election period: from the notice of election to the day of the poll, both included."""

    title: str
    start: date
    end: date


class SigningKey(Record):
    """A public key whose signatures count: ``public`` is its 32 bytes in base64url, ``holder`` who signs with it.

    ``scopes`` are what the holder may approve (everything where it is empty); ``starts`` and ``expires`` the first and
    the last day that something signed with it counts on.
    """

    holder: str
    public: str
    scopes: tuple[str, ...] = ()
    starts: date | None = None
    expires: date | None = None


class Approving(Record):
    """How this force approves: the scopes there are, the keys of its signers, and what was taken back.

    ``signers`` says how many different holders must sign for a scope (1 where it is not named); ``revoked`` holds the
    ids or references of approvals, or the ids of keys, that no longer count.
    """

    scopes: Mapping[str, str] = field(default_factory=dict)
    signers: Mapping[str, int] = field(default_factory=dict)
    keys: tuple[SigningKey, ...] = ()
    revoked: tuple[str, ...] = ()


class Pattern(Record):
    """A rule without code; its kind says what it looks for.

    ``existence`` finds ``words`` or what ``match`` describes; ``substitution`` finds the keys of ``swap`` and offers
    their values; ``required`` misses all of ``words`` and ``match``; ``allow-list`` finds what ``match`` describes and
    ``allow`` does not hold. ``match`` is a regular expression under a time limit; words are found whole, in any case
    unless ``case`` is set. ``unless`` are words that excuse a match inside them. ``when`` are words without one of
    which the post is left alone; ``accounts`` and ``kinds`` the account kinds and post kinds that are bound (all where
    empty). ``flags`` and ``passes`` are its examples, with « and » around what must be found.
    """

    name: str
    kind: Literal["existence", "substitution", "required", "allow-list"]
    message: str
    advice: str
    flags: tuple[str, ...]
    passes: tuple[str, ...]
    severity: SeverityName = "warning"
    clauses: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    match: str | None = None
    swap: Mapping[str, str] = field(default_factory=dict)
    allow: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    case: bool = False
    accounts: tuple[AccountKind, ...] = ()
    kinds: tuple[PostKind, ...] = ()
    scope: str | None = None


class Saying(Record):
    """The words of one rule in another language; ``others`` holds those of its further messages, by the English."""

    message: str | None = None
    advice: str | None = None
    others: Mapping[str, str] = field(default_factory=dict)


class Translation(Record):
    """What findings say in another language: the words of each rule, the clause titles, the press office's name."""

    rules: Mapping[str, Saying] = field(default_factory=dict)
    clauses: Mapping[str, str] = field(default_factory=dict)
    press_office: str | None = None
