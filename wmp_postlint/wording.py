"""What a finding says: the force's own names filled in, in the language that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from wmp_postlint.finding import Finding
from wmp_postlint.lazy import replace
from wmp_postlint.pack_facts import PRESS_OFFICE, check_placeholders, placeholders
from wmp_postlint.pack_tables import Saying
from wmp_postlint.policy import Policy
from wmp_postlint.rule import Rule

_SLOT = r"\{([^\W\d]\w*)\}"
_PRESS_OFFICE = f"{{{PRESS_OFFICE}}}"


def worded(finding: Finding, rule: Rule, policy: Policy, lang: str | None) -> Finding:
    """Return a finding with its words as the pack gives them.

    Args:
        finding: the finding, in English with its slots unfilled.
        rule: what made it; words that are not the rule's ordinary ones are translated by themselves.
        policy: the pack.
        lang: the tag of the language; English where it is None, or where the pack has no such words.
    """
    message, advice, office = finding.message, finding.advice, policy.force.press_office
    translation = policy.translations.get(lang or "en")
    if translation is not None:
        saying = translation.rules.get(finding.rule, _NOTHING)
        message = _said(message, rule.message, saying.message, saying)
        advice = _said(advice, rule.advice, saying.advice, saying)
        office = translation.press_office or office
    if _PRESS_OFFICE in advice or _PRESS_OFFICE in message or translation is not None:
        advice, message = advice.replace(_PRESS_OFFICE, office), message.replace(_PRESS_OFFICE, office)
        return replace(finding, message=message, advice=advice)
    return finding


def usual_words(rule: Rule, policy: Policy, lang: str | None = None) -> tuple[str, str]:
    """Return what a rule's ordinary finding says and what it advises, as the pack gives them; see ``worded``."""
    said = worded(rule.finding("text"), rule, policy, lang)
    return said.message, said.advice


def check_words(policy: Policy, rules: Iterable[Rule]) -> None:
    """Let the words of a pack's translations hold no placeholder that nothing would be filled into.

    Raises:
        PolicyError: if one does, with those that there are.
    """
    by_name = {rule.name: rule for rule in rules} if policy.translations else {}
    for lang, translation in policy.translations.items():
        for name, saying in translation.rules.items():
            where, rule = f'{policy.id}: translations.{lang}.rules."{name}"', by_name.get(name)
            for key, translated in (("message", saying.message), ("advice", saying.advice)):
                if rule is not None and translated:
                    known = (*placeholders(getattr(rule, key)), PRESS_OFFICE)
                    check_placeholders(translated, known, f"{where}.{key}")
            for english, translated in saying.others.items():
                check_placeholders(translated, (*placeholders(english), PRESS_OFFICE), f'{where}.others."{english}"')


def in_language(policy: Policy, lang: str | None) -> Policy:
    """Return a pack with its clause titles in a language, in English where it has none there."""
    translation = policy.translations.get(lang or "en")
    if translation is None or not translation.clauses:
        return policy
    return replace(policy, clauses={**policy.clauses, **translation.clauses})


_NOTHING = Saying()


def _said(words: str, usual: str, usual_translated: str | None, saying: Saying) -> str:
    """Translate a message or an advice; ``{name}`` in the usual one or one of the others stands for any words."""
    if words == usual:
        return usual_translated or words
    known = saying.others.items()
    for english, translated in ((usual, usual_translated), *known) if usual_translated else known:
        match = _template(english).fullmatch(words)
        if match and translated:
            for name, words in match.groupdict().items():
                translated = translated.replace(f"{{{name}}}", words)
            return translated
    return words


@lru_cache(maxsize=1024)
def _template(english: str) -> re.Pattern[str]:
    made = ""
    for index, part in enumerate(re.split(_SLOT, english)):
        if not index % 2:
            made += re.escape(part)
        elif part == PRESS_OFFICE:
            made += re.escape(_PRESS_OFFICE)  # which is filled in afterwards
        else:
            made += f"(?P={part})" if f"(?P<{part}>" in made else f"(?P<{part}>.+?)"
    return re.compile(made)
