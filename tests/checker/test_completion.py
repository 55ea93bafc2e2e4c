"""The completion scripts, in the shells themselves where they are installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from wmp_postlint import all_rules
from wmp_postlint.checker import output
from wmp_postlint.checker.cli import COMMANDS
from wmp_postlint.checker.completion import SHELLS


@pytest.fixture(scope="module")
def scripts() -> dict[str, str]:
    def printed(shell: str) -> str:
        command = [sys.executable, "-m", "wmp_postlint", "completion", shell]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    return {shell: printed(shell) for shell in SHELLS}


def in_bash(script: str, words: list[str], folder: Path) -> set[str]:
    line = " ".join(f"'{word}'" for word in ["postlint", *words])
    ask = f"{script}\nCOMP_WORDS=({line}); COMP_CWORD={len(words)}; _postlint; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    return run(["bash", "--norc", "-c", ask], folder)


def in_zsh(script: str, words: list[str], folder: Path) -> set[str]:
    """The function that zsh calls, with its helpers replaced by ones that print what they are given."""
    line = " ".join(f"'{word}'" for word in ["postlint", *words])
    helpers = "compdef() { }; _describe() { print -rl -- ${(P)4}; }; _files() { print -rl -- *(N); }\n"
    found = run(["zsh", "-f", "-c", f"{helpers}{script}\nwords=({line}); CURRENT={len(words) + 1}; _postlint"], folder)
    # A word, and its help behind a colon.
    return {word for line in found if (word := re.split(r"(?<!\\):", line)[0]).startswith(words[-1])}


def in_fish(script: str, words: list[str], folder: Path) -> set[str]:
    line = " ".join(["postlint", *words])
    found = run(["fish", "--no-config", "-c", f"{script}\ncomplete -C '{line}'"], folder)
    return {word.partition("\t")[0] for word in found}


def run(command: list[str], folder: Path) -> set[str]:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    return {*done.stdout.split("\n")} - {""}


ASK: dict[str, Callable[[str, list[str], Path], set[str]]] = {"bash": in_bash, "zsh": in_zsh, "fish": in_fish}


@pytest.mark.parametrize("shell", ASK)
def test_what_is_offered(shell: str, scripts: dict[str, str], tmp_path: Path) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "monday.post.md").write_text("Good morning")

    def offered(*words: str) -> set[str]:
        return ASK[shell](scripts[shell], [*words], tmp_path)

    assert {*COMMANDS} <= offered("")
    assert offered("comp") == {"completion"}
    assert offered("check", "--output-format", "") >= {*output.names()}
    assert "monday.post.md" not in offered("check", "--output-format", "")
    assert offered("check", "--output-format", "gi") == {"github", "gitlab"}
    assert {rule.name for rule in all_rules()} <= offered("check", "--select", "")
    assert offered("check", "mon") == {"monday.post.md"}
    assert "monday.post.md" in offered("check", "--fail-on", "error", "monday.post.md", "")
    assert offered("check", "--fail-on", "w") == {"warning"}
    assert {"--baseline", "--baseline-key"} <= offered("check", "--base")
    assert "--output-format" not in offered("policy", "--")
    assert {"create", "show", "update"} <= offered("baseline", "")
    assert offered("baseline", "update", "x", "--acc") == {"--accept-new"}
    assert offered("completion", "z") == {"zsh"}
    assert offered("policy", "show", "west") == {"west-midlands"}


def test_help_with_quotes_is_text(scripts: dict[str, str]) -> None:
    """No word of a help text can end a quote and act in the shell."""
    assert "one's" not in scripts["bash"]
    for shell in ("bash", "zsh", "fish"):
        if shutil.which(shell):
            done = subprocess.run([shell, "-n"], input=scripts[shell], capture_output=True, text=True, check=False)
            assert (done.returncode, done.stderr) == (0, "")
