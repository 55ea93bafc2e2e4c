"""Coordinates, grid references, three-word addresses and map links in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.analysis.addresses import names_home, venues
from wmp_postlint.analysis.lexicon import load_vocabulary, words
from wmp_postlint.analysis.map_links import MapLink, map_link, without_point
from wmp_postlint.analysis.positions import Position, PositionKind, positions
from wmp_postlint.analysis.tokens import tokens
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Edit, Finding, Fix, Severity, Span
from wmp_postlint.lazy import Record
from wmp_postlint.post import Link
from wmp_postlint.rule import Flag, Pass, TextRule

_MESSAGES: dict[PositionKind, str] = {
    "coordinates": "These coordinates give an exact place.",
    "grid": "This map reference gives an exact place.",
    "three-words": "This three-word address gives a place to within three metres.",
    "plus-code": "This plus code gives an exact place.",
}
_LINK = "This map link leads to an exact place."
_SENTENCE = lazy.regex(r"[!?\n]|\.(?=\s)")
_HOUSE = lazy.regex(r"\s*\d{1,4}[a-z]?,?\s+[a-z]", re.IGNORECASE)

_Use = Literal["home", "venue", "unknown"]


class _Vocabulary(Record):
    invitations: tuple[str, ...]
    people: tuple[str, ...]


class Coordinates(TextRule):
    """Flags exact places: coordinates, grid references, what3words, plus codes and map links.

    They lead to one door or one patch of ground: where an officer stands, a victim lives, an operation runs. Instead,
    name the street, the district or the public place. Links are judged by where they lead, also behind the words of a
    link. A public place that the text names (a library, station, church, pub, park) is advice; a reference good to a
    kilometre only, and a map of a town or of a place that the link names, a warning; all else an error. Limits: where a
    shortened map link leads cannot be seen, so it counts as exact; three words without the name of the service or its
    slashes, and six digits without words of maps or a space, are left alone.
    """

    name = "location/coordinates"
    clauses = ("5.3",)
    severity = Severity.ERROR
    message = _MESSAGES["coordinates"]
    advice = "Name the street, the district or the public place instead."
    examples = (
        Flag("Van left burning at «52.4862, -1.8904» last night.", severity=Severity.ERROR),
        Flag("We are parked up at «52°29'10.3\"N 1°53'25.4\"W», obs going well", severity=Severity.ERROR),
        Flag("Quad bikes again, «lat 52.41236 long -1.77821»", severity=Severity.ERROR),
        Flag("Body found near the pool, grid ref «SP 069 868»", severity=Severity.ERROR),
        Flag("RVP is at «SP 06912 86834», silent approach", severity=Severity.ERROR),
        Flag("He is hiding out at «///filled.count.soap»", severity=Severity.ERROR),
        Flag("w3w: «daring.lion.race» for the cannabis farm", severity=Severity.ERROR),
        Flag("Her flat: «https://maps.app.goo.gl/a1B2c3D4»", severity=Severity.ERROR),
        Flag("Scrambler bikes meet here «https://www.google.com/maps/@52.48621,-1.89043,18z»", severity=Severity.ERROR),
        Flag("Meet us at Kings Heath Library: «https://goo.gl/maps/xYz123»", severity=Severity.INFO),
        Flag("Fly tipping in OS square «SP 06 86»", severity=Severity.WARNING),
        Flag("Plus code «9C4WF4P6+2R», bring the enforcer"),
        Flag(
            "Where it happened",
            field="links",
            severity=Severity.ERROR,
            post={"links": [{"url": "https://www.openstreetmap.org/?mlat=52.48621&mlon=-1.89043"}]},
        ),
        Pass("Patrolled 52.4, 1.9 miles more than last week. Scores: 52.48, 61.10, 58.33."),
        Pass("FTSE down 52.48, -1.89%. Version 52.4862.1 is out; pi is 3.14159, e is 2.71828."),
        Pass("Lost: part number SP069868 and SK123456, flight SP 0698, index SO12 ABC."),
        Pass("Meet at 10.30, 12.45 and 14.15 on 12.06.2024, 13.06.2024."),
        Pass("Do you have the what3words app? Three words could save your life."),
        Pass("It is -3.5 to 4.2 degrees and 52% humid in Solihull."),
        Pass("Read the safer.streets.plan, or see https://www.google.com/maps and https://what3words.com/about."),
        Pass("Server 52.48.62.18 is down, and 52.4862 people will hate it."),
        Pass("Officers SS 1234 and ST 5678; NO 123 456 people; WE DID SO 200 300 TIMES"),
        Pass("M6 J6, A38 and B4114: 1.25, 2.75 and 3.5 mile queues."),
        Pass("NEWS /// Arrests made /// More to come"),
        Pass("Ask us", post={"links": [{"url": "https://www.westmidlands.police.uk/maps/help"}]}),
    )

    def run(self, document: Document) -> Iterator[Finding]:
        typed = {
            token.text.casefold()
            for surface in document.surfaces
            for token in document.read(tokens, surface)
            if token.kind == "url"
        }
        yield from super().run(document)
        for link in dict.fromkeys(document.links):
            if link.url.casefold() not in typed and (target := map_link(link.url)):
                body = next((surface.text for surface in document.surfaces), "")
                yield from self._judge_link(target, _beside(body, *_place_of(link, body)), "links")

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        if surface.kind == "place":
            return
        text = surface.text
        for position in document.read(positions, surface):
            use = _beside(text, position.start, position.end)
            yield from self._judge(position, use, surface, surface.span(position.start, position.end))
        for token in document.read(tokens, surface):
            if token.kind == "url" and (target := map_link(token.text)):
                use = _beside(text, token.start, token.end)
                yield from self._judge_link(target, use, surface, surface.span(token.start, token.end), token.text)

    def _judge(self, position: Position, use: _Use, surface: Surface, span: Span) -> Iterator[Finding]:
        confidence = Confidence.HIGH if position.sure else Confidence.MEDIUM
        message = _MESSAGES[position.kind]
        if use == "home":
            message = "This gives the exact place of somebody's home or of a person."
        elif use == "venue":
            message = "This gives the exact place of somewhere open to the public."
        elif position.example:
            message = "This is a place given as an example."
        elif not position.fine:
            message = "This gives a place to within a kilometre."
        yield self.finding(
            surface,
            span,
            severity=_severity(use, position.fine, position.example),
            confidence=confidence,
            message=message,
        )

    def _judge_link(
        self, target: MapLink, use: _Use, where: Surface | str, span: Span | None = None, url: str = ""
    ) -> Iterator[Finding]:
        message = _LINK if target.exact else "This map link leads to a named place."
        if target.place and use != "home":
            use = "home" if _HOUSE.match(target.place) or names_home(target.place) else use
            use = "venue" if use == "unknown" and venues(target.place) else use
        if use == "home":
            message = "This map link leads to somebody's home or to a person."
        elif use == "venue":
            message = "This map link leads to a place that is open to the public."
        fixes: list[Fix] = []
        if span is not None and not isinstance(where, str) and use != "home" and (public := without_point(url)):
            fixes.append(Fix("Link to the place by its name, not to the point.", (Edit(where.field, span, public),)))
        yield self.finding(where, span, severity=_severity(use, target.exact), message=message, fixes=fixes)


def _severity(use: _Use, fine: bool, example: bool = False) -> Severity:
    if use == "home":
        return Severity.ERROR
    if use == "venue" or example:
        return Severity.INFO
    return Severity.ERROR if fine else Severity.WARNING


def _place_of(link: Link, body: str) -> tuple[int, int]:
    """Where a link stands in the body; one that has no place there belongs to all of a short post."""
    if link.start is not None and link.start < len(body):
        return link.start, max(link.start, link.end or 0)
    return len(body), len(body)


def _beside(text: str, start: int, end: int) -> _Use:
    """Read from the words around a place whether it is somebody's, or open to the public."""
    before, after = text[max(0, start - 180) : start], text[end : end + 80]
    # Skip the full stop right before a link: it begins no other subject.
    sentences = [part for part in _SENTENCE.split(before) if part.strip(" :-\u2193\u27a1")]
    near = sentences[-1] if sentences else ""
    after = _SENTENCE.split(after)[0]
    known = _patterns()
    if any(names_home(side) or known.people.search(side) for side in (near, after)):
        return "home"
    wide = ". ".join(sentences[-2:])
    invited = known.invitations.search(wide) is not None or known.invitations.search(after) is not None
    return "venue" if any(_names_venue(side, invited) for side in (wide, after)) else "unknown"


def _names_venue(text: str, invited: bool) -> bool:
    """Whether a text names a public place: with a capital, or in any words where people are invited."""
    for start, end in venues(text):
        before = re.search(r"(\w[\w'.-]*)\s+\Z", text[:start])
        if invited or text[start:end].istitle() or (before and before[1][0].isupper() and before.start() > 0):
            return True
    return False


class _Patterns(Record):
    invitations: re.Pattern[str]
    people: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    known = load_vocabulary("location/coordinates", _Vocabulary)
    return _Patterns(words(known.invitations), words(known.people))
