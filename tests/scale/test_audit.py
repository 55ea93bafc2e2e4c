"""The audit: the same findings as one post at a time, whatever is killed and whenever; nothing lost or doubled."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
import pyarrow.parquet as pq  # noqa: E402  it needs pyarrow
from archive import BROKEN, even, made_posts, posts_in, write_archive  # noqa: E402

from wmp_postlint import Linter  # noqa: E402
from wmp_postlint.checker.cli import main  # noqa: E402
from wmp_postlint.errors import InputError  # noqa: E402
from wmp_postlint.scale import pieces, store  # noqa: E402
from wmp_postlint.scale.arrow import batch_of  # noqa: E402
from wmp_postlint.scale.audit import Progress, audit  # noqa: E402
from wmp_postlint.scale.judged import judged  # noqa: E402

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
COUNT = int(os.environ.get("POSTLINT_AUDITED", "1000"))


def rows_of(out: Path) -> list[dict[str, Any]]:
    """Return the reports of an audit in the order of the posts."""
    files = sorted((out / "reports").glob("month=*/*.parquet"))
    rows = [row for path in files for row in pq.read_table(path, partitioning=None).to_pylist()]
    return sorted(rows, key=lambda row: (row["source"], row["row"]))


def plain(rows: list[dict[str, Any]]) -> bytes:
    """Return rows as bytes, without where they stood."""
    kept = [{key: value for key, value in row.items() if key not in ("source", "row")} for row in rows]
    return json.dumps(kept, default=str).encode()


def content(out: Path) -> dict[str, bytes]:
    files = [path for path in out.rglob("*") if path.is_file() and path.name != ".lock"]
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_archive(tmp_path_factory.mktemp("archive"), COUNT)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small pieces, so that few posts make many."""
    monkeypatch.setattr(pieces, "_LINES", 2**11)
    monkeypatch.setattr(pieces, "ROWS", 16)


def test_lint_lint_many_and_audit_are_the_same_byte_for_byte(archive: Path, tmp_path: Path, small: None) -> None:
    linter = Linter(trust_approvals=False)
    posts = posts_in(archive)
    singly = batch_of(posts, [linter.lint(post, now=NOW) for post in posts]).to_pylist()
    many = batch_of(posts, list(linter.lint_many(posts, now=NOW))).to_pylist()
    audit(str(archive), tmp_path / "out", workers=2, now=NOW)
    audited = rows_of(tmp_path / "out")
    assert len(audited) == COUNT
    assert plain(singly) == plain(many) == plain(audited)
    assert sum(len(row["findings"]) for row in audited) > COUNT // 2
    assert any(f["field"] == "media[0].location" for row in audited for f in row["findings"])


def test_parquet_gives_the_same_as_lines(tmp_path: Path, small: None) -> None:
    posts = [{key: value for key, value in post.items() if key != "media"} for post in made_posts(120)]
    for post in posts:
        post["published_at"] = datetime.fromisoformat(post.get("published_at", "2026-01-01T00:00:00+00:00"))
    lines = tmp_path / "a.posts.jsonl"
    lines.write_text("".join(json.dumps(post, default=datetime.isoformat) + "\n" for post in posts))
    pq.write_table(pa.Table.from_pylist(even(posts)), tmp_path / "a.parquet", row_group_size=50)
    for name in ("a.posts.jsonl", "a.parquet"):
        audit(str(tmp_path / name), tmp_path / f"{name}.out", workers=1, now=NOW)
    one, other = rows_of(tmp_path / "a.posts.jsonl.out"), rows_of(tmp_path / "a.parquet.out")
    assert [row["row"] for row in other] == list(range(1, 121))
    assert plain(one) == plain(other)


def test_an_archive_of_x_and_a_table(tmp_path: Path) -> None:
    examples = Path(__file__).parents[2] / "examples" / "formats"
    for name in ("x-archive", "buffer.csv", "posts.json"):
        figures = audit(str(examples / name), tmp_path / name, workers=1, now=NOW)
        assert figures["posts"] == len([row for row in rows_of(tmp_path / name) if row["verdict"] != "skipped"]) > 0
    assert "skipped" in {row["verdict"] for row in rows_of(tmp_path / "x-archive")}


def test_bad_lines_are_errors_in_their_place(tmp_path: Path, small: None) -> None:
    lines = [json.dumps(post) for post in made_posts(60) if "media" not in post]
    for at, broken in enumerate(BROKEN):
        lines.insert(7 + 9 * at, broken)
    path = tmp_path / "a.posts.jsonl"
    path.write_text("\n\n".join(lines))  # empty lines between them, none at the end
    figures = audit(str(path), tmp_path / "out", workers=2, now=NOW)
    rows = rows_of(tmp_path / "out")
    assert [row["row"] for row in rows] == list(range(1, 2 * len(lines), 2))
    assert figures["posts"] == len(lines)
    wrong = [row["row"] // 2 for row in rows if [error["rule"] for error in row["errors"]] == ["input"]]
    assert wrong == [7 + 9 * at for at in range(len(BROKEN))]
    assert figures["not looked at"]["input"] == len(BROKEN)


COMMAND = (
    "from wmp_postlint.scale import pieces; pieces._LINES = 2**11; from wmp_postlint.checker.cli import main; main()"
)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the platform has no kill -9")
def test_killed_at_five_random_points_it_ends_the_same(tmp_path: Path, small: None) -> None:
    (tmp_path / "archive").mkdir()
    archive = write_archive(tmp_path / "archive", 250)
    audit(str(archive), tmp_path / "whole", workers=2, now=NOW)
    out = tmp_path / "killed"
    chance = random.Random(9)
    manifest = json.loads((tmp_path / "whole" / "manifest.json").read_text())
    total = len(list(pieces.Sources(str(archive)).pieces()))
    out.mkdir()
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1))  # the same moment to judge at
    call = [sys.executable, "-c", COMMAND, "audit", str(archive), "--out", str(out), "--workers", "2"]
    killed = 0
    for point in sorted(chance.sample(range(1, total - 1), 5)):
        process = subprocess.Popen(call, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < deadline:
            done = len(list((out / "pieces").glob("*.parquet"))) if (out / "pieces").exists() else 0
            if done >= point:
                time.sleep(chance.random() / 20)
                process.send_signal(signal.SIGKILL)
                break
            time.sleep(0.005)
        process.wait(timeout=60)
        killed += process.returncode == -signal.SIGKILL
    assert killed >= 3  # on a busy machine it may have ended before the last ones
    code = subprocess.run(call, stdout=subprocess.DEVNULL, check=False, timeout=300).returncode
    assert code in (1, 2, 0)
    assert content(out) == content(tmp_path / "whole")


def test_killed_while_the_results_are_gathered(tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.posts.jsonl"
    path.write_text("".join(json.dumps({"text": f"Ring 0121 496 0{n:03}"}) + "\n" for n in range(60)))
    audit(str(path), tmp_path / "whole", workers=1, now=NOW)
    from wmp_postlint.scale import gather, summary

    for module, name in ((gather, "figures_of"), (summary, "page"), (gather._Months, "close")):
        out = tmp_path / name
        with monkeypatch.context() as broken:
            broken.setattr(module, name, _interrupted)
            with pytest.raises(KeyboardInterrupt):
                audit(str(path), out, workers=1, now=NOW)
        audit(str(path), out, workers=1, now=NOW)
        assert content(out) == content(tmp_path / "whole")


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_post_that_ends_its_process_is_an_error(tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    if multiprocessing.get_start_method() != "fork":
        pytest.skip("a patch reaches forked processes only")
    path = tmp_path / "a.posts.jsonl"
    path.write_text(
        "".join(json.dumps({"id": str(n), "text": f"Road {n} closed {'x' * 90}"}) + "\n" for n in range(120))
    )
    real = judged

    def fatal(linter: Linter, posts: Any, now: datetime) -> Any:
        if any(post.id == "70" for post in posts):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(linter, posts, now)

    monkeypatch.setattr(store, "judged", fatal)
    figures = audit(str(path), tmp_path / "out", workers=2, now=NOW)
    rows = rows_of(tmp_path / "out")
    assert [row["id"] for row in rows] == [str(n) for n in range(120)]
    dead = [row for row in rows if row["errors"]]
    assert "70" in {row["id"] for row in dead}
    assert 1 <= len(dead) < 60
    assert figures["not looked at"] == {"input": len(dead)}


def test_what_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.posts.jsonl"
    path.write_text('{"text": "Road closed"}\n{"text": "Road open"}\n')
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    (tmp_path / "odd").mkdir()
    pq.write_table(pa.table({"text": ["x"], "alt_text": ["y"]}), tmp_path / "odd" / "odd.parquet")
    for source, out, said in (
        ("-", "o", "audit reads files"),
        (str(tmp_path / "none"), "o", "no such file"),
        (str(path), "full", "something else"),
        (str(tmp_path / "full"), "full/inside", "in the source itself"),
        (str(tmp_path / "odd"), "odd.out", "alt_text: unknown key"),
    ):
        with pytest.raises(InputError, match=said):
            audit(source, tmp_path / out, workers=1)
    audit(str(path), tmp_path / "done", workers=1, now=NOW)
    with pytest.raises(InputError, match="its rules differ"):
        audit(str(path), tmp_path / "done", ignore=["content"], workers=1)
    path.write_text('{"text": "Road closed"}\n{"text": "Road shut!"}\n')
    with pytest.raises(InputError, match="its sources differ"):
        audit(str(path), tmp_path / "done", workers=1)
    odd = audit(str(tmp_path / "odd"), tmp_path / "odd.out", workers=1, leave_out=["alt_text"])
    assert odd["posts"] == 1


def test_the_command_and_its_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.posts.jsonl"
    row = {"text": "Zebedee was here, call him on 07700 900123", "id": "<b>7", "published_at": "2026-05-04T09:00:00Z"}
    path.write_text(f"{json.dumps({**row, 'account': {'handle': '<script>'}})}\n" * 2)
    call = ["audit", str(path), "--out", str(tmp_path / "out"), "--workers", "1"]
    code = main(call)
    assert code in (0, 1)
    said = capsys.readouterr().out
    assert said.startswith("2 posts: ")
    assert main(call) == code  # done already
    assert capsys.readouterr().out == said
    page = (tmp_path / "out" / "summary.html").read_text("utf-8")
    assert "&lt;b&gt;7" in page
    assert "<script" not in page
    assert "Zebedee" not in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
    assert (tmp_path / "out" / "reports" / "month=2026-05" / "reports.parquet").exists()
    assert main(["audit", str(path)[:-1], "--out", str(tmp_path / "o2")]) == 2


def test_progress_only_grows(tmp_path: Path, small: None) -> None:
    path = tmp_path / "a.posts.jsonl"
    path.write_text("".join(json.dumps({"text": f"Road {n} closed {'x' * 90}"}) + "\n" for n in range(400)))
    told: list[Progress] = []
    audit(str(path), tmp_path / "out", workers=1, now=NOW, told=told.append)
    assert [each.posts for each in told] == sorted(each.posts for each in told)
    assert told[-1].posts == 400
    assert told[-1].share == 1.0
    assert len(told) > 3
