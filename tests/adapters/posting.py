"""What the tests of the adapters share: recorded shapes, ways to spoil them, and the words that must not go out."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

from wmp_postlint import Linter, Post, Report

PAYLOADS = Path(__file__).with_name("payloads")
VAN = (Path(__file__).parents[2] / "examples" / "week" / "pictures" / "van.jpg").read_bytes()  # says where it was taken
CLEAN = (Path(__file__).parents[2] / "examples" / "week" / "pictures" / "hall-clean.png").read_bytes()
TELLING = "Ring Wilhelmina Quarrell on 07700 900461 about it."

LINTER = Linter()


def payload(name: str) -> Any:
    """Return a fresh copy of a recorded shape."""
    return json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))


def changed(value: Any, path: str, new: object = ...) -> Any:
    """Return a payload with the value at ``a.b[0]`` set, or taken out where no new one is given."""
    value = copy.deepcopy(value)
    holder, steps = value, [int(step) if step.isdecimal() else step for step in re.findall(r"[^.\[\]]+", path)]
    for step in steps[:-1]:
        holder = holder[step]
    if new is ...:
        del holder[steps[-1]]
    else:
        holder[steps[-1]] = new
    return value


def linted(posts: list[Post]) -> list[Report]:
    return [LINTER.lint(post) for post in posts]
