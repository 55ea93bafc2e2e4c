"""Adverts, links that pay, prize draws, and praise of what somebody sells."""

from __future__ import annotations

from wmp_postlint.analysis.cues import CueRule
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.document import Document
from wmp_postlint.finding import Severity
from wmp_postlint.rule import Flag, Pass


class Endorsement(Worded, CueRule):
    """Flags adverts, codes and links that pay, prize draws, private sales, and praise of a business or a product.

    The police buy from many and favour none; who is praised by an officer profits from the uniform. Instead, advise
    on the kind of thing ("a lock that is Sold Secure"), and thank helpers for what they did. Thanks, charity, crime
    prevention and warnings of fraud pass. Personal accounts are left alone. Limits: praise without any of the usual
    words, and a picture of a product, are not seen.
    """

    name = "content/endorsement"
    vocabulary = "content/endorsement"
    clauses = ("4.7",)
    severity = Severity.WARNING
    quoted_passes = True
    message = "This endorses a business or a product."
    advice = "Take it out, or say what kind of thing helps and not whose."
    examples = (
        Flag("Get «20% off» shed alarms at LockCo."),
        Flag("«Promo code COPPER10» at checkout"),
        Flag("«RT and follow @samplecakes for a chance to win» a hamper!"),
        Flag("«Best burger in Brum» at Sample's Grill."),
        Flag("«Selling two tickets for Villa v» Wolves, DM me"),
        Pass("Thanks to Sample's Grill for feeding the team."),
        Pass("Free shed alarms at our crime prevention event."),
        Pass("Beware: fake giveaway asks you to share to win a voucher."),
        Pass("Tickets for our charity football match are on sale."),
        Pass("Best job in the world? Apply to be a PC."),
    )

    def applies(self, document: Document) -> bool:
        return document.account_kind != "personal"
