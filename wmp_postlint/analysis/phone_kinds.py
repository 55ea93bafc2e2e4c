"""What a telephone number is: a public one, one with a slip in it, a mobile, a landline.

Numbering: Ofcom's National Telephone Numbering Plan; its numbers for drama count as real ones, since they stand for
one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.lazy import Record
from wmp_postlint.pack_facts import dialled
from wmp_postlint.policy import Contacts, Policy, PublicNumber

PhoneKind = Literal["public", "misprint", "mobile", "geographic", "other", "foreign"]

# Geographic numbers that Ofcom keeps for drama; phonenumbers refuses some.
_DRAMA = lazy.regex(
    r"01632960\d{3}|011[34568]4960\d{3}|01[2-6]14960\d{3}|01914980\d{3}|02079460\d{3}|02896496\d{3}|02920180\d{3}"
)


class Book(Record):
    """The pack's public numbers as dialled, and the leading digits of its public blocks."""

    public: frozenset[str]
    blocks: tuple[str, ...]


def book_of(policy: Policy) -> Book:
    """Return the public numbers of a pack; call it as ``policy.read(book_of)``."""
    return Book(policy.contacts.digits, policy.contacts.number_prefixes)


def classify(number: str, policy: Policy) -> PhoneKind | None:
    """Tell what a number is: digits, with or without ``+``; None when it is no telephone number."""
    plus = number.strip().startswith("+")
    digits = re.sub(r"\D", "", number)
    return kind_of(as_dialled(digits, plus), plus, policy.read(book_of)) if digits else None


def as_dialled(digits: str, plus: bool) -> str:
    """The digits as dialled within the country, or as they are when they are another country's."""
    rest = digits.removeprefix("00") if digits.startswith("0044") else digits
    if rest.startswith("44") and (plus or len(rest) in (12, 13)):
        return "0" + rest[2:].removeprefix("0")
    return digits


def kind_of(national: str, plus: bool, book: Book, layout: Sequence[int] = ()) -> PhoneKind | None:
    """Tell what digits are, as dialled within the country; ``layout`` is how many each of their groups holds."""
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


def meant(words: str, contacts: Contacts) -> PublicNumber | None:
    """Return the one public number that digits with a slip in them can mean, or None where it could be several."""
    national = as_dialled(re.sub(r"\D", "", words), words.strip().startswith("+"))
    near = {
        digits: public for public in contacts.numbers if _slip(national, frozenset({digits := dialled(public.number)}))
    }
    return next(iter(near.values())) if len(near) == 1 else None


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
