"""Cues: what a sentence says, read from the kinds of words that meet in it.

Most of what a policy forbids has no words of its own: "tomorrow", "we" and "that address" are harmless apart and give a
raid away together. So a vocabulary file lists classes of cues, and readings: which classes must meet within a sentence,
its neighbours or the post, and which must be absent. The cues of all files are sought in one pass, and a class is only
tried where each class that a reading needs may be there, so that ordinary posts cost next to nothing.

The class ``decoy`` is special: what it matches is no cue of any other class. ``NAME``, ``CHILD``, ``VICTIM`` and ``PUBLIC``
stand for people that a text names, who are read only once everything else that a reading asks for is there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from typing import ClassVar, Literal, TypeAlias

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import load_vocabulary
from wmp_postlint.analysis.names import names
from wmp_postlint.analysis.phrases import entry
from wmp_postlint.analysis.quotation import reported
from wmp_postlint.analysis.sieve import Sieve
from wmp_postlint.analysis.tokens import tokens
from wmp_postlint.document import Document, Surface
from wmp_postlint.errors import DataError
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.policy import SeverityName
from wmp_postlint.rule import TextRule
from wmp_postlint.text import Text

# Code points that a finding may cover from its first cue to its last; a longer stretch is marked at its first cue.
_LONGEST = 120
_DECOY = "decoy"
# A sentence ends at a stop before white space, at a bar or a line end; not after a short form such as "Sgt." or "No.".
_END = lazy.regex(r"(?<![.\s][A-Za-z])(?<!Sgt)(?<!Insp)(?<!Mrs)(?<!Mr)(?<!Dr)(?<!St)(?<!No)[.!?]+(?=[\s\"')])|\s\|\s|\n")
_PEOPLE: Mapping[str, frozenset[str]] = {
    "NAME": frozenset({"private", "identified", "victim", "child"}),
    "CHILD": frozenset({"child"}),
    "VICTIM": frozenset({"victim"}),
    "PUBLIC": frozenset({"public"}),
}
_SURFACES = frozenset({"body", "shared", "unseen", "alt", "caption", "seen", "link"})


class Reading(Record):
    """One way in which cues make a finding.

    Args:
        name: what it is called in the finding's data.
        all: the classes of which each must be there; ``a|b`` means one of the two.
        none: classes of which none may be in the same stretch.
        never: classes of which none may be anywhere in the text.
        within: the stretch in which the classes must meet: a ``sentence``, ``near`` (with the sentences beside it), or
            the whole ``post``.
        mark: the classes whose words the finding covers; by default all.
        severity: ``error``, ``warning`` or ``info``; by default the rule's.
        confidence: ``low``, ``medium`` or ``high``.
        message: what is wrong; by default the rule's message.
        kinds: the kinds of posts that are read so; by default all.
    """

    name: str
    all: tuple[str, ...]
    none: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    within: Literal["sentence", "near", "post"] = "sentence"
    mark: tuple[str, ...] = ()
    severity: SeverityName | None = None
    confidence: Literal["low", "medium", "high"] = "medium"
    message: str | None = None
    kinds: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """The groups of classes of which each needs one."""
        return tuple(tuple(group.split("|")) for group in self.all)

    @property
    def marked(self) -> tuple[tuple[str, ...], ...]:
        """The groups of classes that a finding covers."""
        return tuple(tuple(group.split("|")) for group in self.mark or self.all)


class CuesFile(Record):
    """A vocabulary file: slots that patterns name in braces, classes of cues, and readings."""

    slots: Mapping[str, str]
    cues: Mapping[str, tuple[str, ...]]
    readings: tuple[Reading, ...]


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
        surfaces: the kinds of surfaces that are read.
    """

    vocabulary: ClassVar[str]
    quoted_passes: ClassVar[bool] = False
    surfaces: ClassVar[frozenset[str]] = _SURFACES

    def applies(self, document: Document) -> bool:
        """Tell whether the rule has anything to say about such a post at all."""
        return True

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
        if reason := reported(surface.text, surface.text.lower(), match.start, match.end):
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


def cue_matches(document: Document, surface: Surface, vocabulary: str) -> tuple[CueMatch, ...]:
    """Return what fits the readings of ``data/<vocabulary>.toml`` in one text, in the order of the readings.

    Raises:
        DataError: if the vocabulary is missing or wrong.
    """
    candidates = document.read(_candidates, surface).get(vocabulary)
    if not candidates:
        return ()
    book = _book(vocabulary)
    if not any(book.may_fit(reading, candidates) for reading in book.readings):
        return ()
    text = _Read(document, surface, candidates)
    kept: list[CueMatch] = []
    for reading in book.readings:
        if reading.kinds and document.post.kind not in reading.kinds:
            continue
        if book.may_fit(reading, candidates):
            kept.extend(CueMatch(reading, start, end) for start, end in text.fitting(reading))
    return tuple(kept)


def sentence_starts(text: str) -> list[int]:
    """Return where the sentences of a text begin."""
    return [0, *(match.end() for match in _END.finditer(text))]


_Candidates: TypeAlias = Mapping[str, list[re.Pattern[str]]]
Hit: TypeAlias = tuple[int, int]


class _Book:
    """A vocabulary file, its patterns by their sources."""

    def __init__(self, name: str) -> None:
        file = load_vocabulary(name, CuesFile)
        self.readings = file.readings
        self.classes: dict[str, list[str]] = {}
        try:
            for label, sources in file.cues.items():
                self.classes[label] = [entry(source, file.slots) for source in sources]
        except KeyError as error:
            raise DataError(f"{name}.toml", f"no slot is called {error.args[0]!r}") from error
        for reading in file.readings:
            for group in (*reading.needs, *reading.marked, reading.none, reading.never):
                for label in group:
                    if label not in self.classes and label not in _PEOPLE:
                        raise DataError(f"{name}.toml: {reading.name}", f"no class of cues is called {label!r}")

    def may_fit(self, reading: Reading, candidates: _Candidates) -> bool:
        return all(any(label in candidates or label in _PEOPLE for label in group) for group in reading.needs)


@cache
def _book(vocabulary: str) -> _Book:
    return _Book(vocabulary)


@cache
def _sieve(vocabularies: tuple[str, ...]) -> tuple[Sieve, dict[str, list[tuple[str, str]]]]:
    """All cues of all files as one sieve, and whose each pattern is."""
    owners: dict[str, list[tuple[str, str]]] = {}
    for vocabulary in vocabularies:
        for label, sources in _book(vocabulary).classes.items():
            for source in sources:
                owners.setdefault(source, []).append((vocabulary, label))
    return Sieve(owners), owners


def _vocabularies() -> tuple[str, ...]:
    return tuple(sorted({rule.vocabulary for rule in CueRule.__subclasses__()}))


def _candidates(document: Document, surface: Surface) -> dict[str, dict[str, list[re.Pattern[str]]]]:
    """The patterns that may match in a text, by file and class."""
    sieve, owners = _sieve(_vocabularies())
    found: dict[str, dict[str, list[re.Pattern[str]]]] = {}
    for pattern in sieve.candidates(surface.text):
        for vocabulary, label in owners[pattern.pattern]:
            found.setdefault(vocabulary, {}).setdefault(label, []).append(pattern)
    return found


class _Read:
    """The cues of one file in one text."""

    def __init__(self, document: Document, surface: Surface, candidates: _Candidates) -> None:
        self._document, self._surface, self._candidates = document, surface, candidates
        self._hits: dict[str, list[Hit]] = {}
        self._starts = Text.of(surface.text).read(sentence_starts)
        self._covered: list[Hit] = []
        self._covered = [*self.hits(_DECOY)] if _DECOY in candidates else []
        # The parts of an address are no words.
        self._covered += [
            (token.start, token.end) for token in document.read(tokens, surface) if token.kind in ("url", "email")
        ]

    def hits(self, label: str) -> list[Hit]:
        """Where the cues of a class stand, in order."""
        if label not in self._hits:
            self._hits[label] = sorted(self._people(label) if label in _PEOPLE else self._words(label))
        return self._hits[label]

    def _words(self, label: str) -> Iterator[Hit]:
        for pattern in self._candidates.get(label, ()):
            for match in pattern.finditer(self._surface.text):
                start, end = match.span()
                if not any(start < stop and begin < end for begin, stop in self._covered):
                    yield start, end

    def _people(self, label: str) -> Iterator[Hit]:
        for name in self._document.read(names, self._surface):
            if name.bearer in _PEOPLE[label]:
                yield name.start, name.end

    def fitting(self, reading: Reading) -> Iterator[Hit]:
        """Yield the stretches that fit a reading, one for each sentence that begins one."""
        # Names last: reading them is dear.
        groups = sorted(reading.needs, key=lambda group: any(label in _PEOPLE for label in group))
        found: list[list[Hit]] = []
        for group in groups:
            found.append([hit for label in group for hit in self.hits(label)])
            if not found[-1]:
                return
        if any(self.hits(label) for label in reading.never):
            return
        reach = {"sentence": 0, "near": 1, "post": len(self._starts)}[reading.within]
        done = -1
        for index in range(len(self._starts)):
            low, high = self._bounds(index - reach), self._bounds(index + reach + 1)
            first = self._bounds(index)
            if index <= done or not any(first <= start < self._bounds(index + 1) for start, _ in found[0]):
                continue
            if not all(any(low <= start < high for start, _ in hits) for hits in found):
                continue
            if any(low <= start < high for label in reading.none for start, _ in self.hits(label)):
                continue
            done = index + (reach if reading.within != "post" else len(self._starts))
            yield self._stretch(reading, low, high)

    def _stretch(self, reading: Reading, low: int, high: int) -> Hit:
        """The words that a finding covers: from the first to the last of the marked cues where they stand together."""
        marked = []
        for group in reading.marked:
            hits = [hit for label in group for hit in self.hits(label) if low <= hit[0] < high]
            if hits:
                marked.append(hits)
        start, end = min(marked[0], key=lambda hit: (hit[0], -hit[1]))
        for hits in marked[1:]:
            near = min(hits, key=lambda hit: max(hit[0] - end, start - hit[1], 0))
            begin, stop = min(start, near[0]), max(end, near[1])
            same = bisect_right(self._starts, begin) == bisect_right(self._starts, stop - 1)
            if same and stop - begin <= _LONGEST:
                start, end = begin, stop
        return start, end

    def _bounds(self, index: int) -> int:
        return self._starts[index] if 0 <= index < len(self._starts) else (0 if index < 0 else len(self._surface.text))


