"""What breaks around the linter: files cut short, consoles that cannot show a letter, clocks, forks. Nothing passes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import wmp_postlint
from wmp_postlint import Approval, Linter, Post, Waiver

PACKAGE = Path(wmp_postlint.__file__).parent
DATA = sorted(
    path.relative_to(PACKAGE).as_posix() for path in (PACKAGE / "data").rglob("*") if path.suffix and path.is_file()
)
# Each file in the long form; in the short one, every fifth.
FILES = DATA if os.environ.get("POSTLINT_FAULTS") else DATA[::5]
# What makes the linter read nearly all that it has, and what it says of each post, or that it refuses to begin.
PROGRAM = """
import json, sys
from wmp_postlint import Linter
from wmp_postlint.errors import InputError
from wmp_postlint.readers.wire import read_post
try:
    linter = Linter()
    reports = [linter.lint(read_post(post)) for post in json.load(open(sys.argv[1], encoding="utf-8"))]
except (InputError, OSError) as error:
    print(json.dumps({"refused": str(error)}))
else:
    print(json.dumps([
        [one.verdict, sorted({finding.rule for finding in one.findings}), [error.message for error in one.errors]]
        for one in reports
    ]))
"""
POSTS = [
    {"text": "MISSING: Jane Example, 14, from Erdington. Last seen in Kings Heath. Ring PC 1234 on 07700 900123."},
    {"text": "OFFICIAL-SENSITIVE. Warrant at 5am tomorrow at 12 Mill Lane, B23 6QT. He did it, the scumbag. FFS."},
    {"text": "Going live on Periscope at 7. Vote Labour! DM me for a drink, gorgeous. The alarm code is 4471."},
    {"text": "She was asking for it, out at night. Ring the Echo's reporter, off the record.", "kind": "reply"},
    {
        "text": "Proud West Midlands copper. Nicked a burglar at Steelhouse Lane today, here I am in uniform.",
        "account": {"handle": "jo_runs", "kind": "personal"},
    },
    {"text": "We know what you post, Dean. Ms A Khan, 12/03/1984, AB 12 34 56 C, GB29NWBK60161331926819."},
    {"text": "Open day on Tuesday 5 May 2026. Use code COPS10 at Barry's Bikes. what3words filled.count.soap"},
]  # fmt: skip


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package, made of links, whose files may be replaced one at a time."""
    folder = tmp_path_factory.mktemp("copied")
    shutil.copytree(
        PACKAGE, folder / "wmp_postlint", copy_function=os.link, ignore=shutil.ignore_patterns("__pycache__")
    )
    (folder / "posts.json").write_text(json.dumps(POSTS), "utf-8")
    return folder


def said(folder: Path) -> object:
    """Return what the copy says of the posts."""
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, "posts.json"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.fixture(scope="module")
def whole(copied: Path) -> object:
    """What the copy says while all its files are whole."""
    found = said(copied)
    assert isinstance(found, list)
    assert len({rule for _, rules, _ in found for rule in rules}) > 25
    assert not any(errors for *_, errors in found)
    return found


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("how", ["half", "gone"])
def test_a_damaged_file_is_no_pass(name: str, how: str, copied: Path, whole: object) -> None:
    """Files that hold what is kept for speed may be missing; whatever else is damaged must be told, or not matter."""
    path, spare = copied / "wmp_postlint" / name, copied / "spare"
    path.rename(spare)
    try:
        if how == "half":
            content = spare.read_bytes()
            path.write_bytes(content[: len(content) // 2])
        found = said(copied)
    finally:
        spare.replace(path)
    if found != whole and isinstance(found, list):
        assert isinstance(whole, list)
        for (verdict, rules, errors), (_, once, _) in zip(found, whole, strict=True):
            assert errors or rules == once, f"lost without a word: {sorted(set(once) - set(rules))}"
            assert not errors or verdict != "pass"
    elif found != whole:
        assert isinstance(found, dict)
        assert len(found["refused"]) > 20


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16", "utf-8"])
@pytest.mark.parametrize("shown", ["full", "json", "html"])
def test_a_console_that_cannot_show_a_letter(encoding: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / "a.post.md").write_text("Ring me 🙂 on 07700 900123, 東京 \u202e\n", "utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "wmp_postlint", "check", "a.post.md", "--show-text", "--output-format", shown],
        cwd=tmp_path,
        env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding},
        capture_output=True,
    )
    assert ended.returncode == 1, ended.stderr.decode("utf-8", "replace")
    assert b"Traceback" not in ended.stderr
    # What programs read is UTF-8 wherever it is read.
    assert "phone-number" in ended.stdout.decode(encoding if shown == "full" else "utf-8")


def test_a_clock_that_jumps_back_opens_nothing() -> None:
    linter, now = Linter(), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    post = Post("MISSING: Jane Example, 14, last seen in Erdington.")
    until = now + timedelta(hours=1)
    agreed = Post(post.text, approvals=(Approval("appeal", "Press Office", "1", expires=until),))
    waived = Post("You muppet.", waivers=(Waiver("disrepute/*", "quoted", "Press Office", until),))
    for made in (agreed, waived):
        before = linter.lint(made, now=now)
        after = linter.lint(made, now=until + timedelta(seconds=1))
        assert linter.lint(made, now=now) == before
        assert {each.rule for each in after.findings} >= {each.rule for each in before.findings}
        assert after.verdict != "pass"


@pytest.mark.parametrize(
    ("night", "hours"), [(datetime(2026, 3, 29, tzinfo=UTC), 23), (datetime(2026, 10, 25, tzinfo=UTC), 25)]
)
def test_the_nights_when_clocks_change(night: datetime, hours: int) -> None:
    """A post for this evening is one in every hour of the day, however many it has."""
    linter = Linter(select=["content/*"])
    begin = night if night.month == 3 else night - timedelta(hours=1)
    for half in range(2 * hours):
        published = begin + timedelta(minutes=30 * half)
        report = linter.lint(Post("Join us all day today.", published_at=published), now=begin)
        assert report.findings == (), published
        late = linter.lint(Post("Join us yesterday.", published_at=published), now=begin)
        assert not late.errors


def _lines(path: Path) -> Iterator[object]:
    yield from map(json.loads, path.read_text("utf-8").splitlines())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_fork_reads_like_its_parent(tmp_path: Path) -> None:
    program = (
        "import json, os, sys\n"
        "from wmp_postlint import Linter\n"
        "linter = Linter()\n"
        "def told():\n"
        "    found = linter.lint('Ring Jane Example, 14 Mill Lane.').findings\n"
        "    print(json.dumps([finding.rule for finding in found]), flush=True)\n"
        "told()\n"
        "for _ in range(2):\n"
        "    if os.fork() == 0:\n"
        "        told()\n"
        "        os._exit(0)\n"
        "    os.wait()\n"
    )
    out = tmp_path / "out"
    with out.open("w") as file:
        ended = subprocess.run([sys.executable, "-c", program], stdout=file, stderr=subprocess.PIPE, timeout=60)
    assert ended.returncode == 0, ended.stderr
    first, second, third = _lines(out)
    assert first == second == third
    assert first


def test_paths_of_windows_are_told_from_those_of_here(tmp_path: Path) -> None:
    """A picture named in a table that was made on Windows is an error with its name, and no pass."""
    (tmp_path / "a.post.md").write_text("---\nmedia: [{path: 'C:\\pictures\\van.jpg'}]\n---\nRoad closed.\n", "utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "wmp_postlint", "check", "a.post.md"], cwd=tmp_path, capture_output=True, text=True
    )
    assert ended.returncode == 2
    assert "could not" in ended.stdout + ended.stderr
