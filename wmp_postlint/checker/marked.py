"""Texts with their found stretches marked, as HTML: harmless, with the number of each finding behind its words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from wmp_postlint.checker.excerpt import masked
from wmp_postlint.checker.terminal import pieces
from wmp_postlint.finding import Finding

_LONGEST = 4000


def marked_text(text: str, found: Sequence[tuple[int, Finding]], prefix: str, *, show: bool) -> str:
    """Return a text as HTML, each stretch in a ``mark`` of the gravest severity that lies on it.

    Args:
        text: the field's text as it was given.
        found: the findings in it that have a span, with their numbers.
        prefix: what the ids of the findings begin with.
        show: whether to show the words as they are; else they are masked.
    """
    shown = text if show else masked(text)
    edges = {0, min(len(text), _LONGEST)}
    for _, finding in found:
        assert finding.span
        edges |= {at for at in (finding.span.start, finding.span.end) if at <= _LONGEST}
    places = sorted(edges)
    parts = []
    for start, end in pairwise(places):
        words = "\n".join("".join(escape(piece) for piece in pieces(line)) for line in shown[start:end].split("\n"))
        on_it = [item for item in found if item[1].span and item[1].span.start <= start and end <= item[1].span.end]
        if on_it:
            worst = max((finding.severity for _, finding in on_it), key=lambda severity: severity.rank)
            words = f'<mark class="{worst}">{words}</mark>'
        parts.append(words)
        for number, finding in found:
            if finding.span and finding.span.end == end and finding.span.start < end:
                link = f'<a href="#{prefix}-{number}" aria-label="finding {number}">{number}</a>'
                parts.append(f"<sup>{link}</sup>")
    if len(text) > _LONGEST:
        parts.append(f"... ({len(text) - _LONGEST} more characters)")
    return "".join(parts)
