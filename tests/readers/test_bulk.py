"""Tables for uploading: each tool's template, places of cells, dates that could be two, mistakes that lose words."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from formats import NUMBER, SAMPLES, posts, read
from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint import Linter
from wmp_postlint.readers.csv_text import rows, separator_of
from wmp_postlint.readers.kinds.bulk import dialects
from wmp_postlint.readers.loaded import UnreadableError
from wmp_postlint.readers.schedule import order_of, time_of

TOOLS = ("hootsuite", "sprout", "buffer", "publer", "ayrshare", "socialbee", "table")


def table(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "week.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


@pytest.mark.parametrize("tool", TOOLS)
def test_templates(tool: str) -> None:
    first, second = posts(SAMPLES / f"{tool}.csv")
    assert "Saturday" in first.text
    assert NUMBER in second.text
    assert (first.published_at is None) == (tool in ("hootsuite", "table"))


def test_every_template_has_a_sample() -> None:
    assert len(dialects()) == len(TOOLS)


@pytest.mark.parametrize("tool", TOOLS)
def test_a_finding_has_its_place_in_the_file(tool: str) -> None:
    loaded = [each for each in read(SAMPLES / f"{tool}.csv") if each.post][-1]
    assert loaded.post is not None
    lines = (SAMPLES / f"{tool}.csv").read_text("utf-8").splitlines()
    if tool == "publer":  # two cells that are published together
        assert loaded.text_line is None
        return
    assert loaded.text_line is not None
    assert lines[loaded.text_line - 1][loaded.text_column - 1 :].startswith(loaded.post.text)


def test_a_date_that_could_be_two_is_a_finding(tmp_path: Path) -> None:
    (hootsuite, _) = posts(SAMPLES / "hootsuite.csv")
    findings = Linter(select=["content"]).lint(hootsuite).findings
    assert [finding.field for finding in findings] == ["published_at"]
    sprout = posts(SAMPLES / "sprout.csv")  # another row shows the order
    assert [post.published_at and post.published_at.isoformat() for post in sprout] == [
        "2026-06-25T09:00:00+01:00",
        "2026-06-05T10:30:00+01:00",
    ]
    both = table(tmp_path, "text,date\na,25/06/2026\nb,06/25/2026\nc,05/06/2026\n")
    assert [post.published_at is None for post in posts(both)] == [False, False, True]


def test_dates() -> None:
    assert order_of(["05/06/2026", "06/25/2026 09:00"]) == "month first"
    moment = time_of("05/06/2026 9:30 pm", "month first")
    assert moment is not None
    assert moment.isoformat() == "2026-05-06T21:30:00+01:00"
    assert time_of("2026-06-05T09:00:00Z", None) == datetime(2026, 6, 5, 9, tzinfo=UTC)
    assert time_of("5/5/26", None) is not None
    for text in ("soon", "31/02/2026", "2026-13-01", "05/06/2026 25:00"):
        with pytest.raises(UnreadableError):
            time_of(text, "day first")


@pytest.mark.parametrize(
    ("content", "line", "column", "words"),
    [
        ("text,link\nHello, world, now\n", 2, 14, "more cells than the table has columns"),
        ("01/06/2026 09:00,Hello, and welcome\n", 1, 24, "more cells than"),
        ('text\n"Hello\n', 2, 1, "quote is never closed"),
        ('text\n"Hello" there\n', 2, 8, "behind the closing quote"),
        ("titel,wer\na,b\n", 1, None, "no column that is called text"),
        ("text,date\nHello,soon\n", 2, None, "a time that cannot be read"),
        ("text,link\n", None, None, "no post under it"),
        ("", None, None, "the table is empty"),
        (b"text,link\ncaf\xe9,\n", 2, 4, "CSV UTF-8"),
        (b"text\0,link\n", 1, None, "NUL"),
        ("text,media\n,\n,,\nok,\n", None, None, None),
    ],
)
def test_mistakes(
    tmp_path: Path, content: str | bytes, line: int | None, column: int | None, words: str | None
) -> None:
    errors = [each for each in read(table(tmp_path, content)) if each.error]
    if words is None:
        assert errors == []
        return
    assert words in str(errors[0].error)
    assert (errors[0].line, errors[0].column) == (line, column)


def test_pictures_links_and_unknown_columns(tmp_path: Path) -> None:
    (tmp_path / "van.jpg").write_bytes(b"x")
    content = "Text,Link,Image,Alt text,Mood\nVan,https://a.example,van.jpg https://b.example/c.png,A van,good\n"
    loaded = read(table(tmp_path, content))
    assert "'Mood'" in str(loaded[0].skipped)
    post = loaded[1].post
    assert post is not None
    assert [link.url for link in post.links] == ["https://a.example"]
    assert [(medium.path, medium.filename, medium.alt) for medium in post.media] == [
        (str(tmp_path / "van.jpg"), None, "A van"),
        (None, "c.png", None),
    ]


CELLS = st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_rows_are_what_was_written(written: list[list[str]], separator: str) -> None:
    """What Python's own writer writes is read back, and each cell stands where it is said to."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(written)
    text = out.getvalue()
    expected = [row for row in written if any(cell.strip() for cell in row)]
    # A byte order mark at the very beginning is none of the first cell.
    if text.startswith("\ufeff"):
        return
    found = list(rows(io.BytesIO(text.encode("utf-8")), separator))
    assert [[cell.text for cell in row] for row in found] == expected
    lines = text.split("\n")
    for cell in (cell for row in found for cell in row if cell.as_is):
        first = cell.text.split("\n")[0]
        assert lines[cell.line - 1][cell.column - 1 :].startswith(first)


def test_separators() -> None:
    assert [separator_of(line) for line in ("a,b", "a;b", "a\tb", "a", '"a,b,c";d')] == [",", ";", "\t", ",", ";"]
