"""Rules without code: what a pack's ``[[patterns]]`` look for, as rules like any other.

They read what the account itself writes: the body, alt texts, captions, links' words and text seen in pictures. A
pattern of the pack's own runs under a time limit; past it the report says that the post was not checked by the rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from wmp_postlint.document import Document, Surface
from wmp_postlint.errors import NotLooked, PolicyError
from wmp_postlint.finding import Edit, Finding, Fix, Severity
from wmp_postlint.lazy import replace
from wmp_postlint.pack_facts import PRESS_OFFICE, check_placeholders
from wmp_postlint.pack_tables import Pattern
from wmp_postlint.policy import Policy
from wmp_postlint.post import Account
from wmp_postlint.rule import Example, Flag, Pass, PostRule, Rule, TextRule

if TYPE_CHECKING:
    import regex

SECONDS = 0.25
_ENDS = ".!?\N{HORIZONTAL ELLIPSIS}\n"  # of a sentence
_READ = ("body", "alt", "caption", "link", "seen")
_NEEDS = {
    "existence": ("words or match",),
    "substitution": ("swap",),
    "required": ("words or match",),
    "allow-list": ("match", "allow"),
}


def pattern_rules(policy: Policy, taken: Collection[str] = ()) -> tuple[Rule, ...]:
    """Return the rules of a pack's patterns, in their order.

    Args:
        policy: the pack.
        taken: the names of other rules, which no pattern may have.

    Raises:
        PolicyError: if a pattern lacks what its kind needs, is no regular expression, holds a placeholder that there is
            none of, or has the name of another rule.
    """
    names = set(taken)
    for pattern in policy.patterns:
        if pattern.name in names:
            whose = "a rule that is installed" if pattern.name in taken else "another pattern of the pack"
            raise PolicyError(f"{_place(policy, pattern)}.name", f"{whose} has this name; expected one of its own")
        names.add(pattern.name)
    return tuple(_rule(pattern, _place(policy, pattern)) for pattern in policy.patterns)


def _place(policy: Policy, pattern: Pattern) -> str:
    return f"{policy.id}: patterns.{pattern.name}"


class PatternRule(TextRule):
    """A pattern that finds something: words, what a regular expression describes, or what a list does not allow."""

    pattern: ClassVar[Pattern]
    found: ClassVar[regex.Pattern[str]]
    when: ClassVar[regex.Pattern[str] | None]
    excused: ClassVar[regex.Pattern[str] | None]

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        if surface.kind not in _READ or not _bound(self.pattern, self.when, document):
            return
        excused = [match.span() for match in _matches(self.excused, surface.text)] if self.excused else []
        allowed = {word.casefold() for word in self.pattern.allow}
        swaps = {_key(word): (word, better) for word, better in self.pattern.swap.items()}
        for match in _matches(self.found, surface.text):
            start, end = match.span()
            if start == end or any(first <= start and end <= last for first, last in excused):
                continue
            if allowed and str(match[1] if match.re.groups else match[0]).casefold() in allowed:
                continue
            finding = self.finding(surface, surface.span(start, end))
            if not swaps:
                yield finding
                continue
            word, better = swaps[_key(match[0])]
            yield _with_swap(finding, word, better, capital=_is_capital(surface.text, start, word))


class RequiredRule(PostRule):
    """A pattern that misses something in a post as a whole."""

    pattern: ClassVar[Pattern]
    found: ClassVar[regex.Pattern[str]]
    when: ClassVar[regex.Pattern[str] | None]

    def check(self, document: Document) -> Iterator[Finding]:
        texts = [surface.text for surface in _own(document)]
        if _bound(self.pattern, self.when, document) and not any(_matches(self.found, text) for text in texts):
            yield self.finding("text")


def _rule(pattern: Pattern, where: str) -> Rule:
    family, _, rest = pattern.name.partition("/")
    if not family or not rest or "/" in rest:
        raise PolicyError(f"{where}.name", "expected a family and a name, such as house-style/abbreviations")
    for need in _NEEDS[pattern.kind]:
        if not any(getattr(pattern, key) for key in need.split(" or ")):
            raise PolicyError(where, f"expected {need}, as its kind is {pattern.kind}")
    for key in ("words", "swap", "allow", "unless", "when"):
        if any(not word.strip() for word in getattr(pattern, key)):
            raise PolicyError(f"{where}.{key}", "expected words, got a blank text, which would be found everywhere")
    known = (*(("from", "to") if pattern.kind == "substitution" else ()), PRESS_OFFICE)
    for key in ("message", "advice"):
        check_placeholders(getattr(pattern, key), known, f"{where}.{key}")
    shape = RequiredRule if pattern.kind == "required" else PatternRule
    attributes: dict[str, Any] = {
        "__doc__": _told(pattern),
        "name": pattern.name,
        "clauses": pattern.clauses,
        "severity": Severity(pattern.severity),
        "message": pattern.message,
        "advice": pattern.advice,
        "scope": pattern.scope,
        "accounts": pattern.accounts,
        "examples": tuple(_examples(pattern)),
        "pattern": pattern,
        "found": _found(pattern, where),
        "when": _compiled(pattern, pattern.when, None, where) if pattern.when else None,
        "excused": _compiled(pattern, pattern.unless, None, where) if pattern.unless else None,
    }
    made = type(f"Pattern_{pattern.name}", (shape,), attributes)
    return cast("Rule", made())


def _found(pattern: Pattern, where: str) -> regex.Pattern[str]:
    if pattern.kind == "substitution":
        return _compiled(pattern, pattern.swap, None, where)
    return _compiled(pattern, pattern.words, pattern.match, f"{where}.match")


def _told(pattern: Pattern) -> str:
    what = {
        "existence": "words that the policy pack lists",
        "substitution": "words for which the policy pack has better ones",
        "required": "a post that lacks what the policy pack asks for",
        "allow-list": "what the policy pack does not allow",
    }[pattern.kind]
    return f"Flags {what}.\n\nIt is a pattern of the policy pack. Limits: it reads words, not what they mean."


def _examples(pattern: Pattern) -> Iterator[Example]:
    post: dict[str, Any] = {"kind": pattern.kinds[0]} if pattern.kinds else {}
    if pattern.accounts:
        post["account"] = Account("example", pattern.accounts[0])
    for text in pattern.flags:
        yield Flag(text, field="text", post=post) if pattern.kind == "required" else Flag(text, post=post)
    for text in pattern.passes:
        yield Pass(text, post=post)


def _compiled(pattern: Pattern, words: Iterable[str], match: str | None, where: str) -> regex.Pattern[str]:
    import regex  # a twentieth of a second that packs without patterns need not pay

    parts = [_word(word) for word in sorted(words, key=len, reverse=True)]
    flags = regex.V0 | (0 if pattern.case else regex.IGNORECASE)
    try:
        own = regex.compile(match, flags) if match else None
    except (regex.error, RecursionError, OverflowError) as error:
        raise PolicyError(where, f"is no regular expression: {error}") from None
    if own is None:
        return regex.compile("|".join(parts), flags)
    # Words and a pattern together: the pattern keeps its groups by standing first.
    return regex.compile("|".join([f"(?:{match})", *parts]), flags) if parts else own


def _word(word: str) -> str:
    import regex

    text = r"\s+".join(regex.escape(part) for part in word.split())
    before = r"(?<!\w)" if word[:1].isalnum() else ""
    return before + text + (r"(?!\w)" if word[-1:].isalnum() else "")


def _matches(pattern: regex.Pattern[str], text: str) -> Sequence[regex.Match[str]]:
    try:
        return list(pattern.finditer(text, timeout=SECONDS))
    except TimeoutError:
        raise NotLooked(
            f"a pattern of the policy pack took longer than {SECONDS} s, so it was not looked for"
        ) from None


def _bound(pattern: Pattern, when: regex.Pattern[str] | None, document: Document) -> bool:
    """Whether a pattern concerns this account, this kind of post, and these words."""
    if pattern.accounts and document.account_kind not in pattern.accounts:
        return False
    if pattern.kinds and document.post.kind not in pattern.kinds:
        return False
    return when is None or any(_matches(when, surface.text) for surface in _own(document))


def _own(document: Document) -> list[Surface]:
    return [surface for surface in document.surfaces if surface.kind in _READ]


def _is_capital(text: str, start: int, word: str) -> bool:
    """Whether words that stand in the place of these begin with a capital, as these do or might."""
    if word[:1].islower() and text[start : start + 1].isupper():
        return True
    before = text[:start]
    while before and not before[-1].isalnum():
        if before[-1] in _ENDS:
            return True
        before = before[:-1]
    return not before


def _with_swap(finding: Finding, word: str, better: str, *, capital: bool) -> Finding:
    assert finding.span is not None
    replacement = better[:1].upper() + better[1:] if capital else better
    edit = Edit(finding.field, finding.span, replacement)

    def filled(text: str) -> str:
        return text.replace("{from}", word).replace("{to}", better)

    fix = Fix(f"Say {better} instead.", (edit,))
    return replace(finding, message=filled(finding.message), advice=filled(finding.advice), fixes=(fix,))


def _key(word: str) -> str:
    return " ".join(word.split()).casefold()
