"""Partners, courts, the force or colleagues run down in plain words."""

from __future__ import annotations

from wmp_postlint.analysis.frames import FrameRule
from wmp_postlint.finding import Severity
from wmp_postlint.rule import Flag, Pass


class Criticism(FrameRule):
    """Flags public criticism of partner agencies, sentences, the force or colleagues.

    It is not for a police account to judge a court, a council or its own force; such posts are quoted for years.
    Instead, report the fact, and raise the matter inside. Found are set ways of calling a partner or the force useless
    or to blame, of complaining of a sentence, and of telling people not to report. Quoted and reported words weigh one
    step less. Limits: criticism that only a reader of the news would understand is out of its reach.
    """

    name = "disrepute/criticism"
    vocabulary = "disrepute/criticism"
    clauses = ("4.6", "6.5")
    severity = Severity.WARNING
    message = "This runs down a partner, a court or the force in public."
    advice = "Report the fact without judging anybody, and raise your concern inside the force."
    examples = (
        Flag("«The council is useless», so we cleared the drain."),
        Flag("Jailed for ten weeks for burglary. A «slap on the wrist»."),
        Flag("Twelve hours and no break. «This force is a shambles»."),
        Flag("«The CPS couldn't be bothered again»."),
        Flag("Match over. Have they started «blaming the police yet»?"),
        Pass("The council is asking for your views on parking."),
        Pass("He was jailed for ten years, and the judge said that the scheme was a waste of lives."),
        Pass("Wasting police time is an offence."),
        Pass("The sentence was raised to nine years by the Court of Appeal."),
        Pass("Thank you to the ambulance service for their quick work."),
        Pass("The control room is busy tonight; please use 101 online for what can wait."),
    )
