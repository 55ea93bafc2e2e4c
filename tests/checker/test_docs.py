"""The docs of the checker say what there is: every option, every format, every kind of file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from wmp_postlint.checker import output
from wmp_postlint.checker.cli import COMMANDS
from wmp_postlint.checker.config import Settings
from wmp_postlint.post import AccountKind
from wmp_postlint.readers.files import ENDINGS
from wmp_postlint.readers.kinds.bulk import dialects

DOCS = Path(__file__).parents[2] / "docs"


def help_of(command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "wmp_postlint", command, "--help"], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_every_option_of_check_is_explained() -> None:
    text = (DOCS / "checker.md").read_text("utf-8")
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", help_of("check"))) - {"--help", "--quiet", "--verbose"}
    assert sorted(option for option in options if option not in text) == []


def test_no_option_is_invented() -> None:
    known = set().union(*(re.findall(r"--[a-z][a-z-]+", help_of(command)) for command in ("check", "fix")))
    said = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", (DOCS / "checker.md").read_text("utf-8")))
    assert sorted(said - known) == []


@pytest.mark.parametrize("name", output.names())
def test_every_format_is_explained(name: str) -> None:
    assert f"`{name}`" in (DOCS / "checker.md").read_text("utf-8")


def test_every_kind_of_file_is_named() -> None:
    for page in ("readers.md", "pytest.md", "getting-started.md"):
        text = (DOCS / page).read_text("utf-8")
        assert [ending for ending in ENDINGS if f"*{ending}" not in text] == []
    readers = (DOCS / "readers.md").read_text("utf-8")
    tools = [dialect.name.split()[0] for dialect in dialects() if dialect.name != "table of posts"]
    assert [tool for tool in tools if tool not in readers] == []


def test_every_command_is_in_the_help() -> None:
    done = subprocess.run([sys.executable, "-m", "wmp_postlint", "--help"], capture_output=True, text=True, check=True)
    assert [command for command in COMMANDS if f"    {command} " not in done.stdout] == []


def test_every_setting_is_explained() -> None:
    text = (DOCS / "configuration.md").read_text("utf-8")
    keys = [name.replace("_", "-") for name in Settings.__annotations__]
    assert [key for key in keys if f"`{key}`" not in text] == []
    assert [kind for kind in get_args(AccountKind) if f"`{kind}`" not in text] == []


def test_the_example_of_a_configuration_can_be_used(tmp_path: Path) -> None:
    example = (DOCS / "configuration.md").read_text("utf-8").split("```toml\n")[1].split("```")[0]
    (tmp_path / "anytown.toml").write_text('id = "a"\nversion = "1"\ntitle = "A"\nextends = "west-midlands"\n')
    (tmp_path / "postlint.toml").write_text(example, "utf-8")
    command = [sys.executable, "-m", "wmp_postlint", "config", "show"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert 'fail-on = "warning"  # postlint.toml:2' in done.stdout


@pytest.mark.parametrize("page", ["configuration.md", "baseline.md"])
def test_no_option_of_these_pages_is_invented(page: str) -> None:
    commands = (("check",), ("baseline", "update"), ("config", "show"))
    shown = [
        subprocess.run(
            [sys.executable, "-m", "wmp_postlint", *words, "--help"], capture_output=True, text=True, check=True
        ).stdout
        for words in commands
    ]
    known = set(re.findall(r"--[a-z][a-z-]+", " ".join(shown)))
    assert sorted(set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", (DOCS / page).read_text("utf-8"))) - known) == []
