"""Lints posts: runs the rules, contains their crashes, and decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from wmp_postlint.decision import decide
from wmp_postlint.document import Document
from wmp_postlint.errors import NotLooked, PolicyError, PostError
from wmp_postlint.finding import Finding, Report, RuleError
from wmp_postlint.limits import DEFAULT_LIMITS, Limits
from wmp_postlint.policy import Policy, load_policy
from wmp_postlint.post import Post
from wmp_postlint.readers.wire import read_post
from wmp_postlint.registry import all_rules, choose, collect, unknown_rule
from wmp_postlint.rule import Rule
from wmp_postlint.together import Together
from wmp_postlint.wording import check_words, in_language

if TYPE_CHECKING:
    from wmp_postlint.audit_log import AuditLog

RuleLike = Rule | type[Rule] | str


class Linter:
    """Lints posts under one policy pack with one choice of rules. Safe to share between threads.

    Args:
        policy: a pack, the name of a bundled one, or the path of a TOML file; by default West Midlands'.
        rules: the rules to run instead of all that are installed: rules, rule classes, or names and patterns.
        select: run only the rules that these names, families or patterns mean.
        ignore: leave out the rules that these mean.
        trust_approvals: whether approvals inside posts count; set it to False for posts out of files that anybody
            could have written.
        limits: how much of a post is looked at.
        ocr: whether text that can be seen in pictures is read (extra ``ocr``); asked for and not to be had, it is an
            error in the report.
        lang: the tag of the language that findings are worded in, such as ``cy``; English where the pack has no words.
        log: where every decision is written before it is given back.

    Raises:
        PolicyError: if the pack, or a name of a rule, cannot be used.
        RegistryError: if the installed rules cannot be put together.
    """

    def __init__(
        self,
        *,
        policy: Policy | str | Path | None = None,
        rules: Iterable[RuleLike] | None = None,
        select: Iterable[str] | None = None,
        ignore: Iterable[str] | None = None,
        trust_approvals: bool = True,
        limits: Limits = DEFAULT_LIMITS,
        ocr: bool = False,
        lang: str | None = None,
        log: AuditLog | None = None,
    ) -> None:
        self.policy = in_language(policy if isinstance(policy, Policy) else load_policy(policy), lang)
        installed = all_rules()
        if self.policy.patterns:
            from wmp_postlint.patterns import pattern_rules

            installed = collect((*installed, *pattern_rules(self.policy, {rule.name for rule in installed})))
        available = installed if rules is None else _given(rules, installed)
        selected = available if select is None else choose(available, _patterns(select))
        ignored = () if ignore is None else choose(available, _patterns(ignore))
        self.rules = tuple(rule for rule in selected if rule not in ignored)
        self._trust_approvals = trust_approvals
        self._limits = limits
        self._ocr = ocr
        self._lang = lang
        self._log = log
        known = {rule.name for rule in (*installed, *available)} if self.policy.rules else ()
        for name in self.policy.rules:
            # A pattern may mean rules that are installed elsewhere, or not yet.
            if "*" not in name and name not in known:
                raise PolicyError(f"{self.policy.id}: rules.{name}", unknown_rule(name, known))
        check_words(self.policy, (*installed, *available))

    def lint(self, post: Post | str | Mapping[str, object], *, now: datetime | None = None) -> Report:
        """Lint one post.

        Args:
            post: a text, a ``Post``, or a mapping of the wire format.
            now: the moment to judge at where the post has none, with its zone; by default the present, against which
                approvals and waivers are judged and dates in the text are not.

        Raises:
            PostError: if the post does not have the documented shape.
            AuditLogError: if the decision cannot be written to the log.
        """
        if now is not None and now.tzinfo is None:
            raise PostError("now", "expected a date and time with its zone")
        return self._judge(self._document(post, now))

    def lint_many(
        self, posts: Iterable[Post | str | Mapping[str, object]], *, now: datetime | None = None, ahead: int = 64
    ) -> Iterator[Report]:
        """Lint posts, yielding their reports lazily and in order.

        A post without the documented shape yields a report that holds the error, so that one bad post loses no other.

        Args:
            posts: texts, posts, or mappings of the wire format.
            now: the moment to judge at, with its zone; by default the present.
            ahead: how many posts are taken at a time, which makes finding names cheaper. With 1 each report is given
                before the next post is asked for.
        """
        if ahead < 1:
            raise ValueError(f"ahead: expected a number of posts of 1 or more, got {ahead}")
        source = iter(posts)
        while True:
            taken: list[Document | Report] = []
            failure: Exception | None = None
            try:
                taken.extend(self._document_or_error(post, now) for post in islice(source, ahead))
            except Exception as error:
                failure = error  # the posts before it keep their reports
            together = Together([each for each in taken if isinstance(each, Document)])
            yield from (self._judge(each) if isinstance(each, Document) else self._logged(None, each) for each in taken)
            del together
            if failure:
                raise failure
            if len(taken) < ahead:
                return

    def _document(self, post: Post | str | Mapping[str, object], now: datetime | None) -> Document:
        return Document(read_post(post), self.policy, self._limits, ocr=self._ocr, now=now)

    def _document_or_error(self, post: Post | str | Mapping[str, object], now: datetime | None) -> Document | Report:
        try:
            return self._document(post, now)
        except PostError as error:
            unread = RuleError("input", error.where or None, str(error))
            return Report("review", (), (unread,), self.policy.ref, _id_of(post))

    def _judge(self, document: Document) -> Report:
        found, errors = self._run(document)
        return self._logged(document.post, decide(document, found, errors, self._trust_approvals, self._lang))

    def _logged(self, post: Post | None, report: Report) -> Report:
        if self._log is not None:
            self._log.record(post, report)
        return report

    def _run(self, document: Document) -> tuple[list[tuple[Rule, Finding]], list[RuleError]]:
        found: list[tuple[Rule, Finding]] = []
        errors: list[RuleError] = []
        for rule in self.rules:
            try:
                findings = rule.run(document)
                for finding in document.placed(findings) if self._ocr else findings:
                    found.append((rule, finding))
            except NotLooked as error:
                errors.append(RuleError(rule.name, None, str(error)))
            except Exception as error:
                # The exception's own words may quote the post.
                problem = f"the rule failed ({type(error).__name__}), so the post was not checked by it"
                errors.append(RuleError(rule.name, None, problem))
        try:
            return found, [*document.errors, *errors]
        except Exception as error:
            problem = f"the post could not be read ({type(error).__name__})"
            return found, [RuleError("input", None, problem), *errors]


def lint(
    post: Post | str | Mapping[str, object],
    *,
    policy: Policy | str | Path | None = None,
    rules: Iterable[RuleLike] | None = None,
    now: datetime | None = None,
) -> Report:
    """Lint one post before it is published.

    Args:
        post: a text, a ``Post``, or a mapping of the wire format.
        policy: a pack, the name of a bundled one, or the path of a TOML file; by default West Midlands'.
        rules: the rules to run instead of all that are installed: rules, rule classes, or names and patterns.
        now: the moment to judge at, with its zone; by default the present.

    Raises:
        PostError: if the post does not have the documented shape; the error names the key.
        PolicyError: if the pack, or the name of a rule, cannot be used.
    """
    if rules is None and (policy is None or isinstance(policy, str)):
        return _linter(policy).lint(post, now=now)
    return Linter(policy=policy, rules=rules).lint(post, now=now)


@cache
def _linter(policy: str | None) -> Linter:
    return Linter(policy=policy)


def _given(rules: Iterable[RuleLike], installed: tuple[Rule, ...]) -> tuple[Rule, ...]:
    chosen: list[Rule] = []
    for rule in (rules,) if isinstance(rules, str) else rules:
        if isinstance(rule, str):
            chosen.extend(choose(installed, (rule,)))
        elif isinstance(rule, Rule):
            chosen.append(rule)
        else:
            chosen.append(rule())
    return collect(dict.fromkeys(chosen))


def _patterns(patterns: Iterable[str]) -> tuple[str, ...]:
    return (patterns,) if isinstance(patterns, str) else tuple(patterns)


def _id_of(post: object) -> str | None:
    identity = post.get("id") if isinstance(post, Mapping) else getattr(post, "id", None)
    return identity if isinstance(identity, str) else None
