"""Everyday talk without a policing purpose."""

from __future__ import annotations

from wmp_postlint.analysis.cues import CueRule
from wmp_postlint.document import Document
from wmp_postlint.finding import Severity
from wmp_postlint.rule import Flag, Pass


class PolicingPurpose(CueRule):
    """Advises on posts that only talk of food, holidays, football and the like.

    A post of a police account should help people to be safe or to know their police. Instead, tie it to the work: a
    brew at the end of a night shift is about the shift. It is advice only, for posts of official accounts; greetings,
    thanks and feasts pass, and so does whatever holds a word of policing. Limits: it knows common small talk, not
    every purpose.
    """

    name = "content/policing-purpose"
    vocabulary = "content/policing_purpose"
    clauses = ("4.7",)
    severity = Severity.INFO
    message = "This shows no policing purpose."
    advice = "Say what it has to do with policing, or keep it for elsewhere."
    surfaces = frozenset({"body"})
    examples = (
        Flag("Morning all, «who fancies a bacon» butty?"),
        Flag("«What's your favourite» biscuit?"),
        Flag("«Look at my dinner», lasagne and chips"),
        Pass("Good morning from your Erdington team. We're on patrol all day."),
        Pass("A bacon butty after a long night shift."),
        Pass("Happy Diwali to all who celebrate."),
        Pass("Thanks!"),
    )

    def applies(self, document: Document) -> bool:
        return document.account_kind != "personal" and document.post.kind == "post"
