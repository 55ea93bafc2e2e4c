"""Plain data to dataclasses, strictly: the one reader behind posts, policy packs and vocabulary files.

Every mistake is an error that names the key, says what was expected and, for a key, what was probably meant. The same
walk checks objects that were built in Python, where nothing else would stop ``Post(text=None)``.
"""

from __future__ import annotations

import math
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from wmp_postlint import lazy
from wmp_postlint.errors import InputError

T = typing.TypeVar("T")

_LARGEST = 1e300

_NAMES: dict[object, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    bytes: "bytes (base64 in JSON)",
    Path: "a file path",
    datetime: "a date and time with its zone, such as 2026-05-05T09:00:00+01:00",
    date: "a date, such as 2026-05-05",
}


def convert(value: object, shape: type[T], where: str, error: type[InputError]) -> T:
    """Read plain data, or check an object, as a dataclass.

    Args:
        value: mappings, lists, strings and numbers as JSON or TOML give them, or an instance of ``shape``.
        shape: a dataclass whose annotations say what is wanted.
        where: the name of the value for messages; empty at the top.
        error: the error to raise.

    Raises:
        InputError: of the class ``error``, for an unknown key, a missing one, or a wrong type.
    """
    return typing.cast(T, _read(value, shape, where, error))


def unknown_key(key: str, known: Sequence[str]) -> str:
    """Say that a key is unknown, and which one was probably meant."""
    import difflib

    close = difflib.get_close_matches(key, known, n=1) or [name for name in known if key.startswith(name)][:1]
    hint = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(known)}"
    return f"unknown key, {hint}"


def _is_shape(hint: Any) -> bool:
    return isinstance(hint, type) and (issubclass(hint, lazy.Record) or hasattr(hint, "__dataclass_fields__"))


@cache
def _fields(shape: type) -> dict[str, tuple[Any, bool]]:
    """The fields of a dataclass: name to (type, whether it must be given)."""
    hints = typing.get_type_hints(shape)
    if issubclass(shape, lazy.Record):
        record = lazy.shape_of(shape)
        return {name: (hints[name], name in record.needed) for name in record.fields}
    import dataclasses

    missing = dataclasses.MISSING
    return {
        field.name: (hints[field.name], field.default is missing and field.default_factory is missing)
        for field in dataclasses.fields(typing.cast("Any", shape))
    }


_Kind = typing.Literal["anything", "shape", "choice", "union", "list", "table", "plain"]


@cache
def _kind(hint: Any) -> tuple[_Kind, tuple[Any, ...]]:
    """What a type asks for, and its parts."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint is object:
        return "anything", ()
    if _is_shape(hint):
        return "shape", ()
    if origin in (typing.Union, types.UnionType):
        return "union", args
    kinds: dict[object, _Kind] = {typing.Literal: "choice", tuple: "list", Mapping: "table"}
    return kinds.get(origin, "plain"), args


def _read(value: Any, hint: Any, where: str, error: type[InputError]) -> Any:
    kind, args = _kind(hint)
    if kind == "anything":
        return value
    if kind == "shape":
        return _read_object(value, typing.cast(type, hint), where, error)
    if kind == "choice":
        if isinstance(value, str) and value in args:
            return value
    elif kind == "union":
        return _read_union(value, hint, args, where, error)
    elif kind == "list":
        if isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
            if args[0] is str and set(map(type, value)) == {str}:
                return tuple(value)  # the long lists of words
            return tuple(_read(item, args[0], f"{where}[{index}]", error) for index, item in enumerate(value))
    elif kind == "table":
        if isinstance(value, Mapping):
            return {
                _key(key, where, error): _read(item, args[1], f"{where}.{key}", error) for key, item in value.items()
            }
    else:
        found, result = _read_plain(value, hint)
        if found:
            return result
    raise error(where, f"expected {_name(hint)}, got {_got(value, hint)}")


def _read_object(value: Any, shape: type, where: str, error: type[InputError]) -> Any:
    fields = _fields(shape)
    if isinstance(value, shape):
        given = {name: getattr(value, name) for name in fields}
    elif isinstance(value, Mapping):
        given = {_key(key, where, error): item for key, item in value.items()}
    else:
        raise error(where, f"expected an object with the keys {', '.join(fields)}, got {_got(value)}")
    read: dict[str, object] = {}
    for name, item in given.items():
        at = f"{where}.{name}" if where else name
        if name not in fields:
            raise error(at, unknown_key(name, list(fields)))
        read[name] = _read(item, fields[name][0], at, error)
    for name, (hint, required) in fields.items():
        if required and name not in read:
            raise error(f"{where}.{name}" if where else name, f"missing, expected {_name(hint)}")
    if issubclass(shape, lazy.Record) and lazy.shape_of(shape).plain:
        return lazy.filled(shape, read)
    return shape(**read)


def _read_union(value: Any, hint: Any, args: tuple[Any, ...], where: str, error: type[InputError]) -> Any:
    if value is None and type(None) in args:
        return None
    choices = [arg for arg in args if arg is not type(None)]
    if len(choices) == 1:
        return _read(value, choices[0], where, error)
    for choice in choices:
        try:
            return _read(value, choice, where, error)
        except InputError:
            continue
    raise error(where, f"expected {_name(hint)}, got {_got(value, hint)}")


def _read_plain(value: Any, hint: Any) -> tuple[bool, object]:
    """Read one value without parts: (whether it fits, the value)."""
    if hint is datetime:
        moment = _parsed(value, datetime.fromisoformat)
        return isinstance(moment, datetime) and moment.tzinfo is not None, moment
    if hint is date:
        day = _parsed(value, date.fromisoformat)
        return isinstance(day, date) and not isinstance(day, datetime), day
    if hint is bytes:
        content = _parsed(value, _decoded)
        fits = isinstance(content, bytes | bytearray | memoryview)
        return fits, bytes(content) if fits else None
    if isinstance(value, bool) and hint is not bool:
        return False, None
    if hint is float:
        fits = isinstance(value, int | float) and math.isfinite(value) and abs(value) < _LARGEST
        return fits, float(value) if fits else None
    return isinstance(value, hint), value


def _decoded(text: str) -> bytes:
    import base64  # most posts hold no picture

    return base64.b64decode("".join(text.split()), validate=True)


def _parsed(value: Any, parse: Callable[[str], Any]) -> Any:
    """Parse a text; leave anything else as it is."""
    if not isinstance(value, str):
        return value
    try:
        return parse(value)
    except ValueError:
        return None


def _key(key: object, where: str, error: type[InputError]) -> str:
    if not isinstance(key, str):
        raise error(where, f"keys must be text, got {_got(key)}")
    return key


def _name(hint: Any) -> str:
    """The name of a type in a message."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return "one of " + ", ".join(f'"{arg}"' for arg in args)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_name(arg) for arg in args if arg is not type(None))
    if origin is tuple:
        return "a list"
    if origin is Mapping or _is_shape(hint):
        return "an object"
    return _NAMES.get(hint, "another value")


def _got(value: object, hint: object = None) -> str:
    """What a value is, never what it says: it may be personal data."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return "other text" if hint in (datetime, date, bytes) or typing.get_origin(hint) is typing.Literal else "text"
    for kind, name in ((int | float, "a number"), (Mapping, "an object"), (Sequence, "a list")):
        if isinstance(value, kind):
            return name
    return f"a {type(value).__name__}"
