"""Telephone numbers of a text, written or said, however they are laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wmp_postlint import lazy
from wmp_postlint.analysis.phone_kinds import Book, PhoneKind, as_dialled, book_of, kind_of
from wmp_postlint.analysis.references import searchable
from wmp_postlint.analysis.said_digits import Said, may_say_digits, said_digits
from wmp_postlint.analysis.tokens import words_in
from wmp_postlint.document import Document, Surface
from wmp_postlint.lazy import Record


class Phone(Record):
    """A telephone number in the folded text.

    ``misprint`` is a near-miss of a public number or a number with a digit too many or too few; ``other`` a premium
    or internet number; ``foreign`` one of another country.
    """

    kind: PhoneKind
    start: int
    end: int


class _Group(Record):
    """Some digits, where they stand, and what stands between them and the group before."""

    digits: str
    start: int
    end: int
    gap: str


_FEWEST_DIGITS = 4
_ENOUGH = lazy.regex(
    r"\d(?:(?:[^\w\x00£$€%+:;]{0,4}|_"
    r"|[ ,.-]{1,4}(?:then|dash|space|dot|hyphen|THEN|DASH|SPACE|DOT|HYPHEN)[ ,.-]{1,4})\d){8}"
)
_LETTER_BY_DIGIT = lazy.regex(r"\d[OoIl]|[OoIl]\d")
_LETTERS_FOR_DIGITS = lazy.regex(r"(?<![^\W_])\+?(?=[OoIl]{0,4}\d)[\dOoIl]*[OoIl][\dOoIl]*(?![^\W_])")
_DATE_OR_TIME = lazy.regex(
    r"(?<![\d/.-])(?:(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d"
    r"|[0-2]?\d:[0-5]\d|[0-2]\d[0-5]\d ?- ?[0-2]\d[0-5]\d ?(?:hrs|hours))(?![\d/-]|\.\d)",
    re.IGNORECASE,
)
_RUN = lazy.regex(
    r"(?:\+ ?\(?|(?<![\d£$€]))\d(?:(?:[^\w\x00£$€%+:;]{0,4}|_)(?:\b(?:then|dash|space|dot|hyphen)\b[ ,]{0,2})?\d)*",
    re.IGNORECASE,
)
_GROUP = lazy.regex(r"\d+")
_TIGHT = lazy.regex(r"[ \u00a0]?[().\-/_][ ]?(?:[()][ ]?)?|[ ]{1,2}")
_CALL = lazy.regex(
    r"(?:\b(?:call|ring|phone|text|txt|tel|telephone|mob|mobile|cell|whatsapp|contact|number|dial|on)\b|☎|📞|📱)"
    r"\W{0,3}(?:\w+\W{1,2}){0,3}\Z",
    re.IGNORECASE,
)


def phones(document: Document, surface: Surface) -> tuple[Phone, ...]:
    """Return the telephone numbers of one text, in order, public ones included; short codes are left out."""
    book = document.policy.read(book_of)
    text = document.read(searchable, surface)
    # With letters for its noughts and ones, a number still has some digits.
    runs = _runs(text) if surface.digits >= _FEWEST_DIGITS else ()
    found = [phone for run in runs for phone in _in_run(text, run, book)]
    spoken = may_say_digits(document.read(words_in, surface))
    said = [phone for row in said_digits(surface.text) for phone in _said(row, book)] if spoken else []
    found += [phone for phone in said if not any(phone.start < f.end and f.start < phone.end for f in found)]
    return tuple(sorted(found, key=lambda phone: phone.start))


def _runs(text: str) -> Iterator[Sequence[_Group]]:
    """Yield stretches of digits that hang together, dates and times cut out."""
    if _LETTER_BY_DIGIT.search(text):
        text = _LETTERS_FOR_DIGITS.sub(lambda match: match.group().translate(_SPOKEN_LETTERS), text)
    if not _ENOUGH.search(text):
        return
    text = _DATE_OR_TIME.sub(lambda match: "\x00" * len(match.group()), text)
    for match in _RUN.finditer(text):
        groups: list[_Group] = []
        at = match.start()
        for group in _GROUP.finditer(text, *match.span()):
            groups.append(_Group(group.group(), *group.span(), text[at : group.start()]))
            at = group.end()
        if sum(len(group.digits) for group in groups) >= 9:
            yield groups


_SPOKEN_LETTERS = str.maketrans("OoIl", "0011")


def _in_run(text: str, run: Sequence[_Group], book: Book) -> Iterator[Phone]:
    """Find numbers in a run, the surest readings first: public, mobile, any other with a tight layout, foreign."""
    taken = [False] * len(run)
    for reading in (_read_public, _read_mobile, _read_landline, _read_foreign):
        for first in range(len(run)):
            if taken[first] or (run[first].digits[0] not in "047" and "+" not in run[first].gap):
                continue
            best: tuple[PhoneKind, int] | None = None
            digits = ""
            for last in range(first, len(run)):
                digits += run[last].digits
                if len(digits) > 15 or taken[last]:
                    break
                if len(digits) < 8:
                    continue
                kind = reading(text, run[first : last + 1], digits, book)
                if kind:
                    best = kind, last
                    if kind != "misprint" and len(digits) >= 11:
                        break
            if best:
                kind, last = best
                taken[first : last + 1] = [True] * (last + 1 - first)
                start = run[first].start
                yield Phone(kind, start - _lead(text, start, run[last].end), run[last].end)


def _lead(text: str, start: int, end: int) -> int:
    """How many characters of ``+`` and ``(`` before the digits belong to the number."""
    before, number = text[max(0, start - 3) : start], text[start:end]
    if re.match(r"[\d ]+\)", number):
        lead = re.search(r"\(? ?\+ ?\(?\Z|\(\Z", before)
    else:
        lead = re.search(r"\+ ?\(?\Z|\(\Z" if ")" in number else r"\+ ?\(?\Z", before)
    return len(lead.group()) if lead else 0


def _read_public(text: str, groups: Sequence[_Group], digits: str, book: Book) -> PhoneKind | None:
    if len(digits) < 8:
        return None
    if digits in book.public:
        return "public"
    return "public" if as_dialled(digits, _plus(text, groups[0])) in book.public else None


def _read_mobile(text: str, groups: Sequence[_Group], digits: str, book: Book) -> PhoneKind | None:
    if len(digits) < 10 or not digits.startswith(("07", "44", "0044", "7")) or _part_of_word(text, groups):
        return None
    national = as_dialled(digits, _plus(text, groups[0]))
    if re.fullmatch(r"07\d{9}", national):
        return kind_of(national, True, book)
    # Without its first 0, only where the words before ask to call it.
    if re.fullmatch(r"7[1-9]\d{8}", digits) and _CALL.search(text[max(0, groups[0].start - 40) : groups[0].start]):
        return "mobile"
    return None


def _read_landline(text: str, groups: Sequence[_Group], digits: str, book: Book) -> PhoneKind | None:
    if not 9 <= len(digits) <= 15 or not digits.startswith(("01", "02", "03", "05", "08", "09", "44", "0044")):
        return None
    if _part_of_word(text, groups) or not all(_TIGHT.fullmatch(group.gap) for group in groups[1:]):
        return None
    plus = _plus(text, groups[0])
    national = as_dialled(digits, plus)
    if not national.startswith("0") or national.startswith("07"):
        return None
    return kind_of(national, plus, book, [len(group.digits) for group in groups])


def _read_foreign(text: str, groups: Sequence[_Group], digits: str, book: Book) -> PhoneKind | None:
    if len(digits) < 9 or digits.startswith(("44", "0044")):
        return None
    if _plus(text, groups[0]):
        return kind_of(digits, True, book)
    # "0030 0130 0230" are times.
    abroad = (
        digits.startswith("00")
        and digits[2] != "0"
        and len(digits) > 11
        and any(len(group.digits) != 4 for group in groups)
    )
    return kind_of(digits[2:], True, book) if abroad and not _part_of_word(text, groups) else None


def _plus(text: str, group: _Group) -> bool:
    return "+" in text[max(0, group.start - 3) : group.start]


def _part_of_word(text: str, groups: Sequence[_Group]) -> bool:
    """Whether the digits are the tail of a code such as "AB07700..." and no number of their own."""
    start = groups[0].start
    return start > 0 and (
        text[start - 1].isalnum() or text[start - 1] in "_#\x00" or text[start - 2 : start] in ("£ ", "$ ")
    )


def _said(row: Sequence[Said], book: Book) -> Iterator[Phone]:
    """Find numbers in a row of spoken digits."""
    first = 0
    while first < len(row):
        digits = ""
        for last in range(first, min(len(row), first + 13)):
            digits += row[last].digits
            national = as_dialled(digits, row[first].plus)
            if len(national) != 11 or not national.startswith("0"):
                continue
            kind = kind_of(national, False, book)
            if kind:
                yield Phone(kind, row[first].start, row[last].end)
                first = last
            break
        first += 1
