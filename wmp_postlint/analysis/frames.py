"""Frames: ways of saying something, written as patterns with slots in a vocabulary file, each with its own examples.

A word list finds words; what draws complaints is mostly said in plain ones ("she should have stayed with her
friends"). A frame names the places of such a sentence and what may fill them, which words elsewhere in the post it
needs, and which make it harmless. Quotation and condemnation lower a finding and never hide it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from typing import ClassVar, Literal, TypedDict

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

KEPT = "frames.txt"

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


class FramesIndex(TypedDict):
    """The patterns of all frames of a family, kept so that frames are read when one of their patterns may match.

    ``shared`` and ``own`` hold the patterns that every force shares and those that name the force, with zeros
    between; ``frames`` the file and the place of the frame of each of them in turn, ``emoji`` the places of patterns of
    emoji alone, which plain text need not be searched for.
    """

    shared: str
    own: str
    frames: list[tuple[str, int]]
    emoji: list[int]


class _Family:
    """The frames of all vocabulary files of a family, sought together: one reading of a text serves all its rules."""

    def __init__(self, index: FramesIndex, words: ForceWords) -> None:
        self._words = words
        # Those that name the force differ by pack and are sought apart: the index of the others is kept.
        shared, own = (tuple(index[key].split("\0")) if index[key] else () for key in ("shared", "own"))
        self.sieves = (sieve_of(shared), sieve_of(own))
        sources = (*shared, *own)
        self._places = dict(zip(sources, index["frames"], strict=True))
        self.emoji = {sources[place] for place in index["emoji"]}
        self._context: dict[tuple[str, str], Phrases] = {}

    def frame(self, source: str) -> tuple[str, Frame]:
        """Return the vocabulary and the frame that a pattern is of."""
        name, place = self._places[source]
        return name, load_frames(name).frames[place]

    def context(self, name: str, slot: str) -> Phrases:
        """Return what a slot of a vocabulary stands for, to be sought anywhere in a post."""
        if (name, slot) not in self._context:
            slots = _slots(load_frames(name), self._words)
            self._context[name, slot] = Phrases([slots[slot]], slots)
        return self._context[name, slot]


def frames_index(family: str, words: ForceWords) -> FramesIndex:
    """Work the index of a family's frames out from its vocabulary files.

    Raises:
        DataError: if a file is wrong, or names a slot that is not there.
    """
    shared: dict[str, tuple[str, int]] = {}
    own: dict[str, tuple[str, int]] = {}
    emoji: set[str] = set()
    for name in (f"{family}/{file}" for file in resource.names(family, ".toml")):
        if "[[frames]]" not in resource.read_text(f"{name}.toml"):
            continue
        file = load_frames(name)
        slots = _slots(file, words)
        for place, frame in enumerate(file.frames):
            try:
                for slot in filter(None, (frame.first, *frame.needs, *frame.unless)):
                    entry(slots[slot], slots)
                for source in frame.say:
                    pattern = entry(source, slots)
                    (own if names_force(source, _own_slots(file)) else shared)[pattern] = (name, place)
                    if _EMOJI.fullmatch(source):
                        emoji.add(pattern)
            except KeyError as error:
                raise DataError(f"{name}.toml", f"no slot is called {error.args[0]!r}") from error
    shared = {source: place for source, place in shared.items() if source not in own}
    sources = [*shared, *own]
    return FramesIndex(
        shared="\0".join(shared),
        own="\0".join(own),
        frames=[*shared.values(), *own.values()],
        emoji=[place for place, source in enumerate(sources) if source in emoji],
    )


def key_of(family: str, words: ForceWords) -> str:
    """Return what the index of a family is kept under: it counts for the very files and slots that it was made of."""
    files = [resource.read_bytes(f"{family}/{name}.toml") for name in resource.names(family, ".toml")]
    return f"{family}-{resource.stamp_of(resource.joined(*files, repr(words.slots).encode()))}"


def _own_slots(file: FramesFile) -> dict[str, str]:
    return {slot: f"(?:{'|'.join(choices)})" for slot, choices in file.slots.items()}


def _slots(file: FramesFile, words: ForceWords) -> dict[str, str]:
    return {**words.slots, **_own_slots(file)}


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


@cache
def load_frames(vocabulary: str) -> FramesFile:
    """Return a vocabulary file of frames.

    Raises:
        DataError: if it is missing or wrong.
    """
    return load_vocabulary(vocabulary, FramesFile)


@cache
def _family(family: str, words: ForceWords) -> _Family:
    kept = resource.read_pairs(KEPT).get(key_of(family, words))
    return _Family(json.loads(kept) if kept else frames_index(family, words), words)


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
            there[name, slot] = frames.context(name, slot).found(text)
        return there[name, slot]

    for source in chain.from_iterable(sieve.sources(text) for sieve in frames.sieves):
        if plain and source in frames.emoji:
            continue
        name, frame = frames.frame(source)
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
    grave = severity is Severity.ERROR
    reason = lowered_by(text, lowered, start, end, condemned=True, spoken_of=grave)
    if reason and severity is not Severity.INFO:
        milder = Severity.WARNING if severity is Severity.ERROR else Severity.INFO
        return FrameMatch(frame, start, end, milder, confidence, (f"Lowered: {reason}.",))
    return FrameMatch(frame, start, end, severity, confidence)
