"""Example posts: what ``word_weights.py`` and ``sentences.py`` learn from."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wmp_postlint import Pass, Post, all_rules
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.convert import convert
from wmp_postlint.document import Document
from wmp_postlint.errors import PostError
from wmp_postlint.rule import Rule

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent / "readings"
CASES = ROOT / "tests" / "rules" / "cases"
# Who wrote the examples of the rules themselves.
OWN = "rule"
# Fewer cases teach nothing.
LEAST = 60
# What older case files mean where a line does not say what it was written for.
MEANT = {"appeal": "missing-person", "journalist": "contact", "security": "credentials"}
# Readings that one post often shows together: what was written for one says nothing of the others.
TOGETHER = (
    {"missing-person", "wanted-person", "custody-or-cctv", "resolved"},
    {"trivialising", "victim-blaming", "criticism", "threat", "hostility", "misstated-law", "derogatory"},
    {"force-reference", "working-location", "uniform-or-crest", "police-business"},
)
APPEALS = {"missing": "missing-person", "wanted": "wanted-person", "identify": "wanted-person"}


@dataclass
class Example:
    """A post with what it shows: short rule names; ``near`` is the rule that it was written for, if any."""

    document: Document
    shows: frozenset[str]
    near: str | None
    by: str

    @property
    def text(self) -> str:
        """The folded text of the post."""
        return self.document.surfaces[0].text if self.document.surfaces else ""

    @property
    def ordinary(self) -> bool:
        """Whether it was written for no rule: a post as it was found, or as forces write them every day."""
        return self.near is None


def short(rule: Rule) -> str:
    """Return a rule's name without its family, as the case files give it."""
    return rule.name.partition("/")[2]


def worded_rules() -> dict[str, Rule]:
    """Return the rules that wording is learnt for, by their short names, sorted."""
    return {short(rule): rule for rule in sorted(all_rules(), key=short) if isinstance(rule, Worded)}


def example(policy: Any, record: dict[str, Any], by: str, meant: str | None = None) -> Example:
    """Return what one line of a case file shows; ``meant`` is what it was written for if it does not say."""
    post = convert({"text": record["text"], **record.get("post", {})}, Post, "", PostError)
    shows = [name.partition(":")[0] for name in record["expect"]]
    shows = [APPEALS.get(name, name) for name in shows]
    near = record.get("for") or (meant and (shows[0] if shows else meant))
    return Example(Document(post, policy), frozenset(shows), near, by)


def cases(policy: Any, rules: dict[str, Rule]) -> Iterator[Example]:
    """Yield what may be learnt from, in the order of the files."""
    for path in [*sorted(CASES.glob("*.jsonl")), *sorted(HERE.glob("*.jsonl"))]:
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            if record.get("on", "text") == "text":
                one = example(policy, record, record.get("by", "first"), MEANT.get(path.stem))
                if one.near in rules or path.stem == "ordinary":
                    yield one


def taught(examples: Iterable[Example], rules: dict[str, Rule]) -> dict[str, Rule]:
    """Return the rules that have cases enough."""
    counts = Counter(name for one in examples for name in one.shows)
    return {name: rule for name, rule in rules.items() if counts[name] >= LEAST}


def held_out(policy: Any) -> list[Example]:
    """Return the cases that are never learnt from."""
    lines = [line for path in sorted((HERE / "held_out").glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    return [example(policy, json.loads(line), "held out") for line in lines]


def found_posts(policy: Any, data: Path) -> list[Example]:
    """Return posts as they were found: our own list, and the shared tweets."""
    own = (CASES / "ordinary_posts.txt").read_text("utf-8").splitlines()
    sections = sorted((data / "names").glob("*.jsonl"))
    if not sections:
        sys.exit(f"The shared tweets are not in {data}: name their folder with --data.")
    tweets = [json.loads(line)["text"] for section in sections for line in section.read_text("utf-8").splitlines()]
    texts = dict.fromkeys(tweets, "found") | {line: "first" for line in own if not line.startswith("#")}
    return [example(policy, {"text": text, "expect": []}, by) for text, by in texts.items() if text.strip()]


def innocent(policy: Any, rules: dict[str, Rule]) -> Iterator[Example]:
    """Yield each post that the examples of a rule hold innocent of it, and of it alone."""
    for name, rule in rules.items():
        for shown in rule.examples:
            if isinstance(shown, Pass) and shown.on == "text":
                record = {"text": shown.marked, "expect": [], "post": shown.fields, "for": name}
                yield example(policy, record, OWN)


def weight(one: Example, name: str, rule: Rule, *, shown: float, near: float, other: float) -> float:
    """Return how much an example says of a reading: nothing where the rule would not read such a post.

    Args:
        one: the example.
        name: the reading, a rule's short name.
        rule: that rule.
        shown: what a case that shows the reading weighs beside an ordinary post.
        near: the same of one that was written to look like it.
        other: the same of one that shows another reading.
    """
    if name in one.shows:
        return shown
    if one.ordinary:
        return 1.0
    if one.near == name:
        return near
    if one.by == OWN:
        return 0.0
    if not rule.applies(one.document) or any(name in group and one.near in group for group in TOGETHER):
        return 0.0
    return other if one.shows else 1.0
