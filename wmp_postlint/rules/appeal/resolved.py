"""Appeals that are over."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.appeal import SOUGHT, open_appeals, read_appeals
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, PostRule


class Resolved(Worded, PostRule):
    """Notes that an appeal is over, so that its traces can be taken down.

    A name and a face stay findable long after somebody is home, and can harm them for years. Say that the person is
    found, thank the public, leave out the name, and take down the first post and its picture. It says so when the new
    post repeats the name or carries a picture. Limits: it cannot see the posts that went before.
    """

    name = "appeal/resolved"
    clauses = ("4.12", "4.1")
    severity = Severity.INFO
    message = "This says that an appeal is over."
    advice = "Take down the first appeal and its picture on every page where it stands."
    examples = (
        Flag("GOOD NEWS| «Missing Jane Example, 14, has been found» safe and well. Thanks for sharing."),
        Flag("The «missing girl from Sparkbrook was located» overnight, safe and well."),
        Flag("Have you seen Ludo? **UPDATE** Ludo «has been found safe» - thank you!"),
        Flag("#WANTED UPDATE - Tom Example «handed himself in» this morning. Thanks for sharing our appeal."),
        Flag("The man in our CCTV appeal «has now been identified». Thank you."),
        Flag("Sadly, officers searching for missing Sam Sample have «found a body». His family know."),
        Flag("«Thanks for sharing our missing appeal» about Jane."),
        Pass("Have you seen Jane Example, 14? Police want to check she is safe and well."),
        Pass("Still missing: Jane Example, 14. She has not been found yet. Please share."),
        Pass("The driver was found to have no insurance. Car seized."),
        Pass("A man has been found guilty of burglary."),
        Pass("A knife was found in a bush after a weapons sweep."),
        Pass("1 male arrested, wanted on warrant for failing to appear at court."),
        Pass("Fire service offer free Safe and Well visits to older residents."),
        Pass("Thanks for sharing your concerns about parking. We'll be out this week."),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        for appeal in document.read(read_appeals):
            if not appeal.resolved or appeal.kind not in SOUGHT or appeal.surface.kind not in ("body", "shared"):
                continue
            yield self.finding(
                appeal.surface,
                appeal.span,
                message=_message(appeal.name is not None, bool(document.attachments)),
                confidence=appeal.confidence,
            )

    def excused(self, surface: Surface, document: Document) -> bool:
        """An appeal that is open is not over."""
        return bool(open_appeals(document))


def _message(named: bool, pictured: bool) -> str:
    again = {
        (True, True): " It gives the name again and carries a picture.",
        (True, False): " It gives the name again.",
        (False, True): " It carries a picture again.",
    }.get((named, pictured), "")
    return f"This says that an appeal is over.{again}"
