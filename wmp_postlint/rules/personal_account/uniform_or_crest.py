"""Uniform, crest and force pictures on a personal account."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.cues import CueMatch, CueRule
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass

_PERSONAL = {"account": {"handle": "dave_runs", "kind": "personal"}}
_PICTURE = {**_PERSONAL, "media": [{"filename": "IMG_1.jpg", "data": b""}]}


class UniformOrCrest(Worded, CueRule):
    """Flags the uniform, the crest, the warrant card and pictures of the force on a personal account.

    They make a private account look official and its owner a target, and the name and crest are the force's own.
    Instead, show yourself in plain clothes. Found are words about them: a picture's description, caption or file
    name, or a post that has a picture and speaks of it. It reads personal accounts only. Limits: it does not look
    at what a picture shows.
    """

    name = "personal-account/uniform-or-crest"
    vocabulary = "personal_account/uniform_or_crest"
    clauses = ("6.2", "6.7", "6.8")
    severity = Severity.ERROR
    quoted_counts = True
    surfaces = frozenset({"body", "alt", "caption", "seen", "filename"})
    message = "This shows the uniform, the crest or a picture of the force on a personal account."
    advice = "Use a picture in plain clothes, without crest, kit or force photographs."
    examples = (
        Flag("Me in «my uniform» on day one", post=_PICTURE),
        Flag("Using the «WMP badge» as my avatar from now on.", post=_PERSONAL),
        Flag("«Me in police uniform» outside our house", on="media[0].alt", post=_PICTURE),
        Flag("«me in uniform».jpg", on="media[0].filename", post=_PICTURE),
        Pass("Me at the beach", post=_PICTURE),
        Pass("My son in his school uniform, first day!", post=_PICTURE),
        Pass("Ironing my uniform for the week.", post=_PERSONAL),
        Pass("Family crest found on an old spoon", post=_PICTURE),
        Pass("Me in my uniform on day one"),
    )

    def applies(self, document: Document) -> bool:
        return document.account_kind == "personal"

    def judged(self, match: CueMatch, surface: Surface, document: Document) -> Iterator[Finding]:
        # Words about kit in a post without a picture show nothing.
        if match.reading.name == "uniform" and not document.attachments:
            return
        yield from super().judged(match, surface, document)
