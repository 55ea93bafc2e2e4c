"""How much of what rules find in plain words they find in disguise: a cell for each disguise and family of rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from evasion.disguises import CARRIERS, disguised
from wmp_postlint import Document, Flag, Linter, Pass, Post, all_rules
from wmp_postlint.checker.hold import spans_and_text
from wmp_postlint.lazy import Record
from wmp_postlint.policy import Policy
from wmp_postlint.readers.wire import read_post
from wmp_postlint.rule import Example, Rule

FAMILIES = sorted({rule.name.partition("/")[0] for rule in all_rules()} - {"image", "approval"})


class Cell(Record):
    """What became of the examples of a family in a disguise.

    Attributes:
        marks: stretches that are found in plain words.
        found: those of them that are found in disguise.
        exact: those whose place is exact, the disguise's own marks at their ends left out.
        innocent: examples in which nothing is found in plain words.
        alarms: those of them in which something is found in disguise.
        missed: the texts and stretches that are not found.
    """

    marks: int
    found: int
    exact: int
    innocent: int
    alarms: int
    missed: tuple[str, ...] = ()


@cache
def _policy() -> Policy:
    return Linter().policy


def examples(family: str) -> Iterator[tuple[Rule, Example]]:
    """Yield the examples of a family's rules that are plain texts of a post."""
    for rule in all_rules():
        if rule.name.partition("/")[0] == family:
            for example in rule.examples:
                # Markup and links have places of their own in the text.
                if example.on == "text" and not {"text_format", "links"} & {*example.fields}:
                    yield rule, example


def _spans(rule: Rule, post: Post, field: str) -> list[tuple[int, int]]:
    findings = rule.run(Document(read_post(post), _policy()))
    return [(each.span.start, each.span.end) for each in findings if each.span is not None and each.field == field]


def cell(carrier: str, family: str) -> Cell:
    """Put the examples of a family into a disguise and count what is found."""
    marks = found = exact = innocent = alarms = 0
    missed: list[str] = []
    for rule, example in examples(family):
        stretches, text = spans_and_text(example.marked)
        made = disguised(carrier, text, example.fields)
        if made is None:
            continue
        post, field, starts = made
        spans = _spans(rule, post, field)
        if isinstance(example, Pass):
            innocent += 1
            alarms += bool(spans)
        elif isinstance(example, Flag):
            for start, end in stretches:
                low, high = starts[start], starts[end]
                marks += 1
                # What a disguise puts behind the last character may belong to the stretch or not.
                ends = range(starts[end - 1] + 1, high + 1)
                hits = [span for span in spans if span[0] < high and low < span[1]]
                found += bool(hits)
                exact += any(first == low and last in ends for first, last in hits)
                if not hits:
                    missed.append(f"{rule.name}: {text[start:end]!r} in {text!r}")
    return Cell(marks, found, exact, innocent, alarms, tuple(missed))


def table(carriers: Sequence[str] = tuple(CARRIERS), families: Sequence[str] = tuple(FAMILIES)) -> str:
    """Return a Markdown table: for each disguise and family, what part of the marks is found."""
    cells = {(carrier, family): cell(carrier, family) for carrier in carriers for family in families}
    lines = [
        f"| disguise | {' | '.join(families)} | places exact | new alarms |",
        f"| --- {'| --- ' * (len(families) + 2)}|",
    ]
    for carrier in carriers:
        row = [cells[carrier, family] for family in families]
        parts = [f"{one.found / one.marks:.2f}" if one.marks else "-" for one in row]
        found, exact = sum(one.found for one in row), sum(one.exact for one in row)
        alarms, innocent = sum(one.alarms for one in row), sum(one.innocent for one in row)
        lines.append(f"| {carrier} | {' | '.join(parts)} | {exact / max(1, found):.2f} | {alarms} of {innocent} |")
    return "\n".join(lines)
