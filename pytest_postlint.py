"""The pytest plugin's entry point: options, the fixture, and the plugin itself only where it is asked for.

It stands outside the package since pytest imports it in every run of the environment it is installed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from wmp_postlint import Report
    from wmp_postlint.checker.testing import Checker, PostLike

_FILES = "*.post.md, *.post.txt, *.post.json, *.posts.json, *.posts.jsonl and *.posts.csv"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; each can stand in the configuration file too."""
    group = parser.getgroup("postlint", "checking social-media posts")
    group.addoption("--postlint", action="store_true", help=f"check {_FILES}")
    group.addoption("--postlint-policy", metavar="NAME|FILE", help="a bundled policy pack or a TOML file")
    group.addoption("--postlint-select", action="append", metavar="RULES", help="run only these rules or families")
    group.addoption("--postlint-ignore", action="append", metavar="RULES", help="leave out these rules or families")
    group.addoption(
        "--postlint-fail-on", choices=("info", "warning", "error"), help="the mildest finding that fails a post (error)"
    )
    parser.addini("postlint", f"check {_FILES} without --postlint", "bool", False)
    parser.addini("postlint_policy", "a bundled policy pack, or a TOML file relative to this one", "string", "")
    parser.addini("postlint_select", "run only these rules or families", "args", [])
    parser.addini("postlint_ignore", "leave out these rules or families", "args", [])
    parser.addini("postlint_fail_on", "the mildest finding that fails a post: info, warning or error", "string", "")


def pytest_configure(config: pytest.Config) -> None:
    """Register the plugin itself."""
    config.addinivalue_line("markers", "postlint: the items of post files, to choose them with -m")
    if config.getoption("--postlint") or config.getini("postlint"):
        from wmp_postlint.checker.pytest_plugin import PostlintPlugin

        config.pluginmanager.register(PostlintPlugin(config), "wmp_postlint")


@pytest.fixture(scope="session")
def postlint(pytestconfig: pytest.Config) -> Checker:
    """Return what lints posts in tests, under the policy and the rules of the run."""
    from wmp_postlint.checker.pytest_plugin import linter_of
    from wmp_postlint.checker.testing import Checker

    return Checker(linter_of(pytestconfig))


def assert_clean(post: PostLike, *, fail_on: str = "error") -> Report:
    """Fail a test unless a post is clean; return its report.

    Args:
        post: a text, a ``Post``, or a mapping of the wire format.
        fail_on: the mildest finding that fails: ``info``, ``warning`` or ``error``.
    """
    __tracebackhide__ = True
    from wmp_postlint.checker.testing import Checker

    return Checker().assert_clean(post, fail_on=fail_on)
