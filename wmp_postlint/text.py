"""Normalised views of a text, with an exact map back to the text as it was given.

A view is a string to match on; ``View.span`` turns a match on it into the span of the source. Folding undoes what
hides words from a pattern but not from a reader: full-width and mathematical letters, look-alikes of other scripts,
zero-width and bidirectional controls, combining marks, keycaps, circled, squared and regional letters, typographic
quotes, dashes and spaces, pictures in the middle of a number. White space is read as one space, one line end or two;
the line end of a sentence that goes on, as a space. Case is kept, since markings and registration marks depend on it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TypeVar

from wmp_postlint import lazy, resource
from wmp_postlint.finding import Span

T = TypeVar("T")

_PLAIN = lazy.regex(r"[\t\n\r -~]*")
# White space that is no lone space, line end or empty line; begun with "in", since most texts have none.
_ODD_SPACE = ("  ", " \n", "\n ", "\n\n\n", "\t", "\r")
_SPACE = lazy.regex(r"[ \t\n\r]+")
_LINE_END = lazy.regex(r"\r\n?|\n")
# A line end in the middle of a sentence: small letters go on, or the last word wants another.
_MIDDLE = (
    r"\n(?:(?<=[a-z,]\n)(?=[a-z])|(?:(?<=\sa\n)|(?<=\s(?:at|is|my|of|to)\n)"
    r"|(?<=\s(?:and|are|for|has|her|his|our|the|was)\n)|(?<=\s(?:from|with|your)\n))(?=[A-Za-z0-9@#]))"
)
_WRAPPED = lazy.regex(_MIDDLE)
_WORD = lazy.regex(r"\S+")
_GOES_ON = lazy.regex(rf"{_MIDDLE}|\n(?:(?<=\d\n)(?=\d)|(?=(?:\S{{1,30}}\n){{2}}))")
# Lines of one word each: a sentence set in a column where it has one of the words that no list has.
_COLUMN = lazy.regex(r"(?<![^\n])\S{1,30}(?:\n\S{1,30}){3,}(?![^\n])")
_LITTLE_WORDS = frozenset(
    "a an and are at be by for from has her his in is it my of on or our she the to was we with you your".split()
)
_PICTURE = "[\u2600-\u27bf\u2b50\U0001f000-\U0001faff]"
# Digits in a row, some of them cut by a line end behind a group of three, as a number has and a count hardly.
_ROW = lazy.regex(r"(?<!\d)\d+(?:(?:[ ./()-]{1,3}|\n)\d+)+")
_CUT = lazy.regex(rf"(?<!\d)\d{{3}}(?:\n\d{{3}}(?!\d))*\n\d{{1,3}}(?!\d|[.:]\d|{_PICTURE})")
_GROUP, _LONG_NUMBER = 3, 8
# A telephone number alone, and how much of one is no number yet.
_ONE_PHONE, _PART_OF_PHONE = range(10, 12), 8
_YEAR = lazy.regex(r"(?:19|20)\d\n\d")
# What a number hangs on: 20/187, 52.486, 014 in 202-555-014.
_HANGS = lazy.regex(r"[A-Za-z]\Z|[A-Za-z0-9][./_-]\Z")
_PICTURED = lazy.regex(
    rf"(?<!{_PICTURE})(?<!\d)\d+(?P<picture>{_PICTURE}{{1,3}})\d+(?:(?P=picture)\d+)*(?!\d|{_PICTURE}{{1,3}}\d)"
)
_FEWEST_PICTURED = 4
# Pictures that part one number from the next: telephones, clocks, calendars, pins, signs of sums, arrows, bullets.
_PARTING = frozenset(
    "\u260e\u2795\u2796\u2797\u27a1\u2716\U0001f19a\U0001f4c5\U0001f4c6\U0001f4cd\U0001f4cc\U0001f4de\U0001f4df\U0001f4e0"
    "\U0001f4f1\U0001f4f2\U0001f5d3\U0001f7f0"
).union(map(chr, (*range(0x1F536, 0x1F53E), *range(0x1F550, 0x1F568), *range(0x1F780, 0x1F7EC))))
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
    folded = view if _PLAIN.fullmatch(view.text) else _with_changes(_folded(view), _pictures)
    if any(space in folded.text for space in _ODD_SPACE):
        folded = _with_changes(folded, _odd_spaces)
    return _with_changes(folded, _line_ends) if _GOES_ON.search(folded.text) else folded


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


def _odd_spaces(text: str) -> Iterator[tuple[int, int, str]]:
    """Make each white space one space, one line end, or two: patterns would try every way of sharing out more."""
    for match in _SPACE.finditer(text):
        plain = "\n" * min(2, len(_LINE_END.findall(match.group()))) or " "
        if plain != match.group():
            yield *match.span(), plain


def _line_ends(text: str) -> Iterator[tuple[int, int, str]]:
    """Join a sentence that goes on after a line end, and a number whose digits a line end parts."""
    changes = dict.fromkeys(_wraps(text), " ")
    for column in _COLUMN.finditer(text):
        if not _LITTLE_WORDS.isdisjoint(column.group().lower().split("\n")):
            changes |= {at: " " for at in range(*column.span()) if text[at] == "\n"}
    for row in _ROW.finditer(text):
        if "\n" in row.group():
            changes |= dict(_cuts(text, *row.span()))
    for at in sorted(changes):
        yield at, at + 1, changes[at]


def _wraps(text: str) -> Iterator[int]:
    """Find the line ends within a sentence that stand where no further word had room, as in text of some width."""
    width = max((len(line) for line in text.split("\n") if " " in line), default=0)
    for match in _WRAPPED.finditer(text):
        word = _WORD.match(text, match.end())
        if word and word.end() - text.rfind("\n", 0, match.start()) - 1 > width:
            yield match.start()


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Find the line ends within a row of digits that part a number, and what stands there instead.

    One between two groups of a telephone number is a space. One behind three digits is nothing: in a long number, a
    year, or a code that goes on. Figures in a list, two numbers on lines of their own, and times are left apart.
    Limits: a number of few digits by itself ("PC 123", "4" on the next line) stays cut.
    """
    row, alone = text[start:end], start == 0 or text[start - 1] == "\n"
    if row[0] == "0" and _digits(row) in _ONE_PHONE:
        yield from ((start + at, " ") for at in _at_line_ends(row) if _digits(row[:at]) < _PART_OF_PHONE)
    for match in _CUT.finditer(text, start, end):
        first, parts = match.start(), match.group().split("\n")
        hangs = _HANGS.search(text[max(0, first - 2) : first])
        if hangs or _YEAR.fullmatch(match.group()) or _is_long(row, first - start, parts, alone):
            yield from ((first + at, "") for at in _at_line_ends(match.group()))


def _at_line_ends(text: str) -> list[int]:
    return [at for at, character in enumerate(text) if character == "\n"]


def _is_long(row: str, first: int, parts: Sequence[str], alone: bool) -> bool:
    """Tell whether groups of three digits on lines of their own, which a row holds, are one long number."""
    zero = row[0] == "0"
    before = row[: first + _GROUP]
    if zero and (_digits(before) > _ONE_PHONE[0] or (_digits(before) == _ONE_PHONE[0] and before.startswith("0800"))):
        return False  # a whole telephone number
    if len(parts[-1]) == _GROUP and not zero:
        return False  # a list of such figures
    least = _LONG_NUMBER if len(parts) > 2 else _LONG_NUMBER + 1
    return _digits(row) >= least and (zero or first > 0 or not alone)


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _pictures(text: str) -> Iterator[tuple[int, int, str]]:
    """Find the pictures that part the digits of one number, the same one each time; two figures stay two."""
    for match in _PICTURED.finditer(text):
        picture = match["picture"]
        parts = [len(part) for part in match.group().split(picture)]
        two = len(parts) == 2 and min(parts) >= _GROUP and sum(parts) < _ONE_PHONE[0]
        if _PARTING.isdisjoint(picture) and sum(parts) >= _FEWEST_PICTURED and not two:
            for start in range(*match.span()):
                if text.startswith(picture, start):
                    yield start, start + len(picture), ""


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
