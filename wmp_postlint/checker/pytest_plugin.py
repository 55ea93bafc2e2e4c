"""The pytest plugin: one item per post of the files that are collected.

An item fails on what blocks and on what could not be looked at; a post that cannot be read is an error. What a person
must decide does not fail, and is listed at the end. On the terminal the excerpts show the post; in JUnit files and
other records of the run they are masked.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from _pytest._code.code import TerminalRepr
from _pytest._io import TerminalWriter

from wmp_postlint.checker.check import outcomes_of
from wmp_postlint.checker.config import Config, config_for
from wmp_postlint.checker.configured import answers_for, linter_for, value_of
from wmp_postlint.checker.details import Sheet, details
from wmp_postlint.checker.globs import fitting
from wmp_postlint.checker.outcome import Outcome, headline, summary
from wmp_postlint.checker.terminal import Style, visible
from wmp_postlint.checker.testing import severity_of, unexpected
from wmp_postlint.errors import InputError, RegistryError
from wmp_postlint.lazy import replace
from wmp_postlint.linter import Linter
from wmp_postlint.readers.files import find, is_post_file
from wmp_postlint.readers.loaded import Loaded

_LONGEST_NAME = 80
_AHEAD = 32


def linter_of(config: pytest.Config) -> Linter:
    """Return the linter that the options, pytest's ini file and postlint's own configuration ask for, in this order.

    Raises:
        pytest.UsageError: if the policy or the name of a rule cannot be used, or no rule is left.
    """
    option, ini = config.getoption, config.getini
    policy = option("--postlint-policy")
    if policy is None and (named := str(ini("postlint_policy"))):
        file = (config.inipath.parent if config.inipath else config.rootpath) / named
        policy = str(file) if named.endswith(".toml") else named
    try:
        given = Namespace(
            policy=policy,
            select=option("--postlint-select") or ini("postlint_select") or None,
            ignore=option("--postlint-ignore") or ini("postlint_ignore") or None,
        )
        linter = linter_for(_settings(config), given, trust_approvals=False)
    except (InputError, RegistryError) as error:
        raise pytest.UsageError(f"postlint: {error}") from None
    if not linter.rules:
        raise pytest.UsageError("postlint: no rule is left; change --postlint-select or --postlint-ignore")
    return linter


def _settings(config: pytest.Config) -> Config:
    """Return postlint's own configuration, by the folder that pytest takes for the root."""
    return config_for((str(config.rootpath),))


class PostlintPlugin:
    """What pytest calls; it holds the linter of the run."""

    def __init__(self, config: pytest.Config) -> None:
        self.linter = linter_of(config)
        settings = _settings(config)
        try:
            self.fail_on = severity_of(
                config.getoption("--postlint-fail-on") or config.getini("postlint_fail_on") or settings.settings.fail_on
            )
        except InputError as error:
            raise pytest.UsageError(f"postlint_{error}") from None
        try:
            files = Namespace(**{name: value_of(settings, name) for name in ("baseline", "baseline_key")})
            self.answers = answers_for(settings, files, self.linter.policy)
        except InputError as error:
            raise pytest.UsageError(f"postlint: {error}") from None
        self._excluded = settings.settings.exclude, settings.folder
        self.now = datetime.now(UTC)
        self._to_review: list[str] = []
        self._next: dict[pytest.Item, pytest.Item] = {}
        self._outcomes: dict[pytest.Item, Outcome] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        # Which of them a worker of xdist will run is not known before.
        if not hasattr(session.config, "workerinput"):
            self._next = dict(pairwise(session.items))

    def outcome(self, item: PostItem) -> Outcome:
        """Lint the post of an item, and with it those of the items that come next, which costs less."""
        if item not in self._outcomes:
            batch: list[PostItem] = []
            at: pytest.Item | None = item
            while isinstance(at, PostItem) and len(batch) < _AHEAD:
                batch.append(at)
                at = self._next.get(at)
            posts = [replace(each.loaded, path=str(each.path)) for each in batch]
            self._outcomes = dict(zip(batch, outcomes_of(posts, self.linter, self.now, self.answers), strict=True))
        return replace(self._outcomes.pop(item), loaded=item.loaded)

    def pytest_report_header(self) -> str:
        policy = self.linter.policy
        return f"postlint: policy {policy.id} {policy.version}, {len(self.linter.rules)} rules"

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> PostFile | None:
        if not is_post_file(file_path) or fitting(self._excluded[0], str(file_path), self._excluded[1]):
            return None
        file = PostFile.from_parent(parent, path=file_path)
        assert isinstance(file, PostFile)
        file.plugin = self
        file.add_marker("postlint")  # its posts have it from the file
        return file

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and ("postlint-verdict", "review") in report.user_properties and report.passed:
            self._to_review.append(report.nodeid)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._to_review:
            terminalreporter.section("posts to review", yellow=True)
            for nodeid in self._to_review:
                terminalreporter.line(nodeid)


class PostFile(pytest.File):
    """A file with posts."""

    plugin: PostlintPlugin

    def collect(self) -> Iterator[PostItem]:
        names: set[str] = set()
        for source in find((str(self.path),), BytesIO()):
            for loaded in source.read():
                if loaded.skipped is not None:
                    continue
                name = _name(loaded)
                name = f"{name}-line-{loaded.line}" if name in names else name
                names.add(name)
                item = PostItem.from_parent(self, name=name)
                # The path as pytest shows it; the paths of pictures hold the folder already.
                item.loaded = replace(loaded, path=self.nodeid)
                yield item


class PostItem(pytest.Item):
    """One post."""

    loaded: Loaded

    def setup(self) -> None:
        if self.loaded.post is None:
            # Raised before the call, so that pytest counts an error and not a failure.
            pytest.fail(f"not read: {visible(self.loaded.place)}: {visible(self.loaded.error or '')}", pytrace=False)

    def runtest(self) -> None:
        assert isinstance(self.parent, PostFile)
        plugin = self.parent.plugin
        outcome = plugin.outcome(self)
        assert outcome.report is not None
        self.user_properties.append(("postlint-verdict", outcome.report.verdict))
        for finding in outcome.report.findings:
            self.user_properties.append(("postlint-finding", f"{headline(finding)} ({finding.field})"))
        if self.loaded.expect is not None:
            if differences := unexpected(self.loaded.expect, outcome.report):
                raise ExpectationError("\n".join(map(visible, differences)))
        elif outcome.unchecked or outcome.stands(plugin.fail_on):
            raise PostFailedError(outcome)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str | TerminalRepr:
        if isinstance(excinfo.value, PostFailedError):
            assert isinstance(self.parent, PostFile)
            return PostRepr(excinfo.value.outcome, self.parent.plugin)
        if isinstance(excinfo.value, ExpectationError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, (self.loaded.line or 1) - 1, self.name


class PostFailedError(Exception):
    """Fail the item of a post."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(summary(outcome))
        self.outcome = outcome


class ExpectationError(Exception):
    """Fail the item of a post whose findings are not those that it expects."""


class PostRepr(TerminalRepr):
    """What is shown of a failed post: its words on the terminal, masked words wherever else pytest writes it."""

    def __init__(self, outcome: Outcome, plugin: PostlintPlugin) -> None:
        self._outcome = outcome
        self._policy = plugin.linter.policy
        self.reprcrash = _Crash(summary(outcome))

    def __str__(self) -> str:
        return "\n".join(details(self._outcome, Sheet(self._policy, mask=True)))

    def toterminal(self, tw: TerminalWriter) -> None:
        for line in details(self._outcome, Sheet(self._policy, tw.fullwidth, Style(tw.hasmarkup))):
            tw.line(line)


class _Crash:
    """Where pytest takes the words of the short summary from."""

    def __init__(self, message: str) -> None:
        self.message = message


def _name(loaded: Loaded) -> str:
    """Return the name of a post's item: its id, or its line."""
    if loaded.id:
        return visible(loaded.id).replace("::", ":")[:_LONGEST_NAME]
    return f"line-{loaded.line}" if loaded.line else "post"
