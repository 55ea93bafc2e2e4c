"""``postlint check`` as a program, with the tests' own rules and pack."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import own_rules
import pytest
from own_rules import PROGRAM, postlint


def test_the_whole_output(week: Path) -> None:
    done = postlint(week, "check", "week")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 1
    assert done.stderr == b""
    assert lines[1:7] == [
        "policy: orchard 3.1 (The orchard's policy)",
        "rules: 4",
        "collected 5 posts",
        "",
        "week/a.posts.jsonl .Fr.                                                   [ 80%]",
        "week/b.post.md F                                                          [100%]",
    ]
    at = lines.index("error[fruit/pear]: This is a pear.")
    assert lines[at + 1 : at + 9] == [
        "  --> week/a.posts.jsonl:2:39 text:1:5",
        "  |",
        "1 | 🚓 a pear",
        "  |      ^^^^",
        "  = advice: Take it out, or ask the gardener.",
        "  = clause 1.1: No fruit in posts",
        "  = clause 9.9",
        "  = fix: Say apple instead.",
    ]
    assert "  --> week/b.post.md:6:5 text" in lines
    assert "6 | Two pears." in lines
    assert lines[-1].strip("= ").startswith("2 posts block, 1 to review, 2 pass in ")
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("week",), 1),
        (("week", "--ignore", "fruit/pear"), 0),
        (("week", "--select", "nut,fruit/fig"), 0),
        (("week", "--select", "fruit/plum", "--fail-on", "warning"), 1),
        (("week", "--select", "fruit/fig", "--fail-on", "info"), 1),
        (("week", "--select", "fruit/fig", "--fail-on", "warning"), 0),
        (("week", "missing.post.json"), 2),
        (("week", "--select", "fruit/pare"), 2),
        (("week", "--ignore", "*"), 2),
        (("week", "--fail-on", "never"), 2),
        (("week", "--policy", "missing.toml"), 2),
        ((), 2),
    ],
)
def test_exit_codes(week: Path, words: tuple[str, ...], code: int) -> None:
    own_rules.write_policy(week)
    command = [*PROGRAM, "check", "--policy", "orchard.toml", *words]
    done = subprocess.run(command, cwd=week, capture_output=True, check=False)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr + done.stdout
    if code == 2 and "missing.post.json" not in words:
        assert done.stderr


def test_no_subcommand_is_a_usage_error(tmp_path: Path) -> None:
    assert subprocess.run(PROGRAM, capture_output=True, check=False).returncode == 2


def test_what_cannot_be_looked_at_wins_over_what_was_found(tmp_path: Path) -> None:
    (tmp_path / "a.posts.jsonl").write_text('{"text": "a rotten pear"}\n{"text": "a pear"\n{"text": "ok"}\n', "utf-8")
    done = postlint(tmp_path, "check", "a.posts.jsonl")
    out = done.stdout.decode()
    assert done.returncode == 2
    assert "a.posts.jsonl FE." in out
    assert "not checked[nut/walnut]: the rule failed (RuntimeError)" in out
    assert "not read: a.posts.jsonl:2:18: is not JSON: it ends too early" in out
    assert "1 post blocks, 1 passes, 1 of these looked at only in part, 1 not read" in out


def test_bytes_that_are_not_utf8_never_reach_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "x.post.md").write_bytes(b"caf\xe9 pear")
    done = postlint(tmp_path, "check", ".")
    assert done.returncode == 2
    assert b"not read: x.post.md:1:4: holds a byte that is not UTF-8; save it as UTF-8" in done.stdout
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("stdin", "code", "count"),
    [
        (b"a pear", 1, 1),
        (b"no fruit\n", 0, 1),
        (b'{"text": "a pear"}', 1, 1),
        (b'[{"text": "a pear"}, {"text": "b"}]', 1, 2),
        (b'{"text": "a pear"}\n\n{"text": "b"}\n', 1, 2),
        (b"", 2, 1),
        (b"[]", 2, 1),
        (b'{"text": 3}', 2, 1),
    ],
)
def test_stdin(tmp_path: Path, stdin: bytes, code: int, count: int) -> None:
    done = postlint(tmp_path, "check", "-", stdin=stdin)
    assert done.returncode == code
    assert f"collected {count} post".encode() in done.stdout


def test_approvals_of_files_count_only_when_trusted(tmp_path: Path) -> None:
    approval = {"covers": "appeal", "by": "A", "reference": "R-7"}
    waiver = {"rule": "fruit/plum", "reason": "harvest", "by": "B"}
    post = {"text": "a pear, a plum", "approvals": [approval], "waivers": [waiver, {**waiver, "rule": "fruit/fig"}]}
    (tmp_path / "a.post.json").write_text(json.dumps(post), "utf-8")
    done = postlint(tmp_path, "check", "a.post.json")
    out = " ".join(done.stdout.decode().split())
    assert done.returncode == 1
    assert "= note: The approval R-7 does not count" in out
    assert "warning[fruit/plum] (waived): This is a plum." in out
    assert "= waived: by B: harvest" in out
    assert "note: the waiver of fruit/fig answered nothing; take it out" in out
    done = postlint(tmp_path, "check", "a.post.json", "--trust-approvals")
    assert done.returncode == 0
    assert b"error[fruit/pear] (approved): This is a pear." in done.stdout
    assert b"= approved: reference R-7" in done.stdout


def test_json(week: Path) -> None:
    done = postlint(week, "check", "week", "nowhere.post.md", "--output-format", "json")
    assert done.returncode == 2
    result = json.loads(done.stdout)
    assert list(result) == ["version", "policy", "posts", "errors", "skipped", "summary"]
    assert result["version"] == 1
    assert result["policy"] == {"id": "orchard", "version": "3.1"}
    assert [(post["path"], post["line"], post["report"]["verdict"]) for post in result["posts"]] == [
        ("week/a.posts.jsonl", 1, "pass"),
        ("week/a.posts.jsonl", 2, "block"),
        ("week/a.posts.jsonl", 3, "review"),
        ("week/a.posts.jsonl", 4, "pass"),
        ("week/b.post.md", 1, "block"),
    ]
    pear = result["posts"][1]["report"]["findings"][0]
    assert pear["excerpt"] == "****"
    assert pear["data"] == {"weight": None}
    assert pear["fixes"][0]["edits"][0]["replacement"] is None
    assert result["errors"] == [
        {"path": "nowhere.post.md", "line": None, "column": None, "id": None, "message": "no such file or folder"}
    ]
    assert result["summary"]["block"] == 2
    assert result["summary"]["not_checked"] == 1
    assert result["summary"]["findings"] == {"error": 2, "warning": 2, "info": 1, "answered": 0}
    assert b"pear" not in done.stdout.replace(b"fruit/pear", b"").replace(b"This is a pear", b"")
    assert postlint(week, "check", "week", "nowhere.post.md", "--output-format", "json").stdout == done.stdout
    shown = json.loads(postlint(week, "check", "week", "--output-format", "json", "--show-text").stdout)
    pear = shown["posts"][1]["report"]["findings"][0]
    assert pear["excerpt"] == "pear"
    assert pear["data"] == {"weight": 123456}


def test_json_of_lone_surrogates_is_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.post.json").write_text(r'{"id": "\ud800", "text": "\udc00 pear \ud83d\ude93"}', "utf-8")
    done = postlint(tmp_path, "check", "a.post.json", "--output-format", "json", "--show-text")
    assert json.loads(done.stdout.decode("utf-8"))["posts"][0]["report"]["id"] == "\ufffd"
    assert postlint(tmp_path, "check", "a.post.json").returncode == 1


def test_module_and_bundled_pack(tmp_path: Path) -> None:
    """The product as it is installed, whatever rules it has."""
    done = subprocess.run(
        [sys.executable, "-m", "wmp_postlint", "check", "-", "--output-format", "json"],
        input=b"Road closed on the A38, please find another way.",
        capture_output=True,
        check=False,
    )
    if b"none is left" in done.stderr:
        pytest.skip("no rules are installed")
    result = json.loads(done.stdout)
    assert len(result["posts"]) == 1
    assert done.returncode == (2 if result["posts"][0]["report"]["errors"] else 1 if result["summary"]["block"] else 0)
