"""Frames: ways of saying something, written as patterns with slots in a vocabulary file, each with its own examples.

A word list finds words; what draws complaints is mostly said in plain ones ("she should have stayed with her
friends"). A frame names the places of such a sentence and what may fill them, which words elsewhere in the post it
needs, and which make it harmless. Quotation and condemnation lower a finding and never hide it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from typing import ClassVar, Literal

from wmp_postlint import lazy, resource
from wmp_postlint.analysis.force_words import ForceWords, force_words, names_force
from wmp_postlint.analysis.lexicon import load_vocabulary
from wmp_postlint.analysis.phrases import Phrases, entry
from wmp_postlint.analysis.quotation import lowered_by
from wmp_postlint.analysis.sieve import compiled, sieve_of
from wmp_postlint.document import Document, Surface
from wmp_postlint.errors import DataError
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.pack_tables import SeverityName
from wmp_postlint.rule import TextRule

_EMOJI = lazy.regex(r"\[[^\x00-\x7f]+\]\+?")


class Frame(Record):
    """One entry of a vocabulary file.

    Args:
        name: what the frame is called in the finding's data.
        message: what is wrong with such a sentence.
        severity: ``error``, ``warning`` or ``info``.
        confidence: ``low``, ``medium`` or ``high``.
        say: patterns, as ``Phrases`` reads them.
        first: a slot that must be somewhere in the post too, looked for before the patterns where these are slow.
        needs: slots of which each must be somewhere in the post.
        unless: slots of which none may be anywhere in the post.
        found: example texts with « and » around what is found.
        left: example texts in which this frame finds nothing.
    """

    name: str
    message: str
    say: tuple[str, ...]
    found: tuple[str, ...]
    left: tuple[str, ...]
    severity: SeverityName = "warning"
    confidence: Literal["low", "medium", "high"] = "medium"
    first: str = ""
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class FrameMatch(Record):
    """A sentence that fits a frame; ``start`` and ``end`` lie in the folded text."""

    frame: Frame
    start: int
    end: int
    severity: Severity
    confidence: Confidence
    notes: tuple[str, ...] = ()


class FramesFile(Record):
    """A vocabulary file: slots that patterns name in braces, and frames."""

    slots: Mapping[str, tuple[str, ...]]
    frames: tuple[Frame, ...]


class _Family:
    """The frames of all vocabulary files of a family, sought together: one reading of a text serves all its rules."""

    def __init__(self, family: str, words: ForceWords) -> None:
        self._words = words
        self.by_source: dict[str, tuple[str, Frame]] = {}
        self.context: dict[tuple[str, str], Phrases] = {}
        # Patterns of emoji alone, which plain text need not be searched for.
        self.emoji: set[str] = set()
        # Those that name the force, and so differ by pack, are sought apart: the index of the others is kept.
        self._own: set[str] = set()
        for name in resource.names(family, ".toml"):
            if "[[frames]]" in resource.read_text(f"{family}/{name}.toml"):
                self._add(f"{family}/{name}", load_vocabulary(f"{family}/{name}", FramesFile))
        shared = tuple(source for source in self.by_source if source not in self._own)
        own = tuple(source for source in self.by_source if source in self._own)
        self.sieves = (sieve_of(shared), sieve_of(own))

    def _add(self, name: str, file: FramesFile) -> None:
        own = {slot: f"(?:{'|'.join(choices)})" for slot, choices in file.slots.items()}
        slots = {**self._words.slots, **own}
        try:
            for frame in file.frames:
                self.by_source |= {entry(source, slots): (name, frame) for source in frame.say}
                self._own |= {entry(source, slots) for source in frame.say if names_force(source, own)}
                self.emoji |= {entry(source, slots) for source in frame.say if _EMOJI.fullmatch(source)}
                for slot in filter(None, (frame.first, *frame.needs, *frame.unless)):
                    self.context[name, slot] = Phrases([slots[slot]], slots)
        except KeyError as error:
            raise DataError(f"{name}.toml", f"no slot is called {error.args[0]!r}") from error


class FrameRule(TextRule):
    """A rule that is a vocabulary file of frames, named by ``vocabulary``; each frame brings its own message."""

    vocabulary: ClassVar[str]

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for match in document.read(frame_matches, surface, self.vocabulary):
            yield self.finding(
                surface,
                surface.span(match.start, match.end),
                severity=match.severity,
                confidence=match.confidence,
                message=match.frame.message,
                data={"frame": match.frame.name},
                notes=match.notes,
            )


def frame_matches(document: Document, surface: Surface, vocabulary: str) -> tuple[FrameMatch, ...]:
    """Return what fits the frames of ``data/<vocabulary>.toml`` in one text, in order.

    Of those that overlap, the first and longest is kept.

    Raises:
        DataError: if a vocabulary of its family is missing or wrong.
    """
    found = document.read(_found, surface, vocabulary.partition("/")[0])
    kept: list[FrameMatch] = []
    for match in found.get(vocabulary, ()):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return tuple(kept)


def frames(vocabulary: str) -> tuple[Frame, ...]:
    """Return the entries of a vocabulary file, for the tests of their examples."""
    return load_vocabulary(vocabulary, FramesFile).frames


@cache
def _family(family: str, words: ForceWords) -> _Family:
    return _Family(family, words)


def _found(document: Document, surface: Surface, family: str) -> dict[str, list[FrameMatch]]:
    """What fits the frames of a family, by vocabulary, in order."""
    frames = _family(family, document.read(force_words))
    text = surface.text
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text
    plain = text.isascii()
    found: dict[str, list[FrameMatch]] = {}
    there: dict[tuple[str, str], bool] = {}

    def holds(name: str, slot: str) -> bool:
        if (name, slot) not in there:
            there[name, slot] = frames.context[name, slot].found(text)
        return there[name, slot]

    for source in chain.from_iterable(sieve.sources(text) for sieve in frames.sieves):
        name, frame = frames.by_source[source]
        if plain and source in frames.emoji:
            continue
        if frame.first and not holds(name, frame.first):
            continue
        matches = [match.span() for match in compiled(source).finditer(lowered)]
        if (
            matches
            and all(holds(name, slot) for slot in frame.needs)
            and not any(holds(name, slot) for slot in frame.unless)
        ):
            found.setdefault(name, []).extend(_graded(frame, text, lowered, start, end) for start, end in matches)
    for fitting in found.values():
        fitting.sort(key=lambda match: (match.start, -match.end))
    return found


def _graded(frame: Frame, text: str, lowered: str, start: int, end: int) -> FrameMatch:
    severity, confidence = Severity(frame.severity), Confidence(frame.confidence)
    reason = lowered_by(text, lowered, start, end, condemned=True)
    if reason and severity is not Severity.INFO:
        milder = Severity.WARNING if severity is Severity.ERROR else Severity.INFO
        return FrameMatch(frame, start, end, milder, confidence, (f"Lowered: {reason}.",))
    return FrameMatch(frame, start, end, severity, confidence)
