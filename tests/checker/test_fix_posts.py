"""``postlint fix`` on post files: a diff unless it is told to write, whole fixes only, and the result linted again."""

from __future__ import annotations

import json
import subprocess
from io import BytesIO
from pathlib import Path

import own_rules
import pytest
from own_rules import PROGRAM
from runs import NOW, orchard_linter

from wmp_postlint import Linter
from wmp_postlint.checker.fix_posts import FixedFile, fix_file
from wmp_postlint.media import read_media, samples
from wmp_postlint.readers.files import find


def fix(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, "fix", *words, "--policy", str(own_rules.write_policy(folder))]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def fixed(path: Path, *, safe_only: bool = True) -> FixedFile:
    (source,) = find([str(path)], BytesIO())
    return fix_file(source, orchard_linter(path.parent), NOW, safe_only=safe_only)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.post.md", "---\nid: a\n---\n\n🚓 one pear\nand a pear\n", "---\nid: a\n---\n\n🚓 one apple\nand a apple\n"),
        ("a.post.md", "---\r\nid: a\r\n---\r\na pear\r\nb\r\n", "---\r\nid: a\r\n---\r\na apple\r\nb\r\n"),
        ("a.post.md", "\ufeffa pear", "\ufeffa apple"),
        ("a.post.txt", "a pear\n", "a apple\n"),
        ("a.posts.csv", 'id,text\n1,"a pear, a fig"\n2,pear\n', 'id,text\n1,"a apple, a fig"\n2,apple\n'),
        ("a.posts.jsonl", '{"text": "a pear"}\n{"text": "b"}\n', '{"text": "a apple"}\n{"text": "b"}\n'),
        ("a.post.json", '{\n  "text": "a pear \\u00e9"\n}\n', '{\n  "text": "a apple \\u00e9"\n}\n'),
        ("a.posts.json", '[\n {"text": "x"},\n {"text": "pear"}\n]\n', '[\n {"text": "x"},\n {"text": "apple"}\n]\n'),
        ("a.post.json", '{"text": "a", "media": [{"alt": "pear"}]}', '{"text": "a", "media": [{"alt": "apple"}]}'),
    ],
)
def test_what_changes(tmp_path: Path, name: str, before: str, after: str) -> None:
    path = tmp_path / name
    path.write_bytes(before.encode())
    done = fixed(path)
    assert done.after == after
    assert done.before == before
    assert not any("pear" in finding.rule for report in done.reports for finding in report.findings)
    assert path.read_bytes() == before.encode()


def test_a_diff_unless_it_is_told_to_write(tmp_path: Path) -> None:
    (tmp_path / "a.post.md").write_text("a pear\nand more\n", "utf-8")
    done = fix(tmp_path, "a.post.md")
    assert done.returncode == 0
    assert "--- a/a.post.md\n+++ b/a.post.md\n@@ -1,2 +1,2 @@\n-a pear\n+a apple\n and more\n" in done.stdout
    assert "1 edit to make, with --in-place" in done.stdout
    assert fix(tmp_path, "a.post.md", "--diff").returncode == 1
    assert fix(tmp_path, "a.post.md", "--diff", "--in-place").returncode == 2
    assert "a pear" in (tmp_path / "a.post.md").read_text("utf-8")
    done = fix(tmp_path, ".", "--in-place")
    assert (done.returncode, "1 edit made" in done.stdout) == (0, True)
    assert (tmp_path / "a.post.md").read_text("utf-8") == "a apple\nand more\n"
    assert fix(tmp_path, "a.post.md", "--diff").returncode == 0


def test_a_diff_names_an_absolute_path_without_its_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, elsewhere = tmp_path / "a.post.md", tmp_path / "elsewhere"
    path.write_text("a pear\n", "utf-8")
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    name = path.as_posix().lstrip("/")
    assert fixed(path).diff.startswith(f"--- a/{name}\n+++ b/{name}\n")
    monkeypatch.chdir(tmp_path)
    assert fixed(path).diff.startswith("--- a/a.post.md\n+++ b/a.post.md\n")


def test_what_cannot_be_mended_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.post.json").write_text('{"text": "rotten"}', "utf-8")
    assert fix(tmp_path, "a.post.json").returncode == 2
    (tmp_path / "b.post.json").write_text('{"text": ', "utf-8")
    done = fix(tmp_path, "b.post.json")
    assert done.returncode == 2
    assert "it ends too early" in done.stdout
    (tmp_path / "c.json").write_text(
        '{"version": "https://jsonfeed.org/version/1", "items": [{"content_text": "pear"}]}'
    )
    done = fix(tmp_path, "c.json")
    assert done.returncode == 1
    assert "fixes are not written into a JSON Feed; change it by hand" in done.stdout
    assert "1 post would still block" in done.stdout
    linked = {"text": "a pear", "links": [{"url": "https://a.example", "start": 0, "end": 1}]}
    (tmp_path / "d.post.json").write_text(json.dumps(linked), "utf-8")
    assert "change it by hand" in fix(tmp_path, "d.post.json").stdout


def test_a_cell_that_cannot_take_the_words_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.posts.csv"
    path.write_text('text\n"a ""ripe"" pear"\n', "utf-8")
    done = fixed(path)
    assert done.after == done.before
    assert "change it by hand" in done.notes[0]


def test_pictures_of_posts_are_mended_too(tmp_path: Path) -> None:
    (tmp_path / "van.jpg").write_bytes(samples.jpeg((52.5, -1.9)))
    (tmp_path / "a.post.json").write_text('{"text": "Our van", "media": [{"path": "van.jpg"}]}', "utf-8")
    command = [*PROGRAM[:1], "-m", "wmp_postlint", "fix", "a.post.json"]
    done = subprocess.run([*command, "--diff"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "van.jpg: a copy without location would be written" in done.stdout
    subprocess.run([*command, "--in-place"], cwd=tmp_path, capture_output=True, check=False)
    assert read_media(tmp_path / "van.jpg").positions == ()


def test_numbers_are_masked_only_where_unsafe_fixes_are_asked_for(tmp_path: Path) -> None:
    text = "Ring me on 07700 900461, or write to 24 Larch Street.\n"
    (tmp_path / "a.post.md").write_text(text, "utf-8")
    (source,) = find([str(tmp_path / "a.post.md")], BytesIO())
    assert fix_file(source, Linter(), NOW).after == text
    done = fix_file(source, Linter(), NOW, safe_only=False)
    assert done.after == "Ring me on [number removed], or write to 24 Larch Street.\n"
    (report,) = done.reports
    assert report.verdict == "block"  # the address is no number
    assert len(report.findings) == 1
