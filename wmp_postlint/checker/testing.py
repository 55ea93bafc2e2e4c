"""For people's own tests: lint a post, and fail with an annotated excerpt unless it is clean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from wmp_postlint.checker.details import Sheet, details
from wmp_postlint.checker.outcome import Outcome, headline
from wmp_postlint.errors import InputError
from wmp_postlint.finding import Report, Severity, Status
from wmp_postlint.linter import Linter
from wmp_postlint.post import Post
from wmp_postlint.readers.loaded import Loaded
from wmp_postlint.readers.wire import read_post

PostLike = Post | str | Mapping[str, object]


class Checker:
    """Lints posts in tests.

    Args:
        linter: what lints them; by default all rules under the default policy.
    """

    def __init__(self, linter: Linter | None = None) -> None:
        self.linter = linter or Linter()

    def lint(self, post: PostLike) -> Report:
        """Return the report of a post.

        Raises:
            PostError: if it does not have the documented shape.
        """
        return self.linter.lint(post)

    def assert_clean(self, post: PostLike, *, fail_on: str = "error") -> Report:
        """Return the report of a post that is clean.

        Args:
            post: a text, a ``Post``, or a mapping of the wire format.
            fail_on: the mildest finding that counts: ``info``, ``warning`` or ``error``.

        Raises:
            AssertionError: if something stands open, or could not be looked at, with the annotated excerpt.
        """
        __tracebackhide__ = True
        read = read_post(post)
        outcome = Outcome(Loaded("post", post=read), self.linter.lint(read, now=datetime.now(UTC)))
        assert outcome.report is not None
        if outcome.unchecked or outcome.stands(severity_of(fail_on)):
            raise AssertionError("the post is not clean\n" + "\n".join(details(outcome, Sheet(self.linter.policy))))
        return outcome.report


def severity_of(name: str) -> Severity:
    """Return a severity by its name.

    Raises:
        InputError: if there is none of this name.
    """
    try:
        return Severity(name)
    except ValueError:
        raise InputError("fail_on", f"expected info, warning or error, got {name!r}") from None


def unexpected(expect: tuple[str, ...], report: Report) -> list[str]:
    """Return how the open findings of a post differ from those that it says it expects; nothing if they do not.

    An expectation is the name of a rule, and may say where: ``family/rule``, ``family/rule@12:30`` for a stretch of the
    text, ``family/rule@media[0].alt``, ``family/rule@media[0].alt:0:4``. Each stands for one finding.
    """
    left = [finding for finding in report.findings if finding.status is Status.OPEN]
    said = []
    # The most exact first, so that a loose one does not take what only an exact one may.
    for wanted in sorted(expect, key=lambda each: "@" not in each):
        rule, _, where = wanted.partition("@")
        match = next(
            (each for each in left if each.rule == rule and where in ("", *_places(each.field, each.span))), None
        )
        if match is None:
            said.append(f"expected and not found: {wanted}")
        else:
            left.remove(match)
    said += [f"found and not expected: {headline(each)} ({_places(each.field, each.span)[-1]})" for each in left]
    return said + [f"not checked: {error.rule}: {error.message}" for error in report.errors]


def _places(field: str, span: object) -> list[str]:
    """Return the ways to say where a finding is, the most exact last."""
    start, end = getattr(span, "start", None), getattr(span, "end", None)
    exact = [] if start is None else [f"{field}:{start}:{end}"]
    short = [f"{start}:{end}"] if exact and field == "text" else []
    return [field, *short, *exact]
