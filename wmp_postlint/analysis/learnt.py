"""What the wording of a text speaks for, where no written cue gives it away: read by a model taught with examples.

Most texts are passed by their words alone (``word_weights``). The others are read by the sentence model, a few
sentences at a time; where they speak for a reading, the sentence that does most bears the finding. A reading is the
name of the rule whose cases taught it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from wmp_postlint.analysis.cue_text import sentence_starts
from wmp_postlint.analysis.quotation import in_answered, lowered_by
from wmp_postlint.analysis.word_weights import hints
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.policy import Policy
from wmp_postlint.rule import Rule
from wmp_postlint.text import Text

if TYPE_CHECKING:
    from wmp_postlint.analysis.sentence_model import SentenceModel

Bounds = tuple[int, int]
# A force is read by this name, so that what is learnt of one counts for all.
_ANY_FORCE = "Anytown Police"
_ADDRESS = r"(?:https?://|www\.)\S+"
_TRIMMED = " \n\t.,;:-"
# Of fewer words than this nobody can say what they speak for.
LEAST_WORDS = 4
# The kinds of surfaces whose wording is read.
SURFACES = frozenset({"body", "shared", "alt", "caption", "seen"})


class Stretch(Record):
    """A few sentences of a text that are read together: their bounds, and the pieces of each."""

    bounds: tuple[Bounds, ...]
    pieces: tuple[tuple[int, ...], ...]

    @property
    def whole(self) -> tuple[int, ...]:
        """The pieces of all sentences."""
        return tuple(piece for part in self.pieces for piece in part)


def _model() -> SentenceModel:
    from wmp_postlint.analysis.sentence_model import load_sentence_model  # brings threading and mmap

    return load_sentence_model()


def context(document: Document) -> int:
    """Return what the model is told of a post beside its words."""
    from wmp_postlint.analysis.sentence_model import context_of

    return context_of(document.post.kind, document.account_kind == "personal")


def plain(text: str, policy: Policy) -> str:
    """Return a text as the model reads it: no address, and no force by its own name."""
    force = policy.force
    return _plain((force.name, *force.short_names)).sub(lambda match: _ANY_FORCE if match[1] else " ", text)


@cache
def _plain(names: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"{_ADDRESS}|\b({listed})\b", re.IGNORECASE)


def stretches(text: str, policy: Policy, model: SentenceModel) -> Iterator[Stretch]:
    """Cut a text into stretches of whole sentences, as many at a time as the model reads."""
    from wmp_postlint.analysis.sentence_model import MOST_PIECES

    bounds: list[Bounds] = []
    gathered: list[tuple[int, ...]] = []
    size = 0
    for low, high, pieces in _sentences(text, policy, model):
        if gathered and size + len(pieces) > MOST_PIECES:
            yield Stretch(tuple(bounds), tuple(gathered))
            bounds, gathered, size = [], [], 0
        bounds.append((low, high))
        gathered.append(pieces)
        size += len(pieces)
    if size:
        yield Stretch(tuple(bounds), tuple(gathered))


def _sentences(text: str, policy: Policy, model: SentenceModel) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Yield the sentences of a text with their pieces; one that is too long to be read at once is cut at a space."""
    from wmp_postlint.analysis.sentence_model import MOST_PIECES

    left = list(pairwise([*Text.of(text).read(sentence_starts), len(text)]))[::-1]
    while left:
        low, high = left.pop()
        pieces = tuple(model.pieces(plain(text[low:high], policy)))
        if len(pieces) <= MOST_PIECES:
            yield low, high, pieces
            continue
        middle = (low + high) // 2
        cut = text.rfind(" ", low + 1, middle) + 1 or middle
        left += [(cut, high), (low, cut)]


def _cut(document: Document, surface: Surface) -> tuple[Stretch, ...]:
    """The stretches of one text of a post."""
    return tuple(stretches(surface.text, document.policy, _model()))


def _worth(document: Document, surface: Surface) -> bool:
    """Whether a text is long enough to say something, and its words hint at something."""
    return len(surface.text.split()) >= LEAST_WORDS and document.read(hints, surface)


def _scored(documents: Sequence[Document]) -> dict[tuple[int, tuple[int, ...]], dict[str, float]]:
    """Return what the model says of the texts of posts without media whose words hint at something."""
    model = _model()
    asked: dict[tuple[int, tuple[int, ...]], None] = {}
    for document in documents:
        # A post that cannot be read fails under its own name when its turn comes.
        with suppress(Exception):
            if not document.post.media:
                for surface in document.surfaces:
                    if surface.kind in SURFACES and _worth(document, surface):
                        for stretch in document.read(_cut, surface):
                            asked[context(document), stretch.whole] = None
    return dict(zip(asked, model.scores(list(asked)), strict=True))


def carried(document: Document, surface: Surface) -> Mapping[str, list[Stretch]]:
    """Return the stretches of a text whose wording speaks for a reading, by its rule; read it with ``document.read``.

    Raises:
        NotLooked: if the words or the model cannot be weighed.
    """
    if not _worth(document, surface):
        return {}
    model, beside = _model(), context(document)
    known = document.read_together(_scored)
    found: dict[str, list[Stretch]] = {}
    for stretch in document.read(_cut, surface):
        scores = known.get((beside, stretch.whole)) or model.scores([(beside, stretch.whole)])[0]
        for reading, score in scores.items():
            if score >= model.bars[reading]:
                found.setdefault(reading, []).append(stretch)
    return found


def _parts(document: Document, surface: Surface) -> Mapping[tuple[Bounds, ...], list[dict[str, float]]]:
    """What each sentence of the stretches that speak for anything speaks for, by the bounds of the stretch."""
    speaking = {stretch.bounds: stretch for each in document.read(carried, surface).values() for stretch in each}
    beside = context(document)
    return {
        bounds: _model().scores([(beside, part) for part in stretch.pieces], every=True)
        for bounds, stretch in speaking.items()
        if len(bounds) > 1
    }


def sentence(document: Document, surface: Surface, stretch: Stretch, reading: str) -> Bounds:
    """Return the bounds of the sentence of a stretch that speaks most for a reading, in the folded text."""
    best = 0
    if len(stretch.bounds) > 1:
        parts = document.read(_parts, surface)[stretch.bounds]
        best = max(range(len(parts)), key=lambda at: parts[at][reading])
    return _trimmed(surface.text, *stretch.bounds[best])


def _trimmed(text: str, start: int, end: int) -> Bounds:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip(_TRIMMED)) or end


class Worded(Rule):
    """A rule whose cases taught the sentence model: stand it before the class that reads cues, frames or patterns.

    A text in which nothing else is found is judged by its wording. Such findings are for a person to decide on:
    warnings at most, of low confidence.
    """

    def excused(self, surface: Surface, document: Document) -> bool:
        """Tell whether a text holds what sounds like the rule's matter and is another's, so wording proves nothing."""
        return False

    def run(self, document: Document) -> Iterator[Finding]:
        fields = set()
        for finding in super().run(document):  # type: ignore[safe-super]  # the class that it stands before has one
            fields.add(finding.field)
            yield finding
        if self.applies(document):
            for surface in document.surfaces:
                if surface.kind in SURFACES and surface.field not in fields:
                    yield from self._worded(surface, document)

    def _worded(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = surface.text
        found = document.read(carried, surface).get(self.name, ())
        if found and self.excused(surface, document):
            return
        for stretch in found:
            start, end = sentence(document, surface, stretch, self.name)
            # Words that are quoted, reported, condemned or the other person's are not judged by their wording.
            if lowered_by(text, text.lower(), start, end, condemned=True) or in_answered(document, text[start:end]):
                continue
            yield self.finding(
                surface,
                surface.span(start, end),
                severity=min(self.severity, Severity.WARNING),
                confidence=Confidence.LOW,
                data={"reading": "wording"},
            )
