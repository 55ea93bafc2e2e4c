"""What a sieve passes over matches nowhere, for the patterns of every rule and for whatever else a pattern may hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wmp_postlint import Document, Post, all_rules, load_policy
from wmp_postlint.analysis.pieces import flat, pieces, searched
from wmp_postlint.analysis.sieve import Sieve, compiled
from wmp_postlint.checker.hold import post_of

CASES = Path(__file__).parents[1] / "rules" / "cases"
SOURCES = (
    r"(?<!\w)(?:he|she|they)(?:'s|\s+is)\s+(?:now\s+)?(?:safe|home)(?!\w)",
    r"\b(?:press|media) bids\b|\bphoto ?call\b(?=[^.!?\n]{0,40}\bpress\b)",
    r"(?<![\w#@])[\[(]?TLP ?[:=] ?(?:CLEAR|WHITE)(?!\w)[\])]?",
    r"colou?rs?|gr[ae]y{1,2}\s*(?:cat|dog){2}",
    r"(?:a|bc){0,2}def|(?:gh|ij)+kl{2}m",
    r"O[ .\-_]F[ .\-_]F",
    r"(?:^|(?<=\n))[^\w\n]{0,8}(?:strictly )?private(?=[^\w\n]*(?:\n|$)|[ \t]*[-:|/])",
    r"x\.y\W+z-\s*q|don'?t(?! go)",
    r"(?i:key)\s?(?P<value>\d{3,4})|(?-i:PIN) is",
    r"\d{1,2}|\w+ing",
    r"(?:one|two|three|four|five) (?:blue|red|green|white|black) (?:cars|vans|bikes|boats|trains)\b",
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("missing", (("missing",),)),
        (r"(?:gone|went)\s+missing", (("gone missing", "went missing"),)),
        ("colou?rs", (("colors", "colours"),)),
        (r"(?<!\w)he(?:'s|\s+is)\b", ((" he is ", " he s "),)),
        (r"(?:the )?help", (("help",),)),
        (r"\d{1,2}", ((" \x02 ",),)),
        (r"found|[0-3]", ((" \x02 ", "found"),)),
        (r"found|\w", ()),
        (r"\bi\b", ((" i ",),)),
        ("[\U0001f602\U0001f923]+", ((" \x03 ",),)),
        ("lol|\N{EYES}", ((" \x03 ", "lol"),)),
        ("x(?=missing)", ()),
        ("(?:ab|cd){0,3}efg", (("efg",),)),
        (r"(?<!\w)m[ae]n(?!\w)", ((" man ", " men "),)),
    ],
)
def test_pieces(source: str, expected: tuple[tuple[str, ...], ...]) -> None:
    assert pieces(source) == expected


def test_flat() -> None:
    assert flat("Looking -- for\n'Tom'!") == " looking for tom "
    assert flat("D\u0131\u017fc £5 caf\u00e9\u2014ok") == " disc 5 caf\u00e9 ok "
    assert flat("") == "  "
    assert searched("Ring 101 \U0001f440") == " ring 101 \x02 \x03 "


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SOURCES), st.data())
def test_a_pattern_is_kept_for_what_it_matches(source: str, data: st.DataObject) -> None:
    pattern = re.compile(source, re.IGNORECASE)
    around = st.text("ab .-#@_\n1\u00e9", max_size=4)
    text = data.draw(around) + data.draw(st.from_regex(pattern)) + data.draw(around)
    if pattern.search(text):
        assert Sieve([source]).candidates(text) == [pattern]


def texts() -> Iterator[Post]:
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines()[::4]:
            yield Post(json.loads(line)["text"])
    for rule in all_rules():
        yield from map(post_of, rule.examples)


def test_no_rule_passes_over_a_match(monkeypatch: pytest.MonkeyPatch) -> None:
    sifted = Sieve._indexes
    checked = 0

    def indexes(sieve: Sieve, text: str) -> Sequence[int]:
        nonlocal checked
        kept = sifted(sieve, text)
        for index in range(len(sieve._sources)):
            checked += 1
            pattern = compiled(sieve._sources[index])
            assert index in kept or not pattern.search(text), (pattern.pattern, text)
        return kept

    monkeypatch.setattr(Sieve, "_indexes", indexes)
    policy = load_policy()
    rules = [rule for rule in all_rules() if not rule.name.startswith("personal-data/")]
    for post in texts():
        document = Document(post, policy)
        for rule in rules:
            list(rule.run(document))
    assert checked > 10_000
