"""Measures what is found and what is left alone, rule by rule, and keeps the tables in ``docs/quality.md``.

    python benchmarks/quality.py [--write] [--data FOLDER] [--evasion]

Found: the cases of ``training/readings/held_out``, which no rule and no model was made with. Left alone: their near
misses, the invented ordinary posts of the tests, and the shared public tweets where they are there. Each figure comes
with how many posts it rests on and the interval in which the true one lies with 95% certainty (Wilson's). ``--evasion``
measures the disguises anew as well. ``--write`` puts the tables between their marks in the page.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
sys.path.insert(0, str(TESTS))

from evasion.cells import table  # noqa: E402  the tests' folder had to be named first

from wmp_postlint import Finding, Linter, Post, Severity, all_rules  # noqa: E402
from wmp_postlint.readers.wire import read_post  # noqa: E402

PAGE = ROOT / "docs" / "quality.md"
HELD_OUT = ROOT / "training" / "readings" / "held_out"
ORDINARY = TESTS / "rules" / "cases" / "ordinary_posts.txt"
# A moment that is the same for every run, so that dates in the posts read alike.
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
SURE = 1.96
# Files of cases that are named for what they were collected for and not for one rule.
NAMED_OTHERWISE = {"complaints"}


def interval(hits: int, of: int) -> tuple[float, float]:
    """Return Wilson's 95% interval of a share."""
    if not of:
        return 0.0, 1.0
    share, extra = hits / of, SURE * SURE / of
    middle = (share + extra / 2) / (1 + extra)
    half = SURE / (1 + extra) * sqrt(share * (1 - share) / of + extra / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def shared(hits: int, of: int) -> str:
    """Return a share as the tables show it: the figure, what it rests on, and its interval."""
    if not of:
        return "-"
    low, high = interval(hits, of)
    return f"{hits / of:.2f} ({hits}/{of}; {low:.2f}-{high:.2f})"


def per_thousand(hits: int, of: int) -> str:
    """Return how many of 1,000 posts, with the interval."""
    if not of:
        return "-"
    low, high = interval(hits, of)
    return f"{1000 * hits / of:.1f} ({1000 * low:.1f}-{1000 * high:.1f})"


def alarms(findings: Iterable[Finding]) -> set[str]:
    """Return the rules of findings that a person has to look at."""
    return {finding.rule for finding in findings if finding.severity is not Severity.INFO}


def counted(linter: Linter, posts: Sequence[Post]) -> Counter[str]:
    """Return in how many posts each rule alarms, each family ("court/"), and any rule ("any")."""
    counts: Counter[str] = Counter()
    for report in linter.lint_many(posts, now=NOW):
        found = alarms(report.findings)
        counts.update(found)
        counts["any"] += bool(found)
        counts.update({f"{rule.partition('/')[0]}/" for rule in found})
    return counts


def cases() -> Iterator[dict[str, Any]]:
    """Yield the cases that nothing was made with."""
    for path in sorted(HELD_OUT.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield {"file": path.stem, **json.loads(line)}


def meaning(linter: Linter) -> list[str]:
    """Return the table of rules that read meaning: what they find of unseen cases, and of their near misses."""
    full = {rule.name.partition("/")[2]: rule.name for rule in all_rules()}
    counts: dict[str, Counter[str]] = {}
    listed = [case for case in cases() if case["for"] in full]
    posts = [read_post({"text": case["text"], **case.get("post", {})}) for case in listed]
    for case, report in zip(listed, linter.lint_many(posts, now=NOW), strict=True):
        row = counts.setdefault("complaint posts" if case["file"] in NAMED_OTHERWISE else case["for"], Counter())
        hit = full[case["for"]] in {finding.rule for finding in report.findings} & (
            {full["resolved"]} | alarms(report.findings)
        )
        kind = "shown" if case["for"] in case["expect"] else "near"
        row[kind] += 1
        row[f"{kind} hit"] += hit
    lines = ["| rule | found | precision on these | alarms in near misses |", "| --- | --- | --- | --- |"]
    total: Counter[str] = Counter()
    for name, row in sorted(counts.items()):
        lines.append(_row(f"`{full[name]}`" if name in full else name, row))
        total.update(row)
    return [*lines, _row("**all**", total)]


def _row(name: str, row: Counter[str]) -> str:
    hits = row["shown hit"] + row["near hit"]
    cells = [
        shared(row["shown hit"], row["shown"]),
        shared(row["shown hit"], hits),
        shared(row["near hit"], row["near"]),
    ]
    return f"| {name} | {' | '.join(cells)} |"


def quiet(linter: Linter, sources: dict[str, Sequence[Post]]) -> list[str]:
    """Return the table of posts in which each family alarms, of 1,000 ordinary ones of each source."""
    found = {name: counted(linter, posts) for name, posts in sources.items()}
    families = sorted({rule.name.partition("/")[0] for rule in all_rules()})
    heads = [f"{name} ({len(posts):,})" for name, posts in sources.items()]
    lines = [f"| alarms in 1,000 | {' | '.join(heads)} |", f"| --- {'| --- ' * len(heads)}|"]
    for family in [*(f"{name}/" for name in families), "any"]:
        if any(counts[family] for counts in found.values()):
            cells = [per_thousand(found[name][family], len(posts)) for name, posts in sources.items()]
            lines.append(f"| {family.rstrip('/')} | {' | '.join(cells)} |")
    return lines


def ordinary_sources(data: Path) -> dict[str, Sequence[Post]]:
    """Return posts that ask for no alarm, or hardly any, by where they are from."""
    lines = [line for line in ORDINARY.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    found = {"invented ordinary posts": [Post(line) for line in lines]}
    tweets = [
        json.loads(line)["text"]
        for path in sorted((data / "names").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    if tweets:
        found["public tweets"] = [Post(text) for text in tweets if text.strip()]
    return found


def put(page: str, mark: str, lines: Sequence[str]) -> str:
    """Return a page with lines between the marks of a name."""
    begin, end = f"<!-- {mark} -->", f"<!-- end of {mark} -->"
    made, times = re.subn(f"(?s){begin}.*?{end}", lambda _: "\n".join([begin, *lines, end]), page)
    if times != 1:
        raise SystemExit(f"{PAGE}: the marks {begin!r} and {end!r} must stand in it once")
    return made


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep the tables in docs/quality.md")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--evasion", action="store_true", help="measure the disguises as well, which takes minutes")
    options = parser.parse_args()
    linter = Linter()
    made = {"meaning": meaning(linter), "quiet": quiet(linter, ordinary_sources(options.data))}
    if options.evasion:
        made["evasion"] = table().splitlines()
    page = PAGE.read_text("utf-8")
    for mark, lines in made.items():
        print("\n".join([f"{mark}:", *lines, ""]))
        page = put(page, mark, ["", *lines, ""])
    if options.write:
        PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
