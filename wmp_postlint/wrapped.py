"""White space made plain, sentences joined that wrap, and numbers whose digits a picture or a line end parts.

Each function yields what ``text.fold`` replaces: start, end, and what stands there instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wmp_postlint import lazy

# White space that is no lone space, line end or empty line; begun with "in", since most texts have none.
ODD_SPACE = ("  ", " \n", "\n ", "\n\n\n", "\t", "\r")
_SPACE = lazy.regex(r"[ \t\n\r]+")
_LINE_END = lazy.regex(r"\r\n?|\n")
# A line end in the middle of a sentence: small letters go on, or the last word wants another.
_MIDDLE = (
    r"\n(?:(?<=[a-z,]\n)(?=[a-z])|(?:(?<=\sa\n)|(?<=\s(?:at|is|my|of|to)\n)"
    r"|(?<=\s(?:and|are|for|has|her|his|our|the|was)\n)|(?<=\s(?:from|with|your)\n))(?=[A-Za-z0-9@#]))"
)
_WRAPPED = lazy.regex(_MIDDLE)
_WORD = lazy.regex(r"\S+")
GOES_ON = lazy.regex(rf"{_MIDDLE}|\n(?:(?<=\d\n)(?=\d)|(?=(?:\S{{1,30}}\n){{2}}))")
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


def odd_spaces(text: str) -> Iterator[tuple[int, int, str]]:
    """Make each white space one space, one line end, or two: patterns would try every way of sharing out more."""
    for match in _SPACE.finditer(text):
        plain = "\n" * min(2, len(_LINE_END.findall(match.group()))) or " "
        if plain != match.group():
            yield *match.span(), plain


def line_ends(text: str) -> Iterator[tuple[int, int, str]]:
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


def pictures(text: str) -> Iterator[tuple[int, int, str]]:
    """Find the pictures that part the digits of one number, the same one each time; two figures stay two."""
    for match in _PICTURED.finditer(text):
        picture = match["picture"]
        parts = [len(part) for part in match.group().split(picture)]
        two = len(parts) == 2 and min(parts) >= _GROUP and sum(parts) < _ONE_PHONE[0]
        if _PARTING.isdisjoint(picture) and sum(parts) >= _FEWEST_PICTURED and not two:
            for start in range(*match.span()):
                if text.startswith(picture, start):
                    yield start, start + len(picture), ""
