"""What a terminal shows of untrusted text: how it is made harmless, how many cells it takes, its colours."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TextIO

from wmp_postlint import lazy

_PLAIN = lazy.regex(r"[ -~]*")
_FLAG = lazy.regex("\U0001f3f4[\U000e0030-\U000e007a]{3,8}\U000e007f")
_HIDDEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_ESCAPED = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
_TAB = "    "
_CLUSTER = 8

_COLOURS = {
    "error": "1;31", "warning": "1;33", "info": "1;36", "good": "32", "quiet": "2", "strong": "1", "frame": "1;34",
}  # fmt: skip


class Style:
    """Colours, or none.

    Args:
        enabled: whether to colour.
    """

    def __init__(self, enabled: bool = False) -> None:
        self.enabled = enabled

    def __call__(self, name: str, text: str) -> str:
        """Return a text in a colour, by the name of what it stands for, such as ``error`` or ``quiet``."""
        return f"\x1b[{_COLOURS[name]}m{text}\x1b[0m" if self.enabled and text else text

    def link(self, address: str | None, text: str) -> str:
        """Return a text that leads to an address, where the terminal is one that colours."""
        if not self.enabled or not address or not address.isascii() or not address.isprintable():
            return text
        return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"


PLAIN = Style()


def colour_wanted(choice: str, stream: TextIO) -> bool:
    """Whether to colour: ``always`` and ``never`` as told, else by NO_COLOR, FORCE_COLOR and the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


def pieces(line: str) -> list[str]:
    r"""Return what is shown for each code point of a line.

    Controls, characters that turn the direction of the text or cannot be seen, surrogates and private characters become
    escapes such as ``\u{202e}``; a tab becomes four spaces. Joiners stay where they hold an emoji together.
    """
    if _PLAIN.fullmatch(line):
        return list(line)
    shown = [_shown(char) for char in line]
    for index in range(len(line)):
        if line[index] in (_JOINER, _EMOJI_STYLE) and _in_emoji(line, index):
            shown[index] = line[index]
        elif unicodedata.category(line[index])[0] == "M" and (index == 0 or len(shown[index - 1]) > 1):
            shown[index] = _escape(line[index])  # it would sit on what is not of the text
    for flag in _FLAG.finditer(line):
        shown[flag.start() : flag.end()] = flag.group()
    return shown


def visible(text: str) -> str:
    """Return a text made harmless and put on one line."""
    return "".join(pieces(text))


@cache
def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if char == "\t":
        return _TAB
    if category in _ESCAPED or char in _HIDDEN or "\ufe00" <= char <= "\ufe0f" or "\U000e0000" <= char <= "\U000e0fff":
        return _escape(char)
    if category == "Cn" and cells(char) < 2:  # an emoji newer than Python's tables is two cells wide
        return _escape(char)
    return char


def _escape(char: str) -> str:
    return f"\\u{{{ord(char):x}}}"


def _in_emoji(line: str, index: int) -> bool:
    """Whether a joiner or an emoji style selector belongs to an emoji."""
    before = line[index - 1] if index else " "
    if line[index] == _EMOJI_STYLE:
        return before in "0123456789#*" or _pictographic(before)
    start, after = index - 1, line[index + 1 : index + 2]
    if start >= 0 and line[start] == _EMOJI_STYLE:
        if not _in_emoji(line, start):
            return False
        start -= 1
    elif start > 0 and "\U0001f3fb" <= line[start] <= "\U0001f3ff":
        start -= 1
    if start < 0 or not after or not _pictographic(line[start]) or not _pictographic(after):
        return False
    # What a terminal does not draw as one is shown apart, or the cells would not add up.
    return len(list(graphemes(line[start : index + 2]))) == 1


def _pictographic(char: str) -> bool:
    if char.isascii():
        return False
    return unicodedata.category(char) in ("So", "Sk", "Sm", "Cn") or char in "\u203c\u2049\u2139\u3030"


def graphemes(text: str) -> Iterator[str]:
    """Yield the clusters of a text that a terminal draws as one."""
    if text.isascii():
        yield from text
        return
    from wcwidth import iter_graphemes  # costs 30 ms that plain texts need not pay

    yield from iter_graphemes(text)


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes, once it is made harmless."""
    if text.isascii():
        return len(text)
    return _known_cells(text) if len(text) <= _CLUSTER else _cells(text)


def _cells(text: str) -> int:
    from wcwidth import wcswidth

    return max(0, wcswidth(text))


_known_cells = lru_cache(maxsize=4096)(_cells)


def wrap(text: str, width: int) -> list[str]:
    """Break a harmless text at its spaces into lines of at most ``width`` cells, where its words are short enough."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and cells(lines[-1]) + 1 + cells(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
