"""Pictures of collisions and scenes."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.cues import CueRule, cue_matches
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.post import Media
from wmp_postlint.rule import Flag, Pass

_TEXTS = ("alt", "caption", "filename")
# The readings of the vocabulary.
_SCENE, _GRAVE, _HARMLESS = "a scene", "somebody hurt", "a harmless picture"


class IncidentScene(CueRule):
    """Flags a picture that goes out with a post about a collision, a fire or a crime scene.

    A wreck shows a family how somebody died before an officer has told them, and a scene can harm a trial. Instead,
    use a map or a graphic, or no picture. It is an error where somebody was hurt or killed. A picture whose own
    description speaks of something harmless, such as a poster or a map, passes. Limits: what the picture shows is not
    looked at, only the words of the post and beside the picture.
    """

    name = "image/incident-scene"
    vocabulary = "image/incident_scene"
    clauses = ("4.10",)
    severity = Severity.WARNING
    scope = "image"
    message = "A picture beside a post about a collision or a scene. Such pictures sensationalise what happened."
    advice = "Use a map or a graphic instead, or get the agreement of {press_office}."
    examples = (
        Flag("Collision on the A38 this morning.", field="media[0]", post={"media": (Media(filename="IMG_1.jpg"),)}),
        Flag(
            "Fatal crash on the M6 last night.",
            field="media[0]",
            post={"media": (Media(filename="IMG_1.jpg"),)},
            severity=Severity.ERROR,
        ),
        Flag("Today's job", field="media[0]", post={"media": (Media(alt="Two damaged cars after a collision"),)}),
        Pass("Collision on the A38 this morning."),
        Pass("Crash helmets save lives.", post={"media": (Media(filename="IMG_1.jpg"),)}),
        Pass("Did you see the collision?", post={"media": (Media(alt="Poster with the words Witness Appeal"),)}),
        Pass("New patrol car day!", post={"media": (Media(filename="IMG_1.jpg"),)}),
    )

    def run(self, document: Document) -> Iterator[Finding]:
        if not document.attachments:
            return
        body = [surface for surface in document.surfaces if surface.kind in ("body", "shared")]
        told = self._readings(body, document)
        for attachment in document.attachments:
            fields = [f"{attachment.field}.{kind}" for kind in _TEXTS]
            shown = self._readings([surface for surface in document.surfaces if surface.field in fields], document)
            if _SCENE in shown or (_SCENE in told and _HARMLESS not in shown):
                severity = Severity.ERROR if _GRAVE in shown | told else Severity.WARNING
                yield self.finding(attachment, severity=severity, confidence=Confidence.MEDIUM)

    def _readings(self, surfaces: list[Surface], document: Document) -> frozenset[str]:
        return frozenset(
            match.reading.name for surface in surfaces for match in document.read(cue_matches, surface, self.vocabulary)
        )
