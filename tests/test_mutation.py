"""A few small changes of rules and linter, of which the tests notice most (``make mutation`` makes all of them).

What part of all changes is noticed stands in ``docs/quality.md``; so few of them say less, hence the lower bar.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
EVERY = "400"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "mutation" / "run.py"), "--jobs", "1", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def test_most_changes_are_noticed() -> None:
    ended = run("--every", EVERY, "--least", "0.5")
    assert ended.returncode == 0, ended.stdout + ended.stderr


def kinds_of_changes(source: str, folder: Path) -> str:
    """Return the lines of a source that may be changed, with the operators."""
    (folder / "made.py").write_text(source, "utf-8")
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'mutation')!r})\n"
        "import run\n"
        "run.ROOT = run.Path('.')\n"
        "print(sorted({(c.line, c.operator.removeprefix('core/')) for c in run.changes('made.py')}))\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def test_annotations_and_examples_are_left_alone(tmp_path: Path) -> None:
    source = "def f(a: int | None = 1) -> int | str: return 2\nclass R:\n    examples = (1 + 1, 2)\n"
    assert kinds_of_changes(source, tmp_path) == "[(1, 'NumberReplacer')]"


def test_changes_that_mean_nothing_are_left_out(tmp_path: Path) -> None:
    words = "[(1, 'ReplaceComparisonOperator_Eq_NotEq')]"
    assert kinds_of_changes("kind == 'post'\n", tmp_path) == words
    assert kinds_of_changes("'a' == kind\n", tmp_path) == words
    assert "Eq_GtE" in kinds_of_changes("age == 18\n", tmp_path)
    for chosen in ("text[-90:]\n", "text[:40]\n"):
        assert "NumberReplacer" not in kinds_of_changes(chosen, tmp_path)
    for meant in ("text[-2:]\n", "text[:3]\n", "age < 18\n", "numbers(text, 12, 19)\n"):
        assert "NumberReplacer" in kinds_of_changes(meant, tmp_path)
    made = kinds_of_changes("text[max(0, start - 60) : start]\n", tmp_path)
    assert "ReplaceBinaryOperator_Sub_Add" in made
    assert "NumberReplacer" in made, "a low bound of -1 reads nothing"
