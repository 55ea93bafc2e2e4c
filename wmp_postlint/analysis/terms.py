"""Words of a family's lexicons in a text, plain or disguised, each graded by what stands around it.

A rule asks for the matches of its own lexicon; ``lexicons`` says what one is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import any_of
from wmp_postlint.analysis.lexicons import EDGED, Family, Term, family_terms, swearing
from wmp_postlint.analysis.quotation import insult, lowered_by, name_like, second_person
from wmp_postlint.analysis.streams import Trick, disguised
from wmp_postlint.analysis.tokens import tokens
from wmp_postlint.document import Document, Surface
from wmp_postlint.errors import DataError
from wmp_postlint.finding import Confidence, Severity
from wmp_postlint.lazy import Record

_WORD_START = lazy.regex(r"(?<![^\W_])[^\W_]*$|^[^\W_]*$")
_WORD_END = lazy.regex(r"[^\W_]*")
_CODE = lazy.regex(
    r"""(?<![^\W_])(?:[abm]\d{1,4}(?:\(m\)|m)?(?![+@$*]\w)                    # roads
    | [a-z]{2}\s?\d{2}\s?[a-z]{3} | [a-z]{3}\s?\d{1,3}[a-z]          # registration marks
    | [a-z]\d{1,3}\s[a-z]{3} | [a-z]{3}\s\d{3,4}
    | [a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}                              # postcodes
    | (?:[a-z\d]{1,12}[/-]){1,5}[a-z\d]{0,12}\d[a-z\d]{0,12}         # references
    | \d{1,6}[/-][a-z\d]{1,12}(?:[/-][a-z\d]{1,12}){0,4}
    | [a-z]{0,3}\d{4,}[a-z\d]{0,10} )(?![^\W_])""",
    re.VERBOSE,
)


_MASKED_NAME = lazy.regex(r"[A-Z]\*{2,20} [A-Z](?:\*{2,20}|[a-z]+)|[A-Z][a-z]+ [A-Z]\*{2,20}")
_HIDDEN = frozenset({"leet", "masked", "spaced"})


class Match(Record):
    """A term in a text, graded.

    ``term`` is None for letters masked by asterisks that fit no listed word.
    ``start`` and ``end`` lie in the folded text.
    """

    term: Term | None
    start: int
    end: int
    trick: Trick
    severity: Severity
    confidence: Confidence
    notes: tuple[str, ...] = ()


def matches(document: Document, surface: Surface, family: str, lexicon: str) -> tuple[Match, ...]:
    """Return the terms of one lexicon in a text, those in innocent phrases and names left out.

    A mask that fits no word belongs to the lexicon of swear words: the one whose terms Ofcom calls ``strongest`` and
    ``general``.

    Raises:
        DataError: if a lexicon of the family is missing or wrong.
    """
    if lexicon not in family_terms(family).lexicons:
        raise DataError(f"{family}/{lexicon}", "holds no groups of terms")
    found = document.read(_graded, surface, family)
    return tuple(match for match in found if (match.term.lexicon if match.term else swearing(family)) == lexicon)


def _graded(document: Document, surface: Surface, family: str) -> tuple[Match, ...]:
    """Every match of the family in one text, in order."""
    text = surface.text
    lowered = text.lower()
    found = _found(text, lowered, family_terms(family))
    if not found:
        return ()
    guard = bytearray(len(text))
    for token in document.read(tokens, surface):
        if token.kind != "hashtag":
            # "@" may stand for the first letter of a word.
            guard[token.start + (token.kind == "handle") : token.end] = b"\1" * (
                token.end - token.start - (token.kind == "handle")
            )
    there: dict[tuple[str, ...], bool] = {}

    def holds(words: tuple[str, ...]) -> bool:
        if words not in there:
            there[words] = _words(words).search(lowered) is not None
        return there[words]

    kept = []
    for term, start, end, trick in found:
        if guard[start]:
            continue
        if match := _grade(text, lowered, term, start, end, trick, holds):
            kept.append(match)
    return tuple(kept)


_Found: TypeAlias = tuple[Term | None, int, int, Trick]


def _found(text: str, lowered: str, family: Family) -> list[_Found]:
    whole = [*family.whole.find(lowered)]
    hidden = [*disguised(text, lowered, family.words)]
    inside = [*family.inside.finditer(lowered)] if family.inside else []
    if not (whole or hidden or inside):
        return []
    found: dict[int, _Found] = {}
    covered = bytearray(len(lowered))

    def add(term: Term | None, start: int, end: int, trick: Trick) -> None:
        if 1 in covered[start:end]:
            # A disguised word is longer than what it holds plainly: "fuck!ng", "r*tard".
            held = [found[at] for at in range(start, end) if at in found]
            if (
                term is None
                or trick not in _HIDDEN
                or not held
                or held[-1][2] > end
                or (held[0][1], held[-1][2]) == (start, end)
                or lowered[start - 1 : start] == "*" == lowered[end - 1]
            ):
                return
            for item in held:
                del found[item[1]]
        covered[start:end] = b"\1" * (end - start)
        found[start] = (term, start, end, trick)

    for start, end, listed in whole:
        if listed in family.listed.slips:
            # Names and initials look like slips, but for their capitals.
            if text[start:end].islower() or (end - start > 4 and text[start:end].isupper()):
                add(family.listed.slips[listed], start, end, "slip")
            continue
        term = family.listed.terms[listed]
        if term is None:
            covered[start:end] = b"\1" * (end - start)
        else:
            add(term, start, end, "plain")
    for reading in hidden:
        add(family.listed.joined[reading.word] if reading.word else None, reading.start, reading.end, reading.trick)
    for match in inside:
        if not covered[match.start()]:
            # A word is at most this long; the stem alone is enough for anything longer.
            before = _WORD_START.search(lowered[max(0, match.start() - 40) : match.start()])
            after = _WORD_END.match(lowered[match.end() : match.end() + 40])
            start = match.start() - (len(before.group()) if before else 0)
            add(family.listed.stems[match.group()], start, match.end() + (len(after.group()) if after else 0), "inside")
    kept = sorted(found.values(), key=lambda item: item[1])
    if kept and any(map(str.isdigit, lowered)):
        return _without_codes(text, lowered, kept)
    return kept


def _without_codes(text: str, lowered: str, found: list[_Found]) -> list[_Found]:
    """Leave out short words that are a piece of a code."""
    code = bytearray(len(lowered))
    written = bytearray(len(lowered))
    for match in _CODE.finditer(lowered):
        start, end = match.span()
        written[start:end] = b"\1" * (end - start)
        if _stands(text[start:end]):
            code[start:end] = b"\1" * (end - start)
    return [
        item
        for item in found
        if item[3] == "hashtag"
        or item[2] - item[1] > 5
        or 1 not in (written if item[3] == "plain" else code)[item[1] : item[2]]
    ]


def _stands(code: str) -> bool:
    """Whether what is written like a code is one: a word in lower case with a digit or two for letters is not."""
    return not code.islower() or sum(map(str.isdigit, code)) > 2 or code[1:].isdigit()


def _grade(
    text: str,
    lowered: str,
    term: Term | None,
    start: int,
    end: int,
    trick: Trick,
    holds: Callable[[tuple[str, ...]], bool],
) -> Match | None:
    """Grade a match by what stands around it; ``holds`` tells whether any of some words is in the text."""
    notes: list[str] = []
    confidence = Confidence.HIGH if trick in ("plain", "inside") else Confidence.MEDIUM
    if term is None:
        severity = Severity.WARNING
        notes.append("The hidden word was not made out.")
        confidence = Confidence.MEDIUM
    else:
        group = term.group
        severity = Severity(group.severity)
        thrown = insult(lowered, start, end)
        # Who hides a word means the rude sense of it.
        if group.alone != "full" and not thrown and not (group.alone == "info" and trick in _HIDDEN):
            if group.alone == "silent" or lowered[start - 1 : start] == "-" or lowered[end : end + 1] == "-":
                return None
            severity, confidence = Severity.INFO, Confidence.LOW
        if term.name and trick == "plain":
            likeness = name_like(text, start, end)
            if likeness == "clear":
                return None
            if likeness == "likely" and not thrown:
                severity, confidence = Severity.INFO, Confidence.LOW
                notes.append("Lowered: it may be a name.")
        if group.plain_with and not thrown and holds(group.plain_with):
            severity = lower(severity)
            notes.append("Lowered: other words of the post suggest the harmless meaning.")
        if thrown:
            severity = max(severity, Severity(group.thrown))
        if group.directed and (thrown or severity is not Severity.INFO) and second_person(lowered, start):
            severity = Severity.WARNING if severity is Severity.INFO else Severity.ERROR
            notes.append("Raised: it is said to the reader.")
    if trick == "slip":
        severity, confidence = min(severity, Severity.WARNING), Confidence.LOW
        notes.append("It may be a slip of the pen.")
    if trick == "masked" and text[end - 1] == "*" and _MASKED_NAME.search(text[max(0, start - 30) : end + 30]):
        severity = lower(severity)
        notes.append("Lowered: it may be a name with its letters hidden.")
    abuse = bool(term and not term.group.directed and term.group.category != "general")
    if severity is not Severity.INFO and (
        reason := lowered_by(text, lowered, start, end, abuse, spoken_of=abuse and severity is Severity.ERROR)
    ):
        severity = lower(severity)
        notes.append(f"Lowered: {reason}.")
    return Match(term, start, end, trick, severity, confidence, tuple(notes))


def lower(severity: Severity) -> Severity:
    """Return the next milder severity."""
    return Severity.WARNING if severity is Severity.ERROR else Severity.INFO


@cache
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    return lazy.regex(EDGED.format(any_of(words)))
