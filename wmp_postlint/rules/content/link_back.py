"""Posts that could lead to the force's own site and carry no link."""

from __future__ import annotations

from wmp_postlint.analysis.cues import CueRule
from wmp_postlint.analysis.tokens import targets
from wmp_postlint.document import Document
from wmp_postlint.finding import Severity
from wmp_postlint.rule import Flag, Pass


class LinkBack(CueRule):
    """Advises to link to the force's site from posts that report, appeal, recruit or give crime-prevention advice.

    The site gives the background, and can be corrected when a post cannot. Instead of a bare post, add the link to
    the page. It is advice only; a post with any link passes, and so do greetings, replies, messages and personal
    accounts. Limits: it cannot tell whether the site has such a page.
    """

    name = "content/link-back"
    vocabulary = "content/link_back"
    clauses = ("4.16",)
    severity = Severity.INFO
    message = "This could link to the force's own site."
    advice = "Add a link to the page on the force's site, if there is one."
    surfaces = frozenset({"body"})
    examples = (
        Flag("Two men «have been charged» after a robbery."),
        Flag("«We're recruiting» police constables."),
        Flag("«Lock your» car and take the keys with you."),
        Pass("Two men have been charged: https://www.west-midlands.police.uk/news/1"),
        Pass("Good morning Walsall!"),
        Pass("Did you see it? Call 101.", post={"kind": "reply"}),
        Pass("PD Rex says woof."),
    )

    def applies(self, document: Document) -> bool:
        return document.account_kind != "personal" and document.post.kind == "post" and not document.read(targets)
