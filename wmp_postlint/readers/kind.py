"""What a format is to the readers, and how the formats are found: each is a module of ``kinds/`` with a ``KIND``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module

from wmp_postlint.lazy import Record
from wmp_postlint.readers import kinds as _kinds
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.loaded import Loaded
from wmp_postlint.readers.place import File
from wmp_postlint.resource import modules_of

CERTAIN, LIKELY, PERHAPS, NO = 3, 2, 1, 0


class Kind(Record):
    """A format.

    Args:
        name: what people call it.
        claims: how sure it is that a file is its own, by the file's beginning.
        read: yields the posts of a file in their order.
        archive: patterns of the files that posts stand in, in the folder or zip archive of an export.
        refused: patterns of files in such a folder that cannot be read, each with what to do instead.
        count: counts the posts of a file without parsing them, where that can be done.
        doubtful: whether other programs call files so too, so that one of ``archive`` counts only where it is claimed.
    """

    name: str
    claims: Callable[[Head], int]
    read: Callable[[File], Iterator[Loaded]]
    archive: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    count: Callable[[File], int] | None = None
    doubtful: bool = False


@cache
def all_kinds() -> dict[str, Kind]:
    """Return every format by the name of its module, sorted."""
    return {name: kind(name) for name in modules_of(_kinds)}


def kind(name: str) -> Kind:
    """Return a format by the name of its module."""
    found: Kind = import_module(f"{_kinds.__name__}.{name}").KIND
    return found


def detect(head: Head) -> Kind | None:
    """Return the format that is surest that a file is its own, or None where none wants it."""
    claims = [(kind.claims(head), kind) for kind in all_kinds().values()]
    surest = max(claim for claim, _ in claims)
    return next(kind for claim, kind in claims if claim == surest) if surest else None
