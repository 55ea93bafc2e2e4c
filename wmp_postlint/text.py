"""Normalised views of a text, with an exact map back to the text as it was given.

A view is a string to match on; ``View.span`` turns a match on it into the span of the source. Folding undoes what
hides words from a pattern but not from a reader: full-width and mathematical letters, look-alikes of other scripts,
zero-width and bidirectional controls, combining marks, keycaps, circled, squared and regional letters, typographic
quotes, dashes and spaces, pictures in the middle of a number. White space is read as one space, one line end or two;
the line end of a sentence that goes on, as a space. Case is kept, since markings and registration marks depend on it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import TypeVar

from wmp_postlint import lazy, resource
from wmp_postlint.finding import Span
from wmp_postlint.wrapped import GOES_ON, ODD_SPACE, line_ends, odd_spaces, pictures

T = TypeVar("T")

_PLAIN = lazy.regex(r"[\t\n\r -~]*")
_RUN = lazy.regex(r"[\t\n\r -~]+|[^\t\n\r -~]")
_DROPPED = frozenset({"Cf", "Cc", "Mn", "Me"})
_INVISIBLE_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
_PUNCTUATION = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u02bc": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2212": "-", "\u2044": "/", "\u2215": "/", "\u3002": ".", "\uff61": ".", "\u2028": "\n", "\u2029": "\n",
    "\u0085": "\n", "\u2800": " ", "\u2217": "*", "\u00e6": "ae", "\u00c6": "AE", "\u0153": "oe", "\u0152": "OE",
    "\u00df": "ss", "\u1e9e": "SS",
}  # fmt: skip


class Text(str):
    """A text that keeps what was read of it, so that what is kept is forgotten with the post."""

    def read(self, reading: Callable[[str], T]) -> T:
        """Return ``reading(text)``, computed once for this text."""
        kept: dict[Callable[[str], T], T] = vars(self)  # type: ignore[assignment]  # readings are its only attributes
        if reading not in kept:
            kept[reading] = reading(self)
        return kept[reading]

    @classmethod
    def of(cls, text: str) -> Text:
        """Return the text itself if it keeps what is read of it, else one that does."""
        return text if isinstance(text, cls) else cls(text)


class View:
    """A string derived from a source text, each of its characters knowing the stretch it came from.

    Args:
        source: the text as it was given.
        text: the derived string.
        starts: for each character of ``text``, where its source begins; None when both strings are the same.
        ends: for each character of ``text``, where its source ends, exclusive.
    """

    __slots__ = ("_ends", "_starts", "source", "text")

    def __init__(
        self, source: str, text: str, starts: Sequence[int] | None = None, ends: Sequence[int] | None = None
    ) -> None:
        self.source = source
        self.text = text
        self._starts = starts
        self._ends = ends

    @property
    def starts(self) -> Sequence[int]:
        """Where in the source each character begins."""
        return range(len(self.text)) if self._starts is None else self._starts

    @property
    def ends(self) -> Sequence[int]:
        """Where in the source each character ends, exclusive."""
        return range(1, len(self.text) + 1) if self._ends is None else self._ends

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Return the source stretch of ``text[start:end]``; an empty stretch maps to an empty one."""
        if self._starts is None:
            return start, end
        if start < end:
            return self.starts[start], self.ends[end - 1]
        at = self.starts[start] if start < len(self.text) else len(self.source)
        return at, at

    def span(self, start: int, end: int) -> Span:
        """Return the span in the source of ``text[start:end]``."""
        return Span.of(self.source, *self.bounds(start, end))

    def part(self, start: int, end: int) -> View:
        """Return the view of ``text[start:end]`` alone, its spans still those of the whole source."""
        if start == 0 and end == len(self.text):
            return self
        return View(self.source, self.text[start:end], self.starts[start:end], self.ends[start:end])


def identity(text: str) -> View:
    """Return the view that is the text itself."""
    return View(text, text)


def assemble(source: str, pieces: Iterable[tuple[str, int, int]]) -> View:
    """Make a view of pieces of derived text.

    Args:
        source: the text as it was given.
        pieces: (derived text, source start, source end); a piece as long as its source maps character by character,
            any other maps whole.
    """
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece, start, end in pieces:
        text.append(piece)
        if len(piece) == end - start:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(piece))
            ends.extend([end] * len(piece))
    return View(source, "".join(text), starts, ends)


def fold(view: View) -> View:
    """Return the view with disguises undone, white space plain, and case kept.

    Plain ASCII with plain white space comes back as it is.
    """
    folded = view if _PLAIN.fullmatch(view.text) else _with_changes(_folded(view), pictures)
    if any(space in folded.text for space in ODD_SPACE):
        folded = _with_changes(folded, odd_spaces)
    return _with_changes(folded, line_ends) if GOES_ON.search(folded.text) else folded


def _with_changes(view: View, changes: Callable[[str], Iterable[tuple[int, int, str]]]) -> View:
    """Return the view with stretches of its text replaced: start, end, and what stands there instead."""
    text, starts, ends = list[str](), list[int](), list[int]()
    at = 0
    for start, end, instead in changes(view.text):
        text += view.text[at:start], instead
        low, high = view.bounds(start, end)
        starts += (*view.starts[at:start], *[low] * len(instead))
        ends += (*view.ends[at:start], *[high] * len(instead))
        at = end
    if not at:
        return view
    return View(view.source, "".join((*text, view.text[at:])), (*starts, *view.starts[at:]), (*ends, *view.ends[at:]))


def _folded(view: View) -> View:
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _RUN.finditer(view.text):
        run = match.group()
        if _PLAIN.fullmatch(run):
            part = view.part(match.start(), match.end())
            text.append(run)
            starts.extend(part.starts)
            ends.extend(part.ends)
            continue
        start, end = view.bounds(match.start(), match.end())
        folded = _fold_character(run)
        if folded:
            text.append(folded)
            starts.extend([start] * len(folded))
            ends.extend([end] * len(folded))
        elif ends and unicodedata.category(run) in ("Mn", "Me"):
            # A mark belongs to the letter before it: the end of a span runs on over it.
            last = ends[-1]
            for index in range(len(ends) - 1, -1, -1):
                if ends[index] != last:
                    break
                ends[index] = end
    return View(view.source, "".join(text), starts, ends)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """What one character outside plain ASCII reads as: nothing when it is invisible."""
    if character in _PUNCTUATION:
        return _PUNCTUATION[character]
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"  # half of a pair: no letter, and no encoder takes it
    if character in _INVISIBLE_LETTERS or category in _DROPPED:
        return ""
    if letter := _enclosed_letter(character):
        return letter
    return "".join(_fold_decomposed(part) for part in unicodedata.normalize("NFKD", character))


def _fold_decomposed(character: str) -> str:
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category in _DROPPED:
        return ""
    if category == "Zs":
        return " "
    if category == "Pd":
        return "-"
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    return _PUNCTUATION.get(character) or _confusables().get(character, character)


def _enclosed_letter(character: str) -> str:
    """The letter of a negative circled or squared letter or a regional indicator, which NFKD leaves alone."""
    code = ord(character)
    for first in (0x1F150, 0x1F170, 0x1F1E6):
        if first <= code < first + 26:
            return chr(ord("A") + code - first)
    return ""


@cache
def _confusables() -> dict[str, str]:
    letters = resource.read_table("text/confusables.toml")["letters"]
    return {lookalike: letter for letter, lookalikes in letters.items() for lookalike in lookalikes}
