"""``postlint config``: every setting, its value, and where that comes from."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from wmp_postlint.checker.options import add_config
from wmp_postlint.checker.terminal import visible


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = "Shows the configuration that applies to files: postlint.toml, or [tool.postlint]."
    actions = parser.add_subparsers(title="actions", dest="action", required=True, metavar="show")
    show = actions.add_parser("show", help="print every setting", description="Prints every setting and its origin.")
    show.add_argument("paths", nargs="*", metavar="PATH", help="the files that are to be checked (the working folder)")
    show.add_argument("--json", action="store_true", help="as JSON")
    add_config(show)


def run(given: argparse.Namespace) -> int:
    """Show it, and return the exit code."""
    from wmp_postlint.checker.config import config_for
    from wmp_postlint.checker.configured import answers_for, linter_for, value_of

    config = config_for(given.paths, given.config, use=not given.no_config)
    # What cannot be used is not shown as if it could.
    options = argparse.Namespace(policy=None, select=None, ignore=None, baseline=None, baseline_key=None)
    policy = linter_for(config, options).policy
    answers_for(config, options, policy)
    lines = config.lines or {}
    shown: dict[str, dict[str, Any]] = {}
    for name in type(config.settings).__annotations__:
        key = name.replace("_", "-")
        value = _plain(value_of(config, name))
        line = lines.get(key)
        inner = {item: lines.get(f"{key}.{item}", line) for item in value} if isinstance(value, dict) else {}
        shown[key] = {"value": value, "from": config.file if line else "default", "line": line}
        shown[key] |= {"lines": inner} if inner else {}
    if os.environ.get("POSTLINT_BASELINE_KEY"):
        shown["baseline-key"] = {"value": None, "from": "POSTLINT_BASELINE_KEY", "line": None}
    if given.json:
        ref = {"id": policy.id, "version": policy.version}
        sys.stdout.write(json.dumps({"file": config.file, "policy": ref, "settings": shown}, default=str) + "\n")
        return 0
    sys.stdout.write(visible(f"# {config.file or 'no configuration file'}; policy {policy.id} {policy.version}") + "\n")
    for key, about in shown.items():
        for words in _lines(key, about):
            sys.stdout.write(visible(words) + "\n")
    return 0


def _lines(key: str, about: Mapping[str, Any]) -> Iterator[str]:
    """Yield a setting as TOML, each value with its origin."""
    value, file = about["value"], about["from"]
    if inner := about.get("lines"):
        for item, line in inner.items():
            yield f"{key}.{json.dumps(item)} = {_toml(value[item])}  # {file}:{line}"
        return
    origin = f"{file}:{about['line']}" if about["line"] else file
    # TOML has no value for nothing.
    yield f"# {key} is not set  # {origin}" if value is None else f"{key} = {_toml(value)}  # {origin}"


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }" if value else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False, default=str)


def _plain(value: Any) -> Any:
    """Return a setting as plain data, without what was not given."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(type(value), "__annotations__") and not isinstance(value, str):
        names = type(value).__annotations__
        return {name: _plain(getattr(value, name)) for name in names if getattr(value, name) not in (None, ())}
    return value
