"""Cue vocabularies: classes of cues and the readings made of them, and where they stand in a text. See ``cues``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, TypeAlias

from wmp_postlint import lazy
from wmp_postlint.analysis.force_words import ForceWords, names_force
from wmp_postlint.analysis.lexicon import load_vocabulary
from wmp_postlint.analysis.names import names
from wmp_postlint.analysis.phrases import entry
from wmp_postlint.analysis.sieve import compiled
from wmp_postlint.analysis.tokens import tokens
from wmp_postlint.document import Document, Surface
from wmp_postlint.errors import DataError
from wmp_postlint.lazy import Record
from wmp_postlint.pack_tables import SeverityName
from wmp_postlint.text import Text

# Code points that a finding may cover from its first cue to its last; a longer stretch is marked at its first cue.
_LONGEST = 120
_DECOY = "decoy"
# A sentence ends at a stop before white space, at a bar or a line end; not after a short form such as "Sgt." or "No.".
_END = lazy.regex(
    r"(?<![.\s][A-Za-z])(?<!Sgt)(?<!Insp)(?<!Mrs)(?<!Mr)(?<!Dr)(?<!St)(?<!No)(?<![.!?])[.!?]{1,20}(?=[\s\"')])|\s\|\s|\n"
)
PEOPLE: Mapping[str, frozenset[str]] = {
    "NAME": frozenset({"private", "identified", "victim", "child"}),
    "CHILD": frozenset({"child"}),
    "VICTIM": frozenset({"victim"}),
    "PUBLIC": frozenset({"public"}),
}


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


def sentence_starts(text: str) -> list[int]:
    """Return where the sentences of a text begin."""
    return [0, *(match.end() for match in _END.finditer(text))]


Candidates: TypeAlias = Mapping[str, list[str]]
Hit: TypeAlias = tuple[int, int]


class Book:
    """A vocabulary file, its patterns by their sources.

    Args:
        name: the file under ``data/``, without its ending.
        words: what the policy pack calls the force.

    Attributes:
        readings: the readings of the file, in order.
        classes: the patterns of each class.
        own: the patterns that name the force, and so differ by pack.
    """

    def __init__(self, name: str, words: ForceWords) -> None:
        file = load_vocabulary(name, CuesFile)
        self.readings = file.readings
        self.classes: dict[str, list[str]] = {}
        self.own: set[str] = set()
        slots = {**words.slots, **file.slots}
        try:
            for label, sources in file.cues.items():
                self.classes[label] = [entry(source, slots) for source in sources]
                self.own |= {entry(source, slots) for source in sources if names_force(source, file.slots)}
        except KeyError as error:
            raise DataError(f"{name}.toml", f"no slot is called {error.args[0]!r}") from error
        for reading in file.readings:
            for group in (*reading.needs, *reading.marked, reading.none, reading.never):
                for label in group:
                    if label not in self.classes and label not in PEOPLE:
                        raise DataError(f"{name}.toml: {reading.name}", f"no class of cues is called {label!r}")

    def may_fit(self, reading: Reading, candidates: Candidates) -> bool:
        """Tell whether each class that a reading needs may be in a text."""
        return all(any(label in candidates or label in PEOPLE for label in group) for group in reading.needs)


@cache
def book(vocabulary: str, words: ForceWords) -> Book:
    """Return the vocabulary file ``data/<vocabulary>.toml`` with the names of a force in it.

    Raises:
        DataError: if it is missing or wrong.
    """
    return Book(vocabulary, words)


class CueText:
    """The cues of one file in one text."""

    def __init__(self, document: Document, surface: Surface, candidates: Candidates) -> None:
        self._document, self._surface, self._candidates = document, surface, candidates
        self._hits: dict[str, list[Hit]] = {}
        self._starts = Text.of(surface.text).read(sentence_starts)
        # The parts of an address are no words.
        self._covered = [
            (token.start, token.end) for token in document.read(tokens, surface) if token.kind in ("url", "email")
        ]

    def hits(self, label: str) -> list[Hit]:
        """Where the cues of a class stand, in order."""
        if label not in self._hits:
            found = sorted(self._people(label) if label in PEOPLE else self._words(label))
            self._hits[label] = self._without_decoys(found) if found and label != _DECOY else found
        return self._hits[label]

    def _without_decoys(self, found: list[Hit]) -> list[Hit]:
        decoys = self.hits(_DECOY)
        return [(start, end) for start, end in found if not any(start < stop and at < end for at, stop in decoys)]

    def _words(self, label: str) -> Iterator[Hit]:
        for source in self._candidates.get(label, ()):
            for match in compiled(source).finditer(self._surface.text):
                start, end = match.span()
                if not any(start < stop and begin < end for begin, stop in self._covered):
                    yield start, end

    def _people(self, label: str) -> Iterator[Hit]:
        for name in self._document.read(names, self._surface):
            if name.bearer in PEOPLE[label]:
                yield name.start, name.end

    def fitting(self, reading: Reading) -> Iterator[Hit]:
        """Yield the stretches that fit a reading, one for each sentence that begins one."""
        # Names last: reading them is dear. Before them what has fewest patterns to try.
        groups = sorted(reading.needs, key=self._price)
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

    def _price(self, group: tuple[str, ...]) -> tuple[bool, int]:
        named = any(label in PEOPLE for label in group)
        return named, sum(len(self._candidates.get(label, ())) for label in group)

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
        words = self._surface.text[start:end]
        return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip(" \n\t.,;:-"))

    def _bounds(self, index: int) -> int:
        return self._starts[index] if 0 <= index < len(self._starts) else (0 if index < 0 else len(self._surface.text))
