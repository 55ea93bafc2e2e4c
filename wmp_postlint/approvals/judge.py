"""Tells which approvals of a post count, and why the others do not.

With keys in the pack only what was signed with one of them counts. Without keys the word of the program that hands an
approval over does, bound to the content where it names a digest.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from wmp_postlint.approvals.content import Content, content_of
from wmp_postlint.approvals.keys import KeyFileError, key_id, public_key
from wmp_postlint.approvals.token import Claims, TokenError, key_of, open_token
from wmp_postlint.document import Document
from wmp_postlint.errors import NotLooked
from wmp_postlint.lazy import Record
from wmp_postlint.pack_tables import Approving, SigningKey
from wmp_postlint.post import Approval

if TYPE_CHECKING:
    from joserfc.jwk import OKPKey

ENDED = "has ended"
# Each costs a check of its signature; no post needs so many.
_MOST = 50
_PARTS = {
    "text": "the words, links or place of the post are not those that were approved",
    "media": "the pictures, or the words with them, are not those that were approved",
    "account": "it was given for another account or platform",
}


class Judgement(Record):
    """What is to be said of one approval.

    ``problem`` is why it does not count, to follow "The approval CC-12"; None where it does. ``signed`` tells whether
    it holds by a signature, ``holder`` whose. ``grave`` marks a problem that is a finding of its own: somebody relied
    on something that does not hold.
    """

    approval: Approval
    problem: str | None = None
    grave: bool = False
    signed: bool = False
    holder: str = ""
    token_id: str | None = None


def judge(document: Document) -> tuple[Judgement, ...]:
    """Judge each approval of a post, in their order.

    Raises:
        NotLooked: if signatures cannot be checked here.
    """
    given = document.post.approvals
    too_many = tuple(Judgement(one, f"does not count: a post has at most {_MOST}", grave=True) for one in given[_MOST:])
    return tuple(_judged(approval, document) for approval in given[:_MOST]) + too_many


def over(end: datetime | date | None, moment: datetime) -> bool:
    """Tell whether an end has passed; a date without a time counts to its last minute."""
    if end is None:
        return False
    return end < moment if isinstance(end, datetime) else end < moment.date()


def _judged(approval: Approval, document: Document) -> Judgement:
    approving = document.policy.approving
    try:
        if approving.scopes and approval.covers not in approving.scopes:
            raise TokenError("", "it covers something that is no scope of the policy pack")
        signed = _signed(approval, document, approving) if approving.keys else None
        if approval.digest is not None and approval.digest != document.read(_content).digest:
            raise TokenError("", "the post is not the one that was approved")
    except TokenError as error:
        return Judgement(approval, f"does not count: {error.expected}", grave=True)
    except _PictureError as error:
        return Judgement(approval, f"does not count: {error}", grave=True)
    if signed is not None:
        return signed
    moment = document.published_at or document.now
    return Judgement(approval, ENDED if over(approval.expires, moment) else None)


def _signed(approval: Approval, document: Document, approving: Approving) -> Judgement:
    if approval.signature is None:
        raise TokenError("", "it is not signed, and this policy pack asks for signatures")
    ring = _ring(approving.keys)
    kid = key_of(approval.signature)
    claims = open_token(approval.signature, {name: key for name, (key, _) in ring.items()})
    signer = ring[kid][1]
    if not {claims.jti, claims.ref, kid}.isdisjoint(approving.revoked):
        raise TokenError("", "it was taken back")
    _check_plain(approval, claims)
    if signer.scopes and approval.covers not in signer.scopes:
        raise TokenError("", "its signer may not approve this")
    # An approval that has ended does not come back by giving the post an earlier date.
    moment = max(document.now, document.published_at or document.now)
    seconds = moment.timestamp()
    if claims.exp <= seconds:
        return Judgement(approval, ENDED, grave=True)
    if claims.nbf > seconds:
        raise TokenError("", "its time has not come yet")
    if over(signer.expires, moment) or (signer.starts is not None and moment.date() < signer.starts):
        raise TokenError("", "the key of its signer is out of date")
    parts = document.read(_content).differs(claims.content)
    if parts:
        raise TokenError("", "; ".join(_PARTS[part] for part in parts))
    return Judgement(approval, signed=True, holder=signer.holder, token_id=claims.jti)


def _check_plain(approval: Approval, claims: Claims) -> None:
    """Hold what an approval says beside its signature to what was signed."""
    said = (approval.reference, approval.by)
    if approval.covers not in claims.covers or said != (claims.ref, claims.by):
        raise TokenError("", "it says something else than what was signed")
    end = approval.expires
    if isinstance(end, datetime) and int(end.timestamp()) != claims.exp:
        raise TokenError("", "it names another end than the one that was signed")


class _PictureError(Exception):
    """Say that a medium cannot be compared with what was approved."""


def _content(document: Document) -> Content:
    try:
        return content_of(document.post)
    except NotLooked as error:
        raise _PictureError(str(error)) from error


@lru_cache(maxsize=8)
def _ring(keys: tuple[SigningKey, ...]) -> dict[str, tuple[OKPKey, SigningKey]]:
    ring = {}
    for given in keys:
        try:
            key = public_key(given.public)
        except KeyFileError:
            raise NotLooked(
                "the policy pack holds a key that is none, so no signature was checked: see postlint policy validate"
            ) from None
        ring[key_id(key)] = (key, given)
    return ring
