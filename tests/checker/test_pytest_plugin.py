"""The pytest plugin, in processes of its own, with the tests' own rules and pack."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import own_rules
import pytest

POSTS = [
    {"id": "mon", "text": "Good morning"},
    {"id": "tue", "text": "🚓 a pear"},
    {"id": "wed", "text": "a plum"},
    {"text": "rotten"},
    {"id": "tue", "text": "pears"},
]


def run(folder: Path, *words: str, cache: bool = False) -> subprocess.CompletedProcess[str]:
    """Run pytest in a folder with the tests' own rules."""
    policy = own_rules.write_policy(folder)
    path = os.pathsep.join((str(Path(own_rules.__file__).parent), os.environ.get("PYTHONPATH", "")))
    command = [sys.executable, "-m", "pytest", "-p", "own_rules", "--postlint-policy", str(policy), *words]
    command += [] if cache else ["-p", "no:cacheprovider"]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "COV_"))}
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment | {"PYTHONPATH": path},
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.posts.jsonl").write_text("\n".join(map(json.dumps, POSTS)), "utf-8")
    (tmp_path / "posts/b.post.json").write_text('{"text": ', "utf-8")
    (tmp_path / "posts/c.post.md").write_text("---\nid: x::y\n---\nfine", "utf-8")
    return tmp_path


def test_one_item_per_post(folder: Path) -> None:
    done = run(folder, "--postlint", "posts")
    assert done.returncode == 1
    assert "postlint: policy orchard 3.1, 4 rules" in done.stdout
    assert "collected 7 items" in done.stdout
    assert "posts/a.posts.jsonl .F.FF" in done.stdout
    assert "1 | 🚓 a pear\n  |      ^^^^\n" in done.stdout
    assert "FAILED posts/a.posts.jsonl::tue - error[fruit/pear]: This is a pear." in done.stdout
    assert "FAILED posts/a.posts.jsonl::line-4 - the rule failed" in done.stdout
    assert "FAILED posts/a.posts.jsonl::tue-line-5" in done.stdout
    assert "not read: posts/b.post.json:1:10: is not JSON: it ends too early" in done.stdout
    assert "ERROR posts/b.post.json::line-1" in done.stdout
    assert "posts to review" in done.stdout
    assert "3 failed, 3 passed, 1 error" in done.stdout
    assert "Traceback" not in done.stdout
    assert ".py:" not in done.stdout


def test_choosing_items_and_rules(folder: Path) -> None:
    assert "1 passed" in run(folder, "--postlint", "posts", "-k", "mon").stdout
    assert "1 failed, 1 passed" in run(folder, "--postlint", "posts/a.posts.jsonl", "-x").stdout
    assert "1 passed" in run(folder, "--postlint", "posts/c.post.md::x:y").stdout
    done = run(
        folder, "--postlint", "posts/a.posts.jsonl", "--postlint-select", "fruit", "--postlint-ignore", "fruit/pear"
    )
    assert done.returncode == 0
    done = run(folder, "--postlint", "posts", "--postlint-select", "frut")
    assert done.returncode == 4
    assert "did you mean" in done.stderr
    assert run(folder, "--postlint", "posts", "--postlint-ignore", "*").returncode == 4


def test_last_failed(folder: Path) -> None:
    run(folder, "--postlint", "posts/a.posts.jsonl", cache=True)
    done = run(folder, "--postlint", "posts/a.posts.jsonl", "--lf", cache=True)
    assert "3 failed" in done.stdout
    assert "passed" not in done.stdout


def test_junit_is_masked(folder: Path) -> None:
    run(folder, "--postlint", "posts/a.posts.jsonl", "--junitxml", "junit.xml")
    text = (folder / "junit.xml").read_text("utf-8")
    case = ElementTree.fromstring(text).findall(".//testcase")[1]
    assert case.get("name") == "tue"
    assert [(item.get("name"), item.get("value")) for item in case.iter("property")] == [
        ("postlint-verdict", "block"),
        ("postlint-finding", "error[fruit/pear]: This is a pear. (text)"),
    ]
    failure = case.find("failure")
    assert failure is not None
    assert "1 | * * ****" in (failure.text or "")
    assert "🚓" not in text


def test_nothing_is_imported_when_it_is_off(tmp_path: Path) -> None:
    (tmp_path / "a.post.json").write_text("{}", "utf-8")
    (tmp_path / "test_it.py").write_text(
        "import sys\ndef test_it():\n    assert not [name for name in sys.modules if name.startswith('wmp_postlint')]\n"
        "    assert 'pytest_postlint' in sys.modules\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


def write(folder: Path, name: str, *posts: dict[str, object]) -> None:
    (folder / name).write_text("\n".join(map(json.dumps, posts)), "utf-8")


@pytest.mark.parametrize(
    ("expect", "words"),
    [
        (["fruit/pear", "fruit/plum"], None),
        (["fruit/pear@2:6", "fruit/plum@text:10:14"], None),
        (["fruit/pear@text", "fruit/plum"], None),
        (["fruit/pear"], "found and not expected: warning[fruit/plum]: This is a plum. (text:10:14)"),
        ([], "found and not expected: error[fruit/pear]"),
        (["fruit/pear", "fruit/pear", "fruit/plum"], "expected and not found: fruit/pear"),
        (["fruit/pear@3:6", "fruit/plum"], "expected and not found: fruit/pear@3:6"),
        ("fruit/pear", "expected a list of names of rules"),
    ],
)
def test_expected_findings(tmp_path: Path, expect: object, words: str | None) -> None:
    write(tmp_path, "a.posts.jsonl", {"id": "a", "text": "a pear or plum", "expect": expect})
    done = run(tmp_path, "--postlint", "a.posts.jsonl")
    if words is None:
        assert done.returncode == 0, done.stdout
    else:
        assert done.returncode == 1
        assert words in done.stdout


def test_a_corpus_in_drafts(tmp_path: Path) -> None:
    (tmp_path / "a.post.md").write_text("---\nexpect: [fruit/pear@2:6]\n---\na pear\n", "utf-8")
    (tmp_path / "b.post.md").write_text("---\nexpect: []\n---\na fog\n", "utf-8")
    assert run(tmp_path, "--postlint", ".").returncode == 0


def test_the_severity_that_fails(tmp_path: Path) -> None:
    write(tmp_path, "a.posts.jsonl", {"id": "a", "text": "a plum"}, {"id": "b", "text": "a fig"})
    assert run(tmp_path, "--postlint", ".").returncode == 0
    assert "1 failed, 1 passed" in run(tmp_path, "--postlint", ".", "--postlint-fail-on", "warning").stdout
    assert "2 failed" in run(tmp_path, "--postlint", ".", "--postlint-fail-on", "info").stdout


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pytest.ini", "[pytest]\npostlint = true\npostlint_ignore = fruit/pear\npostlint_fail_on = warning\n"),
        (
            "pyproject.toml",
            '[tool.pytest.ini_options]\npostlint = true\npostlint_ignore = ["fruit/pear"]\n'
            'postlint_fail_on = "warning"\n',
        ),
    ],
)
def test_configuration_files(tmp_path: Path, name: str, content: str) -> None:
    write(tmp_path, "a.posts.jsonl", {"id": "a", "text": "a plum"}, {"id": "b", "text": "a pear"})
    (tmp_path / name).write_text(content, "utf-8")
    done = run(tmp_path, ".")
    assert "1 failed, 1 passed" in done.stdout
    assert "FAILED a.posts.jsonl::a" in done.stdout
    (tmp_path / name).write_text(content.replace("warning", "grave"), "utf-8")
    done = run(tmp_path, ".")
    assert done.returncode == 4
    assert "expected info, warning or error" in done.stderr


def test_a_pack_named_in_the_configuration_file(tmp_path: Path) -> None:
    write(tmp_path, "a.posts.jsonl", {"id": "a", "text": "fine"})
    pack = own_rules.write_policy(tmp_path)
    (tmp_path / "pytest.ini").write_text(f"[pytest]\npostlint = true\npostlint_policy = {pack.name}\n", "utf-8")
    path = os.pathsep.join((str(Path(own_rules.__file__).parent), os.environ.get("PYTHONPATH", "")))
    command = [sys.executable, "-m", "pytest", "-p", "own_rules", "-p", "no:cacheprovider", "."]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path}
    )
    assert "policy orchard 3.1" in done.stdout


def test_several_processes(folder: Path) -> None:
    done = run(folder, "--postlint", "posts/a.posts.jsonl", "-n", "2", "--junitxml", "junit.xml")
    assert "3 failed, 2 passed" in done.stdout
    assert "error[fruit/pear]: This is a pear." in done.stdout
    cases = ElementTree.parse(folder / "junit.xml").findall(".//testcase")
    assert {str(item.get("value")) for case in cases for item in case.iter("property")} >= {"block", "review", "pass"}


def test_other_choices(folder: Path) -> None:
    assert "1 failed" in run(folder, "--postlint", "posts/a.posts.jsonl", "--maxfail", "1").stdout
    assert "5 deselected" in run(folder, "--postlint", "posts/a.posts.jsonl", "-m", "not postlint").stdout


def test_the_fixture_and_the_helper(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "from pytest_postlint import assert_clean\n"
        "def test_clean(postlint):\n"
        "    assert postlint.assert_clean('an apple').verdict == 'pass'\n"
        "    assert postlint.lint('a pear').verdict == 'block'\n"
        "    assert_clean('Road closed on the A38, please find another way.')\n"
        "def test_not(postlint):\n"
        "    postlint.assert_clean({'text': 'a pear'})\n"
        "def test_strict(postlint):\n"
        "    postlint.assert_clean('a plum')\n"
        "    postlint.assert_clean('a plum', fail_on='warning')\n"
        "def test_helper():\n"
        "    assert_clean('a pear')\n",
        "utf-8",
    )
    done = run(tmp_path, ".")
    assert "3 failed, 1 passed" in done.stdout
    assert "the post is not clean" in done.stdout
    assert "1 | a pear" in done.stdout
    assert "^^^^" in done.stdout
