"""No pattern takes much more than twice the time for twice the text, whatever the text (a few of them in each run)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "backtracking.py"


def test_no_pattern_can_be_made_slow() -> None:
    every = os.environ.get("POSTLINT_PATTERNS", "160")
    ended = subprocess.run([sys.executable, SCRIPT, "--every", every], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize(("pattern", "slow"), [("(?:a+)+b", True), ("a+b", True), ("a{1,20}b", False)])
def test_a_pattern_that_is_slow_is_seen(pattern: str, slow: bool) -> None:
    program = f"import backtracking; print(backtracking.slow({pattern!r}, 0) is not None)"
    ended = subprocess.run([sys.executable, "-c", program], cwd=SCRIPT.parent, capture_output=True, text=True)
    assert ended.stdout.strip() == str(slow), ended.stderr
