"""Pages made from the package: one for each rule, a list of them, and the Python interface."""

from __future__ import annotations

import html
import inspect
import json
import re
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from wmp_postlint import Flag, Policy, Rule, all_rules, load_policy
from wmp_postlint.checker.explain import clauses_of, first_sentence, severities_of, waivable
from wmp_postlint.rule import Example
from wmp_postlint.wording import usual_words

_MARKED = re.compile("«([^»]*)»")
_CODE = re.compile(r"`([a-z-]+/[a-z-]+)`(?!\])")
_API = {
    "Lint": "lint Linter Limits",
    "What goes in": "Post Account Media Link Location SharedFrom InReplyTo Approval Waiver",
    "What comes out": "Report Finding Span Fix Edit PolicyRef RuleError Severity Confidence Status",
    "Policy packs": "load_policy Policy",
    "Pictures": "fix_media FixedMedia",
    "Approvals and the log": "content_digest AuditLog",
    "Rules of your own": "all_rules Rule TextRule MediaRule PostRule Example Flag Pass Document Surface Attachment",
    "Errors": "InputError PostError PolicyError DataError RegistryError AuditLogError MediaFixError NotLooked",
}


def rule_pages() -> dict[str, str]:
    """Return the list of the rules and a page for each, by their places on the site."""
    policy = load_policy()
    rules = all_rules()
    made = {f"rules/{rule.name}.md": rule_page(rule, policy) for rule in rules}
    made["rules/index.md"] = "\n".join(_index(rules, policy))
    return made


def rule_page(rule: Rule, policy: Policy) -> str:
    """Return the page of one rule in Markdown."""
    described = inspect.getdoc(type(rule)) or ""
    lines = [f"# {rule.name}", "", described, "", "| | |", "| --- | --- |"]
    message, advice = usual_words(rule, policy)
    lines.append(f"| says | {_cell(message)} |")
    lines.append(f"| do next | {_cell(advice)} |")
    for clause in clauses_of(rule, policy):
        lines.append(f"| clause {clause} | {_cell(policy.clauses.get(clause, 'not named by this policy pack'))} |")
    lines += [f"| {label} | {severity} |" for label, severity in severities_of(rule, policy)]
    approval = f"an approval that covers `{rule.scope}` answers it" if rule.scope else "no approval answers it"
    lines.append(f"| approval | {approval} |")
    can = waivable(rule, policy)
    lines.append(f"| waiver | {'can be waived, with a reason' if can else 'this pack lets nobody waive it'} |")
    for heading, flags in (("Found", True), ("Left alone", False)):
        lines += ["", f"## {heading}", ""]
        lines += [_example(example) for example in rule.examples if isinstance(example, Flag) is flags]
    if can:
        waiver = {"rule": rule.name, "reason": "why it may stand", "by": "who says so", "until": "2027-01-31"}
        lines += ["", "## Waive it for one post", "", "```json", json.dumps({"waivers": [waiver]}, indent=2), "```"]
    lines += ["", "## Leave it out", "", "```console", f"$ postlint check drafts/ --ignore {rule.name}", "```", ""]
    return "\n".join(lines)


def api_page() -> str:
    """Return the page of the Python interface, which mkdocstrings fills from the docstrings."""
    lines = ["# Python", "", "Everything that `import wmp_postlint` gives, from the docstrings.", ""]
    for heading, names in _API.items():
        lines += [f"## {heading}", ""]
        for name in names.split():
            lines += [f"::: wmp_postlint.{name}", "    options:", "      heading_level: 3", ""]
    return "\n".join(lines)


def documented() -> set[str]:
    """Return the names that the page of the Python interface documents."""
    return {name for names in _API.values() for name in names.split()}


def linked(markdown: str, depth: int) -> str:
    """Let the names of rules in a page lead to the pages of the rules."""
    names = {rule.name for rule in all_rules()}
    up = "../" * depth

    def link(match: re.Match[str]) -> str:
        name = match[1]
        return f"[`{name}`]({up}rules/{name}.md)" if name in names else match[0]

    parts = re.split(r"(```.*?```|\[[^\]]*\]\([^)]*\))", markdown, flags=re.DOTALL)
    return "".join(part if at % 2 else _CODE.sub(link, part) for at, part in enumerate(parts))


def _index(rules: tuple[Rule, ...], policy: Policy) -> list[str]:
    lines = [f"# The {len(rules)} rules", "", "`postlint explain FAMILY/RULE` says the same in a terminal."]
    for family, members in groupby(rules, key=lambda rule: rule.name.partition("/")[0]):
        lines += ["", f"## {family}", "", "| rule | what it flags | severity | clauses |", "| --- | --- | --- | --- |"]
        for rule in members:
            clauses = ", ".join(clauses_of(rule, policy))
            severity = policy.severity(rule.name, rule.severity, "officer")
            lines.append(f"| [{rule.name}]({rule.name}.md) | {_cell(first_sentence(rule))} | {severity} | {clauses} |")
    return [*lines, ""]


def _example(example: Example) -> str:
    """One example as a list item, its marked stretches marked; what else its post holds in small print."""
    text = html.escape(example.marked, quote=False).replace("\n", "<br>")
    text = _MARKED.sub(r"<mark>\1</mark>", text) or "<em>(no text)</em>"
    others = [] if example.on == "text" else [f"in {example.on}"]
    others += [f"{key} {_said(value)}" for key, value in sorted(example.fields.items())]
    if isinstance(example, Flag) and example.field:
        others.append(f"found in {example.field}")
    return f"- {text}" + (f"<br><small>{html.escape('; '.join(others), quote=False)}</small>" if others else "")


def _said(value: Any) -> str:
    if isinstance(value, str | int | float | bool) or value is None:
        return str(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_said(item)}" for key, item in value.items())
    return type(value).__name__ if not isinstance(value, tuple | list) else ", ".join(map(_said, value)) or "none"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
