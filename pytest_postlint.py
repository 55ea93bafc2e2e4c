"""The pytest plugin's entry point: adds ``--postlint``, and loads the package only where that is given.

It stands outside the package since pytest imports it in every run of the environment it is installed in.
"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("postlint", "checking social-media posts")
    group.addoption("--postlint", action="store_true", help="check *.post.json, *.posts.jsonl and *.post.md files")
    group.addoption("--postlint-policy", metavar="NAME|FILE", help="a bundled policy pack or a TOML file")
    group.addoption("--postlint-select", action="append", metavar="RULES", help="run only these rules or families")
    group.addoption("--postlint-ignore", action="append", metavar="RULES", help="leave out these rules or families")


def pytest_configure(config: pytest.Config) -> None:
    """Register the plugin itself."""
    if config.getoption("--postlint"):
        from wmp_postlint.checker.pytest_plugin import PostlintPlugin

        config.pluginmanager.register(PostlintPlugin(config), "wmp_postlint")
