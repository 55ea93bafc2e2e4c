"""Crime, harm or punishment made light of."""

from __future__ import annotations

from wmp_postlint.analysis.frames import FrameRule
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.finding import Severity
from wmp_postlint.rule import Flag, Pass


class Trivialising(Worded, FrameRule):
    """Flags posts that make light of crime, harm or punishment.

    A score line about people, a game made of a crash, glee over a sentence, a boast of force or a joke about an offence
    hurts victims and families, and has cost forces an apology. Instead, say what happened and what it means for people.
    Found are score lines ("Officers 1 ..."), "retweet for ... or like for ..." with a crash or a crime, a sentence or
    custody beside words or emoji of glee, and set phrases. Limits: puns and irony in plain words are out of its reach.
    """

    name = "disrepute/trivialising"
    vocabulary = "disrepute/trivialising"
    clauses = ("4.6", "6.5")
    severity = Severity.WARNING
    message = "This makes light of crime, harm or punishment."
    advice = "Say what happened and what it means for people; leave the joke out."
    examples = (
        Flag("«Officers 1 Burglars 0» tonight."),
        Flag("Result: «Thieves 0, Police 3». Well done nights."),
        Flag("Another crash. «Retweet for a small car or like for a big one»!"),
        Flag("Two men jailed for robbery. «Bye bye» boys."),
        Flag("Shoplifter remanded in custody «😂😂»"),
        Flag("Moved on from the station: «#suitcasewalkofshame»"),
        Flag("It was «just a domestic», so back to the beat."),
        Pass("Albion 2 Villa 1: thank you to both sets of fans."),
        Pass("Units 1 to 3 were searched; officers 12 and 14 attended."),
        Pass("Retweet for a chance to reach more people: have you seen this car?"),
        Pass("Three men have been jailed for 12 years for robbery."),
        Pass("Our charity football match: what a laugh 😂"),
        Pass("Officers forced the door and arrested a man of 34."),
        Pass("Tell us about crime 24 hours a day on 101."),
        Pass("Domestic abuse is never just an argument."),
    )
