"""Disguised words: leet letters, stretched letters, letters set apart, masked letters, words run together in a hashtag.

Each stream proposes a stretch that reads as one of the given words, whole: nothing is found inside another word, and
nothing by edit distance, so that "assess", "Scunthorpe" and "missing" stay what they are. Texts come folded (look-alike
letters, marks and invisible characters already undone) and in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from wmp_postlint import lazy
from wmp_postlint.analysis.chunks import LEET, read_chunk
from wmp_postlint.analysis.pieces import searched
from wmp_postlint.analysis.stream_words import Reading, Trick, Words, squeeze
from wmp_postlint.text import Text

_CHUNK = lazy.regex(r"\S+")
# How many chunks are remembered: most of the words of any post were in others before.
_MOST_CHUNKS = 30_000
# A chunk between white space that is no ordinary English word with its punctuation.
_ODD = lazy.regex(
    r"(?<!\S)(?![\"'(\[#]*[a-z]+(?:['-][a-z]+){0,4}[.,!?:;)\]\"']*(?!\S))(?!https?:|\d[\d.,:%]*(?!\S))\S+"
)
_HYPHENATED = lazy.regex(r"(?<![\w-])[a-z]{1,5}-[a-z]{1,5}(?![\w-])")
_STRETCHED = lazy.regex(r"(?<![a-z])[a-z]*?([a-z])\1[a-z]*(?![a-z])")
_LONG = lazy.regex(r"(?<![\w#@'/.-])[a-z]{7,30}(?![\w'@-]|\.\w)")
_SPACED = lazy.regex(r"(?<![a-z0-9])[a-z0-9@$!](?:[^a-z0-9]{1,3}(?:[a-z0-9]{1,2}|[@$!])(?![a-z0-9])){2,60}")
_LETTERS = lazy.regex(r"[a-z0-9@$]+|(?<![a-z0-9@$])!")
# Three words in the flat form of a text, the first of them a letter; signs that stand alone.
_LONE = lazy.regex(r" \w (?:\w{1,2} ){2}|_")
_LONE_SIGN = lazy.regex(r"(?<![a-z0-9])[@$!](?![a-z0-9])")
_EDGES = frozenset(
    "a i u r so is my an am be on of it us we to no go up me he do in or as if at by the you ur off".split()
)
_HASHTAG = lazy.regex(r"#(?<![\w&/]#)(\w{3,80})")
_CAMEL = lazy.regex(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def disguised(text: str, lowered: str, words: Words) -> Iterator[Reading]:
    """Yield every stretch that reads as one of the words in disguise.

    Args:
        text: the folded text, case kept: hashtags are split by their capitals.
        lowered: the same in lower case, character by character.
        words: the words to look for.
    """
    # Most chunks are known to hide nothing; what is left is read, or was.
    hiding = {chunk: found for chunk in {*lowered.split()} - words.harmless if (found := _remembered(chunk, words))}
    for match in _CHUNK.finditer(lowered) if hiding else ():
        if match.group() in hiding:
            for reading in hiding[match.group()]:
                placed = reading.moved(match.start())
                # Names and places are made like glued words: Bitchfield.
                if reading.trick != "glued" or not _is_name(text, lowered, placed):
                    yield placed
    if _may_be_apart(text, lowered):
        for match in _SPACED.finditer(lowered):
            yield from _apart(match, words)
    if "#" in lowered:
        for match in _HASHTAG.finditer(text):
            yield from _hashtag(match.group(1), match.start(1), words)


def _remembered(chunk: str, words: Words) -> tuple[Reading, ...]:
    """Return what a chunk without white space reads as, placed from its beginning, and remember it."""
    if chunk in words.hiding:
        return words.hiding[chunk]
    if len(words.hiding) + len(words.harmless) >= _MOST_CHUNKS:
        words.hiding.clear()
        words.harmless.clear()
    found = tuple(_readings(chunk, words))
    if found:
        words.hiding[chunk] = found
    else:
        words.harmless.add(chunk)
    return found


def _readings(chunk: str, words: Words) -> Iterator[Reading]:
    for match in _STRETCHED.finditer(chunk):
        if word := _unstretched(match.group(), words):
            yield Reading(word, match.start(), match.end(), "stretched")
    if _ODD.match(chunk):
        yield from read_chunk(chunk, 0, words)
    for match in _LONG.finditer(chunk):
        if glued := _unglued(match.group(), words):
            start = match.start() + glued[1]
            yield Reading(glued[0], start, start + len(glued[0]), "glued")
    for match in _HYPHENATED.finditer(chunk) if "-" in chunk else ():
        yield from read_chunk(match.group(), match.start(), words)


def _is_name(text: str, lowered: str, glued: Reading) -> bool:
    """Tell whether the word that holds a glued one is written as names are: with a capital, and not all in capitals."""
    match = next(match for match in _LONG.finditer(lowered) if match.start() <= glued.start < match.end())
    return text[match.start() + 1 : match.end()].islower() != text[match.start()].islower()


def _may_be_apart(text: str, lowered: str) -> bool:
    """Tell whether letters may stand apart: one before two words of one or two letters, or signs read as them."""
    if _LONE.search(Text.of(text).read(searched)):
        return True
    return ("@" in text or "$" in text or "!" in text) and _LONE_SIGN.search(lowered) is not None


def _unglued(word: str, words: Words) -> tuple[str, int] | None:
    """Split an unknown word into an ordinary word and a grave one: the grave one, and where it begins."""
    if word in words.common or word in words.known:
        return None
    for at in range(3, len(word) - 3):
        head, tail = word[:at], word[at:]
        if tail in words.heavy and head in words.common:
            return tail, at
        if at > 3 and head in words.heavy and tail in words.common:
            return head, 0
    return None


def _apart(match: re.Match[str], words: Words) -> Iterator[Reading]:
    """Join letters set apart, and find the run, but for little words at its ends, among the words."""
    pieces = [
        (part.group(), match.start() + part.start(), match.start() + part.end())
        for part in _LETTERS.finditer(match.group())
    ]
    at = 0
    while at < len(pieces) - 2:
        before = pieces[at - 1][0] if at else "a"
        if before in _EDGES and (found := _joined(pieces, at, words)):
            word, end = found
            yield Reading(word, pieces[at][1], pieces[end - 1][2], "spaced")
            at = end
        else:
            at += 1


def _joined(pieces: list[tuple[str, int, int]], at: int, words: Words) -> tuple[str, int] | None:
    """Walk from one piece to the next through the words: the longest word, and the piece after its last."""
    states, singles, best = [(words.trie, "")], 0, None
    for end in range(at, len(pieces)):
        piece = pieces[end][0]
        singles += len(piece) == 1
        for character in piece:
            letters = character + LEET.get(character, "")
            states = [(node[letter], word + letter) for node, word in states for letter in letters if letter in node]
        if not states:
            break
        count = end + 1 - at
        if count < 3 or singles * 2 < count or singles < 2:
            continue
        after = pieces[end + 1][0] if end + 1 < len(pieces) else "a"
        if not any(map(str.isalnum, after)):
            after = "a"
        for node, word in states:
            grave = words.terms.get(word, False)
            if "" in node and (len(word) > 4 or after in _EDGES) and (grave or len(word) > 3):
                best = word, end + 1
    return best


def _unstretched(word: str, words: Words) -> str | None:
    if word in words.terms or word in words.known or len(word) > 400:
        return None
    runs = _runs(word)
    stretched = max(runs) > 2
    if not stretched and word in words.common:
        return None
    key = squeeze(word)
    terms = words.squeezed(key)
    if not terms:
        return None
    best = max((len(other) for other in words.squeezed_common(key) if _within(other, runs)), default=0)
    if best and not stretched:
        return None
    for term in sorted(terms, key=len, reverse=True):
        long_enough = (words.terms[term] and len(term) > 3) or (stretched and len(term) > 2)
        if long_enough and len(term) > best and _within(term, runs):
            return term
    return None


def _within(term: str, runs: list[int]) -> bool:
    return all(a >= b for a, b in zip(runs, _runs(term), strict=True))


def _runs(word: str) -> list[int]:
    return [len(match.group()) for match in re.finditer(r"(.)\1*", word)]


def _hashtag(tag: str, at: int, words: Words) -> Iterator[Reading]:
    parts = [(part.group().lower(), part.start(), part.end()) for part in _CAMEL.finditer(tag)]
    if len(parts) > 1:
        for first in range(len(parts)):
            joined = ""
            for last in range(first, min(first + 4, len(parts))):
                joined += parts[last][0]
                if joined in words.terms:
                    yield Reading(joined, at + parts[first][1], at + parts[last][2], "hashtag")
    for word, start, end in _segments(tag.lower(), words):
        yield Reading(word, at + start, at + end, "hashtag")


@lru_cache(maxsize=2048)
def _segments(tag: str, words: Words) -> tuple[tuple[str, int, int], ...]:
    """Split a hashtag into the fewest ordinary words and grave words; return the grave ones."""
    best: list[tuple[float, tuple[tuple[str, int, int], ...], int] | None] = [(0.0, (), 0)] + [None] * len(tag)
    for start in range(len(tag)):
        reached = best[start]
        if reached is None:
            continue
        for end in range(start + 1, min(len(tag), start + 16) + 1):
            piece = tag[start:end]
            if (piece in words.common and (len(piece) > 2 or piece in _EDGES)) or piece.isdigit():
                cost, found = 1.0 if len(piece) > 1 else 1.5, reached[1]
            elif words.terms.get(piece) and len(piece) > 3:
                cost, found = 1.2, (*reached[1], (piece, start, end))
            else:
                continue
            there = best[end]
            if there is None or reached[0] + cost < there[0]:
                best[end] = (reached[0] + cost, found, reached[2] + 1)
    whole = best[len(tag)]
    # Splinters of two and three letters make any word of any other.
    return whole[1] if whole and len(tag) >= 3 * whole[2] else ()


__all__ = ["Reading", "Trick", "Words", "disguised"]
