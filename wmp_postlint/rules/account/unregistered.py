"""Accounts that look like the force's and are not in its register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.analysis.tokens import tokens
from wmp_postlint.document import Document
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.policy import Policy, handle_key
from wmp_postlint.rule import Flag, Pass, PostRule

_NO_LETTER = lazy.regex(r"[^a-z0-9]")
# Digits that stand for letters in look-alike handles.
_LOOKS = str.maketrans("01345", "oieas")
_SHORTEST = 5
# The accounts of an archive are few: what their handles are like is asked again and again.
_REMEMBERED = 10_000
Likeness = Literal["named", "spoof", None]


class Unregistered(PostRule):
    """Flags a handle that looks like the force's own and is not in the policy pack's register.

    Spoof accounts live on one letter's difference, and an account that nobody registered is one that nobody watches.
    Instead, have the account registered, or name the right one. Looking like the force means to hold its name or
    short name, or to be a registered handle but for a letter or two. The publishing account counts too. Limits: an
    account that is missing from the register of the pack is advice until it is added there.
    """

    name = "account/unregistered"
    clauses = ("6.10",)
    severity = Severity.WARNING
    message = "This account looks like the force's own and is not in its register."
    advice = "Name a registered account, or ask {press_office} to register this one."
    examples = (
        Flag("Morning all", field="account.handle", post={"account": {"handle": "TiptonCopsWMP"}}),
        Flag("Follow «@WMP0lice» for updates"),
        Flag("Follow our team at «@TiptonNPTWMP»"),
        Pass("Morning all", post={"account": {"handle": "TiptonWMP"}}),
        Pass("Thanks to @WMPolice and @BrumPolice"),
        Pass("Great work by @OFFICIALWMAS and @MetPoliceUK"),
        Pass("Holiday snaps", post={"account": {"handle": "dave_runs", "kind": "personal"}}),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        account, register = document.post.account, document.policy.read(_Register)
        if account and (likeness := register.likeness(account.handle)):
            # A program that states the kind of the account vouches for it.
            vouched = likeness == "named" and account.kind is not None
            yield self.finding(
                "account.handle", severity=Severity.INFO if vouched else None, confidence=Confidence.MEDIUM
            )
        for surface in document.surfaces:
            if surface.kind not in ("body", "shared"):
                continue
            for token in document.read(tokens, surface):
                if token.kind == "handle" and (likeness := register.likeness(token.text)):
                    yield self.finding(
                        surface,
                        surface.span(token.start, token.end),
                        severity=Severity.INFO if likeness == "named" else None,
                        confidence=Confidence.MEDIUM,
                    )


class _Register:
    """The names of a pack that a handle outside its register may be made to look like."""

    def __init__(self, policy: Policy) -> None:
        accounts, force = policy.accounts, policy.force
        self._policy = policy
        self._handles = _long(_plain(handle_key(handle)) for handle in (*accounts.corporate, *accounts.teams))
        self._names = _long(_plain(name.casefold()) for name in (force.name, *force.short_names, *accounts.corporate))
        self._short = [name for name in force.short_names if len(name) <= _SHORTEST]
        self._known: dict[str, Likeness] = {}

    def likeness(self, handle: str) -> Likeness:
        """Tell how a handle outside the register is like the force's: ``spoof`` is like the main account itself."""
        if handle not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[handle] = self._likeness(handle)
        return self._known[handle]

    def _likeness(self, handle: str) -> Likeness:
        key = handle_key(handle)
        if self._policy.registered_kind(key) or key in self._policy.partners:
            return None
        plain = _plain(key)
        if any(_one_off(plain, other) for other in self._handles) or any(name in plain for name in self._names):
            return "spoof"
        return "named" if any(_begins_or_ends(handle.strip().lstrip("@"), name) for name in self._short) else None


def _begins_or_ends(handle: str, name: str) -> bool:
    """Tell whether a handle ends in a short name, or begins with it as a word of its own."""
    begins = handle.startswith(name) and not handle[len(name) : len(name) + 1].islower()
    return begins or handle.casefold().endswith(name.casefold())


def _long(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if len(name) > _SHORTEST)


def _plain(name: str) -> str:
    return _NO_LETTER.sub("", name.translate(_LOOKS))


def _one_off(one: str, other: str) -> bool:
    """Tell whether two handles are one letter apart: added, left out, changed, or two swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    rest, tail = one[at:], other[at:]
    return (
        rest[1:] == tail[1:]
        or rest[1:] == tail
        or rest == tail[1:]
        or (rest[:2] == tail[1::-1] and rest[2:] == tail[2:])
    )
