"""What is said of one post: its findings with annotated excerpts, and what could not be looked at."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.checker.excerpt import Frame, excerpt, place_of
from wmp_postlint.checker.outcome import Outcome, field_texts, headline
from wmp_postlint.checker.places import region_of, span_region
from wmp_postlint.checker.terminal import PLAIN, Style, cells, visible, wrap
from wmp_postlint.finding import Finding, RuleError, Status
from wmp_postlint.lazy import Record
from wmp_postlint.policy import Policy


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
    blocks += [_finding(finding, texts.get(finding.field), outcome, sheet) for finding in outcome.told]
    for rule in report.unused_waivers:
        words = f"the waiver of {visible(rule)} answered nothing; take it out"
        blocks.append(_said(sheet, "", "note", "strong", words))
    for index, block in enumerate(blocks):
        if index:
            yield ""
        yield from block


def _error(error: RuleError, outcome: Outcome, sheet: Sheet) -> Iterator[str]:
    label = "not checked" if error.rule == "input" else f"not checked[{error.rule}]"
    message = f"{error.field}: {error.message}" if error.field else error.message
    yield from _said(sheet, "", label, "error", visible(message))
    yield f"  {sheet.style('frame', '-->')} {visible(outcome.loaded.place)}"


def _finding(finding: Finding, text: str | None, outcome: Outcome, sheet: Sheet) -> Iterator[str]:
    style, loaded, span = sheet.style, outcome.loaded, finding.span
    in_file = loaded.text_line if finding.field == "text" and loaded.text_line else None
    label, _, message = headline(finding).partition(": ")
    colour = str(finding.severity) if finding.status is Status.OPEN else "quiet"
    yield from _said(sheet, "", label, colour, message, sheet.policy.rule_page(finding.rule))
    place = visible(loaded.place) + f" {visible(finding.field)}"
    if span is not None and text is not None and span.end <= len(text):
        if in_file:
            region = span_region(loaded, span, text)
            place = f"{visible(loaded.path)}:{region.line}:{region.column} text"
        else:
            region = region_of(outcome, finding, text)
            if region.column is not None:
                place = f"{visible(loaded.path)}:{region.line}:{region.column} {visible(finding.field)}"
            place += ":{}:{}".format(*place_of(text, span.start))
        yield f"  {style('frame', '-->')} {place}"
        frame = Frame(sheet.width, in_file or 1, sheet.mask, style)
        yield from excerpt(text, span, finding.severity, frame)
    else:
        yield f"  {style('frame', '-->')} {place}"
    yield from _said(sheet, "  = ", "advice", "strong", visible(finding.advice))
    for clause in finding.clauses:
        title = sheet.policy.clauses.get(clause)
        link = sheet.policy.link(clause)
        yield from _said(sheet, "  = ", f"clause {clause}", "strong", title or "", link)
    if finding.fixes:
        fix = finding.fixes[0]
        yield from _said(sheet, "  = ", "fix", "strong", visible(fix.description))
    if finding.status is not Status.OPEN:
        by = "reference" if finding.status is Status.APPROVED else "by"
        yield from _said(sheet, "  = ", str(finding.status), "good", f"{by} {visible(finding.reference or '')}")
    for note in finding.notes:
        yield from _said(sheet, "  = ", "note", "strong", visible(note))


def _said(sheet: Sheet, prefix: str, label: str, colour: str, words: str, link: str | None = None) -> Iterator[str]:
    """Yield words wrapped behind their label, which may lead to a page, further lines indented under it."""
    indent = len(prefix) + 2 if prefix else 2
    # The label takes up its cells of the first line as a word that cannot be broken; colours take none.
    first = "x" * (cells(prefix + label) + 1)
    lines = wrap(f"{first} {words}", sheet.width)[:1]
    rest = f"{first} {words}"[len(lines[0]) + 1 :]
    yield prefix + sheet.style.link(link, sheet.style(colour, label)) + (":" + lines[0][len(first) :] if words else "")
    for line in wrap(rest, sheet.width - indent) if rest else ():
        yield " " * indent + line
