"""A file that is not what its name says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath

from wmp_postlint.document import Attachment, Document
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.post import Media
from wmp_postlint.rule import Flag, MediaRule, Pass


def _file(kind: str, name: str) -> Callable[[], Mapping[str, object]]:
    """A post with a tiny file, made only when somebody asks for it."""

    def post() -> Mapping[str, object]:
        from wmp_postlint.media import samples

        return {"media": (Media(data=getattr(samples, kind)(), filename=name, alt="A van"),)}

    return post


class FileType(MediaRule):
    """Flags a picture or video whose name says that it is of another kind.

    A file that is renamed may be shown wrongly, be refused by a platform, or slip past a check that goes by names. This
    library goes by the content. Instead, export the file anew in the kind that its name says. Limits: a name without an
    ending says nothing and passes.
    """

    name = "image/file-type"
    clauses = ("5.3",)
    severity = Severity.INFO
    message = "This file is of another kind than its name says."
    advice = "Export it anew in the kind that the name says, or give it the right ending."
    examples = (
        Flag("Our new van.", field="media[0].filename", post=_file("png", "van.jpg")),
        Flag("Our new van.", field="media[0].filename", post=_file("mp4", "van.jpeg")),
        Flag("Our new van.", field="media[0].filename", post=_file("jpeg", "van.gif")),
        Pass("Our new van.", post=_file("jpeg", "van.JPG")),
        Pass("Our new van.", post=_file("png", "van.png")),
        Pass("Our new van.", post=_file("jpeg", "van")),
        Pass("Our new van.", post=_file("mp4", "van.mov")),
    )

    def check(self, attachment: Attachment, document: Document) -> Iterator[Finding]:
        suffix = PurePath(attachment.filename or "").suffix.lower().removeprefix(".")
        if attachment.facts and attachment.facts.suffixes and suffix and suffix not in attachment.facts.suffixes:
            yield self.finding(f"{attachment.field}.filename", data={"container": attachment.facts.container})
