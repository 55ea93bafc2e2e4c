"""What is read of a post, or of many posts at once, and kept: the answer, or what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar
from weakref import ReferenceType, ref

T = TypeVar("T")


class Joining(Protocol):
    """What can be read together with others: a document."""

    together: ReferenceType[Together] | None


class Together:
    """Posts that are linted one after the other, and what was read of all of them at once.

    Args:
        documents: the posts; each is told that it belongs to these, for as long as this object is kept.
    """

    def __init__(self, documents: Sequence[Joining]) -> None:
        self._documents = documents
        self._kept: dict[tuple[object, ...], tuple[bool, Any]] = {}
        for document in documents:
            document.together = ref(self)

    def read(self, analysis: Callable[[Sequence[Any]], T]) -> T:
        """Return ``analysis(documents)``, computed once."""
        return kept_or_read(self._kept, (analysis,), lambda: analysis(self._documents))


def kept_or_read(kept: dict[tuple[object, ...], tuple[bool, Any]], key: tuple[object, ...], read: Callable[[], T]) -> T:
    """Return what ``read()`` gave at its first call for a key, or raise again what it raised.

    Args:
        kept: by key, whether the reading succeeded, and its result or its error.
        key: what is read.
        read: reads it.
    """
    if key not in kept:
        try:
            kept[key] = (True, read())
        except Exception as error:
            kept[key] = (False, error)
    succeeded, result = kept[key]
    if not succeeded:
        raise result
    value: T = result
    return value
