"""Political opinion, graver while people are asked to vote."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.cues import CueMatch, CueRule
from wmp_postlint.analysis.dates import british
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.lazy import replace
from wmp_postlint.rule import Flag, Pass

_APRIL = {"published_at": "2026-04-20T09:00:00+01:00"}


class Opinion(Worded, CueRule):
    """Flags political opinion: parties, politicians, votes, and causes that parties fight about.

    Police officers serve every government and every voter, and the public must be able to believe it; the law forbids
    them to take an active part in politics. Instead, say nothing of it. Inside an election period of the policy pack
    (``elections``) it is an error. News of polling, of visits and of laws passes, and so do votes for awards and dogs.
    Limits: irony, and the names of local politicians, are not understood.
    """

    name = "political/opinion"
    vocabulary = "political/opinion"
    clauses = ("6.11", "6.5")
    severity = Severity.WARNING
    message = "This takes a side in politics."
    advice = "Leave it out. Ask {press_office} before you post about a vote."
    examples = (
        Flag("«Vote Labour» on Thursday if you care about policing.", severity=Severity.WARNING),
        Flag("«Vote Labour» on Thursday if you care about policing.", post=_APRIL, severity=Severity.ERROR),
        Flag("Never «trust the Tories» with our NHS."),
        Flag("«Brexit was» the worst decision ever."),
        Flag("«The Home Secretary should resign»."),
        Pass("Polling stations are open from 7am to 10pm."),
        Pass("Vote for PD Wez in the Hero Animal awards!"),
        Pass("The Police and Crime Commissioner visited our cadets."),
        Pass("Forced labour is modern slavery."),
        Pass("We are policing the Conservative Party Conference this week."),
        Pass("Conservative estimate: 200 bikes marked."),
    )

    def judged(self, match: CueMatch, surface: Surface, document: Document) -> Iterator[Finding]:
        for finding in super().judged(match, surface, document):
            poll = _election(document)
            if poll is None or finding.severity is not Severity.WARNING:
                yield finding
            else:
                yield replace(finding, severity=Severity.ERROR, notes=(*finding.notes, f"Raised: {poll}."))


def _election(document: Document) -> str | None:
    """Return the election period of the pack in which the post is published, in words."""
    if document.published_at is None:
        return None
    day = british(document.published_at).date()
    for election in document.policy.elections:
        if election.start <= day <= election.end:
            return f"the period before the poll of {election.end.day} {election.end:%B %Y} ({election.title})"
    return None
