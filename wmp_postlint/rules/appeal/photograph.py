"""Photographs of missing, wanted, suspected and convicted people."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.likeness import pictured_media
from wmp_postlint.document import Document
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.post import Media
from wmp_postlint.rule import Flag, Pass, PostRule

_MESSAGES = {
    "words": "This looks like a picture of somebody who is missing, wanted, suspected or convicted, or of a victim.",
    "appeal": "A picture goes out with an appeal for a person.",
    "offender": "The post calls an offender pictured, and carries a picture.",
}
_PICTURE = Media(filename="photo1.jpg")


class Photograph(PostRule):
    """Flags a picture or video of a missing, wanted, suspected or convicted person.

    Officers' and teams' accounts carry no photographs of offenders, victims or missing people: the press office posts
    them where it can take them down. E-fits, custody images, CCTV stills and posters with a face are photographs too.
    Instead, share the press office's post. It owns the medium: one that goes out with an open appeal, that its own alt
    text, caption or file name calls such a picture, or that the post calls an offender's. What the post's own words say
    of custody images and CCTV belongs to another rule. Limits: no face is looked for; words beside the picture decide.
    """

    name = "appeal/photograph"
    clauses = ("4.11",)
    severity = Severity.ERROR
    scope = "image"
    message = _MESSAGES["words"]
    advice = "Take it out. Share the post of {press_office}, or get its agreement first."
    examples = (
        Flag("#MISSING Jane Example, 14, from Aston. Last seen today.", field="media[0]", post={"media": (_PICTURE,)}),
        Flag("WANTED: Tom Example, 28, for burglary. Call 101.", field="media[0]", post={"media": (_PICTURE,)}),
        Flag("Do you recognise this man? Call 101.", field="media[0]", post={"media": (Media(filename="clip.mp4"),)}),
        Flag(
            "Five years for this one.", field="media[0]", post={"media": (Media(alt="Custody image of Tom Example"),)}
        ),
        Flag("A good result today.", field="media[0]", post={"media": (Media(filename="example_mugshot.jpg"),)}),
        Flag(
            "More to follow.", field="media[0]", post={"media": (Media(alt="E-fit of the suspect, a man in his 30s"),)}
        ),
        Flag("More to follow.", field="media[0]", post={"media": (Media(alt="CCTV still of a man in a blue coat"),)}),
        Flag("Please share.", field="media[0]", post={"media": (Media(caption="Missing poster: Jane Example, 14"),)}),
        Flag("Tom Example, pictured, has been jailed for five years.", field="media[0]", post={"media": (_PICTURE,)}),
        Flag(
            "GOOD NEWS| Missing Jane Example has been found safe and well.",
            field="media[0]",
            post={"media": (Media(alt="Jane Example smiling in a garden"),)},
        ),
        Pass("#MISSING Jane Example, 14, from Aston. Last seen today."),
        Pass("GOOD NEWS| Missing Jane Example has been found safe and well.", post={"media": (_PICTURE,)}),
        Pass("Have you seen our new van?", post={"media": (Media(alt="A police van in Dudley"),)}),
        Pass("Pictured: the Lord Mayor with our cadets.", post={"media": (_PICTURE,)}),
        Pass("New cameras in the subway.", post={"media": (Media(alt="CCTV camera on a pole"),)}),
        Pass("#MISSING Jane Example, 14, last seen here.", post={"media": (Media(alt="Map of Cannon Hill Park"),)}),
        Pass("RT @WMPolice: #MISSING Jane Example, 14, last seen in Aston.", post={"media": (_PICTURE,)}),
        Pass("Appealing for witnesses after a robbery in Aston. Call 101.", post={"media": (_PICTURE,)}),
        Pass("Meet the custody team.", post={"media": (Media(filename="custody-team-open-day.jpg"),)}),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        pictured = document.read(pictured_media)
        for attachment in document.attachments:
            if reason := pictured.get(attachment.field):
                sure = Confidence.MEDIUM if reason == "offender" else Confidence.HIGH
                yield self.finding(attachment, message=_MESSAGES[reason], confidence=sure)
