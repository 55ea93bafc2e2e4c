"""One line for each finding, as compilers write them: ``path:line:column: severity[rule] message``."""

from __future__ import annotations

from wmp_postlint.checker.encode import sentence
from wmp_postlint.checker.outcome import Outcome, field_texts
from wmp_postlint.checker.output import Format, Out, counted
from wmp_postlint.checker.places import Region, region_of
from wmp_postlint.checker.terminal import visible
from wmp_postlint.finding import Status


class ConciseFormat:
    """Write the lines, and one with the counts at the end."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._posts = self._found = self._unchecked = self._skipped = self._known = 0

    def start(self, total: int | None, rules: int) -> None:
        """Write nothing yet."""

    def add(self, outcome: Outcome) -> None:
        if outcome.skipped:
            self._skipped += 1
            return
        style, report = self._out.style, outcome.report
        self._posts += 1
        self._unchecked += outcome.unchecked
        self._known += outcome.known
        if report is None:
            loaded = outcome.loaded
            label = style("error", "not read")
            self._line(outcome, Region(loaded.line or 1, loaded.column), f"{label} {visible(loaded.error or '')}")
            return
        for error in report.errors:
            label = style("error", "not checked" if error.rule == "input" else f"not checked[{error.rule}]")
            where = f" ({visible(error.field)})" if error.field else ""
            self._line(outcome, region_of(outcome, None, None), f"{label} {visible(error.message)}{where}")
        texts = field_texts(outcome, self._out.policy)
        for finding in outcome.told:
            self._found += 1
            region = region_of(outcome, finding, texts.get(finding.field))
            standing = finding.status is Status.OPEN
            colour = str(finding.severity) if standing else "quiet"
            answered = "" if standing else f" ({finding.status})"
            where = "" if region.column else f" ({visible(finding.field)})"
            label = style(colour, f"{finding.severity}[{finding.rule}]{answered}")
            self._line(outcome, region, f"{label} {visible(sentence(finding))}{where}")

    def finish(self, seconds: float) -> None:
        parts = [counted(self._posts, "post"), counted(self._found, "finding")]
        parts += [f"{self._unchecked} not wholly checked"] if self._unchecked else []
        parts += [f"{self._skipped} left out"] if self._skipped else []
        parts += [f"{self._known} in the baseline"] if self._known else []
        self._out.text.write(", ".join(parts) + "\n")

    def _line(self, outcome: Outcome, region: Region, words: str) -> None:
        loaded = outcome.loaded
        place = ":".join(str(part) for part in (visible(loaded.path), region.line, region.column) if part is not None)
        name = visible(loaded.id or "")
        self._out.text.write(f"{self._out.style('strong', place)}: {words}{f' [{name}]' if name else ''}\n")


def make(out: Out) -> Format:
    """Return the format."""
    return ConciseFormat(out)
