"""The forms and hashes under which the name model knows a word: those that its weights were trained with.

Sources: spaCy (word shapes, MurmurHash2 of strings) and Thinc (MurmurHash3 of keys), both MIT; the hashes are Austin
Appleby's, in the public domain.
"""

from __future__ import annotations

_M32 = 0xFFFFFFFF
_M64 = 0xFFFFFFFFFFFFFFFF


def shape(word: str) -> str:
    """Return the word with its letters as x or X and its digits as d, runs cut at four (spaCy's SHAPE)."""
    if len(word) >= 100:
        return "LONG"
    out, last, run = [], "", 0
    for character in word:
        kind = character
        if character.isalpha():
            kind = "X" if character.isupper() else "x"
        elif character.isdigit():
            kind = "d"
        run = run + 1 if kind == last else 0
        last = kind
        if run < 4:
            out.append(kind)
    return "".join(out)


def text_hash(text: str) -> int:
    """Return the 64-bit MurmurHash2 (variant A, seed 1) of a string's UTF-8 bytes: spaCy's key of a string."""
    if not text:
        return 0
    data = text.encode("utf8", "surrogatepass")
    factor, whole = 0xC6A4A7935BD1E995, len(data) & ~7
    value = 1 ^ (len(data) * factor & _M64)
    for at in range(0, whole, 8):
        block = int.from_bytes(data[at : at + 8], "little") * factor & _M64
        block = (block ^ block >> 47) * factor & _M64
        value = (value ^ block) * factor & _M64
    if whole < len(data):
        value = (value ^ int.from_bytes(data[whole:], "little")) * factor & _M64
    value = (value ^ value >> 47) * factor & _M64
    return value ^ value >> 47


def four_hashes(number: int, seed: int) -> tuple[int, int, int, int]:
    """Return the 128-bit MurmurHash3 of a 64-bit number as four 32-bit ones: Thinc's rows of a hash embedding."""
    low = number * 0x87C37B91114253D5 & _M64
    low = (low << 31 | low >> 33) * 0x4CF5AD432745937F & _M64
    low, high = low ^ seed ^ 8, seed ^ 8
    low = low + high & _M64
    high = high + low & _M64
    low, high = _finish(low), _finish(high)
    low = low + high & _M64
    high = high + low & _M64
    return low & _M32, low >> 32, high & _M32, high >> 32


def _finish(number: int) -> int:
    number = (number ^ number >> 33) * 0xFF51AFD7ED558CCD & _M64
    number = (number ^ number >> 33) * 0xC4CEB9FE1A85EC53 & _M64
    return number ^ number >> 33
