"""The page of Python examples: it runs, and no public name is without one."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import wmp_postlint

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "python.md"


def test_every_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    test = doctest.DocTestParser().get_doctest(PAGE.read_text("utf-8"), {}, PAGE.name, str(PAGE), 0)
    said: list[str] = []
    found = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert found.failed == 0, "".join(said)
    assert found.attempted > 60


def test_every_public_name_has_an_example() -> None:
    code = "\n".join(re.findall(r"(?ms)^```pycon\n(.*?)^```", PAGE.read_text("utf-8")))
    used = set(re.findall(r"\w+", code))
    assert set(wmp_postlint.__all__) <= used
