"""Check digits: what tells a real number of its kind from any digits of the same length."""

from __future__ import annotations


def luhn(digits: str) -> bool:
    """Tell whether digits end in their Luhn check digit (ISO/IEC 7812-1, annex B); all the same digit do not count."""
    if len(set(digits)) < 2:
        return False
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def nhs(digits: str) -> bool:
    """Tell whether ten digits end in the check digit of an NHS number (NHS Data Model: modulus 11)."""
    if len(digits) != 10 or len(set(digits)) < 2:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = 11 - total % 11
    return check != 10 and check % 11 == int(digits[9])


def iban(account: str) -> bool:
    """Tell whether an IBAN in capitals, without spaces, has the right check digits (ISO 13616: remainder 1 by 97)."""
    return int("".join(str(int(character, 36)) for character in account[4:] + account[:4])) % 97 == 1
