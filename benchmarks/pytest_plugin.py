"""What ``pytest --postlint`` costs a post beyond linting it: runs over 2,000 posts and over one, alternating.

Both are compared with the time that the same process takes to lint the posts, so that neither the start of pytest nor
the rules count. Processor time is counted, not the clock: ``python benchmarks/pytest_plugin.py``.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

POSTS, ROUNDS = 2000, 5
TEXTS = (
    "Road closed on the A38, please find another way.",
    "Open day on Saturday, all welcome.",
    "Thanks for your help.",
)


def spent() -> float:
    """Return the seconds of processor time that child processes have taken so far."""
    times = os.times()
    return times.children_user + times.children_system


def run(folder: Path, name: str) -> float:
    began = spent()
    command = [sys.executable, "-m", "pytest", "--postlint", "-q", "-p", "no:cacheprovider", name]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()
    return spent() - began


LINT = """
import json, sys, time
from wmp_postlint import Linter
linter = Linter(trust_approvals=False)
posts = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
linter.lint(posts[0])
began = time.process_time()
for post in posts:
    linter.lint(post)
print(time.process_time() - began)
"""


def linting(folder: Path, name: str) -> float:
    done = subprocess.run([sys.executable, "-c", LINT, name], cwd=folder, capture_output=True, check=True)
    return float(done.stdout)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [json.dumps({"id": f"p{number}", "text": TEXTS[number % len(TEXTS)]}) for number in range(POSTS)]
        (folder / "many.posts.jsonl").write_text("\n".join(lines), "utf-8")
        (folder / "one.posts.jsonl").write_text(lines[0], "utf-8")
        costs = []
        for _ in range(ROUNDS):
            many, one = run(folder, "many.posts.jsonl"), run(folder, "one.posts.jsonl")
            lint = linting(folder, "many.posts.jsonl")
            costs.append(1000 * (many - one - lint) / POSTS)
            print(f"{many:.2f} s, start {one:.2f} s, linting {lint:.2f} s: {costs[-1]:.3f} ms a post beyond linting")
        print(f"median {statistics.median(costs):.3f} ms a post")


if __name__ == "__main__":
    main()
