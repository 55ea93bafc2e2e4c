"""The run of ``postlint check``: read, lint, hand each outcome to a format, and decide the exit code."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from time import perf_counter
from typing import TYPE_CHECKING

from wmp_postlint.checker.outcome import Outcome
from wmp_postlint.checker.output import Format
from wmp_postlint.errors import AuditLogError
from wmp_postlint.finding import Report, RuleError, Severity
from wmp_postlint.linter import Linter
from wmp_postlint.readers.files import Source
from wmp_postlint.readers.loaded import Loaded

if TYPE_CHECKING:
    from wmp_postlint.checker.answers import Answers

CLEAN, FOUND, UNUSABLE = 0, 1, 2
# How many posts are linted together, which costs less; more than these, with their pictures, would fill memory.
_AHEAD = 16


def outcome_of(loaded: Loaded, linter: Linter, now: datetime, answers: Answers | None = None) -> Outcome:
    """Lint what was read, and let answers answer; whatever goes wrong is part of the outcome."""
    if loaded.post is None:
        return Outcome(loaded)
    try:
        outcome = Outcome(loaded, linter.lint(loaded.post, now=now))
        return outcome if answers is None else answers.answer(outcome)
    except AuditLogError:
        raise
    except Exception as error:  # noqa: BLE001  one post loses no other, and no traceback shows its text
        problem = RuleError("input", None, f"the post could not be checked ({type(error).__name__})")
        return Outcome(loaded, Report("review", (), (problem,), linter.policy.ref, loaded.id))


def outcomes_of(
    batch: Sequence[Loaded], linter: Linter, now: datetime, answers: Answers | None = None
) -> Iterator[Outcome]:
    """Yield what ``outcome_of`` gives for each of a batch, linted together, which costs less."""
    reports = linter.lint_many((loaded.post for loaded in batch if loaded.post is not None), now=now, ahead=_AHEAD)
    for loaded in batch:
        if loaded.post is None:
            yield Outcome(loaded)
            continue
        try:
            outcome = Outcome(loaded, next(reports))
            yield outcome if answers is None else answers.answer(outcome)
        except AuditLogError:
            raise
        except Exception:  # noqa: BLE001  the post that broke the batch, and those behind it, are judged by themselves
            yield outcome_of(loaded, linter, now, answers)


def outcomes(
    sources: Iterable[Source], linter: Linter, now: datetime, answers: Answers | None = None
) -> Iterator[Outcome]:
    """Yield the outcome of every post of the sources, in order, all judged at the same moment."""
    posts = chain.from_iterable(source.read() for source in sources)
    while batch := list(islice(posts, _AHEAD)):
        yield from outcomes_of(batch, linter, now, answers)


def check(
    sources: Iterable[Source],
    linter: Linter,
    to: Format,
    fail_on: Severity,
    now: datetime,
    answers: Answers | None = None,
) -> int:
    """Check posts and return the exit code.

    Args:
        sources: where the posts stand.
        linter: what checks them.
        to: the output format.
        fail_on: the mildest severity of an open finding that counts as found.
        now: the moment that approvals and waivers are judged at.
        answers: what answers findings beside those.

    Returns:
        2 if anything could not be looked at, else 1 if anything was found, else 0.
    """
    began = perf_counter()
    sources = tuple(sources)
    counts = [source.count() for source in sources]
    to.start(None if None in counts else sum(count or 0 for count in counts), len(linter.rules))
    code = CLEAN
    for outcome in outcomes(sources, linter, now, answers):
        if not gc.isenabled():
            # The command line starts without it, and what the start made stays: it need not be looked through.
            gc.freeze()
            gc.enable()
        to.add(outcome)
        if outcome.skipped:
            continue
        if outcome.unchecked:
            code = UNUSABLE
        elif outcome.stands(fail_on):
            code = max(code, FOUND)
    to.finish(perf_counter() - began)
    return code
