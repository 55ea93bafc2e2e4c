"""Telephone numbers of a text: whose kind they are, and which are a public number with a slip in it.

Numbering: Ofcom's National Telephone Numbering Plan; its numbers for drama count as real ones, since they stand for
one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.analysis.references import searchable
from wmp_postlint.analysis.said_digits import Said, said_digits
from wmp_postlint.document import Document, Surface
from wmp_postlint.lazy import Record
from wmp_postlint.policy import Contacts

PhoneKind = Literal["public", "misprint", "mobile", "geographic", "other", "foreign"]


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


class _Book(Record):
    """The pack's public numbers as dialled, and the leading digits of its public blocks."""

    public: frozenset[str]
    blocks: tuple[str, ...]


def _book(contacts: Contacts) -> _Book:
    return _Book(contacts.digits, contacts.number_prefixes)


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
# Geographic numbers that Ofcom keeps for drama; phonenumbers refuses some.
_DRAMA = lazy.regex(
    r"01632960\d{3}|011[34568]4960\d{3}|01[2-6]14960\d{3}|01914980\d{3}|02079460\d{3}|02896496\d{3}|02920180\d{3}"
)


def phones(document: Document, surface: Surface) -> tuple[Phone, ...]:
    """Return the telephone numbers of one text, in order, public ones included; short codes are left out."""
    book = _book(document.policy.contacts)
    text = document.read(searchable, surface)
    found = [phone for run in _runs(text) for phone in _in_run(text, run, book)]
    said = [phone for row in said_digits(surface.text) for phone in _said(row, book)]
    found += [phone for phone in said if not any(phone.start < f.end and f.start < phone.end for f in found)]
    return tuple(sorted(found, key=lambda phone: phone.start))


def classify(number: str, contacts: Contacts) -> PhoneKind | None:
    """Tell what a number is: digits, with or without ``+``; None when it is no telephone number."""
    plus = number.strip().startswith("+")
    digits = re.sub(r"\D", "", number)
    return _kind(_national(digits, plus), plus, _book(contacts)) if digits else None


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


def _in_run(text: str, run: Sequence[_Group], book: _Book) -> Iterator[Phone]:
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


def _read_public(text: str, groups: Sequence[_Group], digits: str, book: _Book) -> PhoneKind | None:
    if len(digits) < 8:
        return None
    if digits in book.public:
        return "public"
    return "public" if _national(digits, _plus(text, groups[0])) in book.public else None


def _read_mobile(text: str, groups: Sequence[_Group], digits: str, book: _Book) -> PhoneKind | None:
    if len(digits) < 10 or not digits.startswith(("07", "44", "0044", "7")) or _part_of_word(text, groups):
        return None
    national = _national(digits, _plus(text, groups[0]))
    if re.fullmatch(r"07\d{9}", national):
        return _kind(national, True, book)
    # Without its first 0, only where the words before ask to call it.
    if re.fullmatch(r"7[1-9]\d{8}", digits) and _CALL.search(text[max(0, groups[0].start - 40) : groups[0].start]):
        return "mobile"
    return None


def _read_landline(text: str, groups: Sequence[_Group], digits: str, book: _Book) -> PhoneKind | None:
    if not 9 <= len(digits) <= 15 or not digits.startswith(("01", "02", "03", "05", "08", "09", "44", "0044")):
        return None
    if _part_of_word(text, groups) or not all(_TIGHT.fullmatch(group.gap) for group in groups[1:]):
        return None
    plus = _plus(text, groups[0])
    national = _national(digits, plus)
    if not national.startswith("0") or national.startswith("07"):
        return None
    return _kind(national, plus, book, [len(group.digits) for group in groups])


def _read_foreign(text: str, groups: Sequence[_Group], digits: str, book: _Book) -> PhoneKind | None:
    if len(digits) < 9 or digits.startswith(("44", "0044")):
        return None
    if _plus(text, groups[0]):
        return _kind(digits, True, book)
    # "0030 0130 0230" are times.
    abroad = (
        digits.startswith("00")
        and digits[2] != "0"
        and len(digits) > 11
        and any(len(group.digits) != 4 for group in groups)
    )
    return _kind(digits[2:], True, book) if abroad and not _part_of_word(text, groups) else None


def _plus(text: str, group: _Group) -> bool:
    return "+" in text[max(0, group.start - 3) : group.start]


def _part_of_word(text: str, groups: Sequence[_Group]) -> bool:
    """Whether the digits are the tail of a code such as "AB07700..." and no number of their own."""
    start = groups[0].start
    return start > 0 and (
        text[start - 1].isalnum() or text[start - 1] in "_#\x00" or text[start - 2 : start] in ("£ ", "$ ")
    )


def _national(digits: str, plus: bool) -> str:
    """The digits as dialled within the country, or as they are when they are another country's."""
    rest = digits.removeprefix("00") if digits.startswith("0044") else digits
    if rest.startswith("44") and (plus or len(rest) in (12, 13)):
        return "0" + rest[2:].removeprefix("0")
    return digits


def _kind(national: str, plus: bool, book: _Book, layout: Sequence[int] = ()) -> PhoneKind | None:
    if national in book.public:
        return "public"
    if re.fullmatch(r"07\d{9}", national):
        # Every number of this shape reads as somebody's mobile, whether or not its block is in use yet.
        return "mobile"
    if not national.startswith("0"):
        return "foreign" if plus and _valid(f"+{national}") else None
    geographic = national[1:2] in ("1", "2")
    if national.startswith(book.blocks) and len(national) in ((11,) if geographic else (10, 11)):
        return "misprint" if not geographic and _slip(national, book.public) else "public"
    if len(national) in (10, 11):
        if _DRAMA.fullmatch(national):
            return "geographic"
        number = _valid(national)
        if number is not None:
            return number
    if 9 <= len(national) <= 12 and (_slip(national, book.public) or _miscounted(national, layout)):
        return "misprint"
    return None


def _miscounted(national: str, layout: Sequence[int]) -> bool:
    """Whether digits laid out as a geographic number have one too many or too few: 0121 496 01234, 0121 496 012."""
    return national[1] in "12" and tuple(layout) in {
        (4, 3, 5),
        (4, 3, 3),
        (4, 4, 4),
        (5, 5),
        (5, 7),
        (3, 4, 5),
        (3, 4, 3),
    }


def _slip(national: str, public: frozenset[str]) -> bool:
    """Whether one digit wrong, missing, too many, or two swapped make it of a public number that is long enough."""
    return any(
        len(number) >= 9 and number[:2] == national[:2] and number[1] != "7" and _near(national, number)
        for number in public
    )


def _near(a: str, b: str) -> bool:
    if len(a) == len(b):
        wrong = [index for index in range(len(a)) if a[index] != b[index]]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            return a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
        return len(wrong) == 1
    short, long = sorted((a, b), key=len)
    return len(long) == len(short) + 1 and any(long[:index] + long[index + 1 :] == short for index in range(len(long)))


def _valid(number: str) -> PhoneKind | None:
    """What phonenumbers knows a British or an international number as."""
    import phonenumbers  # costs 40 ms

    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    if parsed.country_code != 44:
        return "foreign"
    kinds = phonenumbers.PhoneNumberType
    kind = phonenumbers.number_type(parsed)
    if kind in (kinds.TOLL_FREE, kinds.UAN, kinds.SHARED_COST):
        return "public"
    if kind == kinds.MOBILE:
        return "mobile"
    return "geographic" if kind in (kinds.FIXED_LINE, kinds.FIXED_LINE_OR_MOBILE) else "other"


def _said(row: Sequence[Said], book: _Book) -> Iterator[Phone]:
    """Find numbers in a row of spoken digits."""
    first = 0
    while first < len(row):
        digits = ""
        for last in range(first, min(len(row), first + 13)):
            digits += row[last].digits
            national = _national(digits, row[first].plus)
            if len(national) != 11 or not national.startswith("0"):
                continue
            kind = _kind(national, False, book)
            if kind:
                yield Phone(kind, row[first].start, row[last].end)
                first = last
            break
        first += 1
