"""Strict JSON: no key twice, no NaN, no nesting without end; every mistake with its line and column."""

from __future__ import annotations

import json

from wmp_postlint.readers.loaded import UnreadableError


def parse(text: str, line: int = 1, column: int = 1) -> object:
    """Parse one JSON value.

    Args:
        text: the whole text of it.
        line: the line of the file that it begins on.
        column: the column of that line.

    Raises:
        UnreadableError: if it is no JSON, with the place and what to do.
    """
    try:
        value: object = json.loads(text, object_pairs_hook=_unique, parse_constant=_constant)
    except json.JSONDecodeError as error:
        problem = f"is not JSON: {_words(error)}"
        before = column - 1 if error.lineno == 1 else 0
        raise UnreadableError(problem, line + error.lineno - 1, error.colno + before) from None
    except RecursionError:
        raise UnreadableError("is nested too deeply to be a post", line) from None
    except _MistakeError as error:
        raise UnreadableError(str(error), line) from None
    except ValueError:
        raise UnreadableError("holds a number with too many digits", line) from None
    return value


class _MistakeError(ValueError):
    """A mistake that the parser itself allows."""


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _MistakeError(f"has the key {key!r} twice in one object; keep one of them")
            seen.add(key)
    return members


def _constant(name: str) -> object:
    raise _MistakeError(f"holds {name}, which is no JSON number")


def _words(error: json.JSONDecodeError) -> str:
    """What was expected, in the parser's words, with the mistakes that people make most."""
    rest = error.doc[error.pos : error.pos + 1]
    if not rest:
        return "it ends too early"
    if rest == "'":
        return 'texts and keys stand in double quotes ("), not single ones'
    if rest in "\u201c\u201d":
        return 'typographic quotes stand where straight ones (") must'
    if error.msg.startswith("Invalid control character"):
        return "a text runs over the end of the line, or holds a control character; write \\n for a new line"
    if rest in "}]":
        return "there is a comma too many, or a value is missing"
    return error.msg[0].lower() + error.msg[1:]
