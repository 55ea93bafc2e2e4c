"""Small plots as SVG, without a library: bars that lie, and lines over a row of labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

_WIDTH, _LABEL, _BAR, _ROOM = 720, 240, 18, 70
_COLOURS = ("#b3261e", "#b06f00", "#1f5fae", "#2e7d32", "#6a4fa3", "#555555")


def bars(title: str, values: Mapping[str, float]) -> str:
    """Return bars, one below the other, each with its label before it and its value behind.

    Args:
        title: what is shown, for readers who cannot see it.
        values: label to length, none below 0.
    """
    most = max(values.values(), default=0) or 1
    lines = []
    for at, (label, value) in enumerate(values.items()):
        top = at * (_BAR + 6)
        length = (_WIDTH - _LABEL - _ROOM) * value / most
        lines.append(
            f'<text x="{_LABEL - 8}" y="{top + 14}" text-anchor="end">{escape(_short(label))}</text>'
            f'<rect x="{_LABEL}" y="{top}" width="{length:.1f}" height="{_BAR}" fill="{_COLOURS[2]}"/>'
            f'<text x="{_LABEL + length + 6:.1f}" y="{top + 14}">{_number(value)}</text>'
        )
    return _svg(title, len(values) * (_BAR + 6) + 4, lines)


def curves(title: str, labels: Sequence[str], lines: Mapping[str, Sequence[float]], height: int = 240) -> str:
    """Return lines over a row of labels, with their names at the top.

    Args:
        title: what is shown, for readers who cannot see it.
        labels: what stands below, in order.
        lines: name to values, as many as labels.
        height: of the whole, in pixels.
    """
    left, top, right, bottom = 60, 34, _WIDTH - 20, height - 34
    most = max((value for values in lines.values() for value in values), default=0) or 1
    step = (right - left) / max(1, len(labels) - 1)
    drawn = [
        f'<line x1="{left}" y1="{bottom - (bottom - top) * part:.1f}" x2="{right}" '
        f'y2="{bottom - (bottom - top) * part:.1f}" stroke="#ddd"/>'
        f'<text x="{left - 6}" y="{bottom - (bottom - top) * part + 4:.1f}" text-anchor="end">{_number(most * part)}'
        "</text>"
        for part in (0, 0.5, 1)
    ]
    every = max(1, -(-len(labels) // 8))
    drawn += [
        f'<text x="{left + at * step:.1f}" y="{height - 12}" text-anchor="middle">{escape(label)}</text>'
        for at, label in enumerate(labels)
        if at % every == 0
    ]
    for at, (name, values) in enumerate(lines.items()):
        colour = _COLOURS[at % len(_COLOURS)]
        points = [(left + x * step, bottom - (bottom - top) * value / most) for x, value in enumerate(values)]
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        drawn.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>' for x, y in points[:200]]
        drawn.append(f'<text x="{left + at * 200}" y="16" fill="{colour}">{escape(name)}</text>')
    return _svg(title, height, drawn)


def _svg(title: str, height: int, lines: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{escape(title)}</title>{"".join(lines)}</svg>'
    )


def _short(label: str) -> str:
    return label if len(label) <= 36 else f"{label[:35]}…"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.2g}"
