"""Patterns that compile and records whose methods are made on first use: what a process does not use costs nothing.

The first answer of a new process is what an officer waits for, and any one post needs few of the hundreds of patterns
and classes of all the rules. ``regex`` stands in the place of ``re.compile`` at the top of a module, ``Record`` in the
place of ``@dataclass(frozen=True)``.
"""

from __future__ import annotations

import re
from _thread import RLock
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast, dataclass_transform, overload

if TYPE_CHECKING:
    from dataclasses import Field

T = TypeVar("T")

_MAKING = RLock()
_FILLED: set[type] = set()


@overload
def regex(source: str, flags: int = 0) -> re.Pattern[str]: ...


@overload
def regex(source: bytes, flags: int = 0) -> re.Pattern[bytes]: ...


def regex(source: Any, flags: int = 0) -> Any:
    """Return what ``re.compile`` returns, compiled when it is first used."""
    return cast("re.Pattern[Any]", _Pattern(source, flags))


class _Pattern:
    """Has the attributes of a pattern; once they are here they are found without a detour."""

    def __init__(self, *made_of: Any) -> None:
        self._made_of = made_of

    def __eq__(self, other: object) -> bool:
        """Tell whether another pattern, such as the ``re`` of a match, is the same; ``is`` cannot tell."""
        return re.compile(*self._made_of) == other

    def __hash__(self) -> int:
        return hash(self._made_of)

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._made_of)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "pattern", "flags"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


class _Fields:
    """Lets ``dataclasses`` see a record class as the dataclass that it is, before its first instance too."""

    def __get__(self, instance: object, owner: type) -> Any:
        return None if owner is Record else _ready(owner).__dict__["__dataclass_fields__"]


@dataclass_transform(frozen_default=True)
class Record:
    """A frozen dataclass by its annotations, whose methods are made when the first of them is called."""

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    else:
        __dataclass_fields__ = _Fields()

        def __init__(self, *args, **kwargs):
            shape = type(self)
            if shape not in _FILLED and plain(shape):
                # Many classes have one instance in a process, which is filled by hand.
                _FILLED.add(shape)
                names = shape.__annotations__
                values = {**dict(zip(names, args, strict=False)), **kwargs}
                if (
                    len(values) == len(args) + len(kwargs)
                    and values.keys() <= names.keys()
                    and all(name in values or hasattr(shape, name) for name in names)
                ):
                    vars(self).update(values)
                    return
            _ready(shape).__init__(self, *args, **kwargs)

        def __repr__(self):
            return _ready(type(self)).__repr__(self)

        def __eq__(self, other):
            return _ready(type(self)).__eq__(self, other)

        def __hash__(self):
            return _ready(type(self)).__hash__(self)

        def __setattr__(self, name, value):
            _ready(type(self)).__setattr__(self, name, value)

        def __delattr__(self, name):
            _ready(type(self)).__delattr__(self, name)


def plain(shape: type) -> bool:
    """Tell whether a record class is still unmade, and its annotations and defaults say all about its fields."""
    if shape.__base__ is not Record or "__dataclass_fields__" in vars(shape) or hasattr(shape, "__post_init__"):
        return False
    return not any(type(vars(shape).get(name)).__name__ == "Field" for name in shape.__annotations__)


def filled(shape: type[T], values: Mapping[str, object]) -> T:
    """Return a record of a ``plain`` class that holds the values, without making the class's methods."""
    record = object.__new__(shape)
    vars(record).update(values)
    return record


def _ready(shape: type) -> type:
    """Make the methods of a record class, which from then on stand before those of ``Record``."""
    from dataclasses import dataclass  # brings inspect with it

    with _MAKING:
        if "__dataclass_fields__" not in vars(shape):
            dataclass(frozen=True)(shape)
    return shape
