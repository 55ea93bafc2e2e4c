r"""What a pattern cannot match without: pieces of plain text, read from the pattern itself.

Pieces are compared in the flat form of a text: small letters, and one space for every run of what is no part of a
word. So ``looking\s+for`` and ``looking - for`` are the same piece, and where a pattern asks for the edge of a word the
piece holds a space, which tells "he" from "the". What is read are the texts that parts of a pattern stand for, as long
as these are few; where they are not, the reading begins anew, so that each piece is a stretch of what is matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from functools import cache
from math import fsum

from wmp_postlint import lazy, resource

Texts = frozenset[str]

# How many texts a stretch of a pattern may stand for, and with how many groups of pieces a pattern is kept: more of
# either cost more than the searches that they save.
_FEW = 40
_MOST = 4
# Letters that match a letter of ASCII when case is ignored, and do not become it in small letters.
_ODD = str.maketrans({"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"})
_ASCII = "".join(chr(code).lower() if chr(code).isalnum() or code == 95 else " " for code in range(128))
_NO_WORD = lazy.regex(r"\W+")
_PART = lazy.regex(
    r"(?P<open>\((?:\?(?:[a-z-]*:|P<\w+>|<?[=!]))?)|(?P<close>\))|(?P<bar>\|)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<code>\\(?:x..|u....|U........|N\{[^}]*\}|\d+))|(?P<blank>\\[sW])|(?P<edge>\\[bAZ]|[$^])|(?P<kind>\\[A-Za-z]|\.)"
    r"|(?P<count>(?:[*+?]|\{\d*(?:,\d*)?\})[?+]?)|\\?(?P<letter>.)",
    re.DOTALL,
)
_EDGE = "\0"
# The share of posts that hold a word of which nothing is known.
_RARE = 0.0002
# Words that no flat text holds, in the place of digits and of signs that are in no word: see ``searched``.
_DIGIT, _SIGN = " \x02 ", " \x03 "
_A_DIGIT = lazy.regex(r"\d")
_NOTHING: Texts = frozenset(("",))


def flat(text: str) -> str:
    """Return a text in small letters, with one space for each run of what is no part of a word, and one at its ends."""
    if text.isascii():
        return f" {' '.join(text.translate(_ASCII).split())} "
    return f" {_NO_WORD.sub(' ', text.translate(_ODD).lower()).strip(' ')} "


def searched(text: str) -> str:
    """Return the flat form of a text with the words that stand for a digit, and for signs outside ASCII, in it."""
    words = flat(text)
    if _A_DIGIT.search(words):
        words += f"{_DIGIT[1:]}"
    return words if text.isascii() else f"{words}{_SIGN[1:]}"


def pieces(source: str) -> tuple[tuple[str, ...], ...]:
    """Read from a pattern, taken without regard to case, what it cannot match without.

    Args:
        source: a pattern; it is not verbose and refers to no group by number.

    Returns:
        Groups of pieces, the group that rules out most texts first: the flat form of any text in which the pattern
        matches holds a piece of each group. There is no group if nothing of this kind is known.
    """
    reader = _Reader([*_PART.finditer(source)])
    texts, groups = reader.alternatives()
    found = {*groups, *_group(texts or ())}
    ordered = sorted(found, key=lambda group: (_worth(group), sorted(group)), reverse=True)
    return tuple(map(_shortest, ordered[:_MOST]))


def _shortest(group: Texts) -> tuple[str, ...]:
    """The pieces that hold no other piece of their group: where a longer one stands, so does the shorter."""
    return tuple(piece for piece in sorted(group) if not any(other in piece for other in group - {piece}))


class _Reader:
    """Reads a pattern part by part: the texts that a stretch stands for, if these are few, and the groups within."""

    def __init__(self, parts: Sequence[re.Match[str]]) -> None:
        self._parts = parts
        self._at = 0

    def alternatives(self) -> tuple[Texts | None, set[Texts]]:
        """Read up to the closing bracket or the end."""
        branches = [self._sequence()]
        while self._next() == "bar":
            self._at += 1
            branches.append(self._sequence())
        if len(branches) == 1:
            return branches[0]
        together: Texts = frozenset[str]().union(*(texts or () for texts, _ in branches))
        if all(texts is not None for texts, _ in branches) and len(together) <= _FEW:
            return together, set()
        best: set[str] = set()
        for texts, groups in branches:
            known = {*groups, *_group(texts or ())}
            if not known:
                return None, set()
            best |= max(known, key=_worth)
        return None, {frozenset(best)}

    def _next(self) -> str | None:
        return self._parts[self._at].lastgroup if self._at < len(self._parts) else None

    def _sequence(self) -> tuple[Texts | None, set[Texts]]:
        texts, exact = _NOTHING, True
        found: set[Texts] = set()
        while self._next() not in (None, "close", "bar"):
            part, inner = self._part()
            least, most = self._count()
            if least == 0:
                inner = set()
                part = part | _NOTHING if part is not None and (most == 1 or part <= {" ", ""}) else None
            found |= inner
            if part is not None and len(texts) * len(part) <= _FEW:
                texts = frozenset(one + other for one in texts for other in part)
                if most == 1 or part <= {" ", ""}:
                    continue
            found |= _group(texts)
            # What follows begins after the last repetition, so that this is part of the next stretch.
            texts, exact = part if part is not None and least else _NOTHING, False
        return (texts, found) if exact else (None, found | _group(texts))

    def _part(self) -> tuple[Texts | None, set[Texts]]:
        """Read one part: the texts it stands for, and the groups of its own."""
        part = self._parts[self._at]
        self._at += 1
        match part.lastgroup:
            case "open":
                return self._bracket(part.group())
            case "letter":
                letter = part["letter"]
                return (None, {frozenset((_SIGN,))}) if _is_sign(letter) else (_letters(letter), set())
            case "set":
                return self._members(part.group()[1:-1])
            case "kind" if part.group() == r"\d":
                return None, {frozenset((_DIGIT,))}
            case "blank":
                return frozenset(" "), set()
            case "edge":
                return frozenset((_EDGE,)), set()
        return None, set()

    def _bracket(self, opening: str) -> tuple[Texts | None, set[Texts]]:
        begin = self._at
        texts, groups = self.alternatives()
        inside = [part.group() for part in self._parts[begin : self._at]]
        self._at += 1
        if opening.endswith(("=", "!")):
            # What may not stand here is a letter: so an edge of a word is here.
            edge = opening.endswith("!") and (inside[:1] == ["\\w"] and inside[1:2] in ([], ["|"]))
            edge = edge or (opening == "(?<!" and len(inside) == 1 and inside[0].startswith("[\\w"))
            return frozenset((_EDGE if edge else "",)), set()
        return texts, groups

    def _count(self) -> tuple[int, int]:
        """How often the part that was read stands, at least and at most (2 is more than once)."""
        if self._next() != "count":
            return 1, 1
        count = self._parts[self._at].group()
        self._at += 1
        if count[0] != "{":
            return int(count[0] == "+"), 1 if count[0] == "?" else 2
        least, _, most = count[1 : count.index("}")].partition(",")
        return min(2, int(least or 0)), 1 if (most if "," in count else least) == "1" else 2

    def _members(self, members: str) -> tuple[Texts | None, set[Texts]]:
        if re.fullmatch(r"(?:\\d|[0-9]|-)+", members) and "-" not in (members[0], members[-1]):
            return None, {frozenset((_DIGIT,))}
        if all(map(_is_sign, members)):
            return None, {frozenset((_SIGN,))}
        return _members(members), set()


def _is_sign(letter: str) -> bool:
    return not letter.isascii() and not letter.isalnum()


def _members(members: str) -> Texts | None:
    """The letters of a set; None if they are many, or all but some."""
    if re.match(r"\^|.*\\(?!s)[A-Za-z0-9]|.*[^\\]-.", members, re.DOTALL):
        return None
    choices = [frozenset(" ") if member == r"\s" else _letters(member[-1]) for member in re.findall(r"\\?.", members)]
    return frozenset[str]().union(*(choice or () for choice in choices)) if all(choices) else None


def _letters(letter: str) -> Texts | None:
    if not (letter.isalnum() or letter == "_"):
        return frozenset(" ")
    return frozenset(letter.lower()) if letter.isascii() else None


def _group(texts: Iterable[str]) -> set[Texts]:
    """The texts as a group of pieces; none if one of them says too little."""
    group = frozenset(map(_piece, texts))
    telling = all(len(piece.strip()) > 1 or re.fullmatch(r" \w ", piece) for piece in group)
    return {group} if group and telling else set()


def _piece(text: str) -> str:
    text = re.sub(r"^\0+(?=\w)|(?<=\w)\0+$", " ", text).replace(_EDGE, "")
    return re.sub(" +", " ", text)


def _worth(group: Set[str]) -> tuple[float, int, int]:
    """How well a group rules texts out: by how few hold a piece of it, by having few pieces, by their length."""
    return -min(1.0, fsum(map(share, group))), -len(group), min(map(len, group))


def share(piece: str) -> float:
    """Return which share of posts may be expected to hold a piece: that of its rarest word."""
    words = piece.split(" ")
    return min(_share_of(word, at > 0, at + 1 < len(words)) for at, word in enumerate(words) if word)


@cache
def _share_of(word: str, begins: bool, ends: bool) -> float:
    """The share of posts with a word, or with one that begins or ends so or holds it."""
    shares = _shares()
    if begins and ends:
        return shares.get(word, _RARE)
    if begins:
        found = sum(share for other, share in shares.items() if other.startswith(word))
    elif ends:
        found = sum(share for other, share in shares.items() if other.endswith(word))
    else:
        found = sum(share for other, share in shares.items() if word in other)
    # Rarer words add to that, the more the shorter it is.
    return found + _RARE * 4.0 ** max(0, 5 - len(word))


@cache
def _shares() -> dict[str, float]:
    shares = {_DIGIT.strip(): 0.3, _SIGN.strip(): 0.2}
    for line in resource.read_text("text/word_shares.txt").splitlines()[1:]:
        word, share = line.split()
        shares[word] = int(share) / 1000
    return shares
