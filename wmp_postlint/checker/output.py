"""What an output format is, what it is given, and how the formats are found: each is a module of ``formats/``."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Protocol, TextIO

from wmp_postlint.checker.details import Sheet
from wmp_postlint.checker.outcome import Outcome
from wmp_postlint.checker.terminal import PLAIN, Style
from wmp_postlint.errors import InputError
from wmp_postlint.finding import Severity
from wmp_postlint.lazy import Record
from wmp_postlint.policy import Policy
from wmp_postlint.rule import Rule

_PACKAGE = "wmp_postlint.checker.formats"


class Format(Protocol):
    """What an output format does with a run."""

    def start(self, total: int | None, rules: int) -> None:
        """Begin; the number of posts is None where counting them would take long."""

    def add(self, outcome: Outcome) -> None:
        """Take one post, or what stopped it from being read."""

    def finish(self, seconds: float) -> None:
        """End after so many seconds."""


class Out(Record):
    """Where a format writes, and what it may show.

    ``write`` takes bytes, ``text`` is the same for a person's terminal. ``show_text`` says whether the words of posts,
    coordinates and replacements are shown as they are; else they are masked or left out, since output ends up in logs.
    ``fail_on`` is the mildest severity that counts as found, ``now`` the moment that all posts are judged at, and
    ``config`` the configuration file that was read.
    """

    write: Callable[[bytes], object]
    text: TextIO
    policy: Policy
    rules: tuple[Rule, ...]
    now: datetime
    fail_on: Severity = Severity.ERROR
    show_text: bool = False
    width: int = 80
    style: Style = PLAIN
    verbosity: int = 0
    config: str | None = None

    @property
    def sheet(self) -> Sheet:
        """How annotated excerpts are set."""
        return Sheet(self.policy, self.width, self.style, not self.show_text)


def names() -> tuple[str, ...]:
    """Return the names of the formats, sorted; the one for people comes first."""
    package = import_module(_PACKAGE)
    found = {entry.name for folder in package.__path__ for entry in os.scandir(folder)}
    modules = sorted(Path(name).stem for name in found if name.endswith(".py") and not name.startswith("_"))
    return tuple(sorted(modules, key=lambda name: name != "full"))


def make(name: str, out: Out) -> Format:
    """Return a format by its name.

    Raises:
        InputError: if there is none of this name.
    """
    if name not in names():
        raise InputError("--output-format", f"expected one of {', '.join(names())}")
    made: Format = import_module(f"{_PACKAGE}.{name}").make(out)
    return made


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it asks for that."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
