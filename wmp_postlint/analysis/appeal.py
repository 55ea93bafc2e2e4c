"""What an appeal asks for: a missing, wanted or unknown person, witnesses, a thing, or nothing any more.

Words such as "missing", "wanted" and "found" stand in more posts that are no appeal than in appeals. So stretches that
only look like one are blanked first; then cues of three weights are counted, with what bears an appeal out (an age, a
description, a call to ring) and what speaks against one (courts, training, general advice). Three points make an
appeal. Whether it is over is decided before it counts as open. The words are data: ``data/appeal/reading.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.analysis.appeal_score import Score, score
from wmp_postlint.analysis.appeal_words import any_pattern, pattern, towns_small, triggers
from wmp_postlint.analysis.sought import mentions, sought_name
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Span
from wmp_postlint.lazy import Record
from wmp_postlint.text import Text

AppealKind = Literal["missing", "wanted", "identify", "witness", "next-of-kin", "property"]

# The kinds that look for a person whom a policy protects; the other kinds are read so as not to be taken for these.
SOUGHT: tuple[AppealKind, ...] = ("missing", "wanted", "identify")
_ENOUGH = 3
_LONG = 1_000
# Stars and pictures around a headline are no part of its words.
_DECORATION = lazy.regex("[*~_=\u2022\u2190-\u2bff\U0001f000-\U0001faff]")
_EVIDENCE = ("age", "description", "contact", "crime")
_UNREAD = ("filename", "place")
# Without words of these lists no text is an appeal or the end of one.
_CUES = tuple((group, tier) for group in ("ask", "missing", "wanted", "identify") for tier in ("three", "two"))
_ENDS = (("resolved", "arrest"), ("resolved", "three"))
_OTHERS = (("next_of_kin", "patterns"), ("property", "patterns"), ("witness", "patterns"), ("resolved", "thanked"))


class Appeal(Record):
    """An appeal in one text of a post.

    Attributes:
        surface: the text.
        kind: what is sought; ``identify`` is a person whose face is known and whose name is not.
        resolved: whether the text says that the appeal is over.
        span: the words that make it an appeal, or, once resolved, those that say so.
        name: the sought person's name at its fullest, if one is written.
        age: the sought person's age in figures, if it stands beside the name.
        mentions: every place where the name, or its first or last part, stands, in order.
        confidence: high where the words can hardly mean anything else.
    """

    surface: Surface
    kind: AppealKind
    resolved: bool
    span: Span
    name: Span | None = None
    age: Span | None = None
    mentions: tuple[Span, ...] = ()
    confidence: Confidence = Confidence.HIGH


def read_appeals(document: Document) -> tuple[Appeal, ...]:
    """Return the appeals of a post, surface by surface.

    Once the body says that an appeal is over, the texts of the media beside it count as over too.
    """
    appeals = [
        appeal for surface in document.surfaces if surface.kind not in _UNREAD for appeal in _read(surface, document)
    ]
    main = [appeal for appeal in appeals if appeal.surface.kind == "body" and appeal.kind in SOUGHT]
    if not main or not all(appeal.resolved for appeal in main):
        return tuple(appeals)
    return tuple(
        appeal
        for appeal in appeals
        if appeal.resolved or appeal.surface.kind in ("body", "shared") or appeal.kind not in SOUGHT
    )


def open_appeals(document: Document) -> tuple[Appeal, ...]:
    """Return the appeals for a missing, wanted or unknown person that still stand."""
    return tuple(appeal for appeal in document.read(read_appeals) if appeal.kind in SOUGHT and not appeal.resolved)


def _read(surface: Surface, document: Document) -> Iterator[Appeal]:
    text = surface.text
    bounds = [(0, len(text))]
    if len(text) > _LONG:
        # A long text is no one appeal: each paragraph is read by itself.
        bounds = [match.span() for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text)]
    for start, end in bounds:
        yield from _read_block(surface, document, start, end)


def _read_block(surface: Surface, document: Document, offset: int, stop: int) -> Iterator[Appeal]:
    raw = _DECORATION.sub(" ", surface.text[offset:stop])
    # The surface's own text has been read for other rules already.
    raw = surface.text if raw == surface.text else Text(raw)
    # The short list first: most posts stop here, and never pay for reading the long ones.
    if not triggers().found(raw) or not any_pattern(*_CUES, *_ENDS, *_OTHERS).possible(raw):
        return
    text: str = Text(towns_small(pattern("decoys").blank(raw), document.policy.force.places))
    things = pattern("property").search(text)
    if things:
        text = Text(pattern("property").blank(text))
    kin = pattern("next_of_kin").search(text)
    if not (things or kin or _may_be_over(raw) or any_pattern(*_CUES).found(text)):
        if match := pattern("witness").search(raw):
            yield _appeal(
                surface, document, "witness", False, offset, stop, *match.span(), Confidence.MEDIUM, named=False
            )
        return
    ask, missing, wanted, identify = (score(group, text) for group in ("ask", "missing", "wanted", "identify"))
    ended = _ended(raw, text, ask, missing, wanted, identify)
    if ended is not None:
        kind, start, end = ended
        if kind is not None:
            yield _appeal(surface, document, kind, True, offset, stop, start, end, Confidence.HIGH)
        return
    evidence = {group: pattern("evidence", group).found(text) for group in _EVIDENCE}
    against = 2 * min(2, len({match.group().casefold() for match in pattern("against").finditer(raw)}))
    against += 3 * bool(things)
    seen = sum(evidence[group] for group in ("age", "description", "contact"))
    crime = evidence["crime"] + evidence["contact"]
    totals: dict[AppealKind, tuple[int, Score]] = {}
    if not kin:
        if (
            missing.top >= 2
            or ask.top == 3
            or (ask.top >= 2 and (seen >= 2 or evidence["age"] or (seen and ask.points >= 3)))
        ):
            totals["missing"] = (missing.points + ask.points + seen - against, missing.plus(ask))
        if wanted.top >= 2:
            totals["wanted"] = (
                wanted.points + ask.points + crime + evidence["age"] - against + 3 * bool(things),
                wanted.plus(ask),
            )
        if identify.top >= 2:
            # "This man about a stolen moped" asks for the man.
            about = 3 * bool(things and identify.top == 3)
            totals["identify"] = (identify.points + ask.points // 2 + crime + about - against, identify)
    totals = {kind: total for kind, total in totals.items() if total[0] >= _ENOUGH}
    if totals:
        found = _choose(totals, missing, wanted, identify, evidence["crime"])
        points, counted = totals.get(found) or totals["missing"]
        sure = Confidence.HIGH if points > _ENOUGH + 1 else Confidence.MEDIUM
        yield _appeal(surface, document, found, False, offset, stop, counted.start, counted.end, sure)
    others: tuple[tuple[AppealKind, re.Match[str] | None], ...] = (("next-of-kin", kin), ("property", things))
    for other, match in others:
        if match and not totals:
            yield _appeal(surface, document, other, False, offset, stop, *match.span(), Confidence.MEDIUM, named=False)
            return
    if not totals and (match := pattern("witness").search(raw)):
        yield _appeal(surface, document, "witness", False, offset, stop, *match.span(), Confidence.MEDIUM, named=False)


def _choose(
    totals: dict[AppealKind, tuple[int, Score]], missing: Score, wanted: Score, identify: Score, crime: bool
) -> AppealKind:
    """Choose between kinds that all have points enough: a crime decides for wanted, else the weightier cues do."""
    accused = max(wanted.points if wanted.top >= 2 else 0, identify.points if identify.top >= 2 else 0)
    if crime and missing.top < 2 and not accused and "missing" in totals:
        return "wanted"
    if "missing" in totals and (missing.points > accused or (missing.points == accused and not crime)):
        return "missing"
    if "wanted" in totals and (wanted.points >= identify.points or "identify" not in totals):
        return "wanted"
    if "identify" in totals:
        return "identify"
    return "wanted" if crime and "wanted" in totals else "missing"


def _may_be_over(raw: str) -> bool:
    """Tell quickly whether the text holds words of an end at all."""
    return any_pattern(*_ENDS).possible(raw) or all(
        pattern("resolved", tier).possible(raw) for tier in ("thanked", "news")
    )


def _ended(
    raw: str, text: str, ask: Score, missing: Score, wanted: Score, identify: Score
) -> tuple[AppealKind | None, int, int] | None:
    """Tell whether the text says that its appeal is over: of which kind, and in which words.

    The kind is None where the text only tells of work done, such as the arrest of a wanted man for whom nobody
    appealed. None means that nothing is over.
    """
    if not _may_be_over(raw):
        return None
    clean = pattern("resolved", "decoys").blank(pattern("decoys").blank(raw))
    arrest = pattern("resolved", "arrest").search(clean)
    found = pattern("resolved", "three").search(clean)
    news = pattern("resolved", "news").search(clean)
    over = found or arrest
    cue = max(missing.points, wanted.points, identify.points)
    thanked = news is not None and pattern("resolved", "thanked").search(news.group()) is not None
    if over is None:
        if not (thanked and news):
            return None
        # Thanks at the end of an appeal that stands do not end it.
        rest = text[: news.start()] + text[news.end() :]
        if any(score(group, rest).top >= 2 for group in ("ask", "missing", "wanted", "identify")):
            return None
        over = news
    if pattern("resolved", "open").search(text):
        return None
    told = pattern("resolved", "appealed").found(pattern("resolved", "decoys").blank(raw))
    final = found is not None and pattern("resolved", "final").search(found.group())
    tiers = (("identify", "three"),) if final else (("ask", "three"), ("ask", "two"), ("identify", "three"))
    asks = max((match.start() for group, tier in tiers for match in pattern(group, tier).finditer(text)), default=-1)
    if asks >= over.end() and (over is arrest or news is None):
        return None
    if over is arrest:
        if not (
            wanted.points
            or identify.points
            or any(pattern("resolved", tier).found(raw) for tier in ("spread", "sought"))
        ):
            return None
        kind: AppealKind = "identify" if identify.points > wanted.points else "wanted"
        return (kind if told else None), *over.span()
    if not (told or cue >= 2):
        return None
    if wanted.top >= 2 and wanted.points > missing.points:
        return "wanted", *over.span()
    if identify.top >= 2 and identify.points > missing.points:
        return "identify", *over.span()
    return "missing", *over.span()


def _appeal(
    surface: Surface,
    document: Document,
    kind: AppealKind,
    resolved: bool,
    offset: int,
    stop: int,
    start: int,
    end: int,
    confidence: Confidence,
    named: bool = True,
) -> Appeal:
    words = surface.text[offset + start : offset + end]
    end -= len(words) - len(words.rstrip(" \n\t|:!.,;-"))
    span = surface.span(offset + start, offset + end)
    name = sought_name(surface.text[offset:stop], document.policy) if named else None
    if name is None:
        return Appeal(surface, kind, resolved, span, confidence=confidence)
    (begin, close), age = name
    places = mentions(surface.text, surface.text[offset + begin : offset + close])
    return Appeal(
        surface,
        kind,
        resolved,
        span,
        surface.span(offset + begin, offset + close),
        surface.span(offset + age[0], offset + age[1]) if age else None,
        tuple(surface.span(*bounds) for bounds in places),
        confidence,
    )
