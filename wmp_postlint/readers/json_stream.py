"""JSON read piece by piece: the members of a long list one after the other, each with its place in the file.

A list of a million posts takes no more memory than the longest of them. Where one member is broken the next ones are
still read; where the brackets do not close, there is an error at the end of what could be read.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from wmp_postlint import lazy
from wmp_postlint.lazy import Record
from wmp_postlint.readers import json_text
from wmp_postlint.readers.json_places import JsonSource
from wmp_postlint.readers.loaded import MAX_BYTES, TOO_LONG, UnreadableError

_SPACE = lazy.regex(r"[ \t\r\n]*")
_STEP = lazy.regex(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}"]')
_SCALAR = lazy.regex(r'[^\s,\[\]{}":]*')
_CHUNK = 65536


class Item(Record):
    """A member of a list, or of the object around it.

    ``key`` is the key of the list that it stands in, or its own key in the object; empty for a list at the top. Of
    ``value`` and ``error`` the latter is None where the member could be read. ``source`` is its own JSON text.
    """

    key: str
    line: int
    column: int
    value: object = None
    error: UnreadableError | None = None
    in_list: bool = True
    source: JsonSource | None = None


class JsonStream:
    """A JSON text that is read as far as it is asked for.

    Args:
        file: the bytes, in UTF-8 with or without a byte order mark.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._at = 0
        self._line = self._column = 1
        self._ended = False

    def skip_past(self, mark: str, within: int) -> None:
        """Go behind the first ``mark``, which must stand within so many characters."""
        while (at := self._text.find(mark)) < 0 and len(self._text) < within and self._more():
            pass
        if at < 0 or at > within:
            raise UnreadableError(f"has no {mark} near its beginning", 1)
        self._advance(at + len(mark))

    def items(self, *keys: str) -> Iterator[Item]:
        """Yield the members of the list at the top, or those of an object with the lists ``keys`` taken apart.

        Raises:
            UnreadableError: if the text is no JSON list or object, or ends too early.
        """
        first = self._peek()
        if first == "[":
            yield from self._list("")
        elif first == "{":
            yield from self._object(keys)
        else:
            raise UnreadableError("is not JSON: expected a list or an object", self._line, self._column)
        if self._peek() not in ("", ";"):
            raise UnreadableError("is not JSON: something stands after its end", self._line, self._column)

    def _object(self, keys: tuple[str, ...]) -> Iterator[Item]:
        self._step()
        if self._peek() == "}":
            self._step()
            return
        while True:
            if self._peek() != '"':
                raise self._wrong("expected a key in double quotes")
            line, column = self._line, self._column
            name = json_text.parse(self._value(), line, column)
            if self._peek() != ":":
                raise self._wrong("expected a colon")
            self._step()
            if name in keys and self._peek() == "[":
                yield from self._list(str(name))
            else:
                yield self._item(str(name), in_list=False)
            if not self._goes_on("}"):
                return

    def _list(self, key: str) -> Iterator[Item]:
        self._step()
        if self._peek() == "]":
            self._step()
            return
        while True:
            self._peek()
            yield self._item(key, in_list=True)
            if not self._goes_on("]"):
                return

    def _goes_on(self, end: str) -> bool:
        """Step over a comma, or over the end."""
        found = self._peek()
        if found not in (",", end):
            raise self._wrong(f"expected a comma or {end}")
        self._step()
        return found == ","

    def _item(self, key: str, in_list: bool) -> Item:
        self._peek()
        line, column = self._line, self._column
        text = self._value()
        try:
            value = json_text.parse(text, line, column)
            return Item(key, line, column, value, None, in_list, JsonSource(text, line, column))
        except UnreadableError as error:
            return Item(key, line, column, None, error, in_list)

    def _wrong(self, words: str) -> UnreadableError:
        return UnreadableError(
            f"is not JSON: {words if self._peek() else 'it ends too early'}", self._line, self._column
        )

    def _peek(self) -> str:
        """Return the next character that is no space, without going past it; empty at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            assert match
            self._advance(match.end())
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _step(self) -> None:
        self._advance(self._at + 1)

    def _value(self) -> str:
        """Return the text of the value that begins here, and go behind it."""
        depth, length = 0, 0
        if not self._peek():
            raise self._wrong("")
        if self._text[self._at] not in '{["':
            return self._scalar()
        while True:
            match = _STEP.search(self._text, self._at + length)
            if match is None or match.group() == '"':
                length = (match.start() if match else len(self._text)) - self._at
                if len(self._text) - self._at > MAX_BYTES:
                    raise UnreadableError(TOO_LONG, self._line, self._column)
                if not self._more():
                    self._advance(len(self._text))
                    raise UnreadableError("is not JSON: it ends too early", self._line, self._column)
                continue
            length = match.end() - self._at
            depth += (match.group() in "{[") - (match.group() in "}]")
            if depth <= 0:
                return self._take(length)

    def _scalar(self) -> str:
        while True:
            match = _SCALAR.match(self._text, self._at)
            assert match
            if match.end() < len(self._text) or not self._more():
                if match.end() == self._at:
                    raise self._wrong("a value is missing")
                return self._take(match.end() - self._at)
            if len(self._text) - self._at > MAX_BYTES:
                raise UnreadableError(TOO_LONG, self._line, self._column)

    def _take(self, length: int) -> str:
        text = self._text[self._at : self._at + length]
        self._advance(self._at + length)
        return text

    def _advance(self, to: int) -> None:
        newlines = self._text.count("\n", self._at, to)
        self._line += newlines
        last = self._text.rfind("\n", self._at, to)
        self._column = to - last if newlines else self._column + to - self._at
        self._at = to

    def _more(self) -> bool:
        """Read on; what lies behind is let go."""
        if self._ended:
            return False
        kept = self._text[self._at :]
        chunk = self._file.read(max(_CHUNK, len(kept)))
        self._ended = not chunk
        try:
            fresh = self._decoder.decode(chunk, final=self._ended)
        except UnicodeDecodeError as error:
            good = kept + error.object[: error.start].decode("utf-8", "replace")
            line = self._line + good.count("\n")
            column = len(good) - good.rfind("\n") if "\n" in good else self._column + len(good)
            raise UnreadableError("holds a byte that is not UTF-8; save it as UTF-8", line, column) from None
        self._text, self._at = kept + fresh, 0
        return bool(fresh) or not self._ended


def whole(file: BinaryIO) -> dict[str, object]:
    """Return a JSON object, none of whose members may be longer than a post can be.

    Raises:
        UnreadableError: if it is none, with the place of the mistake.
    """
    members: dict[str, object] = {}
    for item in JsonStream(file).items():
        if item.in_list:
            raise UnreadableError("expected an object, got a list", 1)
        if item.error:
            raise item.error
        if item.key in members:
            raise UnreadableError(f"has the key {item.key!r} twice in one object; keep one of them", item.line)
        members[item.key] = item.value
    return members
