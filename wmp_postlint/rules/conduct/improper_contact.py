"""Courtship, secrecy and sexual talk with people that the police deal with."""

from __future__ import annotations

from wmp_postlint.analysis.cues import CueRule
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.finding import Severity
from wmp_postlint.rule import Flag, Pass

_MESSAGE = {"kind": "direct_message"}


class ImproperContact(Worded, CueRule):
    """Flags words that begin or carry on a sexual or improper emotional relationship.

    Victims, witnesses and offenders depend on the officer who deals with them, and to use that is an abuse of
    position that ends careers and cases. Instead, keep to the case, on the work's own channels. Found in replies
    and direct messages are invitations for two, praise of looks, feelings, questions whether somebody is single,
    secrecy and private channels; in posts, such words about people from a case. Appointments at a station, thanks,
    kind words to a family, and warnings of fraud pass. Limits: it does not know who the other person is, so in
    replies and messages it takes them to be somebody whom the police deal with.
    """

    name = "conduct/improper-contact"
    vocabulary = "conduct/improper_contact"
    clauses = ("6.12",)
    severity = Severity.ERROR
    quoted_passes = True
    message = "This reads as the start of an improper relationship."
    advice = (
        "Keep to the case and to the work's own channels. If somebody else should deal with it, ask your supervisor."
    )
    examples = (
        Flag("Hi it's Dan, I took your statement. «Fancy a drink sometime»?", post=_MESSAGE),
        Flag("«You looked gorgeous» in court yesterday.", post=_MESSAGE),
        Flag("I «can't stop thinking about you».", post=_MESSAGE),
        Flag("Add me on «my personal number». «Our little secret».", post=_MESSAGE),
        Flag("«Going on a date with a girl I» met when her house was burgled"),
        Pass("Would you like to meet at the station to give your statement?", post=_MESSAGE),
        Pass("What was he wearing when you saw him?", post=_MESSAGE),
        Pass("Thinking of you and your family at this sad time.", post=_MESSAGE),
        Pass("Coffee with a cop is on Saturday, come along.", post=_MESSAGE),
        Pass("Romance fraud: he'll call you babe and ask for money."),
        Pass("That's a beautiful drawing, thank you!", post=_MESSAGE),
    )
