"""What a finding says: the force's own names filled in, in the language that is asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from wmp_postlint.finding import Finding
from wmp_postlint.pack_tables import Saying
from wmp_postlint.policy import Policy

_SLOT = r"\{(\w+)\}"
_PRESS_OFFICE = "{press_office}"


def worded(finding: Finding, own_message: str, policy: Policy, lang: str | None) -> Finding:
    """Return a finding with its words as the pack gives them.

    Args:
        finding: the finding, in English with its slots unfilled.
        own_message: what the rule says of an ordinary finding; another message is translated by its own words.
        policy: the pack.
        lang: the tag of the language; English where it is None, or where the pack has no such words.
    """
    message, advice, office = finding.message, finding.advice, policy.force.press_office
    translation = policy.translations.get(lang or "en")
    if translation is not None:
        saying = translation.rules.get(finding.rule, _NOTHING)
        translated = saying.message if message == own_message else _other(message, saying)
        message = translated or message
        advice = saying.advice or advice
        office = translation.press_office or office
    if _PRESS_OFFICE in advice or _PRESS_OFFICE in message or translation is not None:
        advice, message = advice.replace(_PRESS_OFFICE, office), message.replace(_PRESS_OFFICE, office)
        return replace(finding, message=message, advice=advice)
    return finding


def clause_title(policy: Policy, clause: str, lang: str | None = None) -> str | None:
    """Return the title of a clause in a language, in English where it has none; None for no clause of the pack."""
    translation = policy.translations.get(lang or "en")
    return (translation.clauses.get(clause) if translation else None) or policy.clauses.get(clause)


_NOTHING = Saying()


def _other(message: str, saying: Saying) -> str | None:
    """Translate a message that stands among the others of its rule; ``{name}`` in it stands for any words."""
    for english, translated in saying.others.items():
        match = _template(english).fullmatch(message)
        if match:
            for name, words in match.groupdict().items():
                translated = translated.replace(f"{{{name}}}", words)
            return translated
    return None


@lru_cache(maxsize=1024)
def _template(english: str) -> re.Pattern[str]:
    parts = re.split(_SLOT, english)
    return re.compile("".join(f"(?P<{part}>.+?)" if index % 2 else re.escape(part) for index, part in enumerate(parts)))
