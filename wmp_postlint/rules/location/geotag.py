"""The post's own geo tag or check-in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.document import Document
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.post import Location
from wmp_postlint.rule import Flag, Pass, PostRule

_STATION = lazy.regex(r"\bpolice (?:station|headquarters|hq|front desk)\b", re.IGNORECASE)


class Geotag(PostRule):
    """Flags a geo tag or a check-in on the post.

    Coordinates tell where an officer stands, and later where one was; a place name tells it more roughly. Instead,
    switch location off in the app and name the place in the text when the public should know it. A check-in at a
    public police station is advice only. Limits: it sees what the scheduling program hands over, not what the platform
    adds later.
    """

    name = "location/geotag"
    clauses = ("5.3",)
    severity = Severity.ERROR
    message = "The post carries a geo tag with exact coordinates."
    advice = "Switch location off for this post. Name the place in the text if the public should know it."
    examples = (
        Flag("Out on patrol.", field="location", post={"location": Location(52.4, -1.9)}),
        Flag("Out on patrol.", field="location", post={"location": Location(52.4, -1.9, "Cannon Hill")}),
        Flag(
            "Out on patrol.",
            field="location",
            severity=Severity.WARNING,
            post={"location": Location(name="Cannon Hill")},
        ),
        Flag(
            "Come and see us.",
            field="location",
            severity=Severity.INFO,
            post={"location": Location(name="Solihull Police Station")},
        ),
        Pass("Out on patrol."),
        Pass("Out on patrol in Cannon Hill Park."),
        Pass("Out on patrol.", post={"location": Location()}),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        location = document.post.location
        if location is None:
            return
        if location.latitude is not None:
            data = {"latitude": location.latitude, "longitude": location.longitude}
            yield self.finding("location", data=data)
        elif location.name:
            severity = Severity.INFO if _STATION.search(location.name) else Severity.WARNING
            message = "The post carries the name of a place as its geo tag."
            yield self.finding("location", severity=severity, message=message)
