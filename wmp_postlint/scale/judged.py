"""Reports of many posts, each text linted once, and nothing lost: what goes wrong with a post is in its report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from wmp_postlint.errors import AuditLogError
from wmp_postlint.finding import Report, RuleError
from wmp_postlint.lazy import replace
from wmp_postlint.linter import Linter
from wmp_postlint.post import Post

Given = Post | Mapping[str, object]


def judged(linter: Linter, posts: Sequence[Given], now: datetime) -> list[Report]:
    """Return the reports of posts, in their order.

    A post that differs from an earlier one by its id alone gets that one's report. Posts with files, approvals or
    waivers are linted each by itself.

    Args:
        linter: lints them.
        posts: posts, or mappings of the wire format.
        now: the moment to judge at where a post has none, with its zone.
    """
    first: dict[str, list[tuple[Given, int]]] = {}
    different: list[Given] = []
    places: list[int] = []
    for post in posts:
        known = first.setdefault(text, []) if (text := _alone(post)) is not None else []
        place = next((place for other, place in known if _same(post, other)), None)
        if place is None:
            place = len(different)
            different.append(post)
            known.append((post, place))
        places.append(place)
    reports = list(_linted(linter, different, now))
    if len(different) == len(posts):
        return reports
    return [_named(reports[place], post) for post, place in zip(posts, places, strict=True)]


def unread(linter: Linter, problem: str, identity: str | None) -> Report:
    """Return the report of a post that could not be read.

    Args:
        linter: what would have linted it.
        problem: why not, without words of the post.
        identity: its id, where that is known.
    """
    return Report("review", (), (RuleError("input", None, problem),), linter.policy.ref, identity)


def identity_of(post: Given) -> str | None:
    """Return the id of a post, where it has one that is text."""
    identity = _value(post, "id")
    return identity if isinstance(identity, str) else None


def _linted(linter: Linter, posts: Sequence[Given], now: datetime) -> Iterator[Report]:
    try:
        yield from list(linter.lint_many(posts, now=now))
    except AuditLogError:
        raise
    except Exception:  # noqa: BLE001  one post loses no other: they are linted again, each by itself
        for post in posts:
            yield _one(linter, post, now)


def _one(linter: Linter, post: Given, now: datetime) -> Report:
    try:
        return next(linter.lint_many([post], now=now))
    except Exception as error:  # noqa: BLE001  the exception's own words may quote the post
        return unread(linter, f"the post could not be checked ({type(error).__name__})", identity_of(post))


def _value(post: Given, name: str) -> object:
    return post.get(name) if isinstance(post, Mapping) else getattr(post, name)


def _alone(post: Given) -> str | None:
    """Return the text of a post that nothing but its own words decides about."""
    text = _value(post, "text")
    if not isinstance(text, str) or any(_value(post, name) for name in ("media", "approvals", "waivers")):
        return None
    return text


def _same(post: Given, other: Given) -> bool:
    if isinstance(post, Mapping) or isinstance(other, Mapping):
        return _nameless(post) == _nameless(other)
    return replace(post, id=other.id) == other


def _nameless(post: Given) -> object:
    return {key: item for key, item in post.items() if key != "id"} if isinstance(post, Mapping) else post


def _named(report: Report, post: Given) -> Report:
    identity = identity_of(post)
    return report if report.post_id == identity else replace(report, post_id=identity)
