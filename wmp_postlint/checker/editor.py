"""What an editor shows of a draft that is being written: marks in its text, each with what can be done about it.

Nothing here knows the language-server protocol: positions are code points of the whole text from 0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from wmp_postlint import lazy
from wmp_postlint.checker.check import outcome_of
from wmp_postlint.checker.outcome import Outcome, field_texts, headline
from wmp_postlint.checker.places import Region, region_of
from wmp_postlint.finding import Finding, Fix, Severity, Status
from wmp_postlint.fixes import with_numbers_masked
from wmp_postlint.lazy import Record
from wmp_postlint.linter import Linter
from wmp_postlint.readers.files import ENDINGS, Source
from wmp_postlint.readers.json_places import JsonSource
from wmp_postlint.readers.kind import kind
from wmp_postlint.readers.loaded import Loaded
from wmp_postlint.readers.place import File, Place

_JSON = ("wire", "lines")
_MENDED = ("draft", "text", *_JSON)
_BOM = "\ufeff"


class Change(Record):
    """Put ``words`` in the place of ``start`` to ``end``."""

    start: int
    end: int
    words: str


class Repair(Record):
    """A fix as changes of the file's text; ``safe`` when the post says the same to its readers afterwards."""

    title: str
    changes: tuple[Change, ...]
    safe: bool


class Mark(Record):
    """A stretch of the file's text and what is said of it.

    ``rule`` is empty where the file could not be read; ``severity`` is None where an approval or a waiver has answered.
    ``more`` is Markdown for whoever asks, ``link`` the page of the rule or of its clause.
    """

    start: int
    end: int
    severity: Severity | None
    rule: str
    message: str
    more: str
    link: str | None = None
    repairs: tuple[Repair, ...] = ()


def marks(path: Path, text: str, linter: Linter, now: datetime) -> list[Mark]:
    """Lint the text of a file as it stands in an editor.

    Args:
        path: where the file is or will be saved; its name tells the format, and pictures are looked for beside it.
        text: the text; a blank one is no post yet, and has no marks.
        linter: what checks it.
        now: the moment that posts without a time of publication are judged at.
    """
    if not text.strip():
        return []
    form = form_of(path.name)
    file = File(str(path), Place(path.parent), path.name, text.encode("utf-8", "surrogatepass"))
    page = _Page(text)
    found: list[Mark] = []
    for loaded in Source(str(path), file, kind(form)).read():
        found += _marks(outcome_of(loaded, linter, now), page, form, linter)
    return found


def form_of(name: str) -> str:
    """Return the format that a file's name promises; whatever promises none is read as a draft."""
    lowered = name.casefold()
    promised = next((form for ending, form in ENDINGS.items() if lowered.endswith(ending)), None)
    return promised or ("text" if lowered.endswith(".txt") else "draft")


def all_safe(found: Iterable[Mark]) -> tuple[Change, ...]:
    """Return the changes of all safe repairs that can be made together, the first of each mark."""
    made: list[Change] = []
    for mark in found:
        for repair in mark.repairs:
            if repair.safe and not any(_overlap(one, other) for one in repair.changes for other in made):
                made += repair.changes
                break
    return tuple(made)


def _overlap(one: Change, other: Change) -> bool:
    return (one.start < other.end and other.start < one.end) or one.start == other.start


class _Page:
    """The text of a file, found by line and column."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(self, line: int, column: int) -> int:
        """Return the position of a line and a column from 1, never outside of the text."""
        line = min(max(line, 1), len(self._starts))
        # Readers do not count the mark that a text may begin with.
        shift = 1 if line == 1 and self.text.startswith(_BOM) else 0
        return min(self._starts[line - 1] + column - 1 + shift, len(self.text))

    def line(self, line: int) -> tuple[int, int]:
        """Return where a line begins and ends, without what ends it."""
        start = self.at(line, 1)
        end = self.text.find("\n", start)
        words = self.text[start : len(self.text) if end < 0 else end]
        return start, start + len(words.rstrip("\r"))

    def stretch(self, region: Region) -> tuple[int, int]:
        """Return the positions of a region; those of its line where it has no end."""
        if region.column is None or region.end_line is None or region.end_column is None:
            start, end = self.line(region.line)
            return (start if region.column is None else min(self.at(region.line, region.column), end)), end
        return self.at(region.line, region.column), self.at(region.end_line, region.end_column)


class _Placing(Record):
    """What places the findings of one post: its outcome, its texts, the page and the file's format."""

    outcome: Outcome
    texts: dict[str, str]
    page: _Page
    form: str

    def region(self, finding: Finding) -> Region:
        """Return where a finding stands in the file."""
        text = self.texts.get(finding.field)
        region = region_of(self.outcome, finding, text)
        if region.column is None and finding.span is not None and text is not None and self.form in _JSON:
            source = _source(self.outcome.loaded, self.page, self.form)
            if places := source.places(finding.field, text, finding.span.start, finding.span.end):
                return Region(*places[0], *places[1])
        return region

    def repairs(self, finding: Finding) -> Iterator[Repair]:
        """Yield the fixes of a finding that can be made in the file."""
        post = self.outcome.loaded.post
        if post is None or self.form not in _MENDED or any(link.start is not None for link in post.links):
            return  # positions of links move with the text, and nothing in an editor moves them
        for fix in finding.fixes:
            if changes := self._changes(finding, fix):
                words = fix.description if fix.safe else f"{fix.description} (changes what the post says)"
                yield Repair(words, changes, fix.safe)

    def _changes(self, finding: Finding, fix: Fix) -> tuple[Change, ...]:
        made = []
        for edit in fix.edits:
            said = self.texts.get(edit.field)
            region = self.region(lazy.replace(finding, field=edit.field, span=edit.span))
            if said is None or region.column is None:
                return ()
            start, end = self.page.stretch(region)
            here, words = self.page.text[start:end].replace("\r\n", "\n"), edit.replacement
            if self.form in _JSON:
                here = json.loads(f'"{here}"', strict=False)
                words = json.dumps(words, ensure_ascii=self.page.text.isascii())[1:-1]
            if here != said[edit.span.start : edit.span.end]:
                return ()
            made.append(Change(start, end, words))
        return tuple(made)


def _source(loaded: Loaded, page: _Page, form: str) -> JsonSource:
    """Return the JSON text that a post was read from."""
    if form == "wire":
        return JsonSource(page.text.removeprefix(_BOM), 1, 1)
    start, end = page.line(loaded.line or 1)
    return JsonSource(page.text[start:end], loaded.line or 1, 1)


def _marks(outcome: Outcome, page: _Page, form: str, linter: Linter) -> Iterator[Mark]:
    """Yield the marks of one post of the file."""
    loaded, report = outcome.loaded, outcome.report
    if loaded.skipped is not None:
        return
    if report is None:
        start, end = page.stretch(Region(loaded.line or 1, loaded.column))
        yield Mark(start, end, Severity.ERROR, "", f"Not read: {loaded.error}", "")
        return
    for error in report.errors:
        words = f"Not checked: {f'{error.field}: ' if error.field else ''}{error.message}"
        yield Mark(*page.line(loaded.line or 1), Severity.ERROR, error.rule, words, "")
    placing = _Placing(outcome, field_texts(outcome, linter.policy), page, form)
    assert loaded.post is not None
    for finding in with_numbers_masked(loaded.post, report.findings):
        region = placing.region(finding)
        is_open = finding.status is Status.OPEN
        where = f"{finding.field}: " if region.column is None and finding.field != "text" else ""
        answered = "" if is_open else f"({finding.status}) "
        yield Mark(
            *page.stretch(region),
            finding.severity if is_open else None,
            finding.rule,
            f"{answered}{where}{finding.message} {finding.advice}",
            "\n\n".join(_said(finding, linter)),
            linter.policy.help_link(finding.rule, finding.clauses),
            tuple(placing.repairs(finding)) if is_open else (),
        )


def _said(finding: Finding, linter: Linter) -> Iterator[str]:
    """Yield what the mark under the pointer says, paragraph by paragraph, in Markdown."""
    label, _, message = headline(finding).partition(": ")
    page = linter.policy.rule_page(finding.rule)
    yield (f"[**{_plain(label)}**]({page})" if page else f"**{_plain(label)}**") + f" {_plain(message)}"
    yield _plain(finding.advice)
    for clause in finding.clauses:
        link = linter.policy.link(clause)
        name = f"[Clause {clause}]({link})" if link else f"Clause {clause}"
        yield f"{name}: {_plain(linter.policy.clauses.get(clause, 'not named by this policy pack'))}"
    if finding.status is not Status.OPEN:
        yield _plain(f"{finding.status}: {finding.reference or ''}")
    for note in finding.notes:
        yield _plain(note)


def _plain(words: str) -> str:
    """Return words so that Markdown takes none of them for a sign."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", words)
