"""``postlint fix`` for post files: the edits of findings put into the file, and the result linted again.

An edit is made only where the words stand in the file as they stand in the post: in drafts, text files, cells of tables
and posts in our own JSON. What lies in an export was published already and is not touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from difflib import unified_diff
from pathlib import Path

from wmp_postlint.checker.check import outcome_of
from wmp_postlint.checker.places import posix, span_region
from wmp_postlint.finding import Edit, Finding, Report, Status
from wmp_postlint.fixes import accepted_edits, with_edits, with_numbers_masked
from wmp_postlint.lazy import Record
from wmp_postlint.linter import Linter
from wmp_postlint.post import Post
from wmp_postlint.readers.files import Source
from wmp_postlint.readers.kind import kind
from wmp_postlint.readers.loaded import Loaded

_AS_IS = ("draft", "text", "bulk")
_JSON = ("wire", "lines")
_NEEDS_QUOTES = re.compile(r'[",;\t\r\n]')
_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")


class FixedFile(Record):
    """A file after the repair.

    ``before`` and ``after`` are its text; ``fixed`` counts the edits, ``notes`` say what could not be mended,
    ``reports`` are those of its posts as they are then, and ``unread`` counts what could not be read. ``pictures`` are
    files whose location was found.
    """

    path: str
    before: str
    after: str
    fixed: int
    notes: tuple[str, ...]
    reports: tuple[Report, ...]
    unread: int
    pictures: tuple[str, ...]

    @property
    def diff(self) -> str:
        """What changes, as a unified diff."""
        path = posix(self.path).lstrip("/")
        lines = unified_diff(self.before.splitlines(True), self.after.splitlines(True), f"a/{path}", f"b/{path}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def fix_file(source: Source, linter: Linter, now: datetime, *, safe_only: bool = True) -> FixedFile:
    """Lint the posts of a file, apply their fixes, and lint them again.

    Args:
        source: the file.
        linter: what finds the mistakes.
        now: the moment to judge at.
        safe_only: whether to leave out fixes that could change what a post says to its readers.
    """
    loaded = list(source.read())
    before = _text(source.path) if source.file is not None else ""
    forms = {name: kind(name) for name in (*_AS_IS, *_JSON)}
    form = next((name for name, each in forms.items() if each is source.kind), None)
    notes: list[str] = []
    changes: list[tuple[int, int, str]] = []
    reports: list[Report] = []
    pictures: list[str] = []
    fixed = unread = 0
    for each in loaded:
        outcome = outcome_of(each, linter, now)
        if each.post is None or outcome.report is None:
            notes.append(f"{each.place}: {each.error or each.skipped}")
            unread += each.skipped is None
            continue
        pictures += _located(each.post, outcome.report)
        findings: Iterable[Finding] = outcome.report.findings
        if not safe_only:
            findings = with_numbers_masked(each.post, findings)
        edits = accepted_edits(each.post, findings, safe_only)
        made, new = _changes(each, edits, before, form)
        if edits and not new:
            notes.append(f"{each.place}: {_why(source, form)}; change it by hand")
            made = {}
        changes += new
        fixed += sum(map(len, made.values()))
        if made:
            reports.append(linter.lint(with_edits(each.post, made), now=now))
        else:
            reports.append(outcome.report)
    after = before
    for start, end, words in sorted(changes, reverse=True):
        after = after[:start] + words + after[end:]
    return FixedFile(
        source.path, before, after, fixed, tuple(notes), tuple(reports), unread, tuple(dict.fromkeys(pictures))
    )


def _text(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return ""


def _why(source: Source, form: str | None) -> str:
    if form is None:
        return f"fixes are not written into a {source.kind.name if source.kind else 'file'}"
    return "the words do not stand in the file as they stand in the post"


def _changes(
    loaded: Loaded, edits: dict[str, list[Edit]], source: str, form: str | None
) -> tuple[dict[str, list[Edit]], list[tuple[int, int, str]]]:
    """Return the edits that can be made in the file, and what they change there."""
    if not edits or loaded.post is None:
        return {}, []
    if form in _JSON:
        change = _json_change(loaded, edits, source)
        return (edits, [change]) if change else ({}, [])
    if form not in _AS_IS or loaded.text_line is None:
        return {}, []
    starts = [0, *(match.end() for match in re.finditer("\n", source))]
    found = []
    for edit in edits.get("text", ()):
        region = span_region(loaded, edit.span, loaded.post.text)
        assert region.column is not None
        assert region.end_line is not None
        assert region.end_column is not None
        if not 1 <= region.line <= region.end_line <= len(starts):
            return {}, []
        shift = len("\ufeff") if source.startswith("\ufeff") and region.line == 1 else 0
        start = starts[region.line - 1] + region.column - 1 + shift
        end = starts[region.end_line - 1] + region.end_column - 1 + (shift if region.end_line == 1 else 0)
        words = loaded.post.text[edit.span.start : edit.span.end]
        # A table's unquoted cell cannot take every character; what is not there as it is is not changed.
        if source[start:end].replace("\r\n", "\n") != words or (
            form == "bulk" and _NEEDS_QUOTES.search(edit.replacement)
        ):
            return {}, []
        found.append((start, end, edit.replacement))
    return ({"text": edits["text"]}, found) if found else ({}, [])


def _json_change(loaded: Loaded, edits: dict[str, list[Edit]], source: str) -> tuple[int, int, str] | None:
    """Return how the object of a post changes in its file; written anew, since a text may hold escapes."""
    assert loaded.post is not None
    starts = [0, *(match.end() for match in re.finditer("\n", source))]
    start = starts[(loaded.line or 1) - 1]
    start += len(source[start:]) - len(source[start:].lstrip("\ufeff \t\r\n[,"))
    try:
        value, end = json.JSONDecoder().raw_decode(source, start)
    except ValueError:
        return None
    changed = with_edits(loaded.post, edits)
    for field in edits:
        if not _set(value, field, changed):
            return None
    if "text" in edits and "links" in value:
        return None  # their positions move with the text, and only the post knows how
    spread = "\n" in source[start:end]
    words = json.dumps(value, ensure_ascii=source.isascii(), indent=2 if spread else None)
    return start, end, words


def _set(value: object, field: str, changed: Post) -> bool:
    """Put a field of the changed post into its object; tell whether the object has the field."""
    new: object = changed
    target = value
    steps = field.split(".")
    for number, step in enumerate(steps):
        match = _STEP.fullmatch(step)
        if match is None:
            return False
        new = getattr(new, match[1], None)
        if match[2] is not None:
            new = new[int(match[2])] if isinstance(new, tuple) else None
        if not isinstance(target, dict) or match[1] not in target:
            return False
        if number == len(steps) - 1 and match[2] is None:
            target[match[1]] = new
            return isinstance(new, str)
        target = target[match[1]]
        if match[2] is not None:
            target = target[int(match[2])] if isinstance(target, list) else None
    return False


def _located(post: Post, report: Report) -> Iterable[str]:
    for finding in report.findings:
        match = re.fullmatch(r"media\[(\d+)\]\.location", finding.field)
        if match and finding.status is Status.OPEN and post.media[int(match[1])].path is not None:
            yield str(post.media[int(match[1])].path)
