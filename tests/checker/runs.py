"""A run of the checker without a process: posts through an output format."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from own_rules import RULES, write_policy

from wmp_postlint import Linter, Post, Severity
from wmp_postlint.checker.check import outcome_of
from wmp_postlint.checker.outcome import Outcome
from wmp_postlint.checker.output import Format, Out
from wmp_postlint.policy import load_policy
from wmp_postlint.readers.loaded import Loaded

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def orchard_linter(folder: Path) -> Linter:
    """Return a linter with the tests' own rules and pack."""
    return Linter(rules=RULES, policy=load_policy(write_policy(folder)))


def out_of(linter: Linter, show_text: bool = False, fail_on: Severity = Severity.ERROR) -> tuple[Out, io.BytesIO]:
    """Return where a format writes, and what holds it."""
    kept = io.BytesIO()
    text = io.TextIOWrapper(kept, "utf-8", newline="\n", write_through=True)
    out = Out(kept.write, text, linter.policy, linter.rules, NOW, fail_on, show_text)
    return out, kept


def run_outcomes(make: Callable[[Out], Format], outcomes: Iterable[Outcome], linter: Linter, show_text: bool) -> bytes:
    """Put outcomes through a format."""
    out, kept = out_of(linter, show_text)
    made = make(out)
    made.start(None, len(linter.rules))
    for outcome in outcomes:
        made.add(outcome)
    made.finish(0.5)
    return kept.getvalue()


def run_format(
    make: Callable[[Out], Format], posts: Iterable[Post], *, show_text: bool, linter: Linter | None = None
) -> bytes:
    """Put posts through a format."""
    if linter is None:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            linter = orchard_linter(Path(folder))
    loaded = [Loaded("week.posts.jsonl", number, post.id, post) for number, post in enumerate(posts, 1)]
    return run_outcomes(make, [outcome_of(each, linter, NOW) for each in loaded], linter, show_text)
