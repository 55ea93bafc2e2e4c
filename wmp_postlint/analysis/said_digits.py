"""Digits that are read out in words: "oh seven seven double-oh"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.lazy import Record

_DIGIT_WORDS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_NOUGHTS = frozenset({"zero", "nought", "naught"})
_SAID_WORDS = frozenset((*_DIGIT_WORDS, *_TIMES, "hundred"))
_WORD = rf"(?:{'|'.join((*_DIGIT_WORDS, *_TIMES, 'hundred'))}|\d{{1,6}})"
# Without flags and anchors the first letters are found fast; searched in small letters.
_SAID_HINT = lazy.regex(rf"(?:zero|oh|o|nought|naught|four|0)[\s,.-]{{1,3}}(?:{'|'.join((*_DIGIT_WORDS, *_TIMES))})")
_SAID = lazy.regex(rf"(?<!\w)(?P<plus>plus\s+)?{_WORD}(?:[\s,.-]{{1,3}}{_WORD})+(?!\w)", re.IGNORECASE)
_SAID_WORD = lazy.regex(r"\w+")


class Said(Record):
    """One word of digits and where it stands, with the "double" or "plus" before it; ``plus`` when there is one."""

    digits: str
    start: int
    end: int
    plus: bool


def may_say_digits(present: frozenset[str]) -> bool:
    """Tell whether a text with these words can hold a row of spoken digits: two different ones, or a nought."""
    return len(present & _SAID_WORDS) > 1 or not present.isdisjoint(_NOUGHTS)


def said_digits(text: str) -> Iterator[list[Said]]:
    """Yield rows of at least three spoken digits of a folded text; written digits between them belong to the row."""
    if not _SAID_HINT.search(text.lower()):
        return
    for match in _SAID.finditer(text):
        row: list[Said] = []
        start, times, plus, words = -1, 1, False, 0
        for word in _SAID_WORD.finditer(text, match.start(), match.end()):
            said = word.group().casefold()
            start = word.start() if start < 0 else start
            if said == "plus":
                plus = True
            elif said in _TIMES:
                times = _TIMES[said]
            else:
                digits = "00" if said == "hundred" else _DIGIT_WORDS.get(said, said) * times
                row.append(Said(digits, start, word.end(), plus))
                words += not said.isdigit()
                start, times, plus = -1, 1, False
        if words >= 3:
            yield row
