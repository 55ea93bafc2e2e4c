"""The signed form of an approval: a JWS in compact form, written with a private key and opened with public ones."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from wmp_postlint.approvals.content import Content
from wmp_postlint.approvals.keys import ALGORITHM, key_id
from wmp_postlint.convert import convert
from wmp_postlint.errors import InputError
from wmp_postlint.lazy import Record

if TYPE_CHECKING:
    from joserfc.jwk import OKPKey

TYPE = "postlint-approval"
_HEADER = frozenset({"alg", "kid", "typ"})
_LONGEST = 10_000
# The last second of the year 9999: what a date and time can say.
_LATEST = 253402300799


class TokenError(InputError):
    """Report a token that does not hold, and why."""

    kind = "token"


class Claims(Record):
    """What a token says; moments are seconds since 1970, as in a JWT.

    ``jti`` names the token, ``covers`` the scopes, ``by`` who gave the approval, ``ref`` its reference, ``iat`` when it
    was signed, ``nbf`` from when and ``exp`` until when it counts.
    """

    jti: str
    covers: tuple[str, ...]
    by: str
    ref: str
    iat: int
    nbf: int
    exp: int
    content: Content


def sign(
    content: Content,
    key: OKPKey,
    *,
    covers: Sequence[str],
    by: str,
    reference: str,
    expires: datetime,
    starts: datetime | None = None,
    now: datetime | None = None,
) -> str:
    """Return the signed approval of a content, a JWS in compact form.

    Args:
        content: what is approved.
        key: the private key of who approves.
        covers: the scopes that are approved.
        by: who approves.
        reference: where the approval is on record.
        expires: until when it counts, with its zone.
        starts: from when it counts, with its zone; by default at once.
        now: the moment of signing; by default the present.

    Raises:
        TokenError: if no scope, person or reference is named, or the end does not lie after the start.
    """
    from joserfc import jws

    now = now or datetime.now(UTC)
    starts = starts or now
    for name, moment in (("starts", starts), ("expires", expires)):
        if moment.tzinfo is None:
            raise TokenError(name, "expected a date and time with its zone")
    if expires <= max(starts, now):
        raise TokenError("expires", "expected a moment after the start and after now")
    if not covers or not all(word.strip() for word in (*covers, by, reference)):
        raise TokenError("covers", "expected at least one scope, who approves, and a reference")
    claims = {
        "jti": secrets.token_hex(12),
        "covers": list(covers),
        "by": by,
        "ref": reference,
        "iat": int(now.timestamp()),
        "nbf": int(starts.timestamp()),
        "exp": int(expires.timestamp()),
        "content": {"text": content.text, "media": content.media, "account": content.account},
    }
    header = {"alg": ALGORITHM, "kid": key_id(key), "typ": TYPE}
    payload = json.dumps(claims, separators=(",", ":")).encode("ascii")
    return jws.serialize_compact(header, payload, key, algorithms=[ALGORITHM])


def key_of(token: str) -> str:
    """Return the id of the key that a token says it was signed with, before anything about it is believed.

    Raises:
        TokenError: if it is no token, or asks for another algorithm, type, or way of checking.
    """
    return str(_header(token)["kid"])


def open_token(token: str, keys: Mapping[str, OKPKey]) -> Claims:
    """Return what a token says, its signature checked.

    Args:
        token: the JWS in compact form.
        keys: the public keys that count, by their ids.

    Raises:
        TokenError: if it is no token, its algorithm or key is none that counts, or its signature is wrong.
    """
    from joserfc import jws

    key = keys.get(key_of(token))
    if key is None:
        raise TokenError("", "it was signed with a key that the policy pack does not hold")
    try:
        payload = jws.deserialize_compact(token, key, algorithms=[ALGORITHM]).payload
    except Exception:  # noqa: BLE001  whatever the library finds wrong, the signature does not hold
        raise TokenError("", "its signature is wrong") from None
    claims = convert(_object(payload), Claims, "", TokenError)
    if not (0 <= claims.iat <= _LATEST and 0 <= claims.nbf < claims.exp <= _LATEST and claims.covers):
        raise TokenError("", "its times or its scopes make no sense")
    return claims


def _header(token: str) -> dict[str, Any]:
    from joserfc import jws

    try:
        if len(token) > _LONGEST or any(_canonical(part) != part for part in token.split(".")):
            raise ValueError
        header: Any = jws.extract_compact(token.encode("ascii")).headers()
    except Exception:  # noqa: BLE001  whatever the library finds wrong, it is no token
        raise TokenError("", "its signature is no JWS in compact form") from None
    if not isinstance(header, dict) or header.get("alg") != ALGORITHM:
        raise TokenError("", f"it was signed with another algorithm than {ALGORITHM}")
    # Nothing that would tell the reader how to check: no embedded keys, no critical extensions.
    if header.keys() != _HEADER or header["typ"] != TYPE or not isinstance(header["kid"], str):
        raise TokenError("", "its signature is not that of an approval")
    return header


def _canonical(part: str) -> str:
    """Return the one form that base64url has for the bytes of a part; other forms of them are no second token."""
    padded = part + "=" * (-len(part) % 4)
    return base64.urlsafe_b64encode(base64.urlsafe_b64decode(padded)).decode("ascii").rstrip("=")


def _object(payload: bytes | None) -> object:
    try:
        return json.loads(payload or b"")
    except (ValueError, RecursionError):
        raise TokenError("", "what was signed is no approval") from None
