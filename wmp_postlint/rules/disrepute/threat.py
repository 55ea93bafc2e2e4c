"""Threats, calls for violence, and boasts of force."""

from __future__ import annotations

from wmp_postlint.analysis.frames import FrameRule
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.finding import Severity
from wmp_postlint.rule import Flag, Pass


class Threat(Worded, FrameRule):
    """Flags threats, calls for violence and boasts of force.

    Police may use force, so a threat from them is never idle, and a boast of it costs the trust that policing by
    consent lives on. Instead, say what you did and which law allowed it. Found are threats, wishes that somebody comes
    to harm or gets a beating, calls for the death penalty, pleasure in forcing doors, Tasers or dog bites, and warnings
    of a visit for what people say. Words quoted or reported weigh one step less. Limits: menace without any of the
    usual wording is out of its reach.
    """

    name = "disrepute/threat"
    vocabulary = "disrepute/threat"
    clauses = ("4.6", "6.5")
    severity = Severity.ERROR
    message = "This reads as a threat or a boast of force."
    advice = "Say what was done and which law allowed it. Leave out what you would like to happen to anybody."
    examples = (
        Flag("People like that «should be shot».", severity=Severity.ERROR),
        Flag("To whoever took it: «watch your back».", severity=Severity.ERROR),
        Flag("Hope he «gets a good shoeing» inside.", severity=Severity.ERROR),
        Flag("«Kicking down doors is one of our favourite things».", severity=Severity.WARNING),
        Flag("«Can't wait to use my new Taser» tonight.", severity=Severity.WARNING),
        Flag("«Think before you post or you may receive a visit from us».", severity=Severity.WARNING),
        Flag('He told her: "«I will kill you»", and was jailed for it.', severity=Severity.WARNING),
        Pass("Officers forced the door and found 40 plants."),
        Pass("A man who threatened to kill his neighbour has been jailed."),
        Pass("A Taser was drawn but not used, and nobody was hurt."),
        Pass("Burglars, expect a visit from us."),
        Pass("We will kill the engine of any bike ridden in the park and seize it."),
        Pass("Nobody deserves to be hurt in their own home."),
        Pass("Think before you post: could it hurt somebody?"),
    )
