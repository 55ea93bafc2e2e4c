"""Watching people through, or for, a social media account."""

from __future__ import annotations

from wmp_postlint.analysis.cues import CueRule
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.finding import Severity
from wmp_postlint.rule import Flag, Pass


class Surveillance(Worded, CueRule):
    """Flags the watching of identifiable people, online or off, and calls upon the public to do it.

    To follow what somebody does, again and again or under another name, is surveillance that the law lets only
    those do who have an authority (Regulation of Investigatory Powers Act 2000), and telling of it warns them.
    Instead, have it authorised, and keep it out of posts. Notices of overt cameras, number-plate readers, drones
    and patrols pass, and so do appeals for wanted people and advice on stalking. Limits: whether an authority
    exists is not in the text.
    """

    name = "conduct/surveillance"
    vocabulary = "conduct/surveillance"
    clauses = ("4.15",)
    severity = Severity.WARNING
    quoted_passes = True
    message = "This tells of watching somebody."
    advice = "Take it out. To watch people needs an authority, and is never told in a post."
    examples = (
        Flag("«Been scrolling through his Facebook» all night."),
        Flag("«We've been watching your» Snapchat map, Kyle."),
        Flag("«Been sat watching his house» all morning."),
        Flag("Please «film the family at no 9 whenever» they come and go."),
        Pass("CCTV is in operation in the town centre."),
        Pass("Keep an eye out for your elderly neighbours."),
        Pass("This account is not monitored 24/7."),
        Pass("Have you seen Lee Harcastle? He is wanted on recall to prison."),
        Pass("Follow us on Instagram for more from the team."),
    )
