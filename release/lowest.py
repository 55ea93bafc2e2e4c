"""Prints the requirements of the package and of some of its extras at the lowest versions that pyproject.toml allows.

python release/lowest.py approvals server > lowest.txt
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def lowest(requirements: Iterable[str]) -> Iterator[str]:
    """Yield each requirement as its lower bound: ``numpy>=1.26,<3; marker`` as ``numpy==1.26; marker``."""
    for requirement in requirements:
        bounds, semicolon, marker = requirement.partition(";")
        name, sign, version = bounds.partition(">=")
        if not sign:
            raise SystemExit(f"{requirement}: give it a lower bound in pyproject.toml, so that it can be tested")
        yield f"{name}=={version.partition(',')[0].strip()}{semicolon}{marker}"


def main() -> None:
    """Print what the package needs, and what the extras that are named need."""
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
    extras = [requirement for extra in sys.argv[1:] for requirement in project["optional-dependencies"][extra]]
    print("\n".join(lowest([*project["dependencies"], *extras])))


if __name__ == "__main__":
    main()
