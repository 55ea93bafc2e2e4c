"""What a rule is, and how its examples are written.

A rule is a class in a file of its own. Its docstring says what it flags, why, what to do instead, and its limits; its
attributes say how grave a finding is and which clauses ask for it; its examples are its specification, its tests and
what ``postlint explain`` prints. Rules hold no state: ``check`` yields findings and reads through the document only.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, ClassVar

from wmp_postlint.document import Attachment, Document, Surface
from wmp_postlint.finding import Confidence, Finding, Fix, Severity, Span
from wmp_postlint.lazy import Record, field
from wmp_postlint.post import AccountKind


class Example(Record):
    """A post that shows what a rule does.

    Args:
        marked: a text; in a ``Flag``, « and » stand around each stretch that the rule must find, and nothing else.
        on: the field that holds the text: ``text``, or ``media[0].alt`` and the like of ``post``.
        post: the post's other fields, as keyword arguments of ``Post``; a function where making them takes time.
    """

    marked: str
    on: str = "text"
    post: Mapping[str, Any] | Callable[[], Mapping[str, Any]] = field(default_factory=dict)

    @property
    def fields(self) -> Mapping[str, Any]:
        """The post's other fields."""
        return self.post() if callable(self.post) else self.post


class Flag(Example):
    """A post in which the rule finds exactly the marked stretches.

    ``field`` names the field of a finding without a span, such as ``media[0].location``; ``severity`` is checked where
    it is given.
    """

    field: str | None = None
    severity: Severity | None = None


class Pass(Example):
    """A post in which the rule finds nothing."""


class Rule(ABC):
    """One rule. Subclass one of ``TextRule``, ``MediaRule`` and ``PostRule``.

    Attributes:
        name: ``family/rule``, the same as the file's place under ``rules/``.
        clauses: the clauses of the default policy that ask for it.
        severity: the gravity of an ordinary finding.
        message: what is wrong, in plain English; a finding may give its own.
        advice: what to do instead; ``{press_office}`` stands for the force's press office.
        scope: the approval that covers the rule's findings, if one can.
        accounts: the account kinds that the rule reads at all; every kind where it is empty.
        examples: at least three ``Flag`` and three ``Pass``.
    """

    name: ClassVar[str]
    clauses: ClassVar[tuple[str, ...]]
    severity: ClassVar[Severity]
    message: ClassVar[str]
    advice: ClassVar[str]
    scope: ClassVar[str | None] = None
    accounts: ClassVar[tuple[AccountKind, ...]] = ()
    examples: ClassVar[tuple[Example, ...]]

    def applies(self, document: Document) -> bool:
        """Tell whether the rule has anything to say about such a post at all."""
        return True

    @abstractmethod
    def run(self, document: Document) -> Iterator[Finding]:
        """Yield the findings of one post."""

    def finding(
        self,
        where: Surface | Attachment | str,
        span: Span | None = None,
        *,
        severity: Severity | None = None,
        confidence: Confidence = Confidence.HIGH,
        message: str | None = None,
        advice: str | None = None,
        fixes: Iterable[Fix] = (),
        data: Mapping[str, object] | None = None,
        scope: str | None = None,
        notes: Iterable[str] = (),
    ) -> Finding:
        """Make a finding of this rule, with the rule's own values where none is given.

        Args:
            where: the surface, the attachment, or the name of the field.
            span: the stretch of that field, in code points of the text as given.
        """
        return Finding(
            rule=self.name,
            severity=severity or self.severity,
            confidence=confidence,
            clauses=self.clauses,
            field=where if isinstance(where, str) else where.field,
            span=span,
            message=message or self.message,
            advice=advice or self.advice,
            fixes=tuple(fixes),
            data=data or {},
            scope=scope or self.scope,
            origin="shared" if isinstance(where, Surface) and where.kind == "shared" else "own",
            notes=tuple(notes),
        )


class TextRule(Rule):
    """A rule that reads every text surface of a post, one at a time.

    Attributes:
        least_digits: how many digits a text must hold for the rule to be asked at all.
    """

    least_digits: ClassVar[int] = 0

    @abstractmethod
    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        """Yield what is wrong in one text. Match on ``surface.text`` and place findings by ``surface.span``."""

    def run(self, document: Document) -> Iterator[Finding]:
        for surface in document.surfaces:
            if not self.least_digits or surface.digits >= self.least_digits:
                yield from self.check(surface, document)


class MediaRule(Rule):
    """A rule that reads what a picture or video was found to hold."""

    @abstractmethod
    def check(self, attachment: Attachment, document: Document) -> Iterator[Finding]:
        """Yield what is wrong with one medium; ``attachment.facts`` is None when it could not be looked at."""

    def run(self, document: Document) -> Iterator[Finding]:
        for attachment in document.attachments:
            yield from self.check(attachment, document)


class PostRule(Rule):
    """A rule that reads the whole document."""

    @abstractmethod
    def check(self, document: Document) -> Iterator[Finding]:
        """Yield what is wrong with the post."""

    def run(self, document: Document) -> Iterator[Finding]:
        yield from self.check(document)


def means(pattern: str, name: str) -> bool:
    """Tell whether a name, family or pattern means the rule ``name``."""
    return fnmatchcase(name, pattern) or name.startswith(f"{pattern.rstrip('/')}/")
