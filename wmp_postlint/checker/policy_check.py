"""What is wrong with a policy pack, beyond what keeps it from being read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fnmatch import fnmatchcase

from wmp_postlint.checker.explain import clauses_of
from wmp_postlint.checker.hold import broken_examples, broken_posts
from wmp_postlint.checker.policy_table import by_clause, uncovered
from wmp_postlint.errors import InputError, NotLooked
from wmp_postlint.finding import Severity
from wmp_postlint.lazy import Record
from wmp_postlint.linter import Linter
from wmp_postlint.pack_facts import dialled, is_number
from wmp_postlint.packs import PackName, beside, layers, placed
from wmp_postlint.patterns import pattern_rules
from wmp_postlint.policy import Policy, handle_key
from wmp_postlint.rule import Rule

EXAMPLES = ".examples.jsonl"
# How many digits a number has: one that is dialled without a code, and one with it.
_SHORT_NUMBER = range(3, 7)
_WHOLE_NUMBER = range(10, 12)


class Remark(Record):
    """One thing about a pack: an error must be mended, a warning looked at; ``info`` is for the record."""

    severity: Severity
    where: str
    message: str


def remarks(pack: PackName, linter: Linter, today: date) -> Iterator[Remark]:
    """Yield what there is to say of a pack, key by key.

    Args:
        pack: the pack, for the files beside it.
        linter: a linter under the pack, with all its rules.
        today: the day that ends are judged at.
    """
    policy, chain = linter.policy, layers(pack)
    for severity, where, message in (
        *_clauses(linter.rules, policy),
        *_facts(policy),
        *_approving(policy, today),
        *_settings(linter.rules, policy),
        *_translations(linter.rules, policy),
        *_patterns(policy),
    ):
        giver, key = placed(chain, where)
        yield Remark(severity, key if giver == chain[-1][0] else f"{key} of {giver}", message)
    path = beside(pack, EXAMPLES)
    if path is None:
        yield Remark(Severity.INFO, "examples", f"there are none; put some beside the pack, as NAME{EXAMPLES}")
    else:
        for problem in broken_posts(path, linter):
            yield Remark(Severity.ERROR, "examples", problem)


Said = Iterator[tuple[Severity, str, str]]


def _clauses(rules: Sequence[Rule], policy: Policy) -> Said:
    for clause in uncovered(rules, policy):
        yield Severity.ERROR, f"clauses.{clause}", "no rule reads it; say why under undecidable"
    for clause in policy.undecidable:
        if clause not in policy.clauses:
            yield Severity.ERROR, f"undecidable.{clause}", "it is no clause of the pack"
        elif by_clause(rules, policy)[clause]:
            yield Severity.INFO, f"undecidable.{clause}", "a rule reads this clause, so the reason is shown nowhere"
    for rule in rules:
        for clause in clauses_of(rule, policy):
            if clause not in policy.clauses:
                message = f'it asks by clause {clause}, which the pack has not; set clauses under rules."{rule.name}"'
                yield Severity.WARNING, "clauses", message


def _facts(policy: Policy) -> Said:
    for index, public in enumerate(policy.contacts.numbers):
        if not _is_telephone_number(public.number):
            message = f"{public.number!r} is no telephone number of this country"
            yield Severity.WARNING, f"contacts.numbers[{index}]", message
    own = {handle_key(handle): "accounts.teams" for handle in policy.accounts.teams}
    for handle in policy.accounts.corporate:
        if own.get(handle_key(handle)):
            yield Severity.ERROR, "accounts", f"{handle} is a team's account and the corporate one"
        own[handle_key(handle)] = "accounts.corporate"
    mail = {domain.casefold() for domain in policy.force.mail_domains}
    for index, outlet in enumerate(policy.outlets):
        for handle in outlet.handles:
            if handle_key(handle) in own:
                yield Severity.ERROR, f"outlets[{index}]", f"{handle} is an account of the force too"
        for domain in outlet.domains:
            if domain.casefold() in mail:
                yield Severity.ERROR, f"outlets[{index}]", f"{domain} is a mail domain of the force too"


def _is_telephone_number(text: str) -> bool:
    import phonenumbers

    digits = dialled(text)
    if not is_number(text):
        return False
    if not digits.startswith("0"):
        # What is dialled without a code; a text relay's prefix stands before another number.
        return len(digits) in _SHORT_NUMBER or digits.startswith("1800")
    try:
        number = phonenumbers.parse(digits, "GB")
    except phonenumbers.NumberParseException:
        return False
    # Some of those kept for drama are possible and not valid; a short one, such as 0800 1111, must be valid.
    possible = phonenumbers.is_possible_number(number) and len(digits) in _WHOLE_NUMBER
    return possible or phonenumbers.is_valid_number(number)


def _patterns(policy: Policy) -> Said:
    for index, rule in enumerate(pattern_rules(policy)):
        for problem in broken_examples(rule, policy):
            yield Severity.ERROR, f"patterns[{index}] ({rule.name})", problem


def _approving(policy: Policy, today: date) -> Said:
    approving = policy.approving
    scopes = approving.scopes
    named = [("approving.signers", tuple(approving.signers)), ("shares_pass", policy.shares_pass)]
    named += [(f"speaks_for.{kind}", covered) for kind, covered in policy.speaks_for.items()]
    named += [(f"approving.keys[{index}].scopes", key.scopes) for index, key in enumerate(approving.keys)]
    for where, covered in named:
        for scope in covered:
            if scope not in scopes:
                yield Severity.ERROR, where, f"{scope!r} is no scope of the pack; it has {', '.join(scopes) or 'none'}"
    for index, key in enumerate(approving.keys):
        problem = _key_problem(key.public)
        if problem:
            yield Severity.ERROR, f"approving.keys[{index}].public", problem
        if key.expires is not None and key.expires < today:
            yield Severity.WARNING, f"approving.keys[{index}]", "it has ended; what it signed counts no more"
    for scope, needed in approving.signers.items():
        holders = {key.holder.strip().casefold() for key in approving.keys if not key.scopes or scope in key.scopes}
        if approving.keys and needed > len(holders):
            message = f"{needed} people must sign, and only {len(holders)} may"
            yield Severity.ERROR, f"approving.signers.{scope}", message
        if needed < 1:
            yield Severity.ERROR, f"approving.signers.{scope}", "expected 1 or more"


def _key_problem(public: str) -> str | None:
    from wmp_postlint.approvals.keys import public_key

    try:
        public_key(public)
    except NotLooked as error:
        return str(error)
    except InputError as error:
        return error.expected
    return None


def _settings(rules: Sequence[Rule], policy: Policy) -> Said:
    if not policy.platforms:
        yield Severity.INFO, "platforms", "none are named, so accounts of any kind may be anywhere"
    for pattern in policy.never_waived:
        if not any(fnmatchcase(rule.name, pattern) for rule in rules):
            yield Severity.WARNING, "never_waived", f"{pattern!r} means no rule"
    for pattern in policy.rules:
        if not any(fnmatchcase(rule.name, pattern) for rule in rules):
            yield Severity.INFO, "rules", f"{pattern!r} means no rule that is installed"


def _translations(rules: Sequence[Rule], policy: Policy) -> Said:
    names = {rule.name for rule in rules}
    for lang, translation in policy.translations.items():
        where = f"translations.{lang}"
        for name in translation.rules:
            if name not in names:
                yield Severity.ERROR, f"{where}.rules", f"there is no rule {name}"
        for clause in translation.clauses:
            if clause not in policy.clauses:
                yield Severity.ERROR, f"{where}.clauses", f"there is no clause {clause}"
        if lang == "en":
            continue
        lacking = [name for name in sorted(names) if not _said(translation.rules.get(name))]
        if lacking:
            yield Severity.INFO, where, f"English stands in for the words of {', '.join(lacking)}"
        untitled = [clause for clause in policy.clauses if clause not in translation.clauses]
        if untitled:
            yield Severity.INFO, where, f"English stands in for the titles of clauses {', '.join(untitled)}"


def _said(saying: object) -> bool:
    return bool(getattr(saying, "message", None) and getattr(saying, "advice", None))
