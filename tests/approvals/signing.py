"""A press office of the tests: keys, a pack that holds them, and signed posts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from wmp_postlint import Account, Approval, Finding, Link, Linter, Location, Media, Post, Report, SharedFrom, Status
from wmp_postlint.approvals.content import content_of
from wmp_postlint.approvals.keys import public_part
from wmp_postlint.approvals.token import sign
from wmp_postlint.pack_tables import Approving, SigningKey
from wmp_postlint.policy import Policy, load_policy

NOW = datetime(2026, 5, 5, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=7)

POST = Post(
    "Have you seen Invented Person? Please ring 101.",
    kind="repost",
    platform="x",
    account=Account("ErdingtonWMP", platform="x"),
    media=(Media(data=b"a picture", filename="poster.jpg", alt="A poster", caption="Poster"), Media(data=b"another")),
    links=(Link("https://example.org/1", "101", 0, 1),),
    shared_from=SharedFrom("somebody", "x", "Words"),
    location=Location(52.0, -1.9, "Here"),
    published_at=NOW,
)


def new_key() -> Any:
    """Return a new private key."""
    from joserfc.jwk import OKPKey

    return OKPKey.generate_key("Ed25519")


PRESS, DEPUTY, STRANGER = new_key(), new_key(), new_key()


def pack(*keys: SigningKey, **changes: Any) -> Policy:
    """Return the default pack with the keys of the press office."""
    policy = load_policy()
    holders = keys or (SigningKey("A. Press", public_part(PRESS)), SigningKey("B. Deputy", public_part(DEPUTY)))
    return replace(policy, approving=Approving(policy.approving.scopes, keys=holders, **changes))


def approved(
    post: Post = POST, key: Any = PRESS, *, covers: str = "appeal", by: str = "A. Press", **claims: Any
) -> Post:
    """Return a post with one more signed approval."""
    expires = claims.setdefault("expires", LATER)
    claims.setdefault("now", NOW - timedelta(hours=1))
    token = sign(content_of(post), key, covers=[covers], by=by, reference="CC-12", **claims)
    approval = Approval(covers, by, "CC-12", expires, signature=token)
    return replace(post, approvals=(*post.approvals, approval))


def checked(post: Post, policy: Policy | None = None, *, now: datetime = NOW, rules: Any = ()) -> Report:
    """Lint a post with the rule that reads approvals, and those given."""
    return Linter(policy=policy or pack(), rules=["approval", *rules], trust_approvals=False).lint(post, now=now)


def problems(post: Post, policy: Policy | None = None, *, now: datetime = NOW) -> list[str]:
    """Return what is wrong with the approvals of a post."""
    return [finding.message for finding in invalid(checked(post, policy, now=now))]


def invalid(report: Report) -> Iterator[Finding]:
    """Yield the findings about approvals; each blocks."""
    for finding in report.findings:
        if finding.field.startswith("approvals["):
            assert finding.status is Status.OPEN
            assert report.verdict == "block"
            yield finding
