"""No text makes a rule hang: each runs over long, awkward texts, and its time grows no faster than the text."""

from __future__ import annotations

import time

import pytest

from wmp_postlint import Document, Post, Rule, all_rules, load_policy

POLICY = load_policy()
LENGTH = 10_000
AWKWARD = (
    "a", "A", "0", "0 ", " ", "\n", "@", "#", "#A", "(", "((", "*", "a*", "* ", ".", "a.", "a-", "-", "/", "1/",
    "a@", "@a.", "http://", "www.", "A1 ", "AB12 ", "(0121) ", "+44", "07", "Mr ", "PC ", "Smith ", '"', "'",
    "“a", "é", "\u200b", "1️⃣", "😀", "a b ", "f u ", "OFFICIAL ", "- ", "TOP SECRET ", "missing ",
    "have you seen ", "wanted ", "I said ", "oh seven ", "<a ", "&", "[a](", "f**k ", "12 High Street ",
    "B1 1AA ", "12/03/1985 ", "ring me ", "at ", "dot ", "reporter ", "RT @WMPolice ", "e", "ee", "ha",
)  # fmt: skip


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_awkward_texts_take_no_longer_than_they_are_long(rule: Rule) -> None:
    slowest = (0.0, "")
    for piece in AWKWARD:
        text = (piece * LENGTH)[:LENGTH]
        document = Document(Post(text), POLICY)
        start = time.perf_counter()
        for _ in rule.run(document):
            pass
        slowest = max(slowest, (time.perf_counter() - start, piece))
    # The longest any rule needs here is a few tenths of a second; a quadratic pattern needs minutes.
    assert slowest[0] < 8, slowest
