"""The policy as a table: every clause, the rules that read it, and how grave they are on which account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from wmp_postlint.checker.explain import clauses_of, first_sentence
from wmp_postlint.policy import Policy
from wmp_postlint.post import AccountKind
from wmp_postlint.rule import Rule

KINDS: tuple[AccountKind, ...] = get_args(AccountKind)


def by_clause(rules: Sequence[Rule], policy: Policy) -> Mapping[str, list[Rule]]:
    """Return the rules of each clause of a pack, in the pack's order of clauses."""
    found: dict[str, list[Rule]] = {clause: [] for clause in sorted(policy.clauses, key=_order)}
    for rule in rules:
        for clause in clauses_of(rule, policy):
            found.setdefault(clause, []).append(rule)
    return found


def uncovered(rules: Sequence[Rule], policy: Policy) -> list[str]:
    """Return the clauses that have neither a rule nor a reason why none can decide them."""
    return [
        clause for clause, found in by_clause(rules, policy).items() if not found and clause not in policy.undecidable
    ]


def policy_table(rules: Sequence[Rule], policy: Policy, command: str) -> Iterator[str]:
    """Yield the lines of a Markdown page.

    Args:
        rules: the rules that are installed.
        policy: the pack.
        command: what the page says it was made with.
    """
    yield f"# {policy.title}, clause by clause"
    yield ""
    yield f"Made by `{command}` from the rules and the pack `{policy.id}` {policy.version}; do not edit it by hand."
    yield ""
    yield (
        "A severity is that of a rule's ordinary finding: **error**, do not publish; **warning**, a person decides; "
        "**info**, advice. A rule may report a milder or a graver finding where it says so (`postlint explain`). "
        '"Speaks for itself" means that the account needs no approval for it and nothing is reported.'
    )
    yield ""
    yield "## Clauses"
    yield ""
    yield "| clause | in our own words | rules, or the reason why there is none |"
    yield "| --- | --- | --- |"
    for clause, found in by_clause(rules, policy).items():
        said = ", ".join(f"[`{rule.name}`](#{_anchor(rule)}) {_brief(rule, policy)}" for rule in found)
        said = said or _cell(policy.undecidable.get(clause, ""))
        yield f"| {clause} | {_cell(policy.clauses.get(clause, ''))} | {said} |"
    yield ""
    yield "## Rules"
    yield ""
    yield f"| rule | {' | '.join(KINDS)} | an approval that covers it | clauses | what it flags |"
    yield f"| --- | {'--- | ' * len(KINDS)}--- | --- | --- |"
    for rule in rules:
        severities = " | ".join(_severity(rule, policy, kind) for kind in KINDS)
        scope = f"`{rule.scope}`" if rule.scope else ""
        clauses = ", ".join(clauses_of(rule, policy))
        name = f'<a id="{_anchor(rule)}"></a>`{rule.name}`'
        yield f"| {name} | {severities} | {scope} | {clauses} | {_cell(first_sentence(rule))} |"


def _severity(rule: Rule, policy: Policy, kind: AccountKind) -> str:
    if rule.accounts and kind not in rule.accounts:
        return "not read"
    if rule.scope in policy.speaks_for.get(kind, ()):
        return "speaks for itself"
    return str(policy.severity(rule.name, rule.severity, kind))


def _brief(rule: Rule, policy: Policy) -> str:
    """Say how grave a rule ordinarily is, and on which accounts it is otherwise."""
    usual = policy.settings(rule.name).severity or str(rule.severity)
    by_kind = {kind: _severity(rule, policy, kind) for kind in KINDS}
    if len(set(by_kind.values())) == 1:
        return by_kind["officer"]
    others = [f"{kind}: {said}" for kind, said in by_kind.items() if said != usual]
    return ", ".join(others) if len(others) == len(KINDS) else f"{usual} ({', '.join(others)})"


def _anchor(rule: Rule) -> str:
    return rule.name.replace("/", "-")


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _order(clause: str) -> list[tuple[int, str]]:
    """Sort clauses as people number them: 4.9 before 4.10."""
    return [(int(part), "") if part.isdigit() else (10**6, part) for part in clause.split(".")]
