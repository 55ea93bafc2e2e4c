"""What comes out: findings, errors, and the report that holds them.

``Report.to_dict()`` is the versioned wire format, kept apart from these classes so that they can change without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.lazy import Record

WIRE_VERSION = 1

Verdict = Literal["pass", "review", "block"]


class Severity(StrEnum):
    """How grave a finding is: ``error`` blocks, ``warning`` asks a person to decide, ``info`` advises."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """Where the severity stands among the others, the mildest at 0."""
        return _SEVERITIES.index(self)

    # The order of gravity, not of the alphabet, which text would inherit.
    def __lt__(self, other: str) -> bool:
        return self.rank < Severity(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= Severity(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > Severity(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= Severity(other).rank


_SEVERITIES = tuple(Severity)


class Confidence(StrEnum):
    """How sure a rule is of a finding."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Status(StrEnum):
    """Whether a finding still stands, or an approval or a waiver has answered it."""

    OPEN = "open"
    APPROVED = "approved"
    WAIVED = "waived"


class Span(Record):
    """A half-open stretch of a text, in Unicode code points from 0.

    ``utf16`` and ``utf8`` give the same stretch in UTF-16 code units and UTF-8 bytes, for other languages.
    """

    start: int
    end: int
    utf16: tuple[int, int] = lazy.field(compare=False, default=(0, 0), repr=False)
    utf8: tuple[int, int] = lazy.field(compare=False, default=(0, 0), repr=False)

    def __lt__(self, other: Span) -> bool:
        return (self.start, self.end) < (other.start, other.end)

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Make the span ``start`` to ``end`` of ``text``, with its offsets in the other units."""
        if text.isascii():
            return cls(start, end, (start, end), (start, end))
        head, body = text[:start], text[start:end]
        wide, narrow = _utf16(head), _utf8(head)
        return cls(start, end, (wide, wide + _utf16(body)), (narrow, narrow + _utf8(body)))


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _utf8(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


class Edit(Record):
    """Put ``replacement`` in the place of ``span`` of the text ``field``."""

    field: str
    span: Span
    replacement: str


class Fix(Record):
    """A way to mend a finding; ``safe`` when it cannot change what the post says to its readers."""

    description: str
    edits: tuple[Edit, ...]
    safe: bool = False


class Finding(Record):
    """One thing that a post should not hold.

    ``field`` names the surface (``text``, ``media[0].alt``, ``media[0].location``); ``span`` lies in that text exactly
    as it was given and is None where the field is no text. ``data`` holds facts for programs, such as coordinates, and
    stays out of ``repr``, ``message`` and logs. ``scope`` is the approval that would cover the finding, if one can.
    ``origin`` says whether the words are the publisher's own or shared from somebody else. ``notes`` say what moved the
    finding from its default: why it was lowered, why an approval did not count.
    """

    rule: str
    severity: Severity
    confidence: Confidence
    clauses: tuple[str, ...]
    field: str
    span: Span | None
    message: str
    advice: str
    fixes: tuple[Fix, ...] = lazy.field(default=(), repr=False)
    data: Mapping[str, object] = lazy.field(default_factory=dict, repr=False)
    scope: str | None = None
    origin: Literal["own", "shared"] = "own"
    status: Status = Status.OPEN
    reference: str | None = None
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the finding as plain data."""
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "confidence": str(self.confidence),
            "clauses": list(self.clauses),
            "field": self.field,
            "span": _span_to_dict(self.span),
            "message": self.message,
            "advice": self.advice,
            "fixes": [
                {
                    "description": fix.description,
                    "safe": fix.safe,
                    "edits": [
                        {"field": edit.field, "span": _span_to_dict(edit.span), "replacement": edit.replacement}
                        for edit in fix.edits
                    ],
                }
                for fix in self.fixes
            ],
            "data": {key: self.data[key] for key in sorted(self.data)},
            "scope": self.scope,
            "origin": self.origin,
            "status": str(self.status),
            "reference": self.reference,
            "notes": list(self.notes),
        }


def _span_to_dict(span: Span | None) -> dict[str, object] | None:
    if span is None:
        return None
    return {"start": span.start, "end": span.end, "utf16": list(span.utf16), "utf8": list(span.utf8)}


class RuleError(Record):
    """Something that could not be looked at: which rule (or ``input``), where, and why."""

    rule: str
    field: str | None
    message: str

    def to_dict(self) -> dict[str, object]:
        """Return the error as plain data."""
        return {"rule": self.rule, "field": self.field, "message": self.message}


class PolicyRef(Record):
    """The policy pack that a report was made with."""

    id: str
    version: str


class Report(Record):
    """What was found in one post, and what could not be looked at.

    ``verdict`` is ``block`` when an error stands open, ``review`` when a warning does or something could not be looked
    at, else ``pass``. ``unused_waivers`` are the rules of waivers that answered nothing.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    errors: tuple[RuleError, ...]
    policy: PolicyRef
    post_id: str | None = None
    unused_waivers: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing stands in the way of publishing."""
        return self.verdict == "pass"

    def to_dict(self) -> dict[str, object]:
        """Return the versioned wire format: the same post and pack give the same bytes once encoded."""
        return {
            "version": WIRE_VERSION,
            "id": self.post_id,
            "verdict": self.verdict,
            "passed": self.passed,
            "policy": {"id": self.policy.id, "version": self.policy.version},
            "findings": [finding.to_dict() for finding in self.findings],
            "errors": [error.to_dict() for error in self.errors],
            "unused_waivers": list(self.unused_waivers),
        }
