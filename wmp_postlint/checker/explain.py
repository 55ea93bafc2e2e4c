"""``postlint rules`` and ``postlint explain``: what a rule's own file says of it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Sequence
from typing import get_args

from wmp_postlint import lazy
from wmp_postlint.checker.excerpt import annotate
from wmp_postlint.checker.terminal import Style, cells, visible, wrap
from wmp_postlint.errors import PolicyError
from wmp_postlint.policy import Policy
from wmp_postlint.post import AccountKind
from wmp_postlint.registry import choose
from wmp_postlint.rule import Example, Flag, Rule, means
from wmp_postlint.wording import usual_words

_SENTENCE = lazy.regex(r"(?s).*?[.!?](?=\s|\Z)")
_MARKED = lazy.regex("«([^»]*)»")


def first_sentence(rule: Rule) -> str:
    """Return the first sentence of a rule's docstring, on one line."""
    words = " ".join((inspect.getdoc(type(rule)) or rule.message).split())
    match = _SENTENCE.match(words)
    return match.group() if match else words


def clauses_of(rule: Rule, policy: Policy) -> tuple[str, ...]:
    """Return the clauses that ask for a rule under a policy."""
    clauses = policy.settings(rule.name).clauses
    return rule.clauses if clauses is None else clauses


def severity_of(rule: Rule, policy: Policy) -> str:
    """Return the severity that a rule's ordinary findings have on an officer's account."""
    return str(policy.severity(rule.name, rule.severity, "officer"))


def severities_of(rule: Rule, policy: Policy) -> list[tuple[str, str]]:
    """Return whose account a rule's ordinary findings are how grave on; one line where it is the same on all."""
    kinds = get_args(AccountKind)
    found = {kind: str(policy.severity(rule.name, rule.severity, kind)) for kind in kinds}
    for kind in kinds:
        if rule.accounts and kind not in rule.accounts:
            found[kind] = "it is not read"
        elif rule.scope in policy.speaks_for.get(kind, ()):
            found[kind] = "speaks for itself, nothing is reported"
    if len(set(found.values())) == 1:
        return [("on every account", found["officer"])]
    return [(f"on {'an' if kind == 'officer' else 'a'} {kind} account", said) for kind, said in found.items()]


def waivable(rule: Rule, policy: Policy) -> bool:
    """Whether the pack lets a waiver answer a rule."""
    return not any(means(pattern, rule.name) for pattern in policy.never_waived)


def rules_table(rules: Sequence[Rule], policy: Policy, width: int, style: Style) -> Iterator[str]:
    """Yield the lines of a table: name, severity, clauses, and what the rule flags."""
    names = max((len(rule.name) for rule in rules), default=0)
    clauses = max((len(", ".join(clauses_of(rule, policy))) for rule in rules), default=0)
    for rule in rules:
        severity = severity_of(rule, policy)
        asked = ", ".join(clauses_of(rule, policy))
        start = f"{rule.name:<{names}}  {severity:<7}  {asked:<{clauses}}  "
        coloured = start.replace(severity, style(severity, severity), 1) if severity not in rule.name else start
        sentence = first_sentence(rule)
        if width - len(start) < 30:
            yield coloured.rstrip()
            yield from (f"    {line}" for line in wrap(sentence, width - 4))
        else:
            for index, line in enumerate(wrap(sentence, width - len(start))):
                yield (" " * len(start) if index else coloured) + line
    yield ""
    yield f"{len(rules)} rule{'' if len(rules) == 1 else 's'}; 'postlint explain FAMILY/RULE' says more of one."


def rules_json(rules: Sequence[Rule], policy: Policy) -> str:
    """Return the rules as one JSON object."""
    return json.dumps(plain_rules(rules, policy), indent=2) + "\n"


def plain_rules(rules: Sequence[Rule], policy: Policy) -> dict[str, object]:
    """Return the rules as plain data."""
    listed = [
        {
            "name": rule.name,
            "severity": severity_of(rule, policy),
            "clauses": list(clauses_of(rule, policy)),
            "scope": rule.scope,
            "summary": first_sentence(rule),
            "message": message,
            "advice": advice,
        }
        for rule in rules
        for message, advice in (usual_words(rule, policy),)
    ]
    policy_ref = {"id": policy.id, "version": policy.version}
    return {"version": 1, "policy": policy_ref, "rules": listed}


def explain(name: str, rules: Sequence[Rule], policy: Policy, width: int, style: Style) -> Iterator[str]:
    """Explain a rule, or list the rules of a family.

    Raises:
        PolicyError: if there is no such rule, with what was probably meant.
    """
    if not name.strip("/ "):
        raise PolicyError("rule", "expected the name of a rule; 'postlint rules' lists them")
    chosen = choose(rules, (name,))
    if chosen[0].name == name:
        return _page(chosen[0], policy, width, style)
    return rules_table(chosen, policy, width, style)


def _page(rule: Rule, policy: Policy, width: int, style: Style) -> Iterator[str]:
    severity = severity_of(rule, policy)
    yield f"{style('strong', rule.name)}  {style(severity, severity)}"
    for paragraph in (inspect.getdoc(type(rule)) or "").split("\n\n"):
        yield ""
        yield from wrap(" ".join(paragraph.split()), width)
    yield ""
    message, advice = usual_words(rule, policy)
    yield from _listed("message", message, width, style)
    yield from _listed("advice", advice, width, style)
    if rule.scope:
        yield from _listed("approval", f"an approval that covers {rule.scope!r} answers it", width, style)
    else:
        yield from _listed("approval", "no approval answers it", width, style)
    words = f'waivers: [{{rule: {rule.name}, reason: "...", by: "..."}}]'
    can = (
        f"with {words} in the post, which stays visible" if waivable(rule, policy) else "this pack lets nobody waive it"
    )
    yield from _listed("waiver", can, width, style)
    for label, said in severities_of(rule, policy):
        yield from _listed(label, said, width, style)
    for clause in clauses_of(rule, policy):
        title = policy.clauses.get(clause, "not named by this policy pack")
        yield from _listed(f"clause {clause}", title, width, style)
    for heading, fires in (("Found", True), ("Left alone", False)):
        examples = [example for example in rule.examples if isinstance(example, Flag) is fires]
        if examples:
            yield ""
            yield style("strong", f"{heading}:")
        for example in examples:
            yield from _example(example, rule, width, style)


def _listed(label: str, words: str, width: int, style: Style) -> Iterator[str]:
    for index, line in enumerate(wrap(words, width - len(label) - 2)):
        yield (" " * (len(label) + 2) if index else f"{style('strong', label)}: ") + line


def _example(example: Example, rule: Rule, width: int, style: Style) -> Iterator[str]:
    """Yield an example's text, its marked stretches with carets under them, and what else there is of its post."""
    colour = str(rule.severity)
    at, text, spans = 0, "", []
    for match in _MARKED.finditer(example.marked):
        text += example.marked[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    text += example.marked[at:]
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        here = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
        if not here:
            yield from (f"  {part}" for part in wrap(visible(line), width - 2))
        else:
            shown, carets = _marked_line(line, here, width - 2)
            yield f"  {shown}"
            yield f"  {style(colour, carets)}"
        start = end + 1
    others = [f"in {example.on}"] if example.on != "text" else []
    others += [f"with {', '.join(sorted(example.fields))}"] if example.fields else []
    if isinstance(example, Flag) and example.field:
        others.append(f"found in {example.field}")
    if others:
        yield "  " + style("quiet", "(" + visible(", ".join(others)) + ")")


def _marked_line(line: str, spans: list[tuple[int, int]], width: int) -> tuple[str, str]:
    """Return a line and the line of carets under it; one that does not fit is cut around its first stretch."""
    whole = [annotate(line, a, b, 10**6) for a, b in spans]
    if cells(whole[0][0]) > width:
        whole = [annotate(line, *spans[0], width)]
    carets = ""
    for _, offset, length in whole:
        carets = carets.ljust(offset) + "^" * length
    return whole[0][0], carets
