"""Annotated excerpts: the lines of a text that a span touches, and carets under the cells it takes up."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.checker.terminal import PLAIN, Style, cells, graphemes, pieces
from wmp_postlint.finding import Severity, Span
from wmp_postlint.lazy import Record

_MOST_LINES = 4
_CUT = "..."
_SAYING = lazy.regex(r"[^\s!-/:-@\[-`{-~]")


def masked(text: str) -> str:
    """Return a text with a star for each character but spaces and ASCII punctuation, so that its shape is left."""
    return _SAYING.sub("*", text)


def place_of(text: str, at: int) -> tuple[int, int]:
    """Return the line and the column of a position in a text, both from 1, in code points."""
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


class Frame(Record):
    """How an excerpt is set: cells of a line, number of the text's first line, whether it is masked, its colours."""

    width: int = 80
    first_line: int = 1
    mask: bool = False
    style: Style = PLAIN


def excerpt(text: str, span: Span, severity: Severity, frame: Frame) -> Iterator[str]:
    """Yield the lines of an annotated excerpt.

    Args:
        text: the field's text as it was given.
        span: the stretch of it to mark.
        severity: what colour the carets have.
        frame: how it is set.
    """
    style, first_line = frame.style, frame.first_line
    start_line = text.count("\n", 0, span.start)
    end_line = start_line + text.count("\n", span.start, max(span.start, span.end - 1))
    numbers = [*range(start_line, end_line + 1)]
    skipped = len(numbers) > _MOST_LINES
    if skipped:
        numbers = [*numbers[: _MOST_LINES - 1], numbers[-1]]
    gutter = len(str(first_line + end_line))
    bar = style("frame", "|")
    line_start = text.rfind("\n", 0, span.start) + 1
    yield f"{' ' * gutter} {bar}"
    for number in range(start_line, end_line + 1):
        found = text.find("\n", line_start)
        line_end = found if found >= 0 else len(text)
        if number in numbers:
            if skipped and number == numbers[-1]:
                yield style("quiet", _CUT)
            line = text[line_start:line_end].removesuffix("\r")
            start = min(max(span.start - line_start, 0), len(line))
            end = min(max(span.end - line_start, start), len(line))
            shown, offset, length = annotate(
                masked(line) if frame.mask else line, start, end, max(8, frame.width - gutter - 3)
            )
            label = style("frame", f"{first_line + number:>{gutter}}")
            yield f"{label} {bar} {shown}".rstrip()
            yield f"{' ' * gutter} {bar} {' ' * offset}{style(str(severity), '^' * length)}"
        line_start = line_end + 1


def annotate(line: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """Return a line made harmless and cut to the width, and the offset and length in cells of its stretch.

    Args:
        line: one line of a text.
        start: where the stretch begins, in code points of the line.
        end: where it ends, exclusive.
        width: the most cells that the line may take.
    """
    # A line of a hundred thousand characters is cut before it is looked at closely.
    skip, keep = max(0, start - 4 * width), start + 8 * width
    cut_before, cut_after = skip > 0, keep < len(line)
    line, start, end = line[skip:keep], start - skip, min(end, keep) - skip
    parts = pieces(line)
    first = sum(map(len, parts[:start]))
    last = first + sum(map(len, parts[start:end]))
    clusters = list(_clusters(parts))
    begin, stop, at = len(clusters), len(clusters), 0
    for index, cluster in enumerate(clusters):
        after = at + len(cluster)
        if at <= first < after:
            begin = index
        if at < last <= after:
            stop = index + 1
        at = after
    stop = max(begin, stop if first < last else begin)
    sizes = [cells(cluster) for cluster in clusters]
    left, right = _window(sizes, begin, stop, width, cut_before or cut_after)
    head = _CUT if left or cut_before else ""
    tail = _CUT if right < len(clusters) or cut_after else ""
    offset = len(head) + sum(sizes[left:begin])
    length = sum(sizes[begin : min(stop, right)])
    return head + "".join(clusters[left:right]) + tail, offset, max(1, length)


def _clusters(parts: list[str]) -> Iterator[str]:
    """Yield what is drawn as one, an escape too."""
    plain = ""
    for part in parts:
        if len(part) == 1:
            plain += part
            continue
        yield from graphemes(plain)
        yield part
        plain = ""
    yield from graphemes(plain)


def _window(sizes: list[int], begin: int, stop: int, width: int, is_cut: bool) -> tuple[int, int]:
    """Choose which clusters to show: all if they fit, else the stretch with as much around it as fits."""
    if not is_cut and sum(sizes) <= width:
        return 0, len(sizes)
    room = width - 2 * len(_CUT)
    left, right, used = begin, begin, 0
    while right < len(sizes) and (right < stop or right == begin) and used + sizes[right] <= room:
        used += sizes[right]
        right += 1
    # A stretch that does not fit is shown from its beginning; else the words before and after share what is left.
    while True:
        grown = False
        if left > 0 and used + sizes[left - 1] <= room:
            left -= 1
            used += sizes[left]
            grown = True
        if stop <= right < len(sizes) and used + sizes[right] <= room:
            used += sizes[right]
            right += 1
            grown = True
        if not grown:
            return left, right
