"""Cues: what a sentence says, read from the kinds of words that meet in it.

Most of what a policy forbids has no words of its own: "tomorrow", "we" and "that address" are harmless apart and
give a raid away together. So a vocabulary file lists classes of cues, and readings: which classes must meet within
a sentence, its neighbours or the post, and which must be absent. The cues of all files are sought in one pass, and
a class is only tried where each class that a reading needs may be there, so that ordinary posts cost next to
nothing.

The class ``decoy`` is special: what it matches is no cue of any other class. ``NAME``, ``CHILD``, ``VICTIM`` and
``PUBLIC`` stand for people that a text names, who are read only once everything else that a reading asks for is
there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from wmp_postlint.analysis.cue_index import cues
from wmp_postlint.analysis.cue_text import CueText, Hit, Reading, book
from wmp_postlint.analysis.force_words import force_words
from wmp_postlint.analysis.quotation import in_answered, reported
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.rule import TextRule

# How long a stretch of somebody else's words must be to be known as theirs.
_OTHERS = 12
# The vocabulary files of so many rules.
_vocabularies: tuple[int, tuple[str, ...]] = (0, ())
_SURFACES = frozenset({"body", "shared", "unseen", "alt", "caption", "seen", "link"})


class CueMatch(Record):
    """A stretch that fits a reading; ``start`` and ``end`` lie in the folded text."""

    reading: Reading
    start: int
    end: int


class CueRule(TextRule):
    """A rule that is a vocabulary file of cues and readings, named by ``vocabulary``.

    Of findings that overlap, that of the reading which stands first in the file is kept.

    Attributes:
        vocabulary: the file under ``data/``, without its ending.
        quoted_passes: whether words in quotation, or reported as somebody else's, are no finding; else they weigh less.
        quoted_counts: whether they weigh no less, because they tell of a thing that is shown.
        surfaces: the kinds of surfaces that are read.
    """

    vocabulary: ClassVar[str]
    quoted_passes: ClassVar[bool] = False
    quoted_counts: ClassVar[bool] = False
    surfaces: ClassVar[frozenset[str]] = _SURFACES

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        if surface.kind not in self.surfaces or not self.applies(document):
            return
        taken: list[Hit] = []
        for match in document.read(cue_matches, surface, self.vocabulary):
            if any(match.start < end and start < match.end for start, end in taken):
                continue
            for finding in self.judged(match, surface, document):
                taken.append((match.start, match.end))
                yield finding

    def judged(self, match: CueMatch, surface: Surface, document: Document) -> Iterator[Finding]:
        """Yield the finding of a match; a rule that knows more overrides this."""
        reading = match.reading
        severity = Severity(reading.severity) if reading.severity else self.severity
        notes: tuple[str, ...] = ()
        reason = reported(surface.text, surface.text.lower(), match.start, match.end)
        reason = reason or _answered(document, surface.text[match.start : match.end])
        if reason and not self.quoted_counts:
            if self.quoted_passes:
                return
            notes = (f"Lowered: {reason}.",)
            severity = Severity.WARNING if severity is Severity.ERROR else Severity.INFO
        yield self.finding(
            surface,
            surface.span(match.start, match.end),
            severity=severity,
            confidence=Confidence(reading.confidence),
            message=reading.message,
            data={"reading": reading.name},
            notes=notes,
        )


def _answered(document: Document, words: str) -> str | None:
    """Return why words of a reply are not the writer's own: the post that is answered holds them."""
    if len(words) >= _OTHERS and in_answered(document, words):
        return "the other person said it"
    return None


def cue_matches(document: Document, surface: Surface, vocabulary: str) -> tuple[CueMatch, ...]:
    """Return what fits the readings of ``data/<vocabulary>.toml`` in one text, in the order of the readings.

    Raises:
        DataError: if the vocabulary is missing or wrong.
    """
    candidates = document.read(_candidates, surface).get(vocabulary)
    if candidates is None:
        return ()
    entries = book(vocabulary, document.read(force_words))
    text = CueText(document, surface, candidates)
    kept: list[CueMatch] = []
    for reading in entries.readings:
        if reading.kinds and document.post.kind not in reading.kinds:
            continue
        if entries.may_fit(reading, candidates):
            kept.extend(CueMatch(reading, start, end) for start, end in text.fitting(reading))
    return tuple(kept)


def vocabularies() -> tuple[str, ...]:
    """Return the vocabulary files of all rules that there are."""
    global _vocabularies
    rules = CueRule.__subclasses__()
    if len(rules) != _vocabularies[0]:
        _vocabularies = len(rules), tuple(sorted({rule.vocabulary for rule in rules}))
    return _vocabularies[1]


def _candidates(document: Document, surface: Surface) -> dict[str, dict[str, list[str]]]:
    """The patterns that may match in a text, by file and class, of the files with a reading that may fit."""
    return cues(vocabularies(), document.read(force_words)).candidates(surface.text)
