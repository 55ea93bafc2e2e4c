"""Changes the rules and the linter in small ways, one at a time, and counts the changes that no test notices.

    python mutation/run.py [--every N] [--jobs 2] [--least 0.85] [MODULE ...]

The changes are cosmic-ray's. A rule that was changed must fall out with its own examples or with the case posts of the
tests, which are read in this process; where it does not, and for every other module, the tests that are about it run in
a copy of the project. Annotations, and the examples themselves, are left alone. So are changes that mean nothing
(see ``changes``): an order or the identity of words, a window of context that is one character wider or narrower, the
first character of a text. Survivors are printed, with a reason where ``survivors.toml`` has one. Ends with 1 if fewer
of the changes were noticed than must be.
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
import types
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "wmp_postlint"
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from case_posts import FOLDER, CasePosts  # noqa: E402  the tests' folder had to be named first
from test_rules import test_contract, test_example  # noqa: E402

from wmp_postlint import Rule  # noqa: E402

LEAST = 0.85
# These need arguments that say which variable.
LEFT_OUT = {"core/VariableReplacer", "core/VariableInserter"}
# A word of a fixed set is this one or another: such words have no order, and whether two equal ones are one object is
# Python's affair.
OF_WORDS = {
    f"core/ReplaceComparisonOperator_{before}_{after}"
    for before in ("Eq", "NotEq")
    for after in ("Is", "IsNot", "Lt", "LtE", "Gt", "GtE")
}
# From so many characters on a distance in a text is a choice; one more or less would have been as good.
CHOSEN = 10
# The tests of what is no rule.
TESTS = {"wmp_postlint/linter.py": ("tests/test_linter.py", "tests/test_decision.py", "tests/test_time.py")}
SECONDS_HERE, SECONDS_OF_TESTS = 20, 120
COPIED = ("wmp_postlint", "tests", "examples", "pytest_postlint.py", "pyproject.toml", "training/readings/held_out")


@dataclass(frozen=True)
class Change:
    """One change of a module: the operator, which of its places, and the line."""

    module: str
    operator: str
    occurrence: int
    line: int

    def source(self) -> str:
        """Return the module's text with the change."""
        source = (ROOT / self.module).read_text("utf-8")
        changed = mutate_code(source, get_operator(self.operator)(), self.occurrence)
        assert changed is not None
        return str(changed)

    def shown(self) -> str:
        """Return the line as it was and as it is, for whoever looks at survivors."""
        before = (ROOT / self.module).read_text("utf-8").splitlines()
        after = self.source().splitlines()
        pairs = zip(before, after, strict=False)
        was, now = next(((old, new) for old, new in pairs if old != new), (before[-1], after[-1]))
        return f"{self.module}:{self.line} {self.operator.rpartition('/')[2]}: {was.strip()}  ->  {now.strip()}"


def changes(module: str) -> Iterator[Change]:
    """Yield the changes that may be made to a module."""
    source = (ROOT / module).read_text("utf-8")
    parsed = ast.parse(source)
    left_alone, distances, beginnings = list(_left_alone(parsed)), set(_distances(parsed)), set(_beginnings(parsed))
    tree = get_ast(source)
    for name in sorted(set(operator_names()) - LEFT_OUT):
        operator, occurrence = get_operator(name)(), 0
        for node in ast_nodes(tree):
            for which, (place, _) in enumerate(operator.mutation_positions(node)):
                if name in OF_WORDS:
                    nothing = _compares_words(node, place)
                else:
                    # The first of two changes of a number adds one. ``max(-1, start - 60)`` would mean something: it
                    # reads nothing at all near the beginning of a text.
                    nothing = name == "core/NumberReplacer" and (
                        place in distances or (place in beginnings and which == 0)
                    )
                if not nothing and not any(low <= place < high for low, high in left_alone):
                    yield Change(module, name, occurrence, place[0])
                occurrence += 1


def _compares_words(node: Any, operator: tuple[int, int]) -> bool:
    """Tell whether one side of the comparison whose operator stands there is a string as it is written."""
    at = next(index for index, child in enumerate(node.children) if child.start_pos == operator)
    return any(side.type == "string" for side in (node.children[at - 1], node.children[at + 1]))


def _distances(tree: ast.AST) -> Iterator[tuple[int, int]]:
    """Yield where distances in a text stand that were chosen: in ``text[start - 60 : start]``, ``before[-90:]``."""
    for node in ast.walk(tree):
        found: list[ast.AST | None] = []
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub) and not _number(node.left):
            found = [node.right]
        elif isinstance(node, ast.Slice):
            found = [each.operand if isinstance(each, ast.UnaryOp) else each for each in (node.lower, node.upper)]
        yield from (
            (each.lineno, each.col_offset)
            for each in found
            if isinstance(each, ast.Constant) and _number(each) >= CHOSEN
        )


def _beginnings(tree: ast.AST) -> Iterator[tuple[int, int]]:
    """Yield where the 0 of ``max(0, start - 60)`` stands, which keeps a window of context within its text."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "max":
            continue
        if any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.Sub) for each in node.args):
            zeros = [each for each in node.args if isinstance(each, ast.Constant) and each.value == 0]
            yield from ((each.lineno, each.col_offset) for each in zeros)


def _number(node: ast.AST) -> int:
    """Return a whole number that is written out, and 0 for whatever else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, int) else 0


def _left_alone(tree: ast.AST) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the stretches of a module that no test should notice: annotations, and examples, which are tests."""
    for node in ast.walk(tree):
        found: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef):
            every = [*node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
            found = [node.returns, *(each.annotation for each in every if each)]
        elif isinstance(node, ast.AnnAssign):
            found = [node.annotation]
        elif isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "examples" for target in node.targets):
            found = [node.value]
        for each in found:
            if isinstance(each, ast.expr):
                yield (each.lineno, each.col_offset), (each.end_lineno or 0, each.end_col_offset or 0)


class _TooLong(Exception):
    pass


def _alarm(*_: object) -> None:
    raise _TooLong


def noticed_here(change: Change) -> bool:
    """Tell whether a changed rule falls out with its examples, its contract or its case posts, or takes for ever."""
    signal.signal(signal.SIGALRM, _alarm)
    signal.alarm(SECONDS_HERE)
    try:
        _hold(_rule(change))
    except (Exception, SystemExit):
        return True
    finally:
        signal.alarm(0)
    return False


def _rule(change: Change) -> Rule:
    """Return the rule of a changed module."""
    name = change.module.removesuffix(".py").replace("/", ".")
    module = types.ModuleType(name)
    module.__file__ = str(ROOT / change.module)
    exec(compile(change.source(), module.__file__, "exec"), vars(module))
    (found,) = [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Rule) and kind.__module__ == name and "name" in vars(kind)
    ]
    return found()


def _hold(rule: Rule) -> None:
    test_contract(rule)
    for example in rule.examples:
        test_example(rule, example)
    for family in _case_files(rule.name):
        posts = CasePosts(rule, family, shared=True)
        for case in posts.wanted:
            posts.check_found(case)
        for case in posts.innocent:
            posts.check_silent(case)


@cache
def _case_files(name: str) -> list[str]:
    """Return the case files that are for a rule and that it passes as it is."""
    from wmp_postlint import all_rules

    rule = next(rule for rule in all_rules() if rule.name == name)
    found = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        posts = CasePosts(rule, path.stem, shared=True)
        wanted = bool(posts.wanted) and all(_passes(posts.check_found, case) for case in posts.wanted)
        if wanted and all(_passes(posts.check_silent, case) for case in posts.innocent):
            found.append(path.stem)
    return found


def _passes(check: Any, case: Any) -> bool:
    try:
        check(case)
    except AssertionError:
        return False
    return True


def tests_of(module: str) -> list[str]:
    """Return what pytest is told to run for a module."""
    if module in TESTS:
        return [*TESTS[module]]
    family, rule = Path(module).parts[-2:]
    name = f"{family.replace('_', '-')}/{rule.removesuffix('.py').replace('_', '-')}"
    own = ROOT / "tests" / "rules" / f"test_{family}_{rule}"
    others = ["tests/rules/test_cue_posts.py"] if "CueRule" in (ROOT / module).read_text("utf-8") else []
    files = [*([own.relative_to(ROOT).as_posix()] if own.exists() else []), *others]
    return ["tests/test_rules.py", *files, "-k", f"{name} or {own.stem} or {name.partition('/')[2]}"]


_copies: dict[int, Path] = {}


def noticed_by_tests(change: Change) -> bool:
    """Tell whether the tests about a module fail with the change, in a copy of the project."""
    copy = _copies.get(os.getpid())
    if copy is None:
        copy = _copies[os.getpid()] = Path(tempfile.mkdtemp(prefix="mutation-"))
        for name in COPIED:
            copier = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            copier(ROOT / name, copy / name)
    target = copy / change.module
    target.write_text(change.source(), "utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist"]
    try:
        ended = subprocess.run(
            [*command, *tests_of(change.module)],
            cwd=copy,
            env=os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=SECONDS_OF_TESTS,
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        shutil.copy(ROOT / change.module, target)
    return ended.returncode != 0


def tried(change: Change) -> tuple[Change, bool]:
    """Make a change and tell whether anything noticed it."""
    noticed = ("rules/" in change.module and noticed_here(change)) or noticed_by_tests(change)
    return change, noticed


def modules(named: Sequence[str]) -> list[str]:
    """Return the modules to change: those named, or all rules and the linter."""
    if named:
        return list(named)
    rules = [path for path in sorted(PACKAGE.glob("rules/*/*.py")) if path.name != "__init__.py"]
    return ["wmp_postlint/linter.py", *(path.relative_to(ROOT).as_posix() for path in rules)]


def reasons() -> dict[str, str]:
    """Return why some changes cannot be noticed, by how they are shown."""
    table = tomllib.loads((Path(__file__).parent / "survivors.toml").read_text("utf-8"))
    return {each["change"]: each["why"] for each in table.get("survivor", [])}


def main() -> int:
    """Make the changes, print the survivors and how many were noticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "modules", nargs="*", help="such as wmp_postlint/linter.py; by default the rules and the linter"
    )
    parser.add_argument("--every", type=int, default=1, help="make every so many of the changes")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--least", type=float, default=LEAST, help="the part of the changes that must be noticed")
    given = parser.parse_args()
    made = [change for module in modules(given.modules) for change in changes(module)][:: given.every]
    with ProcessPoolExecutor(given.jobs) as pool:
        outcomes = list(pool.map(tried, made, chunksize=8))
    known = reasons()
    survivors = [change.shown() for change, noticed in outcomes if not noticed]
    for shown in survivors:
        path, _, rest = shown.partition(":")
        change = f"{path}: {rest.partition(' ')[2]}"
        print(f"survived: {shown}" + (f"  [{known[change]}]" if change in known else ""))
    share = 1 - len(survivors) / max(1, len(made))
    print(f"{len(made)} changes, {len(made) - len(survivors)} noticed ({share:.1%})")
    return share < given.least


if __name__ == "__main__":
    sys.exit(main())
