"""What a configuration and a command line come to: the pack, the linter, and what else answers findings.

An option of the command line wins over the file. What the pack lets no waiver answer, no configuration can leave out,
make milder, or waive.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, get_args

from wmp_postlint.checker.config import Config, SeverityTable, config_for
from wmp_postlint.checker.options import patterns
from wmp_postlint.checker.output import names
from wmp_postlint.errors import InputError
from wmp_postlint.lazy import replace
from wmp_postlint.linter import Linter
from wmp_postlint.pack_tables import RuleSettings, SeverityName, joined
from wmp_postlint.packs import PackName
from wmp_postlint.policy import Policy, load_policy
from wmp_postlint.post import AccountKind
from wmp_postlint.readers.files import Source, find
from wmp_postlint.registry import unknown_rule
from wmp_postlint.rule import Rule, means

if TYPE_CHECKING:
    from wmp_postlint.audit_log import AuditLog
    from wmp_postlint.checker.answers import Answers

_KINDS: tuple[AccountKind, ...] = get_args(AccountKind)
_OPTIONS = ("fail_on", "output_format", "trust_approvals", "ocr", "lang", "log", "baseline", "baseline_key")
_PATHS = ("log", "baseline", "baseline_key")
_UNANSWERED = "which the policy pack lets nothing answer; name the others one by one"


def configure(given: argparse.Namespace, paths: Iterable[str]) -> Config:
    """Find the configuration of a call, and fill in what its options leave open.

    Raises:
        ConfigError: if it cannot be used.
    """
    config = config_for(paths, given.config, use=not given.no_config)
    if (named := config.settings.output_format) != "full" and named not in (known := names()):
        raise config.problem("output-format", f"expected one of {', '.join(known)}")
    for name in _OPTIONS:
        if getattr(given, name, None) is None:
            setattr(given, name, value_of(config, name))
    return config


def value_of(config: Config, name: str) -> Any:
    """Return a setting; a path in the file starts from its folder."""
    value = getattr(config.settings, name)
    return os.path.join(config.folder, value) if name in _PATHS and value is not None else value  # noqa: PTH118


def standing_linter(given: argparse.Namespace, *, trust_approvals: bool | None) -> Linter:
    """Make the linter of a command that lints as long as it is asked, from here.

    Args:
        given: the options of ``add_reading``.
        trust_approvals: whether unsigned approvals count; None leaves it to the configuration.

    Raises:
        InputError: if the configuration cannot be used, or no rule is left.
    """
    config = config_for(("-",))
    settings = config.settings
    linter = linter_for(
        config,
        given,
        trust_approvals=settings.trust_approvals if trust_approvals is None else trust_approvals,
        ocr=given.ocr or settings.ocr,
        lang=given.lang or settings.lang,
    )
    if not linter.rules:
        raise InputError("rules", "none is left to check with; change --select or --ignore")
    return linter


def linter_for(config: Config, given: Any, **more: Any) -> Linter:
    """Make the linter of a call.

    Args:
        config: the configuration.
        given: the options ``policy``, ``select`` and ``ignore``, each None where it was not given.
        more: what else the linter takes.

    Raises:
        ConfigError: if the file asks for what the pack does not allow.
        PolicyError: if a pack or the name of a rule cannot be used.
    """
    policy = policy_for(config, given.policy)
    select, ignore = patterns(given.select), patterns(given.ignore)
    if select is None and config.settings.select is not None:
        rules = _rules(policy)
        _check_names(config, "select", config.settings.select, rules)
        select = [*config.settings.select, *(rule.name for rule in _never_waived(policy, rules))]
    if ignore is None and config.settings.ignore is not None:
        rules = _rules(policy)
        _check_names(config, "ignore", config.settings.ignore, rules)
        ignore = [*config.settings.ignore]
        never = _never_waived(policy, rules)
        for pattern in ignore:
            if left := next((rule for rule in never if means(pattern, rule.name)), None):
                raise config.problem("ignore", f"{pattern!r} leaves out {left.name}, {_UNANSWERED}")
    return Linter(policy=policy, select=select, ignore=ignore, **more)


def _check_names(config: Config, key: str, wanted: Iterable[str], rules: Iterable[Rule]) -> None:
    names_of_rules = [rule.name for rule in rules]
    for pattern in wanted:
        if not any(means(pattern, name) for name in names_of_rules):
            raise config.problem(key, f"{pattern!r}: {unknown_rule(pattern, names_of_rules)}")


def answers_for(config: Config, given: Any, policy: Policy, log: AuditLog | None = None) -> Answers | None:
    """Return what answers findings beside approvals and waivers; None where nothing does.

    Args:
        config: the configuration.
        given: the options ``baseline`` and ``baseline_key``.
        policy: the pack.
        log: where the decisions are written.

    Raises:
        BaselineError: if the baseline cannot be used.
    """
    per_file = config.settings.per_file_ignores
    if not given.baseline and not per_file:
        return None
    from wmp_postlint.checker.answers import Answers
    from wmp_postlint.checker.baseline import Baseline

    if per_file:
        rules = _rules(policy)
        for pattern, waived in per_file.items():
            _check_names(config, f"per-file-ignores.{pattern}", waived, rules)
    known = Baseline.read(given.baseline, given.baseline_key) if given.baseline else None
    source = os.path.basename(config.file or "")  # noqa: PTH119
    return Answers(policy, per_file=per_file, folder=config.folder, source=source, baseline=known, log=log)


def sources_for(config: Config, paths: Sequence[str], stdin: BinaryIO) -> Iterator[Source]:
    """Yield the sources that paths mean; files of folders that the configuration leaves out are said to be."""
    exclude = config.settings.exclude
    if not exclude:
        yield from find(paths, stdin)
        return
    from wmp_postlint.checker.globs import fitting

    for source in find(paths, stdin):
        if source.path not in paths and (by := fitting(exclude, source.path, config.folder)):
            yield Source(source.path, skipped=f"exclude in {config.file}: {by}")
        else:
            yield source


def policy_for(config: Config, named: str | None) -> Policy:
    """Return the pack that is named on the command line, else in the file, with what the file lays over it."""
    settings = config.settings
    pack: PackName | None = named
    if named is None and settings.policy is not None:
        is_file = settings.policy.endswith(".toml") or "/" in settings.policy
        pack = Path(config.folder, settings.policy) if is_file else settings.policy
    policy = load_policy(pack)
    if not (settings.packs or settings.keys or settings.severity):
        return policy
    before = policy
    files = [Path(config.folder, name) for name in settings.packs]
    if files or settings.keys:
        # A key is written as the pack writes it, and read again with the rest.
        keys = [{name: value for name, value in vars(key).items() if value is not None} for key in settings.keys]
        policy = load_policy(pack, over=files, more={"approving": {"keys": keys}} if keys else {})
    rules = _rules(policy)
    if settings.severity:
        policy = replace(policy, rules={**policy.rules, **_severities(config, policy, rules)})
    for rule in _never_waived(before, rules):
        for kind in _KINDS:
            old, new = (each.severity(rule.name, rule.severity, kind) for each in (before, policy))
            if new < old:
                key = "severity" if settings.severity else "packs"
                raise config.problem(key, f"{rule.name} would be {new} and no longer {old}, {_UNANSWERED}")
    from hashlib import sha256

    said = repr((settings.keys, sorted((settings.severity or {}).items()), [file.read_bytes() for file in files]))
    # So that a report does not name a pack that it was not made with.
    return replace(policy, version=f"{policy.version}+config.{sha256(said.encode()).hexdigest()[:8]}")


def _rules(policy: Policy) -> tuple[Rule, ...]:
    return Linter(policy=policy).rules


def _never_waived(policy: Policy, rules: Iterable[Rule]) -> list[Rule]:
    return [rule for rule in rules if any(means(pattern, rule.name) for pattern in policy.never_waived)]


def _severities(config: Config, policy: Policy, rules: Sequence[Rule]) -> dict[str, RuleSettings]:
    """Return what the file says of each rule's gravity, laid over what the pack says: the longest pattern first."""
    found: dict[str, list[tuple[bool, int, RuleSettings]]] = {}
    for pattern, value in (config.settings.severity or {}).items():
        table = value if isinstance(value, SeverityTable) else SeverityTable(severity=value)
        by_kind: dict[str, SeverityName] = {
            kind: given for kind in _KINDS if (given := getattr(table, kind)) is not None
        }
        fitting = [rule.name for rule in rules if means(pattern, rule.name)]
        if not fitting:
            raise config.problem(f"severity.{pattern}", unknown_rule(pattern, (rule.name for rule in rules)))
        for name in fitting:
            found.setdefault(name, []).append((name != pattern, -len(pattern), RuleSettings(table.severity, by_kind)))
    return {
        name: joined([*(each for _, _, each in sorted(layers, key=lambda layer: layer[:2])), policy.settings(name)])
        for name, layers in found.items()
    }
