"""The GitHub Action and the pre-commit hook: their own words, run as the services run them."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from wmp_postlint.checker.cli import whole_parser
from wmp_postlint.readers.files import ENDINGS, is_post_file

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"]}


def valued(words: str, inputs: dict[str, str], context: dict[str, str]) -> str:
    """Return what GitHub puts in the place of an expression."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name.startswith("inputs."):
            declared = ACTION["inputs"][name.removeprefix("inputs.")]
            return inputs.get(name.removeprefix("inputs."), str(declared["default"]))
        return context[name]

    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", value, words)


def run_step(name: str, folder: Path, inputs: dict[str, str], **context: str) -> tuple[int, dict[str, str], str]:
    """Run a step's script in the shell and with the environment that GitHub gives it.

    Returns:
        The exit code, the outputs, and what the job's log holds.
    """
    step = STEPS[name]
    known = {"runner.temp": str(folder / "temp"), "github.action_path": str(ROOT), **context}
    given = {key: valued(str(value), inputs, known) for key, value in step.get("env", {}).items()}
    output, summary = folder / "temp/output", folder / "temp/summary"
    for file in (output, summary):
        file.write_text("")
    script = folder / "temp/step.sh"
    script.write_text(step["run"])
    environment = {**os.environ, **given, "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary)}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
    return done.returncode, outputs, done.stdout + done.stderr + summary.read_text()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A checkout with a bad post and a good one, behind the installation that the first step makes."""
    installed = tmp_path / "temp/postlint/bin"
    installed.mkdir(parents=True)
    (installed / "postlint").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m wmp_postlint "$@"\n')
    (installed / "postlint").chmod(0o755)
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/bad.post.txt").write_text("Ring me on 07700 900461")
    (tmp_path / "posts/good.post.txt").write_text("Good morning Walsall")
    return tmp_path


def test_a_bad_post_fails_the_job_after_the_upload(repository: Path) -> None:
    code, outputs, log = run_step("Check", repository, {"paths": "posts"})
    assert code == 0
    assert outputs == {"exit-code": "1", "sarif": "postlint.sarif"}
    assert "::error file=posts/bad.post.txt,line=1,endLine=1,col=12" in log
    assert "1 post blocks, 1 passes" in log
    assert "900461" not in log
    results = json.loads((repository / "postlint.sarif").read_text())["runs"][0]["results"]
    assert [result["ruleId"].partition("/")[0] for result in results] == ["personal-data"]
    names = list(STEPS)
    assert names.index("Check") < names.index("Upload to code scanning") < names.index("Verdict")
    assert run_step("Verdict", repository, {}, **{"steps.check.outputs.exit-code": "1"})[0] == 1
    assert run_step("Verdict", repository, {}, **{"steps.check.outputs.exit-code": "0"})[0] == 0
    assert run_step("Verdict", repository, {}, **{"steps.check.outputs.exit-code": ""})[0] == 2


def test_a_good_post_passes(repository: Path) -> None:
    inputs = {"paths": "posts/good.post.txt\n", "sarif": "", "annotations": "false"}
    code, outputs, log = run_step("Check", repository, inputs)
    assert (code, outputs) == (0, {"exit-code": "0"})
    assert "::error" not in log
    assert not (repository / "postlint.sarif").exists()


def test_what_could_not_be_looked_at_fails_it_whatever_else(repository: Path) -> None:
    (repository / "posts/broken.post.json").write_text('{"text": ')
    assert run_step("Check", repository, {"paths": "posts"})[1]["exit-code"] == "2"
    assert run_step("Check", repository, {"paths": "nowhere posts"})[1]["exit-code"] == "2"


def test_the_inputs_reach_the_command(repository: Path) -> None:
    assert run_step("Check", repository, {"paths": "posts", "config": "none.toml"})[1]["exit-code"] == "2"
    (repository / "mild.toml").write_text('severity = { "personal-data" = "warning" }\n')
    found = {"paths": "posts", "config": "mild.toml"}
    assert run_step("Check", repository, found)[1]["exit-code"] == "0"
    assert run_step("Check", repository, {**found, "fail-on": "warning"})[1]["exit-code"] == "1"
    assert run_step("Check", repository, {"paths": "posts", "policy": "uk-police"})[1]["exit-code"] == "1"


def test_a_baseline_with_its_key_from_a_secret(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTLINT_BASELINE_KEY", "ab" * 32)
    make = [sys.executable, "-m", "wmp_postlint", "baseline", "create", "base.json", "posts"]
    subprocess.run(make, cwd=repository, check=True, capture_output=True)
    monkeypatch.delenv("POSTLINT_BASELINE_KEY")
    inputs = {"paths": "posts", "baseline": "base.json", "baseline-key": "ab" * 32}
    code, outputs, log = run_step("Check", repository, inputs)
    assert (code, outputs["exit-code"]) == (0, "0")
    assert "ab" * 32 not in log


def test_nothing_in_an_input_acts_in_the_shell(repository: Path) -> None:
    trap = "$(touch${IFS}trapped) `touch trapped` ;touch trapped; --exit-zero"
    for name in ("paths", "policy", "config", "fail-on", "baseline", "sarif"):
        inputs = {"paths": "posts", name: trap}
        assert run_step("Check", repository, inputs)[1].get("exit-code", "2") != "0"
        assert not (repository / "trapped").exists()
    for step in STEPS.values():
        assert "${{" not in step.get("run", "")


def test_every_input_is_used_and_explained() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    docs = (ROOT / "docs" / "checker.md").read_text("utf-8")
    for name, about in ACTION["inputs"].items():
        assert f"inputs.{name}" in text
        assert about["description"]
        assert f"`{name}`" in docs
    for step in STEPS.values():
        assert ("shell" in step) != ("uses" in step)


def test_the_hook_takes_post_files_and_a_command_that_exists() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {"id", "name", "description", "entry", "language", "files"} <= set(hook)
    assert hook["language"] == "python"
    words = shlex.split(hook["entry"])
    assert words[0] == "postlint"
    given = whole_parser().parse_args([*words[1:], "a.post.md", "b.posts.csv"])
    assert given.paths == ["a.post.md", "b.posts.csv"]
    for ending in ENDINGS:
        assert re.search(hook["files"], f"drafts/monday{ending}")
    for name in ("post.md", "README.md", "a.post.mdx", "compost.json", "a.posts.txt.bak", "notes.csv"):
        assert bool(re.search(hook["files"], name)) == is_post_file(Path(name))


def test_the_hook_in_pre_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hook's words in a real run of pre-commit, with this environment in place of one that it installs."""
    if not shutil.which("pre-commit") or not shutil.which("git"):
        pytest.skip("pre-commit or git is not installed")
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    entry = hook["entry"].replace("postlint", f"{shlex.quote(sys.executable)} -m wmp_postlint", 1)
    local = {"repo": "local", "hooks": [{**hook, "entry": entry, "language": "system"}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [local]}))
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "home"))
    (tmp_path / "a.post.txt").write_text("Good morning")
    (tmp_path / "notes.txt").write_text("Ring me on 07700 900461")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)

    run("git", "init", "-q")
    run("git", "add", "a.post.txt", "notes.txt")
    assert run("pre-commit", "run", "postlint").returncode == 0
    (tmp_path / "b.post.txt").write_text("Ring me on 07700 900461")
    run("git", "add", "b.post.txt")
    done = run("pre-commit", "run", "postlint")
    assert done.returncode == 1
    assert "b.post.txt:1:12: error" in done.stdout
    assert "900461" not in done.stdout
