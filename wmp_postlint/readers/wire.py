"""Posts as the wire format and as Python objects: read strictly, checked once.

The keys are those of ``Post``; ``docs/report-schema.md`` lists them.
"""

from __future__ import annotations

from collections.abc import Mapping

from wmp_postlint.convert import convert
from wmp_postlint.errors import PostError
from wmp_postlint.post import Post

# Noted on a post that was checked: a record never changes, so that it need not be checked again.
_CHECKED = "checked"


def read_post(value: object) -> Post:
    """Return a checked post of a text, a ``Post``, or a mapping of the wire format.

    Raises:
        PostError: if a key is unknown or missing, or a value is not what it should be; the error names the key.
    """
    if isinstance(value, str):
        return Post(value)
    if not isinstance(value, Post | Mapping):
        raise PostError("", f"expected text, a Post or an object, got {type(value).__name__}")
    if isinstance(value, Post) and _CHECKED in vars(value):
        return value
    post = convert(value, Post, "", PostError)
    for index, link in enumerate(post.links):
        _check_position(link.start, f"links[{index}].start", len(post.text))
        _check_position(link.end, f"links[{index}].end", len(post.text))
        if (link.start is None) != (link.end is None) or (link.start or 0) > (link.end or 0):
            raise PostError(f"links[{index}]", "expected start and end together, start before end")
    for index, waiver in enumerate(post.waivers):
        for key in ("rule", "reason", "by"):
            _check_said(getattr(waiver, key), f"waivers[{index}].{key}")
    for index, approval in enumerate(post.approvals):
        for key in ("covers", "by", "reference"):
            _check_said(getattr(approval, key), f"approvals[{index}].{key}")
    if post.location:
        _check_degrees(post.location.latitude, "location.latitude", 90)
        _check_degrees(post.location.longitude, "location.longitude", 180)
        if (post.location.latitude is None) != (post.location.longitude is None):
            raise PostError("location", "expected latitude and longitude together")
    vars(post)[_CHECKED] = True
    return post


def _check_position(value: int | None, where: str, length: int) -> None:
    if value is not None and not 0 <= value <= length:
        raise PostError(where, f"expected a position in the text, in code points from 0 to {length}")


def _check_said(value: str, where: str) -> None:
    if not value.strip():
        raise PostError(where, "expected some words, it is empty")


def _check_degrees(value: float | None, where: str, limit: int) -> None:
    if value is not None and not -limit <= value <= limit:
        raise PostError(where, f"expected degrees from -{limit} to {limit}")
