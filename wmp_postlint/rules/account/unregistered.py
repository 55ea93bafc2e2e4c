"""Accounts that look like the force's and are not in its register."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
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
        account = document.post.account
        if account and (likeness := _likeness(account.handle, document.policy)):
            # A program that states the kind of the account vouches for it.
            vouched = likeness == "named" and account.kind is not None
            yield self.finding(
                "account.handle", severity=Severity.INFO if vouched else None, confidence=Confidence.MEDIUM
            )
        for surface in document.surfaces:
            if surface.kind not in ("body", "shared"):
                continue
            for token in document.read(tokens, surface):
                if token.kind == "handle" and (likeness := _likeness(token.text, document.policy)):
                    yield self.finding(
                        surface,
                        surface.span(token.start, token.end),
                        severity=Severity.INFO if likeness == "named" else None,
                        confidence=Confidence.MEDIUM,
                    )


def _likeness(handle: str, policy: Policy) -> Literal["named", "spoof", None]:
    """Tell how a handle outside the register is like the force's: ``spoof`` is like the main account itself."""
    key = handle_key(handle)
    accounts = policy.accounts
    if policy.registered_kind(key) or key in _keys(accounts.partners):
        return None
    plain = _plain(key)
    if any(_one_off(plain, other) for other in _plain_handles((*accounts.corporate, *accounts.teams))):
        return "spoof"
    if any(name in plain for name in _names((policy.force.name, *policy.force.short_names, *accounts.corporate))):
        return "spoof"
    short = [name for name in policy.force.short_names if len(name) <= _SHORTEST]
    return "named" if any(_begins_or_ends(handle.strip().lstrip("@"), name) for name in short) else None


def _begins_or_ends(handle: str, name: str) -> bool:
    """Tell whether a handle ends in a short name, or begins with it as a word of its own."""
    begins = handle.startswith(name) and not handle[len(name) : len(name) + 1].islower()
    return begins or handle.casefold().endswith(name.casefold())


@cache
def _keys(handles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(handle_key, handles))


@cache
def _plain_handles(handles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain for handle in handles if len(plain := _plain(handle_key(handle))) > _SHORTEST)


@cache
def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain for name in names if len(plain := _plain(name.casefold())) > _SHORTEST)


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
