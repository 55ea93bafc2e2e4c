"""The invented texts of the benchmark: what must be flagged, and what must not, in shares that may not fall."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from wmp_postlint import Document, Finding, Post, Severity, all_rules, load_policy

TEXTS = Path(__file__).parents[1] / "benchmarks" / "disrepute_texts"
RULES = [rule for rule in all_rules() if rule.name.startswith("disrepute/")]

if not TEXTS.is_dir():
    pytest.skip("the texts lie beside the benchmarks, which this copy has not", allow_module_level=True)


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((TEXTS / name).read_text("utf-8"))


def lines(name: str) -> list[str]:
    return [line for line in (TEXTS / name).read_text("utf-8").splitlines() if line and line[0] not in "#%"]


def found(text: str, least: Severity = Severity.WARNING) -> list[Finding]:
    document = Document(Post(text), load_policy())
    return [finding for rule in RULES for finding in rule.run(document) if finding.severity >= least]


@pytest.mark.parametrize(
    ("name", "least"), [("complaints.toml", 0.85), ("complaints_fresh.toml", 0.65), ("complaints_third.toml", 0.75)]
)
def test_posts_that_draw_complaints(name: str, least: float) -> None:
    kinds = table(name)["kinds"]
    posts = [(text, kind["rules"]) for kind in kinds for text in kind["wrong"]]
    hits = [any(finding.rule.rpartition("/")[2] in rules for finding in found(text)) for text, rules in posts]
    assert sum(hits) / len(hits) >= least
    assert [text for kind in kinds for text in kind.get("fine", ()) if found(text)] == []


def test_ordinary_police_posts() -> None:
    alarms = [text for text in lines("police.txt") if found(text)]
    # Five quote or report abuse, which is for a person to decide.
    assert len(alarms) <= 5
    assert [text for text in alarms if found(text, Severity.ERROR)] == []


def test_innocent_names_and_words() -> None:
    words = dict.fromkeys(word for line in lines("innocent.txt") for word in line.split())
    assert [word for word in words if found(f"See {word} today")] == []


@pytest.mark.parametrize("name", ["groups.toml", "groups_fresh.toml"])
def test_sentences_about_groups(name: str) -> None:
    lists = {key: words for key, words in table("groups.toml").items() if isinstance(words, list)}
    limits = {"found": (0.95, 1.0, 1.0), "not an error": (0.0, 1.0, 0.02), "nothing": (0.0, 0.0, 0.0)}
    for kind, entry in table(name).items():
        if not isinstance(entry, dict) or entry["expect"] not in limits:
            continue
        texts: list[str] = []
        for template in entry["templates"]:
            slot = re.search(r"\{(\w+)\}", template)
            texts += [template.replace(slot[0], word) for word in lists[slot[1]][:6]] if slot else [template]
        least, most, errors = limits[entry["expect"]]
        flagged = sum(bool(found(text)) for text in texts) / len(texts)
        assert least <= flagged <= most, kind
        assert sum(bool(found(text, Severity.ERROR)) for text in texts) / len(texts) <= errors, kind


def test_heated_tweets() -> None:
    tweets = table("tweets.toml")
    assert sum(bool(found(text)) for text in tweets["offensive"]) / len(tweets["offensive"]) >= 0.8
    assert sum(bool(found(text)) for text in tweets["harmless"]) <= 3
    assert [text for text in tweets["harmless"] if found(text, Severity.ERROR)] == []
