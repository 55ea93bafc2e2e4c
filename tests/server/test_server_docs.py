"""docs/server.md says what there is: every option, address, problem and limit, and none besides."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from wmp_postlint.checker.cli import main
from wmp_postlint.server import openapi
from wmp_postlint.server.settings import MB, Settings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "server.md").read_text("utf-8")
CODE = "\n".join(path.read_text("utf-8") for path in (ROOT / "wmp_postlint" / "server").glob("*.py"))


def test_every_option_is_explained_and_none_invented(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--help"])
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", capsys.readouterr().out)) - {"--help"}
    said = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", TEXT))
    assert said == options


def test_every_address_is_explained() -> None:
    paths: Any = openapi.document(keys=True)["paths"]
    assert [path for path in paths if f"`{path}`" not in TEXT and f" {path}`" not in TEXT] == []


def test_every_problem_is_explained_and_none_invented() -> None:
    raised = set(re.findall(r'Problem\(\s*(?:\d{3}|error\.status_code),\s*"([a-z-]+)"', CODE))
    raised |= {"busy", "not-found", "method"}
    table = TEXT[TEXT.index("| status |") : TEXT.index("### Types")]
    rows = [line.split("|") for line in table.splitlines() if re.match(r"\| \d", line)]
    said = {name for row in rows for name in re.findall(r"`([a-z-]+)`", row[2])}
    assert said == raised
    statuses = {int(status) for row in rows for status in row[1].split(",")}
    described: Any = openapi.document(keys=True)["paths"]
    answered = {int(status) for path in described.values() for way in path.values() for status in way["responses"]}
    assert answered - {200} <= statuses


def test_the_limits_are_those_of_the_settings() -> None:
    given = Settings()
    limits = TEXT[TEXT.index("## Limits") : TEXT.index("## Running")]
    for words in (
        f"the next gets 503 | {given.waiting} |",
        f"the next gets 503 | {given.batches} |",
        f"one post | {given.seconds:g} s |",
        f"| {given.max_json // MB} / {given.max_body // MB} / {given.max_line // MB} MB |",
        f"| {given.memory // MB} MB |",
        f"| {given.head_seconds:g} s, 32 KB |",
        f"| {given.body_seconds:g} s |",
    ):
        assert words in limits
