"""The disclaimer that a page must show."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from wmp_postlint.analysis.lexicon import load_vocabulary
from wmp_postlint.analysis.phrases import Phrases
from wmp_postlint.document import Document
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.rule import Flag, Pass, PostRule

_PROFILE = {"kind": "profile", "account": {"handle": "TiptonWMP"}}


class _Vocabulary(Record):
    emergency: tuple[str, ...]
    routine: tuple[str, ...]


@cache
def _pattern(group: str) -> Phrases:
    return Phrases(getattr(load_vocabulary("account/disclaimer", _Vocabulary), group))


class Disclaimer(PostRule):
    """Flags a page's description that does not say how to report a crime.

    Somebody who writes for help to an account that nobody reads at night loses time. Instead, show the agreed
    disclaimer: 999 in an emergency, 101 or the website otherwise. It reads descriptions of official pages
    (``kind="profile"``) only.
    Limits: the agreed words themselves are with the press office; it looks for both
    ways to report.
    """

    name = "account/disclaimer"
    clauses = ("4.17",)
    severity = Severity.ERROR
    message = "This page does not say how to report a crime: 999 in an emergency, 101 or the website otherwise."
    advice = "Add the agreed disclaimer, which {press_office} has."
    examples = (
        Flag("Neighbourhood team for Tipton.", field="text", post=_PROFILE),
        Flag("Tipton team. Not monitored 24/7.", field="text", post=_PROFILE),
        Flag("Dog unit. In an emergency call 999.", field="text", post=_PROFILE),
        Pass("Tipton team. In an emergency call 999, to report crime call 101.", post=_PROFILE),
        Pass("Do not report crime here: use 101, 999 or our website.", post=_PROFILE),
        Pass("Dad, runner, police officer.", post={**_PROFILE, "account": {"handle": "dave", "kind": "personal"}}),
        Pass("Neighbourhood team for Tipton."),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        if document.post.kind != "profile" or document.account_kind == "personal":
            return
        text = " \n".join(surface.text for surface in document.surfaces if surface.kind == "body")
        if not (_pattern("emergency").found(text) and _pattern("routine").found(text)):
            yield self.finding("text")
