"""Live major incidents, and those that detectives or public protection deal with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.analysis.lexicon import load_vocabulary
from wmp_postlint.analysis.phrases import Phrases
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.rule import Flag, Pass, TextRule

# Code points on either side in which words belong to an incident: about two sentences.
_NEAR = 220
# How many words of incidents are looked at in one text; no post needs more.
_MOST = 200


class _Vocabulary(Record):
    major: tuple[str, ...]
    live: tuple[str, ...]
    recent: tuple[str, ...]
    past: tuple[str, ...]
    decoys: tuple[str, ...]
    traffic: tuple[str, ...]


@cache
def _pattern(group: str) -> Phrases:
    return Phrases(getattr(load_vocabulary("incident/major_incident", _Vocabulary), group))


class MajorIncident(Worded, TextRule):
    """Flags word of a live major incident, and of those that detectives or public protection investigate.

    What is said in the first hours about a killing, a shooting, a rape, a kidnapping or a terrorist threat can warn
    offenders, reach a family before an officer does, and harm a trial; so it goes out with the press office. Instead,
    share the main account's words. Such an incident that has just happened, without words that it is going on, is a
    warning; a closed road or a collision is advice. Court results, anniversaries, campaigns and training pass. Limits:
    an incident told without naming what happened ("busy night in Aston") is not seen.
    """

    name = "incident/major-incident"
    clauses = ("4.8",)
    severity = Severity.ERROR
    scope = "incident"
    message = "This is about a major incident that is going on. It goes out with the press office."
    advice = "Share what the main account says, or get the agreement of {press_office} first."
    examples = (
        Flag("We're currently dealing with a «stabbing» on Green Lane in Aston. Please avoid the area."),
        Flag("Officers are at the scene of a «shooting» in Lozells. More to follow."),
        Flag("«Murder» investigation launched after a man died in Tipton."),
        Flag("BREAKING: reports of an «explosion» in the city centre, emergency services are on their way."),
        Flag("A cordon is in place in Digbeth because of a «suspicious package». Stay away."),
        Flag("We have declared a «major incident». Stay indoors."),
        Flag("A teenager was «stabbed» in Handsworth last night. He is in hospital.", severity=Severity.WARNING),
        Flag("Detectives are investigating a «rape» in Walsall.", severity=Severity.WARNING),
        Flag("«Road closed» in Dudley, please use another route.", severity=Severity.INFO),
        Flag("We're «dealing with a two car collision» on the A38.", severity=Severity.INFO),
        Pass("A man has been jailed for life for the murder of his neighbour in 2016."),
        Pass("Two men have been charged with attempted murder after a shooting last night and will appear in court."),
        Pass("Ten years ago today we were called to a murder that has never been solved."),
        Pass("He was pronounced dead at the scene. Our thoughts are with his family."),
        Pass("Our officers are in schools this week to talk about knife crime and stabbings."),
        Pass("If you have been raped, support is available. You will be listened to."),
        Pass("Great night at the murder mystery dinner in aid of the air ambulance!"),
        Pass("We're currently dealing with a lot of calls, so you may have to wait."),
        Pass("Busy dealing with a shoplifter in Solihull this morning."),
        Pass("Firearms officers took part in a training exercise at the airport tonight. There was no terror attack."),
        Pass("RT if you like our new flu shot posters, on scene in the canteen."),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = surface.text
        if not _pattern("major").possible(text) and not _pattern("traffic").possible(text):
            return
        text = _pattern("decoys").blank(text)
        found = self._gravest(text)
        if found:
            severity, match = found
            message = None
            if severity is Severity.WARNING:
                message = "This is about a serious crime that detectives are likely to be dealing with."
            yield self.finding(
                surface,
                surface.span(*match.span()),
                severity=severity,
                message=message,
                confidence=Confidence.HIGH if severity is Severity.ERROR else Confidence.MEDIUM,
            )
        elif traffic := _pattern("traffic").search(text):
            yield self.finding(
                surface,
                surface.span(*traffic.span()),
                severity=Severity.INFO,
                message="This is a traffic notice.",
                advice="Keep to what drivers need to know; say nothing of causes, injuries or people.",
            )

    def _gravest(self, text: str) -> tuple[Severity, re.Match[str]] | None:
        milder = None
        for match in islice(_pattern("major").finditer(text), _MOST):
            near = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
            if _pattern("past").search(near):
                continue
            if _pattern("live").search(near):
                return Severity.ERROR, match
            if milder is None and _pattern("recent").search(near):
                milder = Severity.WARNING, match
        return milder
