"""Patterns that compile on first use, and records without ``dataclasses``: what a process does not use costs nothing.

The first answer of a new process is what an officer waits for, and any one post needs few of the hundreds of patterns
and classes of all the rules. ``regex`` stands in the place of ``re.compile`` at the top of a module, ``Record`` in the
place of ``@dataclass(frozen=True)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast, dataclass_transform, overload

if TYPE_CHECKING:
    from dataclasses import Field

T = TypeVar("T")
R = TypeVar("R", bound="Record")

_MISSING = object()


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


class _Field:
    """What a field is made of where an annotation and a plain default do not say it all."""

    __slots__ = ("compare", "default", "factory", "repr")

    def __init__(self, default: object, factory: Callable[[], object] | None, compare: bool, repr: bool) -> None:  # noqa: A002
        self.default, self.factory, self.compare, self.repr = default, factory, compare, repr


def field(
    *,
    default: Any = _MISSING,
    default_factory: Callable[[], Any] | None = None,
    compare: bool = True,
    repr: bool = True,  # noqa: A002  the names of dataclasses.field
) -> Any:
    """Return what ``dataclasses.field`` does, for a ``Record``."""
    return _Field(default, default_factory, compare, repr)


def replace(record: R, **changes: object) -> R:
    """Return a record with some of its values changed, as ``dataclasses.replace`` does."""
    return type(record)(**{**{name: getattr(record, name) for name in shape_of(type(record)).fields}, **changes})


class Shape:
    """The fields of a record class, worked out when the first instance is made.

    Attributes:
        fields: each field by its name, in the order of the arguments.
        defaults: the values of those that have a plain one.
        factories: what makes the value of others.
        needed: the names of those that have neither.
        plain: whether annotations and plain defaults say all.
    """

    __slots__ = ("compared", "defaults", "factories", "fields", "needed", "plain", "shown")

    def __init__(self, record: type) -> None:
        self.fields: dict[str, _Field] = {}
        for base in reversed(record.__mro__):
            if issubclass(base, Record):
                for name, annotation in vars(base).get("__annotations__", {}).items():
                    if not str(annotation).startswith("ClassVar"):
                        made = vars(base).get(name, _MISSING)
                        self.fields[name] = made if isinstance(made, _Field) else _Field(made, None, True, True)
        fields = self.fields.items()
        self.defaults = {name: made.default for name, made in fields if made.default is not _MISSING}
        self.factories = [(name, made.factory) for name, made in fields if made.factory]
        self.needed = [name for name, made in fields if made.default is _MISSING and not made.factory]
        self.compared = [name for name, made in fields if made.compare]
        self.shown = [name for name, made in fields if made.repr]
        self.plain = not any(isinstance(vars(record).get(name), _Field) for name in self.fields)


_SHAPES: dict[type, Shape] = {}


def shape_of(record: type) -> Shape:
    """Return the fields of a record class."""
    shape = _SHAPES.get(record)
    if shape is None:
        shape = _SHAPES[record] = Shape(record)
    return shape


class _Dataclass:
    """Lets ``dataclasses`` see a record class as a dataclass, which is made one when that is first asked."""

    def __get__(self, instance: object, owner: type) -> Any:
        if owner is Record:
            return None
        if "__dataclass_fields__" not in vars(owner):
            import dataclasses

            for name, made in shape_of(owner).fields.items():
                if isinstance(vars(owner).get(name), _Field):
                    given = {"default_factory": made.factory} if made.factory else {"default": made.default}
                    given = {} if made.default is _MISSING and not made.factory else given
                    setattr(owner, name, dataclasses.field(compare=made.compare, repr=made.repr, **given))
            dataclasses.dataclass(frozen=True, init=False, repr=False, eq=False)(owner)
        return vars(owner)["__dataclass_fields__"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Record:
    """A frozen dataclass by its annotations, without what ``dataclasses`` costs a new process.

    That module brings ``inspect`` with it and writes the methods of every class anew: a tenth of the first answer. It
    is asked only where somebody hands a record to it.
    """

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    else:
        __dataclass_fields__ = _Dataclass()

        def __init__(self, *args, **kwargs):
            shape = shape_of(type(self))
            values = self.__dict__
            values.update(shape.defaults)
            given = dict(zip(shape.fields, args))  # noqa: B905  the count is checked below
            if len(args) > len(given) or given.keys() & kwargs.keys() or not kwargs.keys() <= shape.fields.keys():
                raise TypeError(f"{type(self).__name__} takes {', '.join(shape.fields)}, each once")
            values.update(given)
            values.update(kwargs)
            for name, factory in shape.factories:
                if name not in values:
                    values[name] = factory()
            for name in shape.needed:
                if name not in values:
                    raise TypeError(f"{type(self).__name__} needs {', '.join(shape.needed)}; {name} is missing")

        def __repr__(self):
            shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in shape_of(type(self)).shown)
            return f"{type(self).__qualname__}({shown})"

        def __eq__(self, other):
            if type(other) is not type(self):
                return NotImplemented
            return _compared(self) == _compared(other)

        def __hash__(self):
            return hash(_compared(self))

        def __setattr__(self, name, value):
            raise _frozen(f"cannot assign to field {name!r}")

        def __delattr__(self, name):
            raise _frozen(f"cannot delete field {name!r}")


def _compared(record: Record) -> tuple[object, ...]:
    return tuple([getattr(record, name) for name in shape_of(type(record)).compared])


def _frozen(words: str) -> AttributeError:
    from dataclasses import FrozenInstanceError

    return FrozenInstanceError(words)


def filled(record: type[T], values: Mapping[str, object]) -> T:
    """Return a record of a ``plain`` class that holds the values, which are known to be right."""
    made = object.__new__(record)
    vars(made).update(values)
    return made
