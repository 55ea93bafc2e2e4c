"""How much of an input is looked at; past a limit there is an error in the report, not a hang and not a pass."""

from __future__ import annotations

from wmp_postlint.lazy import Record


class Limits(Record):
    """Limits of one post: code points of a text, number of media, of links, and bytes of one medium."""

    text: int = 100_000
    media: int = 100
    links: int = 1_000


DEFAULT_LIMITS = Limits()
