"""What people and their apps do to words on the way to a post, each knowing where every character went.

A disguise gives, for each character of a text, what stands in its place; so the place of a stretch in the disguised
text is known exactly.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
from typing import Any

from wmp_postlint import Media, Post

Disguise = Callable[[str], list[str]]


def _letters(upper: int, lower: int, digit: int | None = None) -> Disguise:
    """Return a disguise that swaps plain letters and digits for those of another alphabet of Unicode's."""

    def swapped(character: str) -> str:
        if "A" <= character <= "Z":
            return chr(upper + ord(character) - ord("A"))
        if "a" <= character <= "z":
            return chr(lower + ord(character) - ord("a"))
        if digit is not None and "0" <= character <= "9":
            return chr(digit + ord(character) - ord("0"))
        return character

    return lambda text: [swapped(character) for character in text]


def _each(change: Callable[[str], str]) -> Disguise:
    return lambda text: [change(character) for character in text]


def _after(mark: str, wanted: Callable[[str, str], bool]) -> Disguise:
    """Return a disguise that puts a mark behind each character that it is wanted at, given the one that follows."""
    return lambda text: [
        here + (mark if wanted(here, following) else "") for here, following in zip(text, f"{text[1:]} ", strict=False)
    ]


def _in_word(here: str, following: str) -> bool:
    return here.isalnum() and following.isalnum()


def _in_letters(here: str, following: str) -> bool:
    return here.isalpha() and following.isalpha()


def _every_third_digit(mark: str) -> Disguise:
    def parts(text: str) -> Iterator[str]:
        run = 0
        for here, following in zip(text, f"{text[1:]} ", strict=False):
            run = run + 1 if here.isdigit() else 0
            yield here + (mark if run and run % 3 == 0 and following.isdigit() else "")

    return lambda text: list(parts(text))


_LIKE = str.maketrans("aeopcxyAEOPCXTHMKB", "аеорсхуАЕОРСХТНМКВ")

DISGUISES: Mapping[str, Disguise] = {
    "bold": _letters(0x1D400, 0x1D41A, 0x1D7CE),
    "sans bold": _letters(0x1D5D4, 0x1D5EE, 0x1D7EC),
    "monospace": _letters(0x1D670, 0x1D68A, 0x1D7F6),
    "full width": _letters(0xFF21, 0xFF41, 0xFF10),
    "circled": _letters(0x24B6, 0x24D0),
    "Cyrillic look-alikes": _each(lambda character: character.translate(_LIKE)),
    "decomposed": _each(lambda character: unicodedata.normalize("NFD", character)),
    "zero-width spaces": _after("\u200b", _in_word),
    "zero-width joiners": _after("\u200d", _in_letters),
    "soft hyphens": _after("\u00ad", _in_letters),
    "combining marks": _after("\u0336", lambda here, following: here.isalnum()),
    "bidi controls": _after("\u2066\u2069", _in_word),
    "no-break spaces": _each(lambda character: "\u00a0" if character == " " else character),
    "double spaces": _each(lambda character: "  " if character == " " else character),
    "line ends for spaces": _each(lambda character: "\n" if character == " " else character),
    "curly quotes": _each(lambda character: "\u2019" if character == "'" else character),
    "emoji between digits": _every_third_digit("\U0001f642"),
    "line ends in numbers": _every_third_digit("\n"),
    "capitals": _each(lambda character: character.upper() if len(character.upper()) == 1 else character),
    "small letters": _each(lambda character: character.lower() if len(character.lower()) == 1 else character),
}


def _plain(parts: list[str]) -> Mapping[str, Any]:
    return {"text": "".join(parts)}


def _as_html(parts: list[str]) -> Mapping[str, Any]:
    return {"text": "".join(parts), "text_format": "html"}


# Ways of a post to carry words: the disguise, and the fields of the post that holds its outcome.
CARRIERS: Mapping[str, tuple[Disguise, Callable[[list[str]], Mapping[str, Any]]]] = {
    **{name: (disguise, _plain) for name, disguise in DISGUISES.items()},
    "HTML entities": (_each(lambda character: f"&#x{ord(character):x};"), _as_html),
    "HTML tags inside words": (
        lambda text: [
            html.escape(here) + ("<b></b>" if _in_letters(here, following) else "")
            for here, following in zip(text, f"{text[1:]} ", strict=False)
        ],
        _as_html,
    ),
    "hidden spans inside words": (
        lambda text: [
            html.escape(here) + ('<span style="display:none">q</span>' if _in_letters(here, following) else "")
            for here, following in zip(text, f"{text[1:]} ", strict=False)
        ],
        _as_html,
    ),
    "alt text": (_each(str), lambda parts: {"media": (Media(filename="a.jpg", alt="".join(parts)),)}),
}


def disguised(name: str, text: str, fields: Mapping[str, Any]) -> tuple[Post, str, list[int]] | None:
    """Return a post that carries a text in a disguise.

    Args:
        name: which of ``CARRIERS``.
        text: the words.
        fields: the post's other fields.

    Returns:
        The post, the field that holds the words, and where each character begins there, and the end; None where the
        disguise changes nothing, or the post cannot carry it.
    """
    disguise, carry = CARRIERS[name]
    parts = disguise(text)
    carried = dict(carry(parts))
    if "text" in carried and carried == {"text": text}:
        return None
    if set(carried) & set(fields) or ("media" in carried and fields.get("kind") == "profile"):
        return None
    post = Post(**{"text": "", **fields, **carried})
    return post, "text" if "text" in carried else "media[0].alt", list(accumulate(map(len, parts), initial=0))
