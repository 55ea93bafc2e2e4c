"""Batches of Arrow: the same findings as one post at a time, a row for a row, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")

from archive import even, made_posts, picture  # noqa: E402  they need pyarrow

from wmp_postlint import Linter, Post  # noqa: E402
from wmp_postlint.errors import InputError  # noqa: E402
from wmp_postlint.policy import load_policy  # noqa: E402
from wmp_postlint.scale import judged as judging  # noqa: E402
from wmp_postlint.scale.arrow import POSTS, REPORTS, batch_of, lint_batches  # noqa: E402
from wmp_postlint.scale.pack_text import pack_of, text_of  # noqa: E402

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter()


def linted(linter: Linter, rows: list[dict[str, Any]], **options: Any) -> list[dict[str, Any]]:
    batches = [pa.RecordBatch.from_pylist(even(rows)[at : at + 90]) for at in range(0, len(rows), 90)]
    return [row for batch in lint_batches(batches, linter, now=NOW, **options) for row in batch.to_pylist()]


def test_the_same_as_one_at_a_time(linter: Linter) -> None:
    rows = made_posts(200)
    for number, row in enumerate(rows):
        row.pop("media", None)
        if number % 10 == 9:
            row["media"] = [{"data": picture(number), "filename": f"IMG_{number}.jpg", "alt": "A van", "path": None}]
    posts = [{**row, "media": [{k: v for k, v in m.items() if v} for m in row.get("media", ())]} for row in rows]
    reports = [linter.lint(post, now=NOW) for post in posts]
    batches = list(lint_batches([pa.RecordBatch.from_pylist(even(rows))], linter, now=NOW, details=True))
    assert pa.Table.from_batches(batches).to_pylist() == batch_of(posts, reports, details=True).to_pylist()
    found = [finding for report in reports for finding in report.findings]
    assert "media[0].location" in {finding.field for finding in found}
    assert len({finding.rule for finding in found}) > 20


def test_schema_is_fixed_whatever_was_found(linter: Linter) -> None:
    for rows in ([{"text": "Road closed"}], [{"text": "Ring 0121 496 0123"}]):
        for batch in lint_batches([pa.RecordBatch.from_pylist(rows)], linter):
            assert batch.schema == REPORTS
    empty = POSTS.empty_table().to_batches() or [pa.RecordBatch.from_pylist([], schema=POSTS)]
    assert sum(batch.num_rows for batch in lint_batches(empty, linter)) == 0


def test_no_words_come_out(linter: Linter) -> None:
    rows = [{"id": "1", "text": "Zebedee Quillfeather lives at 14 Larch Road, call 0121 496 0123", "account": "x"}]
    out = str(linted(linter, rows))
    assert "phone-number" in out
    for word in ("Quillfeather", "Larch", "0123"):
        assert word not in out
    assert "0121" not in out


def test_a_bad_row_has_an_error_and_loses_no_other(linter: Linter) -> None:
    rows: list[dict[str, Any]] = [{"id": str(at), "text": "Road closed"} for at in range(4)]
    rows[1]["text"] = None
    rows[2]["kind"] = "novel"
    out = linted(linter, rows)
    assert [row["id"] for row in out] == ["0", "1", "2", "3"]
    assert [bool(row["errors"]) for row in out] == [False, True, True, False]
    assert [row["verdict"] for row in out][1:3] == ["review", "review"]


def test_half_a_surrogate_loses_no_row(linter: Linter) -> None:
    posts = [Post("Road closed", id="\ud800"), Post("Road closed", id="b")]
    assert batch_of(posts, judging.judged(linter, posts, NOW)).column("id").to_pylist() == ["?", "b"]


def test_a_crash_over_many_posts_is_contained(linter: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    real = linter.lint_many

    def failing(posts: list[Post], **options: Any) -> Any:
        if any("boom" in post.text for post in posts):
            raise ZeroDivisionError("boom in the words")
        return real(posts, **options)

    monkeypatch.setattr(linter, "lint_many", failing)
    reports = judging.judged(linter, [Post("Road closed", id="a"), Post("boom", id="b")], NOW)
    assert [report.post_id for report in reports] == ["a", "b"]
    assert [len(report.errors) for report in reports] == [0, 1]
    assert "words" not in reports[1].errors[0].message


def test_the_same_text_is_linted_once_and_only_the_same(linter: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    real = linter.lint_many

    def counted(posts: list[Post], **options: Any) -> Any:
        seen.append(len(posts))
        return real(posts, **options)

    monkeypatch.setattr(linter, "lint_many", counted)
    text = "Ring me on 07700 900123"
    rows: list[dict[str, Any]] = [
        {"id": "a", "text": text},
        {"id": "b", "text": text},
        {"id": "c", "text": text, "kind": "reply"},
        {"id": "d", "text": text, "media": [{"data": picture(0)}]},
        {"id": "e", "text": text, "media": [{"data": picture(1)}]},
    ]
    out = linted(linter, rows)
    assert seen == [4]
    assert [row["id"] for row in out] == ["a", "b", "c", "d", "e"]
    assert out[0]["findings"] == out[1]["findings"] != []


@pytest.mark.parametrize(
    ("columns", "keep", "said"),
    [
        ({"id": ["1"]}, (), "no such column"),
        ({"text": ["x"], "alt_text": ["y"]}, (), "alt_text: unknown key"),
        ({"text": ["x"]}, ("key",), "key: there is no such column"),
        ({"text": ["x"], "published_at": pa.array([datetime(2026, 5, 4)], pa.timestamp("us"))}, (), "without a zone"),  # noqa: DTZ001
        ({"text": ["x"], "id": ["y"]}, ("id",), "another name"),
    ],
)
def test_what_is_refused(linter: Linter, columns: dict[str, Any], keep: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        list(lint_batches([pa.RecordBatch.from_pydict(columns)], linter, keep=keep))


def test_kept_columns_and_the_picture_column(linter: Linter) -> None:
    rows: list[dict[str, Any]] = [
        {"text": "At the park", "image": picture(0), "key": 7},
        {"text": "At the park", "image": None, "key": 8},
    ]
    out = linted(linter, rows, keep=("key",))
    assert [row["key"] for row in out] == [7, 8]
    assert "media[0].location" in {finding["field"] for finding in out[0]["findings"]}
    assert "media[0].location" not in {finding["field"] for finding in out[1]["findings"]}


def test_batches_with_pictures_are_cut(linter: Linter) -> None:
    rows = [{"text": "At the park", "image": bytes(9_000_000)} for _ in range(8)]
    out = list(lint_batches([pa.RecordBatch.from_pylist(rows)], linter))
    assert sum(batch.num_rows for batch in out) == 8
    assert max(batch.num_rows for batch in out) <= 4


@pytest.mark.parametrize("name", ["west-midlands", "uk-police"])
def test_a_pack_travels_as_text(name: str) -> None:
    policy = load_policy(name)
    assert pack_of(text_of(policy)) == policy
    with pytest.raises(InputError):
        pack_of("no JSON")
