"""What is said of one post: its findings with annotated excerpts, and what could not be looked at."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.checker.excerpt import Frame, excerpt, place_of
from wmp_postlint.checker.terminal import PLAIN, Style, cells, visible, wrap
from wmp_postlint.document import Document
from wmp_postlint.finding import Finding, Report, RuleError, Severity, Status
from wmp_postlint.fixes import text_of
from wmp_postlint.lazy import Record
from wmp_postlint.policy import Policy
from wmp_postlint.readers.loaded import Loaded

_COLOUR = {"F": "error", "E": "error", "r": "warning", ".": "good"}


class Outcome(Record):
    """A post that was read and linted, or what stopped it from being read, or is no post (``report`` is then None)."""

    loaded: Loaded
    report: Report | None = None

    @property
    def skipped(self) -> str | None:
        """Why what stands there is no post to check."""
        return self.loaded.skipped

    @property
    def mark(self) -> str:
        """One letter: ``.`` pass, ``r`` review, ``F`` block, ``E`` not looked at, or not wholly."""
        if self.report is None:
            return "E"
        if self.report.verdict == "block":
            return "F"
        if self.report.errors:
            return "E"
        return "." if self.report.passed else "r"

    @property
    def colour(self) -> str:
        """The name of the colour that the mark has."""
        return _COLOUR[self.mark]

    @property
    def name(self) -> str:
        """The file and the post's id, or its line where it has none: harmless, on one line."""
        loaded = self.loaded
        part = loaded.id or loaded.part or (str(loaded.line) if loaded.path == "-" and loaded.line else "")
        return visible(f"{loaded.path}::{part}" if part else loaded.path)

    @property
    def unchecked(self) -> bool:
        """Whether something could not be looked at."""
        return self.skipped is None and (self.report is None or bool(self.report.errors))

    def stands(self, severity: Severity) -> bool:
        """Whether a finding of the severity or a graver one stands open."""
        findings = self.report.findings if self.report else ()
        return any(finding.status is Status.OPEN and finding.severity >= severity for finding in findings)


class Sheet(Record):
    """How details are set: the cells of a line, the colours, and whether letters and digits of posts are masked."""

    policy: Policy
    width: int = 80
    style: Style = PLAIN
    mask: bool = False


def details(outcome: Outcome, sheet: Sheet) -> Iterator[str]:
    """Yield the lines that describe one post; none when there is nothing to say."""
    loaded, report = outcome.loaded, outcome.report
    if report is None:
        yield from _said(sheet, "", "not read", "error", f"{visible(loaded.place)}: {visible(loaded.error or '')}")
        return
    blocks = [_error(error, outcome, sheet) for error in report.errors]
    texts = field_texts(outcome, sheet.policy)
    blocks += [_finding(finding, texts.get(finding.field), outcome, sheet) for finding in report.findings]
    for rule in report.unused_waivers:
        words = f"the waiver of {visible(rule)} answered nothing; take it out"
        blocks.append(_said(sheet, "", "note", "strong", words))
    for index, block in enumerate(blocks):
        if index:
            yield ""
        yield from block


def headline(finding: Finding) -> str:
    """Return a finding in one line."""
    answered = "" if finding.status is Status.OPEN else f" ({finding.status})"
    return f"{finding.severity}[{finding.rule}]{answered}: {visible(finding.message)}"


def field_texts(outcome: Outcome, policy: Policy) -> dict[str, str]:
    """Return the texts that spans of the post's findings lie in, also those that were read out of a picture."""
    post, report = outcome.loaded.post, outcome.report
    if post is None or report is None:
        return {}
    fields = dict.fromkeys(finding.field for finding in report.findings if finding.span is not None)
    own = {field: text_of(post, field) for field in fields}
    found: dict[str, set[str]] = {field: {text} for field, text in own.items() if text is not None}
    if len(found) < len(fields):
        for surface in Document(post, policy).surfaces:
            if own.get(surface.field, "") is None:
                found.setdefault(surface.field, set()).add(surface.visible.source)
    # Two texts of one name in a picture's metadata cannot be told apart here.
    return {field: texts.pop() for field, texts in found.items() if len(texts) == 1}


def _error(error: RuleError, outcome: Outcome, sheet: Sheet) -> Iterator[str]:
    label = "not checked" if error.rule == "input" else f"not checked[{error.rule}]"
    message = f"{error.field}: {error.message}" if error.field else error.message
    yield from _said(sheet, "", label, "error", visible(message))
    yield f"  {sheet.style('frame', '-->')} {visible(outcome.loaded.place)}"


def _finding(finding: Finding, text: str | None, outcome: Outcome, sheet: Sheet) -> Iterator[str]:
    style, loaded, span = sheet.style, outcome.loaded, finding.span
    in_file = loaded.text_line if finding.field == "text" and loaded.text_line else None
    label, _, message = headline(finding).partition(": ")
    yield from _said(sheet, "", label, str(finding.severity) if finding.status is Status.OPEN else "quiet", message)
    place = visible(loaded.place) + f" {visible(finding.field)}"
    if span is not None and text is not None and span.end <= len(text):
        line, column = place_of(text, span.start)
        if in_file:
            place = f"{visible(loaded.path)}:{in_file + line - 1}:{column} text"
        else:
            place += f":{line}:{column}"
        yield f"  {style('frame', '-->')} {place}"
        frame = Frame(sheet.width, in_file or 1, sheet.mask, style)
        yield from excerpt(text, span, finding.severity, frame)
    else:
        yield f"  {style('frame', '-->')} {place}"
    yield from _said(sheet, "  = ", "advice", "strong", visible(finding.advice))
    for clause in finding.clauses:
        title = sheet.policy.clauses.get(clause)
        yield from _said(sheet, "  = ", f"clause {clause}", "strong", title or "")
    if finding.fixes:
        fix = finding.fixes[0]
        yield from _said(sheet, "  = ", "fix", "strong", visible(fix.description))
    if finding.status is not Status.OPEN:
        by = "reference" if finding.status is Status.APPROVED else "by"
        yield from _said(sheet, "  = ", str(finding.status), "good", f"{by} {visible(finding.reference or '')}")
    for note in finding.notes:
        yield from _said(sheet, "  = ", "note", "strong", visible(note))


def _said(sheet: Sheet, prefix: str, label: str, colour: str, words: str) -> Iterator[str]:
    """Yield words wrapped behind their label, further lines indented under it."""
    indent = len(prefix) + 2 if prefix else 2
    # The label takes up its cells of the first line as a word that cannot be broken; colours take none.
    first = "x" * (cells(prefix + label) + 1)
    lines = wrap(f"{first} {words}", sheet.width)[:1]
    rest = f"{first} {words}"[len(lines[0]) + 1 :]
    yield prefix + sheet.style(colour, label) + (":" + lines[0][len(first) :] if words else "")
    for line in wrap(rest, sheet.width - indent) if rest else ():
        yield " " * indent + line
