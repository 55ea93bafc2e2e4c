"""Whole groups of people run down, without any slur."""

from __future__ import annotations

from wmp_postlint.analysis.frames import FrameRule
from wmp_postlint.finding import Severity
from wmp_postlint.rule import Flag, Pass


class Hostility(FrameRule):
    """Flags words that run down a whole group of people, whatever words they use.

    A list of slurs misses most of what hurts: it is said in plain words. The police serve every group. Instead, speak
    of what one person did. Found are groups by faith, origin, sex, disability, age or need called a bad name, told to
    leave, hated or stereotyped. A post that speaks against such words passes. Limits: a stereotype without one of the
    listed groups, and irony, are out of its reach.
    """

    name = "disrepute/hostility"
    vocabulary = "disrepute/hostility"
    clauses = ("4.6", "6.5")
    severity = Severity.ERROR
    message = "This runs down a whole group of people."
    advice = "Speak of what one person did, and leave the group out."
    examples = (
        Flag("Let's be honest, «travellers are all thieves»."),
        Flag("Sorry but «I hate immigrants»."),
        Flag("Crash on the ring road. «Typical woman driver»."),
        Flag("«Homeless people are scum» and should move on."),
        Flag('He shouted "«Muslims are vermin»" at a family and was fined.', severity=Severity.WARNING),
        Pass("Women are often not believed. We believe you."),
        Pass("Gypsy, Roma and Traveller people are welcome to meet our liaison officer."),
        Pass("Students are burglars' favourite targets in freshers' week."),
        Pass("Young people are invited to our youth night."),
        Pass("Saying that travellers are thieves is hate speech and will not be tolerated."),
        Pass("Too many people are dying on our roads."),
    )
