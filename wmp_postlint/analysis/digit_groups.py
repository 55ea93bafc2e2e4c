"""Long numbers as people lay them out: groups of digits with spaces, hyphens, dots, slashes or a line break between."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from wmp_postlint import lazy
from wmp_postlint.lazy import Record

_GAP = r"(?:[ \t]{0,2}[-./_|\n][ \t]{0,2}|[ \t]{0,2})"
# Not after a sign of money, a decimal point, or a letter: those make the digits something else.
_RUN = lazy.regex(rf"(?<![\w£$€.,+/-])\d(?:{_GAP}\d){{9,39}}")
_ENOUGH = lazy.regex(rf"\d(?:{_GAP}\d){{9}}")
_GROUP = lazy.regex(r"\d+")
_GOES_ON = lazy.regex(r"\w|/|[.,]\d")


class Number(Record):
    """Whole groups of digits that follow one another.

    ``layout`` is how many digits each group holds, ``gap`` what stands between all of them, None where it differs;
    ``alone`` says that no further digits hang on at either side.
    """

    digits: str
    layout: tuple[int, ...]
    gap: str | None
    start: int
    end: int
    alone: bool


def numbers(text: str, least: int, most: int) -> Iterator[Number]:
    """Yield every row of whole groups that holds so many digits, the longest first where several begin together.

    Args:
        text: a folded text, with what is no number of anybody blanked.
        least: of at least this many digits, ten or more.
        most: of at most this many.
    """
    if not _ENOUGH.search(text):
        return
    for match in _RUN.finditer(text):
        groups = [group.span() for group in _GROUP.finditer(text, *match.span())]
        if _GOES_ON.match(text, match.end()):
            groups.pop()  # the last group is the head of something else
        last = len(groups) - 1
        for first in range(len(groups)):
            for stop in range(last, first - 1, -1):
                size = sum(end - start for start, end in groups[first : stop + 1])
                if size < least:
                    break
                if size <= most:
                    yield _number(text, groups[first : stop + 1], alone=first == 0 and stop == last)


def _number(text: str, groups: list[tuple[int, int]], *, alone: bool) -> Number:
    gaps = {text[before[1] : after[0]] for before, after in pairwise(groups)}
    return Number(
        "".join(text[start:end] for start, end in groups),
        tuple(end - start for start, end in groups),
        next(iter(gaps), "") if len(gaps) < 2 else None,
        groups[0][0],
        groups[-1][1],
        alone,
    )
