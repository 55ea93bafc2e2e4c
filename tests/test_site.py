"""The documentation: every rule and every public name has its place, and no link leads nowhere."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path

import pytest

import wmp_postlint
from wmp_postlint import all_rules, load_policy

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "docs_build"))
import pages  # noqa: E402  the folder is no package

PAGES = sorted({*ROOT.glob("docs/**/*.md"), ROOT / "README.md"})
MADE = {"changelog.md", "model-card.md", "api.md", "rules/index.md"}
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCE = re.compile(r"```.*?```", re.DOTALL)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_every_rule_has_a_page(rule: wmp_postlint.Rule) -> None:
    page = pages.rule_page(rule, load_policy())
    assert page.startswith(f"# {rule.name}\n")
    for clause in rule.clauses:
        assert f"| clause {clause} |" in page
    assert rule.message.split("{")[0].strip() in page
    assert page.count("<mark>") == sum(example.marked.count("«") for example in rule.examples)
    assert "## Found" in page
    assert "## Left alone" in page


def test_every_public_name_is_on_the_page_of_the_python_interface() -> None:
    assert pages.documented() == set(wmp_postlint.__all__)


@pytest.mark.parametrize("name", wmp_postlint.__all__)
def test_every_public_name_says_what_it_is(name: str) -> None:
    assert len(inspect.getdoc(getattr(wmp_postlint, name)) or "") > 20


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(_FENCE.sub("", page.read_text("utf-8"))):
        place, _, anchor = target.partition("#")
        if ":" in place or not target:
            continue
        file = (page.parent / place).resolve() if place else page
        if file.suffix == ".svg" or file.relative_to(ROOT).as_posix().removeprefix("docs/") in MADE:
            continue  # the build makes them, and fails if it cannot
        assert file.exists(), f"{page.name} links to {target}"
        if anchor:
            heads = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", head).strip().lower()) for head in heads}
            slugs |= {*re.findall(r'\bid="([^"]+)"', file.read_text("utf-8"))}
            assert anchor in slugs, f"{page.name} links to {target}"


def test_names_of_rules_lead_to_their_pages() -> None:
    name = all_rules()[0].name
    said = pages.linked(f"See `{name}`, `no/rule` and\n```\n`{name}`\n```", 1)
    assert said.startswith(f"See [`{name}`](../rules/{name}.md), `no/rule` and")
    assert said.count("](") == 1
