"""The log of decisions: nothing personal in it, no edit goes unseen, and no writer loses a line."""

from __future__ import annotations

import json
import multiprocessing
import os
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint import Account, Approval, AuditLog, AuditLogError, Linter, Media, Post, Rule, Waiver, lint
from wmp_postlint.audit_chain import _hash, verify
from wmp_postlint.checker.cli import main

NOW = datetime(2026, 5, 5, 12, tzinfo=UTC)
POST = Post(
    "please ALARM Invented Person",
    id="invented-id",
    account=Account("InventedHandle"),
    approvals=(Approval("appeal", "Invented Giver", "CC-12"),),
    waivers=(Waiver("test/shouting", "Invented reason", "Invented Waiver"),),
)


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    return AuditLog.start(tmp_path / "decisions.jsonl")


@pytest.fixture
def whole(log: AuditLog, asking: type[Rule], shouting: type[Rule]) -> list[bytes]:
    """The lines of a log of five decisions."""
    linter = Linter(rules=[asking, shouting], log=log)
    for text in ("one", "please", "ALARM", "please ALARM", "five"):
        linter.lint(text)
    return log.path.read_bytes().splitlines(keepends=True)


def entries(log: AuditLog) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.path.read_bytes().splitlines()]


def test_a_decision_is_written_before_it_is_given_back(log: AuditLog, asking: type[Rule], shouting: type[Rule]) -> None:
    linter = Linter(rules=[asking, shouting], log=log)
    reports = list(linter.lint_many([POST, {"txt": "unreadable"}, "calm"], now=NOW))
    written = entries(log)[1:]
    assert [entry["verdict"] for entry in written] == [report.verdict for report in reports]
    assert [finding[:3] for finding in written[0]["findings"]] == [  # type: ignore[attr-defined]
        ["test/asking", "warning", "approved"],
        ["test/shouting", "error", "waived"],
    ]
    assert written[0]["findings"][0][3] == "CC-12"  # type: ignore[index]
    assert written[1]["errors"] == ["input"]
    assert log.verify().problems == ()


def test_nothing_personal_is_in_it(log: AuditLog, asking: type[Rule], shouting: type[Rule]) -> None:
    Linter(rules=[asking, shouting], log=log).lint(POST, now=NOW)
    written = log.path.read_text("ascii").casefold()
    for words in ("invented", "please", "alarm", "person", "giver", 'waiver"', "reason"):
        assert words not in written


def test_digests_are_keyed(tmp_path: Path) -> None:
    one, other = AuditLog.start(tmp_path / "a"), AuditLog.start(tmp_path / "b")
    for log in (one, other):
        log.record(POST, lint(POST, rules=["approval"]))
    first, second = entries(one)[1], entries(other)[1]
    for key in ("post", "id", "account"):
        assert first[key] != second[key]
    assert stat.S_IMODE((tmp_path / "a.key").stat().st_mode) == 0o600


def test_who_has_the_post_finds_its_decisions(log: AuditLog, whole: list[bytes]) -> None:
    assert [entry["verdict"] for entry in log.find(Post("please"))] == ["review"]
    assert list(log.find(Post("never seen"))) == []
    with pytest.raises(AuditLogError, match="cannot be found"):
        list(log.find(Post("x", media=(Media(),))))


@given(data=st.data())
def test_any_edit_breaks_the_chain(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Bytes changed, put in or taken out; lines taken out (but for the last ones), moved, or written twice."""
    lines, path = sample(tmp_path_factory)
    kind = data.draw(st.sampled_from(["byte", "insert", "cut", "line", "swap", "twice"]))
    content, at = b"".join(lines), data.draw(st.integers(0, sum(map(len, lines)) - 1))
    index = data.draw(st.integers(0, len(lines) - 2))
    if kind == "byte":
        changed = content[:at] + bytes([content[at] ^ data.draw(st.integers(1, 255))]) + content[at + 1 :]
    elif kind == "insert":
        changed = content[:at] + data.draw(st.binary(min_size=1, max_size=3)) + content[at:]
    elif kind == "cut":
        at = min(at, len(content) - 2)
        end = data.draw(st.integers(at + 1, len(content) - 1))
        changed = content[:at] + content[end:]
    elif kind == "line":
        changed = b"".join(lines[:index] + lines[index + 1 :])
    elif kind == "swap":
        changed = b"".join([*lines[:index], lines[index + 1], lines[index], *lines[index + 2 :]])
    else:
        changed = b"".join([*lines[: index + 1], *lines[index:]])
    # To cut off whole lines at the end is what the noted hash is for.
    if changed not in [b"".join(lines[:count]) for count in range(1, len(lines) + 1)]:
        path.write_bytes(changed)
        assert verify(path).problems


SAMPLE: list[tuple[list[bytes], Path]] = []


def sample(factory: pytest.TempPathFactory) -> tuple[list[bytes], Path]:
    if not SAMPLE:
        path = factory.mktemp("log") / "log"
        log = AuditLog.start(path)
        for text in ("one", "two", "three"):
            log.record(Post(text), lint(text, rules=["approval"]), at=NOW)
        SAMPLE.append((path.read_bytes().splitlines(keepends=True), path.with_name("changed")))
    return SAMPLE[0]


def test_lines_cut_off_at_the_end_are_seen_by_a_hash_that_was_noted(log: AuditLog, whole: list[bytes]) -> None:
    head = log.verify().head
    assert log.verify(head).problems == ()
    log.path.write_bytes(b"".join(whole[:-1]))
    assert log.verify().problems == ()
    assert "lines were cut off" in log.verify(head).problems[0]


def test_hashes_made_anew_lack_the_codes(log: AuditLog, whole: list[bytes]) -> None:
    """Who rewrites a line and every hash after it is seen by whoever has the key."""
    before, forged = "", b""
    for line in whole:
        entry = json.loads(line)
        entry["prev"] = before or entry["prev"]
        entry["verdict"] = "pass"
        before = entry["hash"] = _hash(entry)
        forged += json.dumps(entry, separators=(",", ":")).encode() + b"\n"
    log.path.write_bytes(forged)
    assert verify(log.path).problems == ()
    assert "not written with this log's key" in log.verify().problems[0]


@pytest.mark.parametrize("torn", [b"{", b'{"n":6,"at":"2026', b"\0\0\0\0", "half an é".encode()[:-1]])
def test_a_torn_last_line_is_reported_and_mended(torn: bytes, log: AuditLog, whole: list[bytes]) -> None:
    with log.path.open("ab") as file:
        file.write(torn)
    assert "it is torn" in log.verify().problems[0]
    log.record(Post("after"), lint("after", rules=["approval"]))
    assert log.verify().problems == ()
    assert entries(log)[-2]["mended"] == len(torn)
    assert log.path.read_bytes().startswith(b"".join(whole))


def test_a_log_whose_end_was_changed_takes_nothing_more(log: AuditLog, whole: list[bytes]) -> None:
    log.path.write_bytes(b"".join(whole)[:-10] + b'"}\n')
    with pytest.raises(AuditLogError, match="not what was written"):
        lint_into(log)


def lint_into(log: AuditLog) -> None:
    Linter(rules=["approval"], log=log).lint("x")


def writer(path: str, count: int) -> None:
    log = AuditLog(path)
    for number in range(count):
        log.record(Post(f"{path} {number}"), lint("x", rules=["approval"]))


def test_writers_at_once_lose_nothing(log: AuditLog) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=writer, args=(str(log.path), 15)) for _ in range(3)]
    threads = [threading.Thread(target=writer, args=(str(log.path), 15)) for _ in range(3)]
    writers: list[Any] = [*processes, *threads]
    for each in writers:
        each.start()
    for each in writers:
        each.join(60)
    state = log.verify()
    assert state.problems == ()
    assert state.entries == 1 + 6 * 15


KILLED = """
import os, sys
from wmp_postlint import AuditLog, Post, audit_chain, lint
log, report, count = AuditLog(sys.argv[1]), lint("x", rules=["approval"]), 0
write = os.pwrite
def halfway(handle, data, at):
    if count == 3:
        write(handle, data[: len(data) // 2], at)
        os.kill(os.getpid(), 9)
    return write(handle, data, at)
os.pwrite = halfway
while True:
    log.record(Post("x"), report)
    count += 1
    print(count, flush=True)
"""


def test_a_kill_in_the_middle_of_a_line_loses_nothing_that_was_given_back(log: AuditLog) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(log.path)], capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stderr
    assert done.stdout.split()[-1] == "3"
    assert "it is torn" in log.verify().problems[0]
    lint_into(log)
    state = log.verify()
    assert state.problems == ()
    assert state.entries == 1 + 3 + 1 + 1  # the beginning, what was given back, the mending, and the new one


def test_a_full_disk_leaves_the_log_as_it_was(
    log: AuditLog, whole: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.pwrite

    def full(handle: int, data: bytes, at: int) -> int:
        write(handle, data[:5], at)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(AuditLogError, match="No space left"):
        lint_into(log)
    assert log.path.read_bytes() == b"".join(whole)


class TestCommand:
    def test_from_beginning_to_search(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "a.post.json").write_text('{"text": "Good morning"}')
        assert main(["log", "start", "log"]) == 0
        assert (tmp_path / "log.key").read_text() not in capsys.readouterr().out
        assert main(["check", "a.post.json", "--log", "log", "--select", "approval"]) == 0
        assert main(["log", "verify", "log"]) == 0
        head = capsys.readouterr().out.split()[-1]
        assert main(["log", "verify", "log", "--head", head, "--without-key"]) == 0
        assert main(["log", "find", "log", "a.post.json"]) == 0
        assert json.loads(capsys.readouterr().out.splitlines()[-1])["verdict"] == "pass"
        lines = (tmp_path / "log").read_bytes().splitlines(keepends=True)
        (tmp_path / "log").write_bytes(lines[1])
        assert main(["log", "verify", "log"]) == 1
        assert main(["log", "find", "log", "a.post.json"]) == 0
        (tmp_path / "a.post.json").write_text('{"text": "Good evening"}')
        assert main(["log", "find", "log", "a.post.json"]) == 1

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (["log", "start", "log"], "never begun anew"),
            (["log", "verify", "none"], "there is no such log"),
            (["log", "verify", "keyless"], "cannot be read"),
            (["check", "a.post.json", "--log", "none"], "postlint log start"),
            (["log", "find", "log", "none.post.json"], "no such file"),
        ],
    )
    def test_a_wrong_call(
        self,
        words: list[str],
        message: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "a.post.json").write_text('{"text": "Good morning"}')
        (tmp_path / "keyless").touch()
        AuditLog.start(tmp_path / "log")
        assert main(words) == 2
        assert message in capsys.readouterr().err

    def test_a_decision_that_cannot_be_written_is_none(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "a.post.json").write_text('{"text": "Good morning"}')
        AuditLog.start(tmp_path / "log")
        (tmp_path / "log").write_bytes(b"something else\n")
        assert main(["check", "a.post.json", "--log", "log", "--select", "approval"]) == 2
        assert "not what was written" in capsys.readouterr().err
