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


def test_annotations_and_examples_are_left_alone(tmp_path: Path) -> None:
    program = (
        "import run\n"
        "source = 'def f(a: int | None = 1 + 1) -> int | str: return 2\\nclass R:\\n    examples = (1 + 1, 2)\\n'\n"
        "run.ROOT = run.Path('.')\n"
        "open('made.py', 'w').write(source)\n"
        "print(sorted({(c.line, c.operator.partition('_')[0]) for c in run.changes('made.py')}))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT / 'mutation')!r})\n{program}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert ended.stdout.strip() == "[(1, 'core/NumberReplacer'), (1, 'core/ReplaceBinaryOperator')]", ended.stderr
