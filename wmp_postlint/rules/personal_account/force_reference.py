"""The force named on a personal account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.cues import CueMatch, CueRule, cue_matches
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.analysis.tokens import tokens
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass

_PERSONAL = {"account": {"handle": "dave_runs", "kind": "personal"}}
_SPACE = lazy.regex(r"\s+")


class ForceReference(Worded, CueRule):
    """Flags the force's name, its short forms, and its accounts on a personal account.

    Who names the force speaks for it in the eyes of readers, and tells whoever looks where to find an officer. On a
    personal account somebody may say that they are a police officer, and not of which force. Instead, leave the
    force out. The names and accounts are those of the policy pack. It reads personal
    accounts only, and not the words that they share. Limits: what is
    known from other posts, or from a picture, is not seen.
    """

    name = "personal-account/force-reference"
    vocabulary = "personal_account/force_reference"
    clauses = ("5.4", "6.2")
    severity = Severity.ERROR
    surfaces = frozenset({"body", "unseen", "alt", "caption", "seen", "link"})
    message = "This names the force on a personal account."
    advice = "Leave the force out. That you are a police officer is all that a personal account may say."
    examples = (
        Flag("Proud to work for «West Midlands Police».", post=_PERSONAL),
        Flag("Fed up with «WMP» today.", post=_PERSONAL),
        Flag("Just passed out as a constable «@WMPolice»!", post=_PERSONAL),
        Flag("Ten years with «the West Midlands force».", post=_PERSONAL),
        Pass("I'm a police officer and love my job.", post=_PERSONAL),
        Pass("West Midlands is a great place for a run.", post=_PERSONAL),
        Pass("Watching the West Midlands derby tonight", post=_PERSONAL),
        Pass("May the force be with you, Abercwm", post=_PERSONAL),
        Pass("Proud to work for West Midlands Police."),
    )

    def applies(self, document: Document) -> bool:
        return document.account_kind == "personal"

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        if not self.applies(document) or surface.kind not in self.surfaces:
            return
        force = document.policy.force
        covered: list[tuple[int, int]] = []
        for token in document.read(tokens, surface):
            if token.kind == "handle" and document.policy.registered_kind(token.text):
                covered.append((token.start, token.end))
            elif token.kind in ("url", "email"):
                continue
        covered += [match.span() for match in _names((force.name, *force.short_names)).finditer(surface.text)]
        covered += [(match.start, match.end) for match in document.read(cue_matches, surface, self.vocabulary)]
        last = -1
        for start, end in sorted(covered, key=lambda span: (span[0], -span[1])):
            if start >= last:
                last = end
                yield self.finding(surface, surface.span(start, end))

    def judged(self, match: CueMatch, surface: Surface, document: Document) -> Iterator[Finding]:
        yield from ()


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    """The names of the force, joined words and hashtags included; an abbreviation counts in capitals only."""
    choices = []
    for name in names:
        joined = r"[\s_-]?".join(map(re.escape, _SPACE.split(name)))
        choices.append(joined if name.isupper() and len(name) < 6 else f"(?i:{joined})")
    return re.compile(rf"#?(?<![\w@./])(?:{'|'.join(choices)})(?!\w|\.\w)")
