"""Approvals that came with the post and do not hold."""

from collections.abc import Iterator
from typing import Any

from wmp_postlint.document import Document
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, PostRule


def _approved(**changes: str) -> dict[str, Any]:
    from wmp_postlint.post import Approval

    plain = {"covers": "appeal", "by": "Press Office", "reference": "CC-12"}
    return {"approvals": (Approval(**{**plain, **changes}),)}  # type: ignore[arg-type]  # texts, all of them


# What content_digest gives for the example's words; another text has another.
_DIGEST = "993e1832138d3b7d57d001ee5c4c204069f092a39642a74afbaba680f75c135c"


class Invalid(PostRule):
    """Flags an approval that was given with the post and does not hold.

    A signature that is wrong, that was made with a key or an algorithm that does not count, whose time is over or has
    not come, that was taken back, or that was given for another text, picture, account or platform; a digest that is
    not the post's; a scope that does not exist. Somebody believes that the post is agreed, and it is not. Instead, ask
    the press office to approve the post as it stands now. Limits: whether the signer should have agreed is not read.
    """

    name = "approval/invalid"
    clauses = ("4.8", "4.12", "4.14", "4.24")
    severity = Severity.ERROR
    message = "An approval of this post does not hold."
    advice = "Ask {press_office} to approve the post as it stands now."
    examples = (
        Flag("Good morning", field="approvals[0]", post=lambda: _approved(covers="apeal")),
        Flag("Good evening", field="approvals[0]", post=lambda: _approved(digest=_DIGEST)),
        Flag("Good morning", field="approvals[0]", post=lambda: _approved(digest="")),
        Pass("Good morning", post=lambda: _approved(digest=_DIGEST)),
        Pass("Good morning", post=_approved),
        Pass("Good morning", post=lambda: _approved(covers="image", by="Ch Supt Invented")),
        Pass("Agreed with Corporate Communications, reference CC-12."),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        if not document.post.approvals:
            return
        from wmp_postlint.approvals.judge import judge  # brings what signatures need

        for index, judgement in enumerate(document.read(judge)):
            if judgement.grave:
                reference = judgement.approval.reference
                yield self.finding(f"approvals[{index}]", message=f"The approval {reference} {judgement.problem}.")
