"""What a finding says: the force's own names filled in, in the language that is asked for."""

from __future__ import annotations

import re
from functools import lru_cache

from wmp_postlint.finding import Finding
from wmp_postlint.lazy import replace
from wmp_postlint.pack_tables import Saying
from wmp_postlint.policy import Policy
from wmp_postlint.rule import Rule

_SLOT = r"\{(\w+)\}"
_PRESS_OFFICE = "{press_office}"


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


def in_language(policy: Policy, lang: str | None) -> Policy:
    """Return a pack with its clause titles in a language, in English where it has none there."""
    translation = policy.translations.get(lang or "en")
    if translation is None or not translation.clauses:
        return policy
    return replace(policy, clauses={**policy.clauses, **translation.clauses})


_NOTHING = Saying()


def _said(words: str, usual: str, usual_translated: str | None, saying: Saying) -> str:
    """Translate a message or an advice; ``{name}`` in one of the others stands for any words."""
    if words == usual:
        return usual_translated or words
    for english, translated in saying.others.items():
        match = _template(english).fullmatch(words)
        if match:
            for name, words in match.groupdict().items():
                translated = translated.replace(f"{{{name}}}", words)
            return translated
    return words


@lru_cache(maxsize=1024)
def _template(english: str) -> re.Pattern[str]:
    parts = re.split(_SLOT, english)
    return re.compile("".join(f"(?P<{part}>.+?)" if index % 2 else re.escape(part) for index, part in enumerate(parts)))
