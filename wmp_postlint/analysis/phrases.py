"""Many phrases, as vocabulary files write them, sought in one text.

A vocabulary of hundreds of patterns is slow as one alternation. So each pattern is kept by itself with its needles:
pieces of plain text of which at least one stands in whatever the pattern matches. A text without them is not searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

# How deep an entry may refer to other entries.
_DEPTH = 4
_SLOT = re.compile(r"\{([a-z]+)\}")
_BLANK = "\N{REPLACEMENT CHARACTER}"
_PART = re.compile(
    r"(?P<open>\((?:\?(?:[a-z-]*:|P<\w+>|<?[=!]))?)|(?P<close>\))|(?P<bar>\|)|(?P<set>\[\^?\]?[^\]]*\])"
    r"|(?P<escape>\\.)|(?P<count>[*+?]\??|\{\d+(?:,\d*)?\}\??)|(?P<letter>[^\W_]|['&-])|(?P<other>.)",
    re.DOTALL,
)


class Phrases:
    """Patterns that ignore case and match from one edge of a word to another.

    Args:
        sources: patterns in which a space stands for any white space and ``{slot}`` for an entry of ``slots``.
        slots: named parts of patterns; they may refer to each other.

    Raises:
        KeyError: if a source names a slot that is not there.
    """

    __slots__ = ("_always", "_by_needle", "_patterns")

    def __init__(self, sources: Sequence[str], slots: Mapping[str, str] | None = None) -> None:
        self._patterns: list[re.Pattern[str]] = []
        self._by_needle: dict[str, list[int]] = {}
        self._always: list[int] = []
        for index, source in enumerate(sources):
            pieces, pattern = _entry(source, slots or {})
            self._patterns.append(pattern)
            for piece in pieces:
                self._by_needle.setdefault(piece, []).append(index)
            if not pieces:
                self._always.append(index)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match, the longest of those that begin there."""
        return min(self._matches(text, 1), key=_place, default=None)

    def found(self, text: str) -> bool:
        """Tell whether any of the patterns matches."""
        return any(True for _ in self._matches(text, 1))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches in order; of those that overlap, the first and longest."""
        end = -1
        for match in sorted(self._matches(text), key=_place):
            if match.start() >= end:
                end = match.end()
                yield match

    def blank(self, text: str) -> str:
        """Put a sign that no pattern knows in the place of each match, length for length."""
        kept = text
        for match in self._matches(text):
            kept = kept[: match.start()] + _BLANK * (match.end() - match.start()) + kept[match.end() :]
        return kept

    def _matches(self, text: str, most: int | None = None) -> Iterator[re.Match[str]]:
        lowered = text.lower()
        hits = set(self._always)
        for piece in [piece for piece in self._by_needle if piece in lowered]:
            hits.update(self._by_needle[piece])
        for index in sorted(hits):
            if most == 1:
                if match := self._patterns[index].search(text):
                    yield match
            else:
                yield from self._patterns[index].finditer(text)


def _place(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), -match.end()


def _entry(source: str, slots: Mapping[str, str]) -> tuple[tuple[str, ...], re.Pattern[str]]:
    for _ in range(_DEPTH):
        source = _SLOT.sub(lambda slot: slots[slot[1]], source)
    source = source.replace(" ?", r"\s*").replace(" ", r"\s+")
    return needles(source), re.compile(rf"(?<!\w)(?:{source})(?:(?!\w)|(?<!\w))", re.IGNORECASE)


def needles(source: str) -> tuple[str, ...]:
    """Return pieces of lower-case text of which one stands in whatever the pattern matches; none if that is unknown."""
    parts = list(_PART.finditer(source))
    best, _ = _read(parts, 0)
    return tuple(sorted(best))


def _read(parts: Sequence[re.Match[str]], at: int) -> tuple[frozenset[str], int]:
    """Read the alternatives up to the closing bracket: their needles, and where reading stopped."""
    union: frozenset[str] | None = frozenset()
    best: frozenset[str] = frozenset()
    run = ""
    while at < len(parts) and parts[at].lastgroup != "close":
        kind, piece = parts[at].lastgroup, parts[at].group()
        inner: frozenset[str] = frozenset()
        if kind == "letter" or (kind == "escape" and not piece[1].isalnum()):
            run += piece[-1].lower()
        if kind == "open":
            inner, at = _read(parts, at + 1)
            if piece.endswith(("=", "!")):
                inner = frozenset()
        after = parts[at + 1] if at + 1 < len(parts) else None
        optional = (
            after is not None
            and after.lastgroup == "count"
            and after.group()[:2] not in ("+", "+?")
            and not after.group().startswith(("{1", "{2", "{3", "{4"))
        )
        if optional:
            inner = frozenset()
        if kind == "letter" and after is not None and after.lastgroup == "count":
            run = run[:-1] if optional else run
            best, run = _better(best, frozenset((run,))), ""
        elif kind not in ("letter", "escape") or (kind == "escape" and piece[1].isalnum()):
            best, run = _better(_better(best, frozenset((run,))), inner), ""
        if kind == "bar":
            union = union | best if union is not None and best else None
            best = frozenset()
        at += 1
    best = _better(best, frozenset((run,)))
    return (union | best if union is not None and best else frozenset()), at


def _better(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """The needles that rule more texts out: the longer, then the fewer; pieces too short to rule out much are none."""
    if not other or min(map(len, other)) < 2:
        return one
    if not one:
        return other
    return max(one, other, key=lambda needles: (min(4, min(map(len, needles))), -len(needles), max(map(len, needles))))
