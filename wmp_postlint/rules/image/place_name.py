"""The name of a place in the metadata of a picture or a video."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from wmp_postlint.document import Attachment, Document
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.post import Media
from wmp_postlint.rule import Flag, MediaRule, Pass

# Fields that name no more than a town or a region.
_WIDE = ("city", "province", "state", "country", "worldregion", "region", "county", "continent")


def _picture(**texts: str) -> Callable[[], Mapping[str, object]]:
    """A post with a tiny picture, made only when somebody asks for it."""

    def post() -> Mapping[str, object]:
        from wmp_postlint.media import samples

        return {"media": (Media(data=samples.jpeg(xmp_packet=samples.xmp(None, **texts)), alt="A van"),)}

    return post


class PlaceName(MediaRule):
    """Flags a picture or video whose metadata name the place that it shows.

    Photo programs write the street, the house or the district into a file, from where anybody can read it, and a post
    that hides a place in its words gives it away in its picture. Instead, publish a copy without location. A street, a
    house or a named place is a warning; a town, a county or a country is advice. Limits: a place named in a title or a
    caption is for the rules of texts, which read these too.
    """

    name = "image/place-name"
    clauses = ("5.3",)
    severity = Severity.WARNING
    message = "This file names the place that it shows."
    advice = "Publish a copy without its location, unless the post names the place on purpose."
    examples = (
        Flag("Our new van.", field="media[0].metadata.xmp.Location", post=_picture(Location="12 Mill Lane")),
        Flag("A warrant.", field="media[0].metadata.xmp.Location", post=_picture(Location="The Red Lion car park")),
        Flag("A visit.", field="media[0].metadata.xmp.City", severity=Severity.INFO, post=_picture(City="Solihull")),
        Pass("Our new van.", post=_picture(title="A van")),
        Pass("Our new van.", post=_picture(description="A van in the yard")),
        Pass("Our new van, no picture."),
    )

    def check(self, attachment: Attachment, document: Document) -> Iterator[Finding]:
        for text in attachment.facts.texts if attachment.facts else ():
            if text.kind == "place":
                wide = any(word in text.name.lower() for word in _WIDE) and "sub" not in text.name.lower()
                yield self.finding(
                    f"{attachment.field}.metadata.{text.name}", severity=Severity.INFO if wide else Severity.WARNING
                )
