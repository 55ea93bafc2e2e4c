"""Custody images and CCTV appeals posted directly."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.analysis.likeness import likenesses
from wmp_postlint.analysis.tokens import targets
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.post import Media
from wmp_postlint.rule import Flag, Pass, PostRule

_OWN_TEXT = ("body", "shared", "unseen", "link")
_PICTURE = Media(filename="photo1.jpg")


class CustodyOrCctv(Worded, PostRule):
    """Flags a post whose words present a custody image, an e-fit or CCTV of a person in the post itself.

    Such pictures go out by agreement and by a link to a page of the force's own, since a trial may turn on them and a
    copy cannot be called back. Instead, link to the page, or share the press office's post. It owns the post's own
    words; the picture itself, and what its alt text, caption and file name say, belong to another rule. With neither
    picture nor link it is a warning: the words announce what is not there yet. A link without a picture passes. Limits:
    CCTV counts only where somebody is to be found or identified.
    """

    name = "appeal/custody-or-cctv"
    clauses = ("4.14",)
    severity = Severity.ERROR
    scope = "image"
    message = "Custody images, e-fits and CCTV of people go out by agreement and as a link, not in the post itself."
    advice = "Link to the appeal on the force's own site, or get the agreement of {press_office} first."
    examples = (
        Flag("«CCTV APPEAL» | Do you recognise this man? It follows an assault.", post={"media": (_PICTURE,)}),
        Flag("«Custody image» attached: Tom Example got five years.", post={"media": (_PICTURE,)}),
        Flag("An «e-fit» of the man we'd like to trace after an attempted rape.", post={"media": (_PICTURE,)}),
        Flag("Do you know him? «#CaughtOnCamera» Call 0800 555 111.", post={"media": (Media(filename="clip.mp4"),)}),
        Flag("«CCTV appeal» | Do you recognise this man? Call 101.", severity=Severity.WARNING),
        Flag("Ever seen a worse «mugshot»? He got six years.", severity=Severity.WARNING),
        Pass("CCTV appeal | Do you recognise this man? https://www.west-midlands.police.uk/cctv"),
        Pass("CCTV cameras are being installed in the subway.", post={"media": (_PICTURE,)}),
        Pass("Thanks to CCTV we arrested two people for shoplifting today.", post={"media": (_PICTURE,)}),
        Pass("Our CCTV operators spotted a man with a knife.", post={"media": (_PICTURE,)}),
        Pass("Come and see our new custody suite.", post={"media": (_PICTURE,)}),
        Pass("He is now in custody.", post={"media": (_PICTURE,)}),
        Pass("Do you have CCTV of Green Lane from last night? Call 101.", post={"media": (_PICTURE,)}),
        Pass("Five years for this one.", post={"media": (Media(alt="Custody image of Tom Example"),)}),
        Pass("#MISSING Jane Example, 14, from Aston. Last seen today.", post={"media": (_PICTURE,)}),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        found = [item for item in document.read(likenesses) if item.surface.kind in _OWN_TEXT]
        if not found:
            return
        if not document.attachments and document.read(targets):
            return
        seen: list[object] = []
        for item in found:
            if item.surface not in seen:
                seen.append(item.surface)
                yield self.finding(item.surface, item.span, severity=None if document.attachments else Severity.WARNING)

    def excused(self, surface: Surface, document: Document) -> bool:
        """What the alt text and the caption of a picture say belongs to another rule."""
        return surface.kind not in _OWN_TEXT
