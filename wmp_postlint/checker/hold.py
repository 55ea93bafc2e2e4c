"""Holds rules and packs to their own examples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from wmp_postlint import lazy
from wmp_postlint.convert import convert
from wmp_postlint.document import Document
from wmp_postlint.errors import InputError, NotLooked, PolicyError
from wmp_postlint.finding import Report, Severity, Status, Verdict
from wmp_postlint.lazy import Record, replace
from wmp_postlint.linter import Linter
from wmp_postlint.policy import Policy
from wmp_postlint.post import Post
from wmp_postlint.readers import json_text
from wmp_postlint.readers.loaded import UnreadableError, decode, loaded_post
from wmp_postlint.readers.wire import read_post
from wmp_postlint.rule import Example, Flag, Rule

_MARKED = lazy.regex("«([^»]*)»")
_MEDIUM = lazy.regex(r"media\[(\d+)\]\.(\w+)")


class ExamplePost(Record):
    """A post that shows what a pack makes of it: the ``verdict``, and the rules that stand at warning or above.

    ``post`` is an object of the wire format, ``now`` the moment it is judged at, ``why`` a remark.
    """

    post: object
    verdict: Verdict
    expect: tuple[str, ...] = ()
    now: datetime | None = None
    why: str | None = None


def spans_and_text(marked: str) -> tuple[list[tuple[int, int]], str]:
    """Take the marks out of an example: the spans they stood around, and the text without them."""
    spans, text, at = [], "", 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    return spans, text + marked[at:]


def post_of(example: Example) -> Post:
    """Build the post of a rule's example, its marked text put into the field it is for."""
    _, text = spans_and_text(example.marked)
    if example.on == "text":
        return read_post(Post(text, **example.fields))
    post = read_post(Post(**{"text": "", **example.fields}))
    if at := _MEDIUM.fullmatch(example.on):
        media = list(post.media)
        changes: dict[str, Any] = {at[2]: text}
        media[int(at[1])] = replace(media[int(at[1])], **changes)
        return replace(post, media=tuple(media))
    holder, _, key = example.on.partition(".")
    return replace(post, **{holder: replace(getattr(post, holder), **{key: text})})


def broken_examples(rule: Rule, policy: Policy) -> Iterator[str]:
    """Yield what is wrong with the examples of a rule, the rule run alone."""
    for index, example in enumerate(rule.examples):
        problem = _problem(rule, example, policy)
        if problem:
            yield f"example {index + 1}: {problem}"
    if not any(isinstance(example, Flag) for example in rule.examples):
        yield "no example shows what it finds"
    if all(isinstance(example, Flag) for example in rule.examples):
        yield "no example shows what it leaves alone"


def _problem(rule: Rule, example: Example, policy: Policy) -> str | None:
    try:
        found = list(rule.run(Document(post_of(example), policy)))
    except NotLooked as error:
        return str(error)
    if not isinstance(example, Flag):
        return f"it finds {len(found)} in a post that it must leave alone" if found else None
    spans, _ = spans_and_text(example.marked)
    places = sorted((finding.span.start, finding.span.end) for finding in found if finding.span)
    if not found:
        return "it finds nothing"
    if places != spans:
        return f"it finds {_places(places)} instead of {_places(spans)}"
    return None


def _places(spans: list[tuple[int, int]]) -> str:
    return ", ".join(f"{start} to {end}" for start, end in spans) or "nothing"


def broken_posts(path: Path, linter: Linter) -> Iterator[str]:
    """Yield what is wrong with the example posts of a pack, each with its line.

    Args:
        path: a file with one ``ExamplePost`` as JSON on each line.
        linter: what judges them, under the pack.
    """
    for number, line in _lines(path):
        try:
            example = _example(line, number)
            loaded = loaded_post(example.post, str(path), number, path.parent)
            if loaded.post is None:
                raise InputError("post", loaded.error or "cannot be read")
            problem = _difference(linter.lint(loaded.post, now=example.now), example)
        except UnreadableError as error:
            problem = error.problem
        except InputError as error:
            problem = str(error)
        if problem:
            yield f"{path.name}:{number}: {problem}"


def count_posts(path: Path) -> int:
    """Return how many example posts a file holds."""
    return len(_lines(path))


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        text = decode(path.read_bytes())
    except (OSError, UnreadableError) as error:
        raise PolicyError(str(path), f"cannot be read: {error}") from None
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _example(line: str, number: int) -> ExamplePost:
    return convert(json_text.parse(line, number), ExamplePost, "", PolicyError)


def _difference(report: Report, example: ExamplePost) -> str | None:
    """Say what a post's report is, where it is not what was expected."""
    standing = {
        finding.rule
        for finding in report.findings
        if finding.status is Status.OPEN and finding.severity >= Severity.WARNING
    }
    errors = [error.message for error in report.errors]
    if report.verdict == example.verdict and standing == set(example.expect) and not errors:
        return None
    found = ", ".join(sorted(standing)) or "nothing"
    wanted = ", ".join(sorted(example.expect)) or "nothing"
    said = f"the verdict is {report.verdict} with {found}, expected {example.verdict} with {wanted}"
    return "; ".join([said, *errors])
