"""What ``postlint check`` does to a terminal: width, colour, marks, signals, and nothing that a post tells it to."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import tracemalloc
from dataclasses import replace
from pathlib import Path

import own_rules
import pytest
from own_rules import PROGRAM, postlint
from runs import NOW, orchard_linter, out_of

from wmp_postlint import Post
from wmp_postlint.checker.check import outcome_of
from wmp_postlint.checker.output import make
from wmp_postlint.readers.loaded import Loaded


def test_masking(week: Path) -> None:
    out = postlint(week, "check", "week", "--mask").stdout.decode()
    assert "1 | * * ****" in out
    assert "Two" not in out


def test_colour(week: Path) -> None:
    escape = b"\x1b["
    assert escape not in postlint(week, "check", "week").stdout
    assert escape in postlint(week, "check", "week", FORCE_COLOR="1").stdout
    assert escape not in postlint(week, "check", "week", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert escape in postlint(week, "check", "week", "--color", "always", NO_COLOR="1").stdout
    assert escape not in postlint(week, "check", "week", "--color", "never", FORCE_COLOR="1").stdout


def test_narrow_terminal(week: Path) -> None:
    lines = postlint(week, "check", "week", COLUMNS="40").stdout.decode().splitlines()
    assert max(map(len, lines)) <= 40


def test_many_marks_are_wrapped(tmp_path: Path) -> None:
    (tmp_path / "a.posts.jsonl").write_text('{"text": "ok"}\n' * 150, "utf-8")
    lines = postlint(tmp_path, "check", "a.posts.jsonl").stdout.decode().splitlines()
    marks = [line for line in lines if line.startswith("a.posts.jsonl ")]
    assert [line[-6:] for line in marks] == ["[ 39%]", "[ 78%]", "[100%]"]
    assert sum(line.split()[1].count(".") for line in marks) == 150
    assert {len(line) for line in marks} == {80}


def test_quiet_and_verbose(week: Path) -> None:
    verbose = postlint(week, "check", "week", "-v").stdout.decode()
    assert "week/a.posts.jsonl::tue BLOCK" in verbose
    quiet = postlint(week, "check", "week", "-q").stdout.decode()
    assert "collected" not in quiet
    assert "fruit/pear" in quiet
    assert len(postlint(week, "check", "week", "-qq").stdout.splitlines()) == 1


def test_an_ascii_terminal_gets_escapes(week: Path) -> None:
    done = postlint(week, "check", "week", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert b"\\U0001f693 a pear" in done.stdout


def test_a_file_name_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m.post.md").write_text("a pear", "utf-8")
    out = postlint(tmp_path, "check", ".").stdout
    assert b"\x1b" not in out
    assert b"a\\u{1b}[31m.post.md" in out


@pytest.mark.skipif(os.name != "posix", reason="POSIX signals and pipes")
def test_a_broken_pipe_and_an_interrupt_are_quiet(tmp_path: Path) -> None:
    (tmp_path / "a.posts.jsonl").write_text('{"text": "a pear"}\n' * 3000, "utf-8")
    policy = str(own_rules.write_policy(tmp_path))
    command = [*PROGRAM, "check", "a.posts.jsonl", "--policy", policy]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.read(10)
        process.send_signal(signal.SIGINT)
        assert process.communicate()[1] == b""
        assert process.returncode == 130


def test_a_long_run_keeps_no_posts(tmp_path: Path) -> None:
    """Ten times as many posts with findings take hardly more memory, and every finding is printed once."""
    peaks = {}
    for number in (2_000, 20_000):
        made = make("full", replace(out_of(orchard_linter(tmp_path))[0], text=Counting(), width=80))
        made.start(number, 4)
        linter = orchard_linter(tmp_path)
        tracemalloc.start()
        for index in range(number):
            made.add(outcome_of(Loaded("a.posts.jsonl", index, str(index), Post(f"a pear, {index}")), linter, NOW))
        peaks[number] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        made.finish(1.0)
        text = made._out  # type: ignore[attr-defined]  # what it wrote to
        assert text.pears == text.ruled == number
    assert peaks[20_000] < peaks[2_000] * 2 + 2**20


class Counting(io.StringIO):
    """Counts what is written, and keeps none of it."""

    pears = ruled = 0

    def write(self, words: str) -> int:
        self.pears += words.startswith("error[fruit/pear]")
        self.ruled += words.startswith("_")
        return len(words)
