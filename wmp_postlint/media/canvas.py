"""The copy of a file that a fix writes to: same length, in place, with a list of what was taken out."""

from __future__ import annotations

from typing import Literal

from wmp_postlint.errors import InputError
from wmp_postlint.lazy import Record
from wmp_postlint.media.facts import EmbeddedText, Position, Trace

Removal = Literal["location", "identifying", "all"]


class MediaFixError(InputError):
    """A picture or video that cannot be freed of what it carries without harm; says why and what to do instead."""


class Removed(Record):
    """A stretch of the file that was overwritten: by which route it told something, and where it lies, in bytes."""

    route: str
    path: str
    offset: int
    length: int


def tells(fact: object, remove: Removal) -> bool:
    """Say whether a fact is one that is to be removed."""
    if isinstance(fact, EmbeddedText):
        return fact.kind == "place" or (remove != "location" and fact.kind == "identity")
    return isinstance(fact, (Position, Trace))


class Canvas:
    """A file's bytes under repair.

    Args:
        data: the file.
        remove: what to be rid of.
    """

    __slots__ = ("data", "done", "reasons", "remove")

    def __init__(self, data: bytes, remove: Removal) -> None:
        self.data = bytearray(data)
        self.remove = remove
        self.done: list[Removed] = []
        self.reasons: list[str] = []

    def write(self, at: int, raw: bytes) -> None:
        """Put bytes in place of as many others."""
        raw = raw[: max(0, len(self.data) - at)]
        self.data[at : at + len(raw)] = raw

    def wipe(self, at: int, length: int, filling: bytes = b"\0") -> None:
        """Overwrite a stretch."""
        self.write(at, filling * max(0, length))

    def removed(self, route: str, path: str, offset: int, length: int) -> None:
        """Note what was taken out."""
        self.done.append(Removed(route, path, offset, length))

    def refuse(self, reason: str) -> None:
        """Note why the file cannot be repaired."""
        self.reasons.append(reason)
