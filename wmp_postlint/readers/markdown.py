"""Markdown drafts, ``*.post.md``: front matter with the keys of a post, then the text.

Front matter is YAML between two lines of ``---``, or TOML between two lines of ``+++``; without it the whole file is
the text. The text is read as Markdown, since that is what people and their editors write into such a file; put
``text_format: plain`` into the front matter where every star and underscore is meant. Empty lines around the text and
Windows line ends are not part of it.

Drafts of other tools have keys of theirs. Their ``title`` and ``description`` are published, so they stand above the
text; ``date`` is when; the rest, such as ``tags`` and ``draft``, is no part of a post.

All values of the YAML are text, whatever they look like: ``lang: no``, ``id: 007`` and ``expires: 2026-12-01`` mean
what they say. Only coordinates and positions are numbers, and an empty value, ``~`` and ``null`` mean nothing.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from wmp_postlint import lazy
from wmp_postlint.readers.loaded import Loaded, UnreadableError, loaded_post

_NUMBERS = ("latitude", "longitude", "start", "end")
# Parsing YAML takes microseconds for each character, and nothing that people write into a draft is this long.
_LONGEST = 100_000
_UNREAD = (
    "draft", "tags", "categories", "category", "slug", "layout", "permalink", "author", "authors", "weight", "type",
    "url", "lastmod", "modified", "updated", "status", "keywords", "series", "toc", "aliases", "cover", "template",
)  # fmt: skip
_TOML_PLACE = lazy.regex(r"\s*\(at line (\d+), column (\d+)\)")


def read(text: str, path: str, base: Path) -> Loaded:
    """Read a draft.

    Args:
        text: the file's text.
        path: the file, as it is shown.
        base: the folder that relative paths of pictures start from.

    Raises:
        UnreadableError: if the front matter is broken, with its place.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    values, first = _front_matter(lines)
    while first < len(lines) and not lines[first].strip():
        first += 1
    body = "\n".join(lines[first:]).rstrip()
    if "text" in values:
        raise UnreadableError("gives the key text in its front matter; put the text after the front matter instead", 1)
    above = _foreign(values)
    text = "\n\n".join([*above, body])
    line = first + 1 - 2 * len(above) if all("\n" not in words for words in above) else None
    return loaded_post({"text_format": "markdown", **values, "text": text}, path, 1, base, text_line=line)


def _foreign(values: dict[str, object]) -> list[str]:
    """Take out the keys of other tools, and return the words among them that are published."""
    words = [values.pop(key, None) for key in ("title", "description", "summary")]
    for key in _UNREAD:
        values.pop(key, None)
    date = values.pop("date", None)
    if date is not None and "published_at" not in values:
        from wmp_postlint.readers.schedule import time_of

        values["published_at"] = date if isinstance(date, datetime) and date.tzinfo else time_of(str(date), None)
    return [text.strip() for text in words if isinstance(text, str) and text.strip()]


def _front_matter(lines: list[str]) -> tuple[dict[str, object], int]:
    """Return the values of the front matter and the index of the line after it."""
    mark = lines[0].rstrip()
    if mark not in ("---", "+++"):
        return {}, 0
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() == mark:
            source = "\n".join(lines[1:index])
            if len(source) > _LONGEST:
                problem = f"has more than {_LONGEST} characters of front matter; name pictures by path"
                raise UnreadableError(problem, 1)
            return (_yaml(source) if mark == "---" else _toml(source)), index + 1
    raise UnreadableError(
        f"opens its front matter with {mark} but never closes it; add a line {mark} after the last key", 1
    )


def _toml(source: str) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        line, column = (int(place[1]) + 1, int(place[2])) if place else (source.count("\n") + 2, None)
        words = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise UnreadableError(f"has front matter that is not TOML: {words}", line, column) from None
    except (RecursionError, ValueError):
        raise UnreadableError("has front matter that is not TOML", 1) from None


def _yaml(source: str) -> dict[str, object]:
    import yaml  # costs 40 ms that other files need not pay

    class Loader(yaml.SafeLoader):
        """Texts for all plain scalars; no aliases, whose expansion has no bound; no tags; no key twice."""

        yaml_implicit_resolvers = {  # noqa: RUF012
            first: [("tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)\Z"))] for first in ("~", "n", "N", "")
        }

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            event = self.peek_event()  # type: ignore[no-untyped-call]
            if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None) not in (None, "!"):
                problem = "aliases (*) and tags (!) are not allowed here; put the value into quotes"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
            return super().compose_node(parent, index)

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            seen: set[object] = set()
            for key, _ in node.value:
                name = self.construct_object(key, deep=True) if isinstance(key, yaml.ScalarNode) else None
                if not isinstance(name, str):
                    raise yaml.MarkedYAMLError(problem="a key must be a plain text", problem_mark=key.start_mark)
                if name in seen:
                    raise yaml.MarkedYAMLError(problem=f"the key {name!r} is there twice", problem_mark=key.start_mark)
                seen.add(name)
            return super().construct_mapping(node, deep)

    try:
        values = yaml.load(source, Loader)  # noqa: S506  a SafeLoader
    except yaml.MarkedYAMLError as error:
        # What is never closed is better found at its beginning than at the end of the file.
        unclosed = error.context_mark if "end of stream" in (error.problem or "") else None
        mark = unclosed or error.problem_mark or error.context_mark
        words = f"has front matter that is not YAML: {error.problem or error.context}"
        raise UnreadableError(words, *(mark.line + 2, mark.column + 1) if mark else (1, None)) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise UnreadableError(
            "has front matter that is not YAML: a control character, or nesting without end", 1
        ) from None
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise UnreadableError("has front matter without keys; write it as lines such as id: monday-1", 2)
    _number(values.get("location"))
    links = values.get("links")
    for link in links if isinstance(links, list) else ():
        _number(link)
    return values


def _number(values: object) -> None:
    """Turn the texts of coordinates and positions into the numbers that they spell."""
    if not isinstance(values, dict):
        return
    for key in _NUMBERS:
        text = values.get(key)
        if isinstance(text, str):
            for kind in (int, float):
                try:
                    values[key] = kind(text)
                    break
                except ValueError:
                    continue
