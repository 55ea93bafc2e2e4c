"""The lines of keys in TOML, against ``tomllib`` and against the text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint.checker.toml_lines import Path, key_lines, line_of

TEXT = '''# [no.table]
title = "a # no comment, [no table]"
many = [
  "x = 1", # a comment ]
  [1, 2],
]
long = """
fake = 1
[fake]
\\""" still """
raw = \'\'\'
other = 2
it's\'\'\'
"odd key".'b.c' = { inner = 1, deep = { er = 2 } }

[tool . postlint]   # spaced
fail-on = "error"
[tool.postlint.severity]
"content/*" = "info"
[[tool.postlint.keys]]
holder = "one"
[[tool.postlint.keys]]
holder = "two"
[tool.postlint.keys.extra]
x = 2030-01-01
'''


def test_a_file_with_all_that_confuses() -> None:
    lines = key_lines(TEXT)
    rows = TEXT.split("\n")

    def row(*path: str | int) -> str:
        return rows[lines[path] - 1]

    assert row("title").startswith("title")
    assert row("many") == "many = ["
    assert row("long").startswith("long")
    assert row("raw").startswith("raw")
    assert row("odd key", "b.c").startswith('"odd key"')
    assert row("tool", "postlint").startswith("[tool . postlint]")
    assert row("tool", "postlint", "severity", "content/*").startswith('"content/*"')
    assert row("tool", "postlint", "keys", 0, "holder") == 'holder = "one"'
    assert row("tool", "postlint", "keys", 1, "holder") == 'holder = "two"'
    assert row("tool", "postlint", "keys", 1, "extra", "x").startswith("x = ")
    assert ("fake",) not in lines
    assert ("other",) not in lines
    assert line_of(lines, ("odd key", "b.c", "deep", "er")) == lines["odd key", "b.c"]
    assert line_of(lines, ("nothing",)) is None


KEYS = st.text("ab-_ .\"'#[]=é\\", min_size=1, max_size=5)
VALUES = st.recursive(
    st.integers(-(2**60), 2**60) | st.text("a\"'#[]{}=\\\n,é ", max_size=8) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=2),
    max_leaves=6,
)


@given(st.dictionaries(KEYS, VALUES | st.dictionaries(KEYS, VALUES, max_size=3), max_size=4), st.booleans())
def test_every_key_is_found_on_its_line(table: dict[str, Any], tables: bool) -> None:
    text = ""
    wanted: dict[Path, int] = {}
    for number, (key, value) in enumerate(sorted(table.items(), key=lambda item: isinstance(item[1], dict))):
        if isinstance(value, dict) and tables:
            wanted[(key,)] = text.count("\n") + 1
            text += f"  [{quoted(key)}] # {number} ]]\n"
            for inner, item in value.items():
                wanted[key, inner] = text.count("\n") + 1
                text += f"{quoted(inner)}={toml(item)}\n\n"
        else:
            wanted[(key,)] = text.count("\n") + 1
            text += f"{quoted(key)} = {toml(value)} # x = 1\n"
    assert tomllib.loads(text) == table
    lines = key_lines(text)
    assert {path: lines.get(path) for path in wanted} == wanted
    assert {*lines} <= {*paths(table)}


def paths(table: dict[str, Any]) -> Iterator[Path]:
    for key, value in table.items():
        yield (key,)
        if isinstance(value, dict):
            yield from ((key, *rest) for rest in paths(value))


def quoted(text: str) -> str:
    signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n"}
    return '"' + "".join(signs.get(sign, sign) for sign in text) + '"'


def toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return quoted(value) if "\n" not in value else f'"""\n{quoted(value)[1:-1]}"""'
    if isinstance(value, list):
        joint = ", # ]\n "
        return f"[{joint.join(map(toml, value))}\n]"
    return "{" + ", ".join(f"{quoted(key)} = {toml(item)}" for key, item in value.items()) + "}"
