"""Another force, from its pack alone: nothing of the default force is in the code."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from second_force import POLICY, counterparts, retold, told_of_the_default_force

import wmp_postlint
from wmp_postlint import Document, Flag, Linter, Report, Rule, all_rules, load_policy
from wmp_postlint.checker.hold import post_of, spans_and_text
from wmp_postlint.rule import Example

PACKAGE = Path(wmp_postlint.__file__).parent
DATA = PACKAGE / "data"
CODE = sorted(PACKAGE.rglob("*.py"))
CASES = Path(__file__).parent / "rules" / "cases"
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.name}-{index}")
    for rule in all_rules()
    for index, example in enumerate(rule.examples)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_rule_s_examples_retold_hold_under_the_second_pack(rule: Rule, example: Example) -> None:
    text, other = (spans_and_text(told)[0] for told in (example.marked, retold(example.marked)))
    assert len(text) == len(other)
    if told_of_the_default_force((retold(example.marked), retold(example.fields))):
        pytest.skip("it is about a handle made to look like one of the default force, which the other has not")
    post = post_of(type(example)(retold(example.marked), example.on, retold(example.fields)))
    found = list(rule.run(Document(post, POLICY)))
    if not isinstance(example, Flag):
        assert [(finding.field, finding.span) for finding in found] == []
        return
    assert found
    assert sorted((one.span.start, one.span.end) for one in found if one.span) == (other or [])
    if example.severity is not None:
        assert {finding.severity for finding in found} == {example.severity}


def cases() -> list[dict[str, Any]]:
    """Return the invented posts of every family, each with its place."""
    found = []
    for path in sorted(CASES.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            found.append(json.loads(line) | {"place": f"{path.stem}:{number}"})
    return found


FAMILIES = sorted({case["place"].partition(":")[0] for case in cases()})


@pytest.mark.parametrize("family", FAMILIES)
def test_a_post_retold_gives_the_same_findings(family: str) -> None:
    """Every invented post that names the force, or a fact of its pack: its family finds as much in it retold."""
    ours, theirs = (Linter(policy=policy, rules=[f"{family}/*"]) for policy in (load_policy(), POLICY))
    different, told = [], 0
    for case in cases():
        post: dict[str, Any] = {"text": case["text"], **case.get("post", {})}
        if (field := case.get("on", "text")) != "text":
            post |= {"text": "", "media": [{field.rpartition(".")[2]: case["text"]}]}
        other = retold(post)
        if not case["place"].startswith(f"{family}:") or other == post or told_of_the_default_force(other):
            continue
        told += 1
        reports = found(ours.lint(post)), found(theirs.lint(other))
        if reports[0] != reports[1]:
            different.append((case["place"], *reports))
    assert different == []
    if not told:
        pytest.skip("no post of this family names the force or a fact of its pack")


def found(report: Report) -> list[tuple[str, str]]:
    # Wording alone is weighed anew where places and names are others; it knows no fact of a pack.
    kept = (finding for finding in report.findings if finding.data.get("reading") != "wording")
    return sorted((finding.rule, finding.field) for finding in kept)


def facts_of_the_default_force() -> re.Pattern[str]:
    names = [name for name in counterparts() if len(name) > 2 and not name.replace(" ", "").isdigit()]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", re.IGNORECASE)


def test_no_fact_of_the_default_force_stands_in_the_code() -> None:
    """No string of the code holds one; examples of rules, and what they are made of, are told of the default force."""
    pattern = facts_of_the_default_force()
    held = {path.relative_to(PACKAGE).as_posix(): pattern.findall(" ".join(strings(path))) for path in CODE}
    assert {name: words for name, words in held.items() if words} == {}


# Facts of the pack that a vocabulary may hold, because they are more than that.
SHARED = {
    "data/analysis/addresses.toml": {
        "lloyd house"
    },  # a building with a front desk among others; most stations are streets
    "data/analysis/people.toml": {"cmpg"},  # an abbreviation that no name is made of, wherever it stands
    "data/disrepute/derogatory.toml": {"aston"},  # a football club's name with a letter more
    "data/disrepute/slur.toml": {"tally ho"},  # a cry of hunters
    "data/personal_account/working_location.toml": {"park lane"},  # the street in London
    "data/political/opinion.toml": {"andy street"},  # a politician known in the whole country
}
# Packs, and the towns of the whole country with where they lie.
NO_VOCABULARIES = {"packs", "checker"}


def test_no_fact_of_the_default_force_stands_in_a_vocabulary() -> None:
    """No string of a file under ``data`` holds one, but for examples of frames, which are told of the default force."""
    pattern = facts_of_the_default_force()
    held = {
        path.relative_to(PACKAGE).as_posix(): {word.casefold() for word in pattern.findall("\0".join(texts(path)))}
        for path in sorted(DATA.rglob("*.toml"))
        if path.relative_to(DATA).parts[0] not in NO_VOCABULARIES
    }
    assert {name: words for name, words in held.items() if words} == SHARED


def texts(path: Path) -> Iterator[str]:
    """Yield the strings of a vocabulary file, keys of tables included."""

    def walked(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for key, item in value.items():
                yield key
                if key not in ("found", "left"):
                    yield from walked(item)
        elif isinstance(value, list):
            for item in value:
                yield from walked(item)

    return walked(tomllib.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("text", ["Night duty again, back at my nick", "DM me for a quote", "Police 1 Burglars 0"])
def test_a_pack_without_names_costs_no_error(text: str) -> None:
    linter = Linter(policy=load_policy("uk-police"))
    assert linter.lint({"text": text, "account": {"handle": "dave_runs", "kind": "personal"}}).errors == ()


def strings(path: Path) -> list[str]:
    """Return the strings of a module that are neither docstrings nor parts of a rule's examples."""
    tree = ast.parse(path.read_text("utf-8"))
    examples = [
        node for node in ast.walk(tree) if isinstance(node, ast.Assign) and _names(node.targets) == {"examples"}
    ]
    used = {inner.id for node in examples for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    made = [
        node
        for node in tree.body
        if (isinstance(node, ast.Assign) and _names(node.targets) & used)
        or (isinstance(node, ast.FunctionDef) and node.name in used)
    ]
    docstrings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    left_out = {id(inner) for node in (*examples, *made, *docstrings) for inner in ast.walk(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out
    ]


def _names(targets: list[ast.expr]) -> set[str]:
    return {target.id for target in targets if isinstance(target, ast.Name)}
