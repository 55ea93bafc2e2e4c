"""Where an officer works, said on a personal account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from wmp_postlint.analysis.cues import CueRule
from wmp_postlint.analysis.force_words import force_words
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass

_PERSONAL = {"account": {"handle": "dave_runs", "kind": "personal"}}
# Words that say police duty, and then a place of the force within a few words.
_DUTY = (
    r"(?:beat (?:bobby|cop|officer|pc|copper) (?:for|in|on)|"
    r"i police|i'm policing|policing|night duty|on duty|(?:response|neighbourhood|cid|traffic|beat|patrol) "
    r"(?:team |unit )?(?:in|at|for|on)|"
    r"(?:my|our) (?:\w+ )?(?:beat|patch|station|nick|ground|area) (?:is|covers)|stationed (?:in|at|on)|posted to|"
    r"(?:neighbourhood|response|traffic|proactive|priorities) team (?:in|at|for|on)|late turn (?:in|at|on)|"
    r"(?:lates|nights|earlies|response) (?:in|at|on)|"
    r"(?:patrolling|patrol) (?:in|around|on)?)"
)


class WorkingLocation(Worded, CueRule):
    """Flags the station, team or beat that somebody works at, said on a personal account.

    It tells an angry offender where to wait. Instead, say "work" and no place. Found are police stations and other
    places of the force with words of one's own work, and duty or a beat with a place that the force serves. It
    reads personal accounts only. Limits: a place that only a local knows as a police building is not known.
    """

    name = "personal-account/working-location"
    vocabulary = "personal_account/working_location"
    clauses = ("6.2",)
    severity = Severity.ERROR
    surfaces = frozenset({"body", "unseen", "alt", "caption", "seen", "link"})
    message = "This tells where you work, on a personal account."
    advice = "Leave the place, the station and the team out."
    examples = (
        Flag("«Back at Steelhouse Lane» nick tomorrow.", post=_PERSONAL),
        Flag("«Based at Lloyd House», second floor.", post=_PERSONAL),
        Flag("«Night duty in Lozells» again.", post=_PERSONAL),
        Flag("«My beat is Kings Heath» and I love it.", post=_PERSONAL),
        Pass("Late shift again. Send coffee.", post=_PERSONAL),
        Pass("Off to Coventry for the football.", post=_PERSONAL),
        Pass("May the force be with you, Abercwm", post=_PERSONAL),
        Pass("Stuck on a train at New Street station.", post=_PERSONAL),
        Pass("Based at Lloyd House, second floor."),
    )

    def applies(self, document: Document) -> bool:
        return document.account_kind == "personal"

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        if not self.applies(document) or surface.kind not in self.surfaces:
            return
        found = list(super().check(surface, document))
        yield from found
        if found:
            return
        if match := _duty(document.read(force_words).slots["places"]).search(surface.text):
            yield self.finding(surface, surface.span(*match.span()))


@cache
def _duty(places: str) -> re.Pattern[str]:
    duty = _DUTY.replace(" ", r"\s+")
    return re.compile(rf"(?<!\w){duty}\s*(?:(?:in|at|for|is|on)\s)?(?:the\s)?(?:{places})(?!\w)", re.IGNORECASE)
