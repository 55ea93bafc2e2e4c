"""The beginning of a file, by which its format is told: never by its name alone, since exports get renamed."""

from __future__ import annotations

from functools import cached_property

from wmp_postlint import lazy
from wmp_postlint.readers.place import File

LENGTH = 65536

_TOKEN = lazy.regex(r'"((?:[^"\\]++|\\.)*+)"|[\[\]{},:]|[^\s\[\]{},:"]+|"')
_DEEPEST = 12


class Head:
    """What the first 64 KiB of a file show.

    Attributes:
        name: the file's name.
        content: its first bytes.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.content = content

    @classmethod
    def of(cls, file: File) -> Head:
        """Read the beginning of a file."""
        with file.open() as opened:
            return cls(file.name, opened.read(LENGTH))

    @cached_property
    def text(self) -> str:
        """The beginning as text, without a byte order mark and the space before the first word."""
        return self.content.decode("utf-8", "replace").removeprefix("\ufeff").lstrip()

    @cached_property
    def is_json(self) -> bool:
        """Whether it begins as a JSON object or a list of such."""
        tokens = [match.group() for match, _ in zip(_TOKEN.finditer(self.text[:400]), range(2), strict=False)]
        if tokens[:1] == ["{"]:
            return len(tokens) == 1 or tokens[1][0] in "\"'}\u201c"
        return tokens[:1] == ["["] and (len(tokens) == 1 or tokens[1] in ("{", "]"))

    @cached_property
    def keys(self) -> dict[str, str]:
        """The keys of a JSON text by their path, such as ``items[].content_html``, with the first plain value of each.

        A file that begins otherwise has none.
        """
        return _keys(self.text) if self.is_json else {}


def _keys(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    path: list[str] = []  # for each bracket that is open, the key that it stands under, and [] for a list
    key, value_next = "", False
    for match in _TOKEN.finditer(text):
        mark = match.group()
        in_object = bool(path) and not path[-1].endswith("[]")
        if mark in "{[":
            if len(path) >= _DEEPEST:
                break
            path.append((key if in_object else "") + ("[]" if mark == "[" else ""))
            if mark == "{":
                key, value_next = "", False
            continue
        if mark in "}]":
            if not path:
                break
            path.pop()
            key, value_next = "", False
            continue
        if mark == ",":
            key, value_next = "", False
        elif mark == ":":
            value_next = True
        elif in_object and not value_next:
            key = match[1] or ""
            found.setdefault(_joined(path, key), "")
        elif in_object:
            place = _joined(path, key)
            found[place] = found.get(place) or (match[1] if match[1] is not None else mark)
    return found


def _joined(path: list[str], key: str) -> str:
    return ".".join(part for part in (*path, key) if part).replace(".[]", "[]")
