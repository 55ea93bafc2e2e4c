"""Rules of the tests' own, so that none of the bundled ones is needed; as a program, the command line with only these.

``pytest -p own_rules`` runs pytest with only these too.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from wmp_postlint import Document, Edit, Finding, Fix, Flag, Pass, PostRule, Severity, Surface, TextRule, linter
from wmp_postlint.checker.cli import main

POLICY = """
id = "orchard"
version = "3.1"
title = "The orchard's policy"
never_waived = ["fruit/nut"]
[force]
name = "The Orchard"
press_office = "the gardener"
[clauses]
"1.1" = "No fruit in posts"
"1.2" = "Nuts are kept dry"
"""


class Pear(TextRule):
    """Flags pears. They bruise.

    A second paragraph.
    """

    name = "fruit/pear"
    clauses = ("1.1", "9.9")
    severity = Severity.ERROR
    message = "This is a pear."
    advice = "Take it out, or ask {press_office}."
    scope = "appeal"
    examples = (
        Flag("A ripe «pear» here."),
        Flag("Two\nlines, a «pear» and a «pear»."),
        Flag("no", on="media[0].alt", post=dict),
        Pass("A pair of shoes."),
        Pass("Apples."),
        Pass("Spear."),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for match in re.finditer(r"\bpears?\b", surface.text):
            span = surface.span(*match.span())
            fix = Fix("Say apple instead.", (Edit(surface.field, span, "apple"),), safe=True)
            yield self.finding(surface, span, fixes=(fix,), data={"weight": 123456})


class Plum(TextRule):
    """Flags plums."""

    name = "fruit/plum"
    clauses = ("1.1",)
    severity = Severity.WARNING
    message = "This is a plum."
    advice = "Think again."
    examples = ()

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for match in re.finditer(r"\bplum\b", surface.text):
            yield self.finding(surface, surface.span(*match.span()))


class Fig(TextRule):
    """Flags figs."""

    name = "fruit/fig"
    clauses = ()
    severity = Severity.INFO
    message = "This is a fig."
    advice = "Enjoy it."
    examples = ()

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for match in re.finditer(r"\bfig\b", surface.text):
            yield self.finding(surface, surface.span(*match.span()))


class Nut(PostRule):
    """Flags nuts, and crashes on a rotten one."""

    name = "nut/walnut"
    clauses = ("1.2",)
    severity = Severity.ERROR
    message = "This is a nut."
    advice = "Keep it dry."
    examples = ()

    def check(self, document: Document) -> Iterator[Finding]:
        if "rotten" in document.post.text:
            raise RuntimeError(document.post.text)
        if document.post.location:
            yield self.finding("location", data={"latitude": document.post.location.latitude})


PROGRAM = [sys.executable, __file__]
RULES = (Fig(), Pear(), Plum(), Nut())


def _only_these() -> tuple[TextRule | PostRule, ...]:
    return RULES


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Give pytest's plugin these rules alone."""
    vars(linter)["all_rules"] = _only_these


def write_policy(folder: Path) -> Path:
    """Write the tests' own pack into a folder."""
    path = folder / "orchard.toml"
    path.write_text(POLICY, "utf-8")
    return path


def postlint(folder: Path, *words: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a folder, with the tests' own rules."""
    clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    command = [*PROGRAM, *words, "--policy", str(write_policy(folder))]
    if words[0] == "check" and not {"--mask", "--show-text", "json"} & {*words}:
        command.append("--show-text")
    return subprocess.run(command, cwd=folder, input=stdin, capture_output=True, env=clean | environment, check=False)


if __name__ == "__main__":
    pytest_configure()
    sys.exit(main())
