"""One text of a post that rules read: as a reader sees it, and folded for matching."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.finding import Span
from wmp_postlint.text import Text, View, fold

SurfaceKind = Literal["body", "shared", "unseen", "alt", "caption", "filename", "metadata", "seen", "link", "place"]

_DIGIT = lazy.regex(r"\d")


class Surface:
    """One text of a post that rules read.

    Attributes:
        field: its name in findings, such as ``text`` or ``media[0].alt``.
        kind: what it is: the ``body``, words ``shared`` from another account, ``unseen`` markup, an ``alt`` text, a
            ``caption``, a ``filename``, ``metadata`` of a medium, words ``seen`` in a picture, the visible words of a
            ``link``, or a ``place`` name.
        visible: the text as a reader sees it.
    """

    __slots__ = ("__dict__", "field", "kind", "visible")

    def __init__(self, field: str, kind: SurfaceKind, visible: View) -> None:
        self.field = field
        self.kind = kind
        self.visible = visible

    @cached_property
    def folded(self) -> View:
        """The text with disguises undone and case kept: what rules match on."""
        return fold(self.visible)

    @cached_property
    def text(self) -> str:
        """The folded text, ``folded.text``, which keeps what the sieves read of it."""
        return Text.of(self.folded.text)

    @cached_property
    def digits(self) -> int:
        """How many digits the folded text holds: for most texts none, which spares them many a rule."""
        return len(_DIGIT.findall(self.folded.text))

    def span(self, start: int, end: int) -> Span:
        """Return the span, in the field as it was given, of a match on the folded text."""
        return self.folded.span(start, end)
