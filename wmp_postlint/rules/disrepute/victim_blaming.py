"""Blame laid at the door of the person a crime was done to."""

from __future__ import annotations

from wmp_postlint.analysis.frames import FrameRule
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.finding import Severity
from wmp_postlint.rule import Flag, Pass


class VictimBlaming(Worded, FrameRule):
    """Flags posts that blame a victim, or tell possible victims how they should have behaved.

    Such words hurt the victim, keep others from reporting, and take the eye off the offender. Instead, speak of what
    the offender did and where help is to be had. Found are "should have" said of a victim or their friends beside an
    attack, an assault or a night out, "asked for it" and the like, and advice that makes people answerable for a crime
    against them. A post that says that it is never the victim's fault passes. Limits: a picture, or a plain list of
    safety tips, can blame without such words.
    """

    name = "disrepute/victim-blaming"
    vocabulary = "disrepute/victim_blaming"
    clauses = ("4.6", "6.5")
    severity = Severity.WARNING
    message = "This lays what happened at the victim's door."
    advice = "Speak of what the offender did, and say where victims find help."
    examples = (
        Flag("A woman was attacked in the alley. «Her friends should have walked home with her»."),
        Flag("«If she hadn't been drinking» she would not have been assaulted."),
        Flag("«Ladies, don't walk home alone» tonight, there has been an attack."),
        Flag("Sexual assaults rise in December. «Which one of your mates is most vulnerable» tonight?"),
        Flag("She left her door open and «was asking for it».", severity=Severity.ERROR),
        Pass("Rape is never the victim's fault. Nobody should say that she should have stayed at home."),
        Pass("He should have walked away. Instead he punched a stranger and is in prison."),
        Pass("Don't be a victim of burglary: lock your shed."),
        Pass("Look out for each other tonight. If you feel unsafe, ask for Angela at the bar."),
        Pass("She should have been celebrating her birthday today."),
        Pass("The suspect should have handed himself in; we found him anyway."),
    )
