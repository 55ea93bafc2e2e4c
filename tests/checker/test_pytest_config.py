"""The pytest plugin under a configuration file and a baseline of postlint's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_config import run as postlint
from test_pytest_plugin import run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "posts/old").mkdir(parents=True)
    (tmp_path / "posts/a.post.txt").write_text("a pear")
    (tmp_path / "posts/b.post.txt").write_text("a plum")
    (tmp_path / "posts/old/c.post.txt").write_text("a pear")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return tmp_path


def outcome(folder: Path, *words: str) -> str:
    return run(folder, "--postlint", "-q", "posts", *words).stdout.strip().split("\n")[-1].partition(" in ")[0]


def test_it_reads_the_same_file(folder: Path) -> None:
    assert outcome(folder) == "2 failed, 1 passed"
    (folder / "postlint.toml").write_text('exclude = ["old"]\nfail-on = "warning"\n')
    assert outcome(folder) == "2 failed"
    assert outcome(folder, "--postlint-fail-on", "error") == "1 failed, 1 passed"
    (folder / "postlint.toml").write_text('severity = { "fruit/pear" = "warning" }\n')
    assert outcome(folder) == "3 passed"
    (folder / "postlint.toml").write_text('ignore = ["fruit/pear"]\n')
    assert outcome(folder) == "3 passed"
    assert outcome(folder, "--postlint-ignore", "fruit/fig") == "2 failed, 1 passed"
    (folder / "postlint.toml").write_text('[per-file-ignores]\n"posts/old/*" = ["fruit/pear"]\n')
    assert outcome(folder) == "1 failed, 2 passed"


def test_a_baseline(folder: Path) -> None:
    options = ("--policy", "orchard.toml")
    assert outcome(folder) == "2 failed, 1 passed"  # which also writes the pack
    assert postlint(folder, "baseline", "create", "base.json", "posts", *options).returncode == 0
    (folder / "postlint.toml").write_text('baseline = "base.json"\n')
    assert outcome(folder) == "3 passed"
    (folder / "posts/d.post.txt").write_text("a third pear")
    assert outcome(folder) == "1 failed, 3 passed"


def test_a_mistake_in_it_is_a_wrong_call(folder: Path) -> None:
    for text, said in (
        ("x = 1", "postlint.toml:1: x: unknown key"),
        ('baseline = "no.json"', "there is no such baseline"),
        ('[per-file-ignores]\n"a" = ["no-such"]', "postlint.toml:2"),
    ):
        (folder / "postlint.toml").write_text(f"{text}\n")
        done = run(folder, "--postlint", "posts")
        assert done.returncode == 4
        assert said in done.stderr
        assert "Traceback" not in done.stderr
        # A run without the plugin does not even look for the file.
        assert "postlint.toml" not in run(folder, "posts").stderr
