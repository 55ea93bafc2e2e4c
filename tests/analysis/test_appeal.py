"""What an appeal asks for, who is sought, and whether it is over."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from wmp_postlint import Document, Media, Post, load_policy
from wmp_postlint.analysis.appeal import SOUGHT, Appeal, open_appeals, read_appeals

POLICY = load_policy()
CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "rules/cases/appeal.jsonl").read_text("utf-8").splitlines()
]


def read(text: str, **fields: object) -> tuple[Appeal, ...]:
    return Document(Post(text, **fields), POLICY).read(read_appeals)  # type: ignore[arg-type]


def only(text: str) -> Appeal:
    (appeal,) = read(text)
    return appeal


def open_kinds(text: str) -> list[str]:
    return [appeal.kind for appeal in open_appeals(Document(Post(text), POLICY))]


def cases(kind: str | None) -> list[str]:
    return [case["text"] for case in CASES if case["expect"] == ([kind] if kind else [])]


def share(texts: list[str], good: Callable[[str], object]) -> float:
    return sum(bool(good(text)) for text in texts) / len(texts)


def test_there_are_cases_enough() -> None:
    sought = sum(len(cases(kind)) for kind in (*SOUGHT, "resolved"))
    assert sought >= 120
    assert len(CASES) - sought >= 150
    assert all(case["synthetic"] for case in CASES)


def test_open_missing_appeals_are_seen() -> None:
    assert share(cases("missing"), lambda text: open_kinds(text) == ["missing"]) >= 0.95


@pytest.mark.parametrize("kind", ["wanted", "identify"])
def test_open_wanted_appeals_are_seen(kind: str) -> None:
    assert share(cases(kind), lambda text: open_kinds(text) in (["wanted"], ["identify"])) >= 0.95


def over(text: str) -> bool:
    return any(appeal.resolved for appeal in read(text))


def test_what_is_over_is_told_from_what_is_open() -> None:
    assert share(cases("resolved"), lambda text: over(text) and not open_kinds(text)) >= 0.95
    still = [text for kind in SOUGHT for text in cases(kind)]
    assert share(still, over) <= 0.02


def test_ordinary_posts_are_no_open_appeals() -> None:
    ordinary = [text for kind in (None, "witness", "property", "next-of-kin") for text in cases(kind)]
    assert share(ordinary, open_kinds) <= 0.02


@pytest.mark.parametrize("kind", ["property", "next-of-kin"])
def test_other_kinds_are_named(kind: str) -> None:
    assert share(cases(kind), lambda text: any(appeal.kind == kind for appeal in read(text))) >= 0.7


def test_name_age_and_mentions_are_placed_exactly() -> None:
    text = (
        "\U0001f6a8 Have you seen Jane Example, 14, from Aston? Jane was last seen today. Miss Example has a blue coat."
    )
    appeal = only(text)
    assert appeal.name is not None
    assert appeal.age is not None
    assert text[appeal.name.start : appeal.name.end] == "Jane Example"
    assert text[appeal.age.start : appeal.age.end] == "14"
    assert [text[span.start : span.end] for span in appeal.mentions] == ["Jane Example", "Jane", "Example"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MISSING: OTTO EXAMPLE, 82, from Harborne. Last seen in a blue coat.", "OTTO EXAMPLE"),
        ("Police are concerned for missing Dudley man Otto Example, 37.", "Otto Example"),
        ("Help us find Otto! He is 9 and went missing at teatime.", "Otto"),
        ("Otto Example-Sample, who was reported missing, has been found safe and well.", "Otto Example-Sample"),
        ("We're trying to trace Otto O'Sample, 22, in connection with a stabbing in Aston.", "Otto O'Sample"),
    ],
)
def test_the_sought_name_is_read(text: str, name: str) -> None:
    span = only(text).name
    assert span is not None
    assert text[span.start : span.end] == name


@pytest.mark.parametrize(
    "text", ["Do you recognise this man? Call 101.", "High risk missing person in Aston. Call 999."]
)
def test_without_a_name_there_is_none(text: str) -> None:
    assert only(text).name is None


@pytest.mark.parametrize(
    "text",
    [
        "Jane Example, 14, is still missing. Her brother has been found. Have you seen her?",
        "Missing Jane Example, 14, has not been found yet. Please keep sharing.",
        "Have you seen Jane Example, 14? Help us make sure she is safe and well.",
        "Jane Example, 14, failed to return home. She was last seen in Aston.",
        "Have you seen missing Jane Example, 14, from Aston? Thanks for sharing our appeal.",
        "Her car has been found but Jane Example, 34, is still missing from Aston.",
        "A man was arrested last night. Detectives now want to speak to Otto Example, 26, about the murder.",
    ],
)
def test_an_appeal_that_stands_is_not_taken_for_over(text: str) -> None:
    assert open_kinds(text)


def test_a_text_about_two_people_is_open_while_one_is_sought() -> None:
    assert open_kinds("Good news, Ann is home. Her sister Joy, 12, is still missing. Have you seen her?") == ["missing"]


def test_each_paragraph_of_a_long_text_is_read_by_itself() -> None:
    padding = "\n\n".join(f"We met {number} residents at the library and gave out leaflets." for number in range(30))
    text = f"{padding}\n\nHave you seen Jane Example, 14? She was last seen in Aston.\n\n{padding}"
    assert open_kinds(text) == ["missing"]
    span = only(text).span
    assert text[span.start : span.end].startswith("Have you seen")


def test_a_disguised_appeal_is_read_and_placed() -> None:
    text = "\uff2d\uff29\uff33\uff33\uff29\uff2e\uff27: Jane Example, 14. Last se\u200ben in Aston."
    appeal = only(text)
    assert (appeal.kind, appeal.span.start, appeal.span.end) == ("missing", 0, 7)


def test_texts_of_media_are_over_once_the_body_says_so() -> None:
    media = (Media(data=b"", alt="Missing: Jane Example, 14, last seen in Aston"),)
    assert [a.surface.kind for a in open_appeals(Document(Post("Please share.", media=media), POLICY))] == ["alt"]
    over = Post("Missing Jane Example has been found safe and well.", media=media)
    assert open_appeals(Document(over, POLICY)) == ()


def test_an_empty_text_holds_nothing() -> None:
    assert read("") == ()


@pytest.mark.parametrize(
    "piece",
    ["a", "0 ", "@", "((", "missing ", "A-", "Have you seen ", "find the a ", "Jane ", " ", "found\n", "wanted for "],
)
def test_no_text_hangs(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.perf_counter()
    read(text)
    assert time.perf_counter() - started < 8
