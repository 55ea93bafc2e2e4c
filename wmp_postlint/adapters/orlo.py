"""Orlo's webhook: the handshake that proves who calls, and the texts of a notification.

Orlo documents the envelope and no payload, and has no slot before publication: whoever builds on it learns of posts,
and tells people. So which keys hold words is the caller's to say, and a payload without any of them is an error.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from hashlib import sha256

from wmp_postlint.adapters import answer
from wmp_postlint.adapters.payload import Accounts, Fetch, Field, PayloadError, account, medium, nothing
from wmp_postlint.finding import Report
from wmp_postlint.lazy import Record
from wmp_postlint.post import Post

HOOK, HASH = "SocialSignIn-HookId", "SocialSignIn-Hash"


class SignatureError(Exception):
    """Say that a notification is not from Orlo, or was changed on its way."""


class Keys(Record):
    """Where a notification holds what: paths of keys with dots, ``[]`` for each member of a list.

    ``posts`` is the path of the posts in the notification, empty where it is one post; the others lie within a post.
    """

    posts: str = ""
    text: str = "content"
    id: str = "id"
    account: str = "account.id"
    platform: str = "account.type"
    time: str = "scheduled_at"
    media: str = "media"
    address: str = "url"
    alt: str = "alt_text"


def verified(body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]) -> dict[str, str]:
    """Check who sent a notification and return the answer that proves who received it.

    Args:
        body: the body as it came, byte for byte.
        headers: its headers, under whatever case.
        secrets: the shared secret of each hook, by the hook's id.

    Raises:
        SignatureError: if a header is missing, the hook is unknown or the hash is another.
    """
    given = {name.casefold(): value for name, value in headers.items()}
    said = given.get(HASH.casefold(), "").strip()
    secret = secrets.get(given.get(HOOK.casefold(), "").strip(), "")
    # An unknown hook takes as long as a wrong hash; an empty secret would be everybody's.
    right = _code(secret or "-", body)
    if not hmac.compare_digest(right.encode(), said.encode()) or not secret:
        raise SignatureError("the notification is not signed with the secret of a known hook")
    return {"verification-hash": _code(secret, said.encode())}


def posts(
    notification: object, keys: Keys | None = None, fetch: Fetch = nothing, accounts: Accounts | None = None
) -> list[Post]:
    """Return the posts of a notification.

    Args:
        notification: its body as plain data.
        keys: where it holds what.
        fetch: returns a picture by its address.
        accounts: accounts by Orlo's id of them.

    Raises:
        PayloadError: if it holds no post, or something of it is not what it should be.
    """
    keys = keys or Keys()
    found = [_post(item, keys, fetch, accounts or {}) for item in _all(Field(notification), keys.posts)]
    if not found:
        raise PayloadError(keys.posts, "holds no post")
    return found


def tags(reports: Sequence[Report]) -> list[str]:
    """Return the families of the rules that speak against some posts, for Orlo's disapproval tags, in their order."""
    families = {
        finding.rule.partition("/")[0]: None
        for report in reports
        for finding in report.findings
        if finding.status == "open" and finding.severity != "info"
    }
    return [*families, *(["not-looked-at"] if answer.not_looked(reports) else [])]


def _post(item: Field, keys: Keys, fetch: Fetch, accounts: Accounts) -> Post:
    words = _one(item, keys.text)
    if words is None:
        raise PayloadError(f"{item.where}.{keys.text}" if item.where else keys.text, "missing")
    identity, owner, platform = (_one(item, path) for path in (keys.id, keys.account, keys.platform))
    name = platform.text() if platform else None
    holder, _, last = keys.time.rpartition(".")
    time = _one(item, holder) if holder else item
    return Post(
        words.text(),
        id=identity.identity() if identity else None,
        platform=name,
        account=account(owner.identity(), accounts, name) if owner else None,
        media=tuple(
            medium(file[keys.address].text(), fetch, file.text_of(keys.alt)) for file in _all(item, f"{keys.media}[]")
        ),
        published_at=time.moment_of(last) if time else None,
    )


def _one(item: Field, path: str) -> Field | None:
    found: Field | None = item
    for key in path.split("."):
        found = found.get(key) if found else None
    return found


def _all(item: Field, path: str) -> list[Field]:
    found = [item]
    for step in filter(None, path.split(".")):
        key = step.removesuffix("[]")
        found = [inner for each in found if (inner := each.get(key))]
        if step.endswith("[]"):
            found = [inner for each in found for inner in each.items()]
    return found


def _code(secret: str, content: bytes) -> str:
    return hmac.new(secret.encode(), content, sha256).hexdigest()
