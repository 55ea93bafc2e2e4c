"""Official accounts that become personal, and personal ones that become official."""

from __future__ import annotations

from wmp_postlint.analysis.cues import CueRule
from wmp_postlint.finding import Severity
from wmp_postlint.rule import Flag, Pass


class Conversion(CueRule):
    """Flags a post that turns an official account into a personal one, or the reverse.

    Followers of a police account trust it as police, and do not notice when it is one no more. Instead, hand the
    account to a colleague or close it, and open another. Handing over, closing and renaming an official account pass.
    Limits: a change that nobody announces is not seen.
    """

    name = "account/conversion"
    vocabulary = "account/conversion"
    clauses = ("4.23",)
    severity = Severity.WARNING
    message = "This turns an official account into a personal one, or the reverse."
    advice = "Hand the account over or close it, and tell {press_office}."
    examples = (
        Flag("I'm leaving on Friday so this «will become my personal account»."),
        Flag("I retire today. «I'm keeping this account»."),
        Flag("I'm «turning my own account into an official police» one, welcome new followers"),
        Pass("I'm leaving on Friday. Sgt Harcastle will take over this account."),
        Pass("This account will close, please follow @TiptonWMP."),
        Pass("Never let anyone use your personal bank account."),
    )
