"""Rules and posts that the tests of the engine share; they depend on no bundled rule."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from hypothesis import settings

from wmp_postlint import Document, Finding, Flag, Pass, Severity, Surface, TextRule

# In CI the same examples each time: a search for new ones belongs to a developer who can look at what it finds.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "search")


class Shouting(TextRule):
    """Flags the word ALARM, on every surface: a rule for tests of the engine."""

    name = "test/shouting"
    clauses = ("4.6",)
    severity = Severity.ERROR
    message = "This shouts."
    advice = "Say it quietly, or ask {press_office}."
    examples = (Flag("«ALARM»"), Pass("calm"))

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for match in re.finditer("ALARM", surface.text):
            yield self.finding(surface, surface.span(*match.span()))


class Asking(TextRule):
    """Flags the word please, as something that an approval can cover: a rule for tests of the engine."""

    name = "test/asking"
    clauses = ("4.12",)
    severity = Severity.WARNING
    message = "This asks."
    advice = "Do not ask."
    scope = "appeal"
    examples = (Flag("«please»"), Pass("no"))

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for match in re.finditer("please", surface.text):
            yield self.finding(surface, surface.span(*match.span()))


class Crashing(TextRule):
    """Raises with the post's words in the message: a rule for tests of the engine."""

    name = "test/crashing"
    clauses = ("4.6",)
    severity = Severity.INFO
    message = "Never said."
    advice = "Never said."
    examples = (Flag("«x»"), Pass("y"))

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        raise ValueError(f"secret words: {surface.text}")
        yield


@pytest.fixture
def shouting() -> type[Shouting]:
    return Shouting


@pytest.fixture
def asking() -> type[Asking]:
    return Asking


@pytest.fixture
def crashing() -> type[Crashing]:
    return Crashing
