"""Appeals for wanted people, and for people whom the police want to identify."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.appeal import open_appeals
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, PostRule


class WantedPerson(Worded, PostRule):
    """Flags an appeal to find a wanted person, or to identify or speak to an unknown one.

    To call somebody wanted in public accuses them and can harm a trial, or be plainly wrong; so the press office and
    the investigating officer decide on it. Instead, share the main account's own post, or ask the press office first
    and hand over its approval. It covers warrants, recalls to prison, failures to appear, "do you know him" and "we
    want to speak to this man". Calls for witnesses pass, and so do arrests of people who had been wanted, and the word
    in its everyday uses. Limits: a description of an unknown offender in a call for witnesses is not taken for one.
    """

    name = "appeal/wanted-person"
    clauses = ("4.12", "4.14")
    severity = Severity.ERROR
    scope = "appeal"
    message = "This asks the public to find a wanted person. It needs an agreement first."
    advice = "Share the main account's own post, or get the agreement of {press_office} first."
    examples = (
        Flag("Have you seen Tom Example? The 34-year-old «is wanted on» recall to prison. Call 101."),
        Flag("«WANTED»: Tom Example, 28, of no fixed address, in connection with burglaries across Coventry."),
        Flag("«Do you recognise this man»? We're investigating a theft in Dudley."),
        Flag("We «want to speak to this man» about a robbery in Lozells on 3 May."),
        Flag("«CCTV APPEAL» | It follows an assault on a bus in Handsworth. Call us if you know them."),
        Flag("A «warrant has been issued for the arrest» of Sam Sample, 30. Information to 101, please."),
        Flag("«Failed to appear» at court - we're looking for Tom Example, 45. Know where he is? Ring 101."),
        Flag("Sam Example has «escaped from HMP» Sample. Do not approach him, call 999."),
        Pass("Wanted man Tom Example has been arrested following our appeal. Thanks for the shares."),
        Pass("I always wanted to be a police officer. Ten years on I still love it."),
        Pass("WANTED: volunteers to help run our cadet unit in Walsall."),
        Pass("1 male arrested, wanted on warrant for failing to appear at court."),
        Pass("We want to speak to anyone who saw the collision. Were you there?"),
        Pass("Do you recognise the signs of domestic abuse?"),
        Pass("We want to speak to residents about speeding on Bristol Road."),
        Pass("A man has been found guilty of murder. He was on the run for six years before his arrest."),
        Pass("CCTV cameras are being installed in the subway to deter offenders."),
        Pass("We want you! Apply now to be a special constable."),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        for appeal in open_appeals(document):
            if appeal.kind == "wanted":
                yield self.finding(appeal.surface, appeal.span, confidence=appeal.confidence)
            elif appeal.kind == "identify":
                message = "This asks the public to identify somebody the police look for. It needs an agreement first."
                yield self.finding(appeal.surface, appeal.span, confidence=appeal.confidence, message=message)

    def excused(self, surface: Surface, document: Document) -> bool:
        return bool(open_appeals(document))
