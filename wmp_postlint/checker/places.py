"""Where a finding stands: the file, and the line and the column where the text stands in the file as it is."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from wmp_postlint.checker.excerpt import place_of
from wmp_postlint.checker.outcome import Outcome
from wmp_postlint.finding import Finding, Span
from wmp_postlint.lazy import Record
from wmp_postlint.readers.loaded import Loaded


class Region(Record):
    """Lines and columns of a file from 1, the end exclusive; without columns it is the whole line."""

    line: int
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


def region_of(outcome: Outcome, finding: Finding | None, text: str | None) -> Region:
    """Return where a finding stands in its file: its words if they can be found there, else its post.

    They can in a draft, a text file and a cell of a table, where they stand as they are, and in JSON.

    Args:
        outcome: the post.
        finding: a finding of it; None for the post itself.
        text: the text that the finding's span lies in, if there is one.
    """
    loaded = outcome.loaded
    span = finding.span if finding is not None else None
    if finding is not None and span is not None and text is not None:
        if finding.field == "text" and loaded.text_line is not None:
            return span_region(loaded, span, text)
        if loaded.json and (found := loaded.json.places(finding.field, text, span.start, span.end)):
            return Region(*found[0], *found[1])
    return Region(max(1, loaded.line or 1), loaded.column if finding is None else None)


def span_region(loaded: Loaded, span: Span, text: str) -> Region:
    """Return where a stretch of a post's text stands in its file, for a text that stands there as it is."""
    first = loaded.text_line or 1
    start, end = (place_of(text, at) for at in (span.start, span.end))

    def column(place: tuple[int, int]) -> int:
        return place[1] + (loaded.text_column - 1 if place[0] == 1 else 0)

    return Region(first + start[0] - 1, column(start), first + end[0] - 1, column(end))


def posix(path: str) -> str:
    """Return a path relative to the working folder, with slashes, where it lies in it."""
    shown = Path(path)
    if shown.is_absolute():
        try:
            shown = shown.relative_to(Path.cwd())
        except ValueError:
            return shown.as_posix()
    return PurePosixPath(*(part for part in shown.parts if part != ".")).as_posix()


def uri(path: str) -> str:
    """Return a path as a URI, relative to the working folder where it lies in it."""
    from urllib.parse import quote  # costs 4 ms that other formats need not pay

    name = posix(path)
    encoded = quote(name.encode("utf-8", "replace"), safe="/-._~")
    return f"file://{encoded}" if name.startswith("/") else encoded
