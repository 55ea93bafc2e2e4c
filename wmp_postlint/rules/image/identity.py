"""Who made a picture, whose camera it was, or whom it shows, in the metadata of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from wmp_postlint import lazy
from wmp_postlint.document import Attachment, Document
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.media.xmpfacts import names_user
from wmp_postlint.post import Media
from wmp_postlint.rule import Flag, MediaRule, Pass

Post: TypeAlias = Callable[[], Mapping[str, object]]

# Numbers of a camera, a lens or a file: they link pictures of one owner, and name nobody.
_NUMBERS = lazy.regex(r"serial|unique|identifier|documentid|instanceid|digest|cid$|cameraid", re.IGNORECASE)
_DEVICE = lazy.regex(
    r"(?:iphone|ipad|samsung|pixel|galaxy|huawei|sm-|canon|nikon|sony)\b.*|.{0,3}", re.IGNORECASE | re.DOTALL
)
# Who owns the rights is mostly a firm or the force.
_RIGHTS = lazy.regex(r"copyright|rights|credit|source|publisher|webstatement|supplier|licensor", re.IGNORECASE)
_FIRM = lazy.regex(
    r"\b(?:ltd|limited|plc|llp|inc|gmbh|police|constabulary|force|council|press|media|pictures|photos?|images|photography"
    r"|agency|studios?|newspapers?|communications|department|unit|team|getty|alamy|shutterstock|istock|adobe|canva|pexels"
    r"|unsplash|pixabay|crown|government|trust|nhs)\b|microsoft|hewlett|samsung|apple|google",
    re.IGNORECASE,
)  # fmt: skip


def _picture(artist: str | None = None, description: str | None = None, serial: str = "") -> Post:
    """A post with a tiny picture, made only when somebody asks for it."""

    def post() -> Mapping[str, object]:
        from wmp_postlint.media import samples

        fields = [(0xA431, 2, len(serial) + 1, serial.encode() + b"\0")] if serial else None
        block = samples.exif(fields=fields, artist=artist, description=description)
        return {"media": (Media(data=samples.jpeg(exif_block=block), alt="A van"),)}

    return post


class Identity(MediaRule):
    """Flags metadata that name a person behind or in a picture, or link it to others.

    The owner of a camera, the artist, people tagged by their faces, contact details and paths with a user's name travel
    with the file. They name officers, volunteers and members of the public who never agreed to it. Instead, publish a
    copy without metadata. A person's name or contact is a warning; serial numbers, which link the pictures of one
    camera, and a firm's or the force's own line of rights, are advice or pass. Limits: a firm that is called like a
    person is taken for one.
    """

    name = "image/identity"
    clauses = ("4.13", "5.3")
    severity = Severity.WARNING
    message = "This file names a person: who took the picture, who owns the camera, or who is in it."
    advice = "Publish a copy without what tells whose it is."
    examples = (
        Flag("Our new van.", field="media[0].metadata.exif.Artist", post=_picture(artist="Sam Carter")),
        Flag("Our new van.", field="media[0].metadata.exif.Artist", post=_picture(artist="sam.carter@example.org")),
        Flag(
            "Our new van.",
            field="media[0].metadata.exif.BodySerialNumber",
            severity=Severity.INFO,
            post=_picture(serial="082024001234"),
        ),
        Flag(
            "Our new van.",
            field="media[0].metadata.exif.ImageDescription",
            post=_picture(description=r"C:\Users\scarter\Pictures\van.psd"),
        ),
        Pass("Our new van.", post=_picture(artist="West Midlands Police")),
        Pass("Our new van.", post=_picture(description=r"C:\Users\Public\Pictures\van.psd")),
        Pass("Our new van.", post=_picture(serial="00000000")),
        Pass("Our new van.", post=_picture(artist="Example Pictures Ltd")),
        Pass("Our new van.", post=_picture(description="A van")),
        Pass("Our new van, no picture."),
    )

    def check(self, attachment: Attachment, document: Document) -> Iterator[Finding]:
        force = document.policy.force
        own = tuple(name.casefold() for name in (force.name, *force.short_names, force.press_office))
        for text in attachment.facts.texts if attachment.facts else ():
            field = f"{attachment.field}.metadata.{text.name}"
            if names_user(text.text):
                yield self.finding(field, message="This file holds a path with the name of a computer's user.")
                continue
            if text.kind != "identity" or not any(map(str.isalnum, text.text)) or not text.text.strip("0 .-"):
                continue
            said = text.text.casefold()
            if _NUMBERS.search(text.name):
                message = "This file holds a number of its camera, which links it to other pictures."
                yield self.finding(field, severity=Severity.INFO, message=message)
            elif any(name in said for name in own) or _FIRM.search(text.text) or _DEVICE.fullmatch(text.text):
                continue
            elif _RIGHTS.search(text.name):
                yield self.finding(field, severity=Severity.INFO)
            else:
                yield self.finding(field)
