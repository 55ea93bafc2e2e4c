"""Options of ``postlint check``: what is shown where, files, counting, watching, and the bar of long runs."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import own_rules
import pytest
from own_rules import PROGRAM, postlint
from runs import NOW, orchard_linter, out_of

from wmp_postlint.checker.check import outcome_of
from wmp_postlint.checker.cli import main
from wmp_postlint.checker.formats.concise import make
from wmp_postlint.checker.progress import Progress
from wmp_postlint.checker.terminal import PLAIN, Style
from wmp_postlint.checker.watch import snapshot, watch
from wmp_postlint.post import Post
from wmp_postlint.readers.loaded import Loaded


def raw(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [*PROGRAM, "check", *words, "--policy", str(own_rules.write_policy(folder))]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, env={**os.environ, **environment})


def on_a_terminal(folder: Path, *words: str) -> str:
    """Run the command with a terminal as its standard output."""
    ours, theirs = pty.openpty()
    command = [*PROGRAM, "check", *words, "--policy", str(own_rules.write_policy(folder))]
    with subprocess.Popen(command, cwd=folder, stdout=theirs, stderr=subprocess.PIPE) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                block = os.read(ours, 65536)
            except OSError:
                break
            if not block:
                break
            shown += block
        process.wait()
    os.close(ours)
    return shown.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")
def test_words_are_shown_on_a_terminal_and_masked_elsewhere(week: Path) -> None:
    assert "Two pears" in on_a_terminal(week, "week", "--color", "never")
    assert "Two pears" not in on_a_terminal(week, "week", "--mask", "--color", "never")
    for form in ("full", "html", "json", "sarif", "junit"):
        assert b"a plum" not in raw(week, "week", "--output-format", form).stdout.replace(b"This is a plum", b"")
    assert b"Two pears" in raw(week, "week", "--show-text").stdout
    assert raw(week, "week", "--show-text", "--mask").returncode == 2


@pytest.mark.parametrize("form", ["concise", "github", "gitlab", "html", "jsonl", "junit", "sarif"])
def test_formats_and_exit_codes(week: Path, form: str) -> None:
    done = raw(week, "week", "--output-format", form)
    assert done.returncode == 1
    assert done.stderr == b""
    assert done.stdout
    assert raw(week, "week", "--output-format", form, "--ignore", "fruit/pear").returncode == 0
    assert raw(week, "week", "--output-format", form, "--exit-zero").returncode == 0
    assert raw(week, "nowhere", "--output-format", form, "--exit-zero").returncode == 2


def test_an_unknown_format_says_which_there_are(week: Path) -> None:
    done = raw(week, "week", "--output-format", "xml")
    assert done.returncode == 2
    assert b"--output-format: expected one of full, concise, github" in done.stderr


def test_output_file(week: Path) -> None:
    done = raw(week, "week", "--output-format", "sarif", "--output-file", "out.sarif")
    assert (done.returncode, done.stdout) == (1, b"")
    assert json.loads((week / "out.sarif").read_text("utf-8"))["version"] == "2.1.0"
    raw(week, "week", "--output-file", "out.txt", "--show-text")
    assert "🚓 a pear" in (week / "out.txt").read_text("utf-8")
    done = raw(week, "week", "--output-file", "no/such/folder.txt")
    assert done.returncode == 2
    assert b"--output-file: no/such/folder.txt cannot be written: No such file" in done.stderr


def test_statistics(week: Path) -> None:
    lines = raw(week, "week", "--statistics").stdout.decode().splitlines()
    assert lines[0].split() == ["rule", "posts", "of", "all", "error", "warning", "info", "answered"]
    assert lines[1].split() == ["fruit/pear", "2", "40.0%", "2", "0", "0", "0"]
    assert lines[-1] == "5 posts: 2 block, 1 to review, 2 pass, 0 not wholly checked"
    found = json.loads(raw(week, "week", "--statistics", "--output-format", "json").stdout)
    assert [rule["rule"] for rule in found["rules"]] == ["fruit/pear", "fruit/plum", "fruit/fig"]


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.post.md").write_text("fine", "utf-8")
    (tmp_path / "b.md").write_text("a pear", "utf-8")
    done = postlint(tmp_path, "check", ".")
    assert done.returncode == 0
    assert b"left out, 1: its name does not say that it holds posts" in done.stdout


def test_a_link_to_the_clause(tmp_path: Path) -> None:
    (tmp_path / "a.post.md").write_text("a pear", "utf-8")
    pack = own_rules.POLICY.replace(
        'version = "3.1"', 'version = "3.1"\nclause_link = "https://policy.example/#{clause}"'
    )
    (tmp_path / "linked.toml").write_text(pack, "utf-8")
    command = [*PROGRAM, "check", "a.post.md", "--policy", "linked.toml", "--color"]
    shown = subprocess.run([*command, "always"], cwd=tmp_path, capture_output=True, check=False).stdout.decode()
    assert "\x1b]8;;https://policy.example/#1.1\x1b\\" in shown
    assert (
        "policy.example"
        not in subprocess.run([*command, "never"], cwd=tmp_path, capture_output=True, check=False).stdout.decode()
    )
    assert Style(True).link("https://a.example/\x1b[31m", "x") == Style(True).link(None, "x") == "x"
    assert PLAIN.link("https://a.example", "x") == "x"


def test_watch_runs_again_when_a_file_changes(tmp_path: Path) -> None:
    (tmp_path / "a.post.md").write_text("a", "utf-8")
    turns: list[int] = []

    def change(seconds: float) -> None:
        if len(turns) == 1:
            (tmp_path / "b.post.md").write_text("b", "utf-8")

    def run() -> int:
        turns.append(len(snapshot([str(tmp_path)])))
        return len(turns)

    rounds = iter([True, True, True, False])
    assert watch([str(tmp_path)], run, change, lambda: next(rounds)) == 2
    assert turns == [1, 2]
    assert main(["check", "-", "--watch"]) == 2


def test_the_bar_of_a_long_run(tmp_path: Path) -> None:
    linter = orchard_linter(tmp_path)
    out, kept = out_of(linter)
    terminal, seconds = io.StringIO(), iter([0.0, 0.5, 1.2, 1.25, 2.0])
    progress = Progress(make(out), terminal, lambda: next(seconds))
    progress.start(8, 4)
    for number in range(4):
        progress.add(outcome_of(Loaded("a.json", number, post=Post("a pear")), linter, NOW))
    progress.finish(2.0)
    drawn = terminal.getvalue()
    assert "[#########...............] 3 of 8 posts" not in drawn
    assert "2 of 8 posts, 2 a second, 4 s left" in drawn
    assert "[############............] 4 of 8 posts, 2 a second, 2 s left" in drawn
    assert drawn.endswith("\r\x1b[K")
    assert kept.getvalue().count(b"fruit/pear") == 4


def test_rich_is_not_needed(tmp_path: Path) -> None:
    code = "import sys; from wmp_postlint.checker.cli import main; main(['rules']); print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "False"


def test_a_folder_of_plain_texts_is_drafts_and_an_office_document_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("a pear", "utf-8")
    (tmp_path / "two.md").write_text("fine", "utf-8")
    done = postlint(tmp_path, "check", ".")
    assert done.returncode == 1
    assert b"collected 2 posts" in done.stdout
    (tmp_path / "three.docx").write_bytes(b"no archive at all")
    done = postlint(tmp_path, "check", ".")
    assert done.returncode == 2
    assert b"not read: three.docx" in done.stdout
