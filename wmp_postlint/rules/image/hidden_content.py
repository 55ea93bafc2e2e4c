"""What a picture's file holds that nobody sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from wmp_postlint.document import Attachment, Document
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.post import Media
from wmp_postlint.rule import Flag, MediaRule, Pass

_KINDS: dict[str, tuple[Severity, str]] = {
    "video": (Severity.WARNING, "Behind this picture its file holds a short video, perhaps with sound."),
    "data": (Severity.WARNING, "After the end of the picture its file holds other data."),
    "thumbnail": (
        Severity.WARNING,
        "The small preview inside this file has another shape: it may show what was cut off.",
    ),
    "version": (Severity.WARNING, "This document holds an earlier version of itself, which can be brought back."),
    "picture": (Severity.INFO, "Behind this picture its file holds another one."),
}


def _picture(**parts: bytes) -> Callable[[], Mapping[str, object]]:
    """A post with a tiny picture, made only when somebody asks for it."""

    def post() -> Mapping[str, object]:
        from wmp_postlint.media import samples

        trailer = samples.mp4() if parts.get("trailer") == b"video" else parts.get("trailer", b"")
        return {"media": (Media(data=samples.jpeg(trailer=trailer), alt="A van"),)}

    return post


class HiddenContent(MediaRule):
    """Flags pictures whose file holds more than is seen.

    Phones put a few seconds of video with sound behind a picture; a program that cuts a picture can leave the old one
    in the preview or after the end; a changed PDF keeps what it was; files have been smuggled after a picture's end.
    Many platforms publish all of it. Instead, publish an export without these. A video, other data, a preview of
    another shape or an earlier version is a warning; a second picture, which is mostly a brightness or depth map, is
    advice. Limits: a preview of the same shape as the picture is not compared with it.
    """

    name = "image/hidden-content"
    clauses = ("5.3", "4.10")
    severity = Severity.WARNING
    message = "This file holds more than the picture that is seen."
    advice = "Export the picture anew, as a plain picture without its original, and publish the export."
    examples = (
        Flag("Our new van.", field="media[0].hidden", post=_picture(trailer=b"video")),
        Flag("Our new van.", field="media[0].hidden", post=_picture(trailer=b"PK\3\4 list of names " * 20)),
        Flag(
            "Our new van.",
            field="media[0].hidden",
            post=_picture(trailer=b"Log of the briefing, not for release. " * 5),
        ),
        Pass("Our new van.", post=_picture()),
        Pass("Our new van.", post=_picture(trailer=b"\0" * 4096)),
        Pass("Our new van.", post=_picture(trailer=b"\r\n")),
        Pass("Our new van, no picture."),
    )

    def check(self, attachment: Attachment, document: Document) -> Iterator[Finding]:
        for item in attachment.facts.hidden if attachment.facts else ():
            severity, message = _KINDS[item.kind]
            yield self.finding(
                f"{attachment.field}.hidden",
                severity=severity,
                confidence=Confidence.MEDIUM,
                message=message,
                data={"kind": item.kind, "path": item.path, "bytes": item.size},
            )
