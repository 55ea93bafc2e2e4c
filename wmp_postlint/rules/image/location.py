"""The place where a picture or a video was taken, inside the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from wmp_postlint.document import Attachment, Document
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.media import Position
from wmp_postlint.post import Media
from wmp_postlint.rule import Flag, MediaRule, Pass

_SAME = 4  # decimal places of a degree, about ten metres

_TRACES: dict[str, tuple[Severity, str]] = {
    "track": (Severity.ERROR, "The video holds a track of where it was filmed."),
    "unparsed": (Severity.WARNING, "The file seems to hold a place in a form that could not be read."),
    "broken": (Severity.WARNING, "The file holds GPS data that is damaged, so the place in it could not be read."),
    "impossible": (Severity.INFO, "The file holds GPS data that is no place on earth."),
    "zero": (Severity.INFO, "The file holds GPS data without a fix (latitude and longitude zero)."),
    "time-only": (Severity.INFO, "The file holds the time of a GPS receiver, but no place."),
}


def _picture(kind: str, **metadata: tuple[float, float]) -> Callable[[], Mapping[str, object]]:
    """A post with a tiny picture, made only when somebody asks for it."""

    def post() -> Mapping[str, object]:
        from wmp_postlint.media import samples

        return {"media": (Media(data=getattr(samples, kind)(**metadata), alt="A van in the yard"),)}

    return post


class ImageLocation(MediaRule):
    """Flags a picture or video that says where it was taken.

    Phones write latitude and longitude into every file. Anybody can read them out of a post on many platforms: they
    lead to an officer's home, a victim's address or an operation. Instead, publish a copy without location, or switch
    location off in the camera. The coordinates are in the finding's data, never in its message. A GPS block without a
    usable position is a milder finding. Limits: a place that can be seen in the picture is for a person to judge.
    """

    name = "image/location"
    clauses = ("5.3",)
    severity = Severity.ERROR
    message = "This file says exactly where it was taken."
    advice = "Publish a copy without its location, and switch location off in the camera app."
    examples = (
        Flag("Our new van.", field="media[0].location", post=_picture("jpeg", gps=(52.48, -1.89))),
        Flag("Our new van.", field="media[0].location", post=_picture("png", gps=(52.48, -1.89))),
        Flag("Our new van.", field="media[0].location", post=_picture("webp", gps=(52.48, -1.89))),
        Flag("Our new van.", field="media[0].location", post=_picture("tiff", gps=(51.48, 0.0))),
        Flag("Our new van.", field="media[0].location", post=_picture("heic", gps=(52.48, -1.89))),
        Flag("The cordon from above.", field="media[0].location", post=_picture("jpeg", xmp_gps=(52.48, -1.89))),
        Flag("Fog.", field="media[0].location", severity=Severity.INFO, post=_picture("jpeg", gps=(0.0, 0.0))),
        Pass("Our new van.", post=_picture("jpeg")),
        Pass("Our new van.", post=_picture("png")),
        Pass("Our new van, no picture."),
    )

    def check(self, attachment: Attachment, document: Document) -> Iterator[Finding]:
        facts = attachment.facts
        if facts is None:
            return
        field = f"{attachment.field}.location"
        for positions in _places(facts.positions):
            data = {
                "latitude": positions[0].latitude,
                "longitude": positions[0].longitude,
                "route": positions[0].route,
                "path": positions[0].path,
                "copies": [{"route": position.route, "path": position.path} for position in positions[1:]],
            }
            yield self.finding(field, data=data)
        for trace in facts.traces:
            severity, message = _TRACES.get(trace.kind, _TRACES["unparsed"])
            data = {"kind": trace.kind, "route": trace.route, "path": trace.path}
            yield self.finding(field, severity=severity, confidence=Confidence.MEDIUM, message=message, data=data)


def _places(positions: Iterable[Position]) -> list[list[Position]]:
    """Bring the copies of one place together: a phone writes it into the file by several routes."""
    places: dict[tuple[float, float], list[Position]] = {}
    for position in positions:
        places.setdefault((round(position.latitude, _SAME), round(position.longitude, _SAME)), []).append(position)
    return list(places.values())
