"""Police work told on a personal account."""

from __future__ import annotations

from wmp_postlint.analysis.cues import CueRule
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.document import Document
from wmp_postlint.finding import Severity
from wmp_postlint.rule import Flag, Pass

_PERSONAL = {"account": {"handle": "dave_runs", "kind": "personal"}}


class PoliceBusiness(Worded, CueRule):
    """Flags arrests, jobs, scenes and other police work told on a personal account.

    News of police work belongs to the force's accounts, where somebody answers for it; told in private it reaches
    victims and courts unchecked. Instead, share what the force has posted. Found are arrests, searches, scenes,
    warrants, courts, custody and calls told as one's own work. That somebody is a police officer passes, and so does
    talk of films, and of crimes that happened to the writer. It reads personal accounts only, and not the words that
    they share. Limits: a hint without words of police work is not seen.
    """

    name = "personal-account/police-business"
    vocabulary = "personal_account/police_business"
    clauses = ("6.9", "6.6")
    severity = Severity.ERROR
    surfaces = frozenset({"body", "unseen", "alt", "caption", "seen", "link"})
    message = "This tells of police work on a personal account."
    advice = "Leave your work out, or share the force's own post."
    examples = (
        Flag("«Nicked a drink driver» last night, blew 98.", post=_PERSONAL),
        Flag("«Foot chase», two in custody, paperwork till 4am.", post=_PERSONAL),
        Flag("We «seized 40 plants» this morning.", post=_PERSONAL),
        Pass("I'm a police officer, ask me about careers.", post=_PERSONAL),
        Pass("Someone nicked my bike!", post=_PERSONAL),
        Pass("Watched a police documentary, the foot chase was wild", post=_PERSONAL),
        Pass("Jury service next week, wish me luck", post=_PERSONAL),
        Pass("Nicked a drink driver last night, blew 98."),
    )

    def applies(self, document: Document) -> bool:
        return document.account_kind == "personal"
