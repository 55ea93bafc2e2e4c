"""The house rules: layers, rule names, sizes, imports, and that a rule comes and goes as one file."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import wmp_postlint
from wmp_postlint import all_rules

ROOT = Path(wmp_postlint.__file__).parents[1]
PACKAGE = ROOT / "wmp_postlint"
CODE = sorted(path for path in PACKAGE.rglob("*.py"))

# From the ground up; a module imports its own layer and those below.
LAYERS = (
    {
        "errors",
        "lazy",
        "convert",
        "resource",
        "limits",
        "post",
        "finding",
        "text",
        "wrapped",
        "markup",
        "html_text",
        "policy",
        "packs",
        "pack_facts",
        "pack_tables",
        "secret_file",
        "media",
    },
    {"surface", "together", "document", "readers", "adapters", "approvals", "audit_log", "audit_chain"},
    {"rule", "decision", "analysis", "wording", "patterns"},
    {"rules", "registry"},
    {"linter"},
    {"fixes", "scale"},
    {"checker", "server", "__main__"},
)
HEAVY = ("spacy", "PIL", "exifread", "phonenumbers", "pydantic", "numpy", "regex", "yaml", "thinc")


def layer_of(module: str) -> int:
    part = module.split(".")[1]
    return next(index for index, names in enumerate(LAYERS) if part in names)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = frozenset(map(module_of, CODE))


def imports_of(path: Path) -> set[str]:
    """The package's own modules that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                found.add(submodule if submodule in MODULES else node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.startswith("wmp_postlint.")}


@pytest.mark.parametrize(
    "path", [path for path in CODE if path.parent != PACKAGE or path.stem != "__init__"], ids=module_of
)
def test_nothing_imports_upward(path: Path) -> None:
    for imported in imports_of(path):
        assert layer_of(imported) <= layer_of(module_of(path)), f"{module_of(path)} imports {imported}"


def test_no_circle() -> None:
    """Modules can be put in an order in which each imports only those before it."""
    waiting = {module_of(path): imports_of(path) for path in CODE if path != PACKAGE / "__init__.py"}
    while ready := [name for name, needs in waiting.items() if not needs & waiting.keys()]:
        for name in ready:
            del waiting[name]
    assert not waiting


@pytest.mark.parametrize("path", sorted((PACKAGE / "rules").rglob("*.py")), ids=module_of)
def test_no_rule_imports_another(path: Path) -> None:
    assert not [name for name in imports_of(path) if name.startswith("wmp_postlint.rules")]


def test_no_rule_is_named_outside_rules_and_data() -> None:
    names = "|".join(re.escape(rule.name) for rule in all_rules())
    pattern = re.compile(rf"(?<![\w/-])(?:{names})(?![\w-])")
    code = [path for path in CODE if "rules" not in path.relative_to(PACKAGE).parts]
    texts = [*code, *(ROOT / "tests").glob("*.py"), *ROOT.glob("*.py"), ROOT / "pyproject.toml"]
    assert [path.name for path in texts if pattern.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", [path for path in CODE if "rules" not in path.parts], ids=module_of)
def test_modules_stay_readable(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300


def test_a_pattern_is_compared_by_value() -> None:
    """The ``re`` of a match is what a lazy pattern compiled, and never the lazy pattern itself."""
    assert [path for path in CODE if re.search(r"\.re is\b", path.read_text("utf-8"))] == []


def run(code: str, *, cwd: Path | None = None) -> str:
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=cwd, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


@pytest.mark.parametrize(
    "code",
    [
        "import wmp_postlint",
        "from wmp_postlint import *",
        "from wmp_postlint import lint; lint('The road is open again.')",
        "import pytest_postlint",
    ],
)
def test_nothing_heavy_is_imported(code: str) -> None:
    """Importing the package, and linting a post without names, numbers and pictures, loads nothing heavy."""
    assert run(f"import sys; {code}; print([name for name in {HEAVY!r} if name in sys.modules])") == "[]"


def test_public_names_are_all_there_and_sorted() -> None:
    assert wmp_postlint.__all__ == sorted(wmp_postlint.__all__)
    assert sorted(wmp_postlint._MODULES) == wmp_postlint.__all__
    for name in wmp_postlint.__all__:
        assert getattr(wmp_postlint, name)
    with pytest.raises(AttributeError):
        _ = wmp_postlint.no_such_name  # type: ignore[attr-defined]  # that is the point


NEW_RULE = '''"""The word grommet."""

from collections.abc import Iterator

from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule


class Grommet(TextRule):
    """Flags the word grommet, which is here to prove that one file is all a rule needs. Instead, say ring. No
    limits. It has to be long enough to count as documented, so it goes on for a little while."""

    name = "new-family/grommet"
    clauses = ("4.6",)
    severity = Severity.ERROR
    message = "This says grommet."
    advice = "Say ring."
    examples = (
        Flag("a «grommet»"), Flag("«grommet»!"), Flag("«grommet» and «grommet»"),
        Pass("a ring"), Pass("none"), Pass("gromm et"),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        at = surface.text.find("grommet")
        while at >= 0:
            yield self.finding(surface, surface.span(at, at + 7))
            at = surface.text.find("grommet", at + 1)
'''


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project in which files can come and go."""
    ignore = shutil.ignore_patterns("__pycache__", ".hypothesis", "models")
    shutil.copytree(PACKAGE, tmp_path / "wmp_postlint", ignore=ignore)
    shutil.copytree(ROOT / "tests", tmp_path / "tests", ignore=ignore)
    models = PACKAGE / "data" / "models"
    if models.exists():
        (tmp_path / "wmp_postlint" / "data" / "models").symlink_to(models)
    for name in ("pyproject.toml", "pytest_postlint.py", "README.md", "docs", "examples", "Makefile"):
        if (ROOT / name).exists():
            (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def test_adding_a_rule_file_is_all_it_takes(copy: Path) -> None:
    family = copy / "wmp_postlint" / "rules" / "new_family"
    family.mkdir()
    (family / "__init__.py").write_text('"""New."""\n')
    (family / "grommet.py").write_text(NEW_RULE)
    code = "from wmp_postlint import lint; print([f.rule for f in lint('a grommet').findings])"
    assert run(code, cwd=copy) == "['new-family/grommet']"
    tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_rules.py", "-k", "grommet"]
    result = subprocess.run(tests, cwd=copy, capture_output=True, text=True, check=False)
    assert "7 passed" in result.stdout, result.stdout


DELETION = """
import importlib, pathlib, sys
from wmp_postlint import all_rules, lint
for rule in all_rules():
    importlib.import_module(type(rule).__module__)
print(len(all_rules()), lint("Ring 0121 496 0123 about the f***ing van").policy.id)
"""


def test_deleting_any_rule_file_leaves_a_product_that_works(copy: Path) -> None:
    """Each rule file is deleted in turn, with its data file, and everything else still loads and lints."""
    count = len(all_rules())
    for rule in all_rules():
        place = rule.name.replace("-", "_")
        module = copy / "wmp_postlint" / "rules" / f"{place}.py"
        data = copy / "wmp_postlint" / "data" / f"{place}.toml"
        kept = [(path, path.read_bytes()) for path in (module, data) if path.exists()]
        for path, _ in kept:
            path.unlink()
        assert run(DELETION, cwd=copy) == f"{count - 1} west-midlands"
        for path, content in kept:
            path.write_bytes(content)
