"""Mixpost: the form of a post with its versions for single accounts, and Laravel's answer to a form that is refused.

The free edition calls nobody, so that a validator on its schedule request asks the service (``docs/integrations.md``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from wmp_postlint.adapters import answer
from wmp_postlint.adapters.payload import Accounts, Fetch, Field, PayloadError, account, medium, nothing, shown_in
from wmp_postlint.finding import Report
from wmp_postlint.post import Account, Post
from wmp_postlint.readers.export import british


def posts(
    form: object, fetch: Fetch = nothing, accounts: Accounts | None = None, zone: tzinfo | None = None
) -> list[Post]:
    """Return what a form would publish: each part of each version, for each account that gets it.

    Args:
        form: the form as plain data.
        fetch: returns a file by its id in Mixpost, as text.
        accounts: accounts by their id in Mixpost, as text.
        zone: the zone that Mixpost is set to, which its dates are meant in; by default the United Kingdom's.

    Raises:
        PayloadError: if it publishes nothing, or something of it is not what it should be.
    """
    top = Field(form)
    when = _time(top, zone or british())
    chosen = [item.identity() for item in top.list("accounts")]
    versions = list(top["versions"].items())
    own = {version["account_id"].identity() for version in versions if not _original(version)}
    found = []
    for version in versions:
        wanted = (
            [name for name in chosen if name not in own] if _original(version) else [version["account_id"].identity()]
        )
        owners: list[Account | None] = [account(name, accounts or {}, None) for name in wanted]
        for part in version["content"].items():
            body = part["body"].text()
            media = (*(medium(item.identity(), fetch) for item in part.list("media")), *shown_in(body, fetch))
            for owner in dict.fromkeys(owners) or [None]:
                found.append(
                    Post(
                        body,
                        id=part.where,
                        text_format="html",
                        platform=owner.platform if owner else None,
                        account=owner,
                        media=media,
                        published_at=when,
                    )
                )
    if not found:
        raise PayloadError("versions", "holds no post")
    return found


def refusal(posts: Sequence[Post], reports: Sequence[Report]) -> Mapping[str, object] | None:
    """Return the body of the 422 that Laravel's forms understand, or None where the post may be scheduled.

    The messages stand under the field of the form that they are about, so that Mixpost shows them there.
    """
    if answer.worst(reports) == "pass":
        return None
    errors: dict[str, list[str]] = {}
    for post, report in zip(posts, reports, strict=True):
        said = errors.setdefault(_field(post.id or "versions"), [])
        said += [words for words in answer.reasons(report) if words not in said]
    errors = {name: said for name, said in errors.items() if said} or {"versions": ["Nothing was looked at."]}
    return {"message": next(iter(errors.values()))[0], "errors": errors}


def _original(version: Field) -> bool:
    said = version.get("is_original")
    return bool(said) and said.value in (True, 1) if said else False


def _field(place: str) -> str:
    """Return a place as Laravel writes it: versions.0.content.0.body."""
    return place.replace("[", ".").replace("]", "") + (".body" if place != "versions" else "")


def _time(top: Field, zone: tzinfo) -> datetime | None:
    day, clock = top.text_of("date"), top.text_of("time")
    if not day:
        return None
    try:
        return datetime.fromisoformat(f"{day}T{clock or '00:00'}").replace(tzinfo=zone)
    except ValueError:
        raise PayloadError("date", "expected a date such as 2026-05-05 and a time such as 09:30") from None
