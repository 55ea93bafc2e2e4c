"""What the service answers: mended posts and clean files, and the policy as plain data."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import get_args

from wmp_postlint.finding import Finding
from wmp_postlint.fixes import apply_fixes, with_numbers_masked
from wmp_postlint.lazy import Record
from wmp_postlint.linter import Linter
from wmp_postlint.media.canvas import MediaFixError, Removal
from wmp_postlint.media.fix import fix_media
from wmp_postlint.post import AccountKind, Media, Post
from wmp_postlint.server.problems import Problem


class CleanFile(Record):
    """A file of a post after the repair; ``problem`` says why it is not clean, and then there is no content."""

    name: str | None
    data: bytes | None
    removed: tuple[dict[str, object], ...] = ()
    problem: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the file as plain data, its content in base64."""
        data = self.data
        return {
            "name": self.name,
            "sha256": None if data is None else sha256(data).hexdigest(),
            "removed": list(self.removed),
            "content": None if data is None else base64.b64encode(data).decode(),
            "problem": self.problem,
        }


def clean_file(item: Media, remove: Removal) -> CleanFile:
    """Return a file of a post without what gives somebody away."""
    if item.data is None:
        return CleanFile(item.filename, None, problem="The file itself was not sent.")
    try:
        fixed = fix_media(item.data, remove)
    except MediaFixError as error:
        return CleanFile(item.filename, None, problem=error.expected)
    removed = tuple(
        {"route": one.route, "path": one.path, "offset": one.offset, "length": one.length} for one in fixed.removed
    )
    return CleanFile(item.filename, fixed.data, removed)


def one_clean_file(post: Post, remove: Removal) -> bytes:
    """Return the only file of a post, clean.

    Raises:
        Problem: 422, if there is not exactly one, or if it cannot be made clean.
    """
    if len(post.media) != 1:
        raise Problem(422, "one-file", "Expected exactly one file, since the answer is that file.", where="media")
    clean = clean_file(post.media[0], remove)
    if clean.data is None:
        raise Problem(422, "not-clean", clean.problem or "", where="media[0]")
    return clean.data


def mended(linter: Linter, post: Post, remove: Removal, *, safe_only: bool) -> dict[str, object]:
    """Return a post with its fixes made, its files made clean, and the report of what it is then.

    A file that cannot be made clean stays what it was, and the report goes on saying so.
    """
    findings: Sequence[Finding] = linter.lint(post).findings
    if not safe_only:
        findings = with_numbers_masked(post, findings)
    fixed = apply_fixes(post, findings, safe_only)
    files = [clean_file(item, remove) for item in post.media]
    media = tuple(replace(item, data=file.data or item.data) for item, file in zip(fixed.media, files, strict=True))
    fixed = replace(fixed, media=media)
    return {
        "post": plain_post(fixed),
        "report": linter.lint(fixed).to_dict(),
        "media": [file.to_dict() for file in files],
    }


def plain_post(post: Post) -> dict[str, object]:
    """Return a post in the wire format, without the content of its files and what it does not say."""
    plain = _plain(post)
    assert isinstance(plain, dict)
    return plain


def _plain(value: object) -> object:
    if isinstance(value, Record):
        shape = type(value)
        items = {name: getattr(value, name) for name in shape.__annotations__ if name != "data"}
        return {
            name: _plain(item)
            for name, item in items.items()
            if item != getattr(shape, name, ...) and item not in ((), {}, None)
        }
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


PLATFORMS = (
    "x",
    "facebook",
    "instagram",
    "bluesky",
    "linkedin",
    "nextdoor",
    "threads",
    "tiktok",
    "youtube",
    "wordpress",
)


def policy(linter: Linter) -> dict[str, object]:
    """Return what a page needs to know of the policy: who publishes, where, and what the clauses are called."""
    pack = linter.policy
    kinds = (("corporate", pack.accounts.corporate), ("team", pack.accounts.teams))
    return {
        "version": 1,
        "policy": {"id": pack.id, "version": pack.version, "title": pack.title},
        "force": {"name": pack.force.name, "press_office": pack.force.press_office},
        "accounts": [{"handle": handle, "kind": kind} for kind, handles in kinds for handle in handles],
        "account_kinds": list(get_args(AccountKind)),
        "platforms": list(PLATFORMS),
        "clauses": [
            {"number": number, "title": title, "link": pack.link(number)} for number, title in pack.clauses.items()
        ],
    }
