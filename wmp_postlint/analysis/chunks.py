"""One chunk between spaces that is no plain word: letters swapped for digits and symbols, letters masked or set apart.

A chunk is read whole, and must equal a word: nothing is found inside another word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.stream_words import Node, Reading, Words

LEET = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b", "9": "g", "2": "z", "@": "a",
    "$": "s", "!": "il", "|": "il", "+": "t", "(": "c", "<": "c", "{": "c", "[": "c", "€": "e", "£": "l", "¥": "y",
    "µ": "u", "¢": "c", "¡": "i", "×": "x", "§": "s", "®": "r", "©": "c", "*": "", "#": "h",
}  # fmt: skip
LEET_PAIRS = {
    "|<": "k",
    "|_|": "u",
    "/\\": "a",
    "\\/": "v",
    "()": "o",
    "[]": "o",
    "|-|": "h",
    "|\\|": "n",
    "vv": "w",
    "ph": "f",
}
_PAIR_STARTS = frozenset(pair[0] for pair in LEET_PAIRS)

_CORE = lazy.regex(r"(?:[^a-z]*)([a-z](?:[a-z]|[^\w\s]|_)*)")
_HARD_MASK = frozenset("*#%^•●█■▪×◦")
_SOFT_MASK = frozenset("@!$&._-?~+'")
_TAIL = lazy.regex(r"\*([a-z]{3,12})[.,!?:;)]*$")
_STARS = lazy.regex(r"(?<![\w*&])[a-z]{1,3}\*{2,20}(?:[a-z]{1,8}(?![\w]))?")
_LONGEST = 40
# Roads, times, speeds, ordinals: "a38", "3pm", "30mph", "2nd".
_PLAIN_CODE = lazy.regex(r"[abm]\d{1,4}[.,!?:;)]{0,3}|\(?\d{1,5}(?:am|pm|mph|st|nd|rd|th|k|m|kg|ft|cm)[.,!?:;)]{0,3}")


def read_chunk(chunk: str, at: int, words: Words) -> Iterator[Reading]:
    """Yield the words that a chunk in lower case reads as, placed from ``at``."""
    if _PLAIN_CODE.fullmatch(chunk):
        return
    if len(chunk) > _LONGEST:
        # Longer than any word: only its parts can be one.
        for part in re.finditer(r"[^,;/\"…]{2,40}", chunk):
            if part.group() != chunk:
                yield from read_chunk(part.group(), at + part.start(), words)
        return
    if reading := _leet(chunk, words) or _masked(chunk, words):
        yield reading.moved(at)
        return
    for match in _STARS.finditer(chunk):
        # "NEW**" and "A**" carry a footnote or a grade.
        if match.group()[-1] != "*" or (len(match.group()) > 3 and match.group().count("*") > 2):
            yield Reading(None, at + match.start(), at + match.end(), "masked")


def _leet(chunk: str, words: Words) -> Reading | None:
    """Read a whole chunk through the leet alphabet, separators left out."""
    if (
        chunk.startswith("co-")
        or not any(character.isalpha() for character in chunk)
        or ("/" in chunk and any(map(str.isdigit, chunk)))
    ):
        return None
    first = next(index for index, character in enumerate(chunk) if character.isalnum())
    last = max(index for index, character in enumerate(chunk) if character.isalnum())
    for start in range(first + 1):
        # Each state: a place in the trie, letters read, symbols read as letters, separators left out.
        states: list[tuple[Node, str, int, int]] = [(words.trie, "", 0, 0)]
        pending: dict[int, list[tuple[Node, str, int, int]]] = {start: states}
        best: Reading | None = None
        for at in range(start, len(chunk) + 1):
            here = pending.pop(at, [])
            for node, word, symbols, skipped in here:
                if (
                    "" in node
                    # What follows the whole word is punctuation.
                    and not (best and len(best.word or "") >= len(word))
                    and not any(map(str.isalnum, chunk[at:]))
                    and _allowed(word, symbols, skipped, words)
                ):
                    best = Reading(word, start, at, "leet" if symbols else "spaced")
            if at < len(chunk):
                _advance(chunk, at, here, pending, at <= last)
        if best:
            end = best.end
            while not chunk[end - 1].isalnum() and chunk[end - 1] not in LEET:
                end -= 1
            return Reading(best.word, best.start, end, best.trick)
    return None


def _advance(
    chunk: str,
    at: int,
    states: list[tuple[Node, str, int, int]],
    pending: dict[int, list[tuple[Node, str, int, int]]],
    inside: bool,
) -> None:
    """Take one character as a letter, as a separator if it stands ``inside``, or as a letter repeated."""
    character = chunk[at]
    for node, word, symbols, skipped in states[:64]:
        if character in node:
            pending.setdefault(at + 1, []).append((node[character], word + character, symbols, skipped))
        for letter in LEET.get(character, ""):
            if letter in node:
                pending.setdefault(at + 1, []).append((node[letter], word + letter, symbols + 1, skipped))
        if character in _PAIR_STARTS:
            for pair, letter in LEET_PAIRS.items():
                if letter in node and chunk.startswith(pair, at):
                    pending.setdefault(at + len(pair), []).append((node[letter], word + letter, symbols + 1, skipped))
        if word and inside and not character.isalnum():
            pending.setdefault(at + 1, []).append((node, word, symbols, skipped + 1))
        elif word and character == word[-1] and character.isalpha() and symbols + skipped:
            pending.setdefault(at + 1, []).append((node, word, symbols, skipped))


def _allowed(word: str, symbols: int, skipped: int, words: Words) -> bool:
    if not symbols and not skipped:
        return False
    if len(word) == 3:
        return words.terms[word] and symbols <= 1 and skipped in (0, 2)
    return words.terms[word] or (len(word) > 3 and (symbols > 0 or skipped >= len(word) - 1))


def _masked(chunk: str, words: Words) -> Reading | None:
    """Fit a chunk such as "b*tch" or "f---" to the words of its length."""
    if chunk[0] == "*" and (tail := _TAIL.match(chunk)) and tail.group(1) not in words.common:
        word = words.by_tail.get(tail.group(1))
        return Reading(word, 0, tail.end(1), "masked") if word else None
    found = _CORE.match(chunk)
    if not found or chunk[: found.start(1)].endswith("*"):
        return None
    core = found.group(1).rstrip(".,!?:;)\"'~&@$+")
    symbols = [character for character in core if not character.isalpha()]
    if not _maskable(core, symbols):
        return None
    start, end = found.start(1), found.start(1) + len(core)
    hard = len(symbols) >= 2 or _is_hard(symbols[0])
    choices = words.by_shape.get((core[0], len(core)), [])
    if len(symbols) == 1 and len(core) > 4:
        choices = [*choices, *words.by_shape.get((core[0], -len(core)), [])]
    for word in choices:
        if _fits(core, word, hard):
            return Reading(word, start, end, "masked")
    if set(symbols) == {"*"} and len(symbols) >= 2 and core[-1].isalpha():
        # The number of asterisks is often wrong.
        head, tail_letters = core.split("*", 1)[0], core.rsplit("*", 1)[1]
        for word in words.masked:
            if len(head) + len(tail_letters) < len(word) < 8 and word.startswith(head) and word.endswith(tail_letters):
                return Reading(word, start, end, "masked")
    return None


def _maskable(core: str, symbols: list[str]) -> bool:
    """Whether a chunk with these symbols can be a masked word at all."""
    if not symbols or len(core) < 3 or any(map(str.isdigit, core)):
        return False
    if not all(_is_hard(symbol) or symbol in _SOFT_MASK for symbol in symbols):
        return False
    letters = len(core) - len(symbols)
    if len(core) == 3:
        return symbols == ["*"] and core[1] == "*"
    hard = all(map(_is_hard, symbols))
    dashes = len(symbols) >= 2 and (set(symbols) <= {"-", "_"} or (set(symbols) == {"."} and letters == 2))
    if (letters == 1 and len(symbols) < 3) or (not hard and not dashes and len(symbols) > 2):
        return False
    if core[-1].isalpha():
        return True
    return (hard and (len(symbols) >= 2 or letters >= 3)) or (dashes and len(symbols) >= 3)


def _is_hard(symbol: str) -> bool:
    """Whether a symbol stands for any letter and not for a vowel only."""
    return symbol in _HARD_MASK or not symbol.isascii()


def _fits(core: str, word: str, hard: bool) -> bool:
    return all(
        shown == letter or (not shown.isalpha() and (hard or letter in "aeiouy"))
        for shown, letter in zip(core, word, strict=True)
    )
