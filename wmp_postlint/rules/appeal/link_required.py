"""Appeals without a link to the force's own page."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.appeal import open_appeals
from wmp_postlint.analysis.tokens import SHORTENERS, leads_to_force, targets
from wmp_postlint.document import Document
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.post import Link
from wmp_postlint.rule import Flag, Pass, PostRule


class LinkRequired(PostRule):
    """Flags an open appeal that has no link to the force's own site or its Flickr page.

    The details and the picture belong on a page of the force's own, which can be taken down when the person is found or
    arrested; a post that others have copied cannot. Instead, put the appeal on the main site and link to it. A share of
    an official account passes, and so does an appeal that is over. Limits: a shortened link may lead anywhere; unless
    the scheduling program hands over its real target, the finding says that nobody could tell.
    """

    name = "appeal/link-required"
    clauses = ("4.12",)
    severity = Severity.WARNING
    message = "This appeal has no link to the force's own site, where it can be taken down again."
    advice = "Add a link to the appeal on the main site or on the force's Flickr page."
    examples = (
        Flag("«#MISSING» Jane Example, 14, from Erdington. Last seen yesterday in Kings Heath."),
        Flag("«WANTED»: Tom Example, 28. Please call 101. Details at https://news.example.org/wanted"),
        Flag("«Do you recognise this man»? We're investigating a theft. https://t.co/example1"),
        Flag(
            "«Have you seen Jane» Example, 14, from Aston? https://t.co/example1",
            post={"links": (Link("https://www.example.com/appeal"),)},
        ),
        Pass(
            "#MISSING Jane Example, 14, from Erdington. Last seen in Aston. https://www.west-midlands.police.uk/appeals"
        ),
        Pass("WANTED: Tom Example, 28. Please call 101. flickr.com/photos/westmidlandspolice/1"),
        Pass(
            "Have you seen Jane Example, 14, from Aston? https://t.co/example1",
            post={"links": (Link("https://www.west-midlands.police.uk/appeals/jane"),)},
        ),
        Pass("RT @WMPolice: #MISSING Jane Example, 14, from Erdington. Last seen yesterday in Kings Heath."),
        Pass("GOOD NEWS| Missing Jane Example, 14, has been found safe and well. Thanks for sharing."),
        Pass("Appealing for witnesses following a robbery in Aston. Did you see anything? Call 101."),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        appeals = open_appeals(document)
        if not appeals or document.official_share or document.read(leads_to_force):
            return
        hidden = any(target.host in SHORTENERS for target in document.read(targets))
        message = (
            "This appeal has only a shortened link, so nobody can tell whether it leads to the force's own site."
            if hidden
            else None
        )
        first = appeals[0]
        yield self.finding(first.surface, first.span, message=message, confidence=first.confidence)
