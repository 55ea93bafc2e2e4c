"""Pictures of sought, suspected or convicted people, as the words of a post or of a medium speak of them.

Faces themselves are not looked for: the words beside a picture say what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from wmp_postlint.analysis.appeal import open_appeals, read_appeals
from wmp_postlint.analysis.lexicon import load_vocabulary
from wmp_postlint.analysis.phrases import Phrases
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Span
from wmp_postlint.lazy import Record

LikenessKind = Literal["custody", "drawn", "camera", "poster"]

_OF_MEDIA = ("alt", "caption", "filename", "metadata")


class Likeness(Record):
    """Words that speak of a picture of a person: in which text, of which kind, and where."""

    surface: Surface
    kind: LikenessKind
    span: Span


class _Vocabulary(Record):
    custody: tuple[str, ...]
    drawn: tuple[str, ...]
    camera: tuple[str, ...]
    poster: tuple[str, ...]
    people: str
    nobody: tuple[str, ...]
    pictured: tuple[str, ...]
    offender: tuple[str, ...]


def likenesses(document: Document) -> tuple[Likeness, ...]:
    """Return the first words of each kind, in each text, that speak of a picture of a person.

    In the text of a medium a camera's picture counts when a person is spoken of, in the post's own text when an appeal
    to find or identify somebody stands beside it.
    """
    return tuple(found for surface in document.surfaces for found in _likenesses(surface, document))


def pictured_media(document: Document) -> dict[str, str]:
    """Return the media of the post that show a sought, suspected or convicted person, each with the reason.

    The reason is ``words`` where the medium's own texts say so, ``appeal`` where the post beside it is an appeal, and
    ``offender`` where it calls an offender pictured.
    """
    if not document.attachments:
        return {}
    said = {_medium(found.surface) for found in document.read(likenesses) if found.surface.kind in _OF_MEDIA}
    appeals = open_appeals(document)
    said |= {_medium(appeal.surface) for appeal in appeals if appeal.surface.kind in _OF_MEDIA}
    said |= set(_named(document))
    own = [appeal for appeal in appeals if appeal.surface.kind not in (*_OF_MEDIA, "shared")]
    shared = [appeal for appeal in appeals if appeal.surface.kind == "shared"]
    # The media of a bare share are those of the account that is shared.
    theirs = document.official_share and not any(surface.kind == "body" for surface in document.surfaces)
    pictured: dict[str, str] = {}
    for attachment in document.attachments:
        if theirs:
            continue
        if attachment.field in said:
            pictured[attachment.field] = "words"
        elif (own or (shared and not document.official_share)) and not _shows_nobody(attachment.field, document):
            pictured[attachment.field] = "appeal"
        elif _offender_pictured(document) and not _shows_nobody(attachment.field, document):
            pictured[attachment.field] = "offender"
    return pictured


@cache
def _words() -> _Vocabulary:
    return load_vocabulary("appeal/likeness", _Vocabulary)


@cache
def _pattern(group: str) -> Phrases:
    return Phrases(getattr(_words(), group))


@cache
def _people() -> Phrases:
    return Phrases((_words().people,))


def _likenesses(surface: Surface, document: Document) -> Iterator[Likeness]:
    text = surface.text
    if surface.kind == "place":
        return
    of_media = surface.kind in _OF_MEDIA
    # In a file name and the like, separators stand for spaces.
    spaced = re.sub(r"[-_.]", " ", text) if surface.kind == "filename" else text
    kinds: tuple[LikenessKind, ...] = (
        ("custody", "drawn", "camera", "poster") if of_media else ("custody", "drawn", "camera")
    )
    for kind in kinds:
        match = _pattern(kind).search(spaced)
        if match is None:
            continue
        if kind in ("camera", "drawn") and not (_people().found(spaced) if of_media else _asks(surface, document)):
            continue
        yield Likeness(surface, kind, surface.span(*match.span()))


def _asks(surface: Surface, document: Document) -> bool:
    return any(appeal.surface is surface and appeal.kind in ("identify", "wanted") for appeal in open_appeals(document))


def _medium(surface: Surface) -> str:
    return surface.field.partition(".")[0]


def _named(document: Document) -> Iterator[str]:
    """The media whose texts name the person of an appeal, open or over."""
    names = {
        appeal.surface.visible.source[appeal.name.start : appeal.name.end].casefold()
        for appeal in document.read(read_appeals)
        if appeal.name
    }
    for surface in document.surfaces:
        if surface.kind in _OF_MEDIA and names:
            text = re.sub(r"[-_.]", " ", surface.text.casefold())
            if any(re.search(rf"(?<!\w){re.escape(name.replace('-', ' '))}(?!\w)", text) for name in names):
                yield _medium(surface)


def _shows_nobody(field: str, document: Document) -> bool:
    """Whether the medium's own description says that it shows a map, a logo, a thing."""
    texts = [
        surface.text
        for surface in document.surfaces
        if surface.kind in ("alt", "caption") and _medium(surface) == field
    ]
    return bool(texts) and all(_pattern("nobody").search(text) and not _people().search(text) for text in texts)


def _offender_pictured(document: Document) -> bool:
    return any(
        _pattern("pictured").search(surface.text) and _pattern("offender").search(surface.text)
        for surface in document.surfaces
        if surface.kind == "body"
    )
