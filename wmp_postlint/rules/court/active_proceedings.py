"""Words that can harm a trial: guilt as a fact, a record, a confession, a named suspect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.cues import CueMatch, CueRule
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.analysis.names import Name, names
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.rule import Flag, Pass

_NAMING = ("a sought person found", "a named suspect")
# How a name and the word for its arrest stand together; anybody else between them is who was arrested.
_AFTER = lazy.regex(
    r"""(?:\s?[,(]\s?\d{1,3}\)?)?,?(?:\s(?:of|from)\s[\w\s]{1,40}?)?,?\s(?:(?:who\s)?(?:has|have|had|is|was|were|are
    |has\snow|will\sbe)\s)?
    (?:\w+\s){0,3}?(?:been\s|being\s)?(?:\w+\s)?
    (?:arrested|suspected|detained|held|questioned|nicked|under\sarrest|in\scustody|in\sthe\scells|under\sinvestigation
    |taken\sinto\scustody
    |handed\s(?:him|her|them)sel(?:f|ves)\sin|a\ssuspect|the\ssuspect|locked\sup|helping\s(?:us|police))\b
    |\sas\sthe\s(?:\w+\s){1,3}(?:arrested|held|detained|suspected|in\scustody)|[\s(:,-]{1,3}(?:arrested|suspect)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE = lazy.regex(
    r"(?:arrest(?:ed|s|ing)?|nicked|detained|suspects?|nabbed|locked up|questioning|interviewing)"
    r"(?:\s(?:last night|today|this morning|tonight|again|earlier|yesterday))?"
    r"\s?[:,-]?\s?(?:is\s)?(?:(?:local|well known|known|so called)\s(?:\w+\s)?)?"
    r"(?:(?:lad|man|woman|youth|resident|businessman)\s)?(?:called\s|named\s)?"
    r"(?:(?:Cllr|Councillor|Mr|Mrs|Ms|Dr|Rev|Sir)\.?\s)?(?:\d{1,3}[- ]year[- ]old\s)?$",
    re.IGNORECASE,
)
# "The murderer of Otto Example is in custody" names the victim.
_OF_VICTIM = lazy.regex(
    r"\b(?:murder\w*|kill\w*|attack\w*|death|stabbing|shooting|robbery|rape|rapist|assault\w*|body|family)"
    r" (?:of|on) \w{0,15}\s?$",
    re.IGNORECASE,
)


class ActiveProceedings(Worded, CueRule):
    """Flags words that can harm a case which a jury may still try.

    From an arrest to the sentence a case is active, and a publication that creates a substantial risk of serious
    prejudice is contempt of court (Contempt of Court Act 1981). Found are guilt told as a fact, previous
    convictions, confessions, and the name of somebody who is arrested or suspected, which is a warning by itself.
    Instead, give gender, age, town and offence. Sentences, convictions and guilty pleas pass, and so do unnamed
    arrests and adults named as charged. Limits: it knows no case but what the post says of it.
    """

    name = "court/active-proceedings"
    vocabulary = "court/active_proceedings"
    clauses = ("4.10",)
    severity = Severity.ERROR
    message = "This can harm a case that is still open."
    advice = (
        "Say who was arrested by gender, age and town, and nothing of guilt, record or evidence. Ask {press_office}."
    )
    examples = (
        Flag("«The rapist who» attacked a student has been arrested and is due in court.", severity=Severity.ERROR),
        Flag("Charged with GBH. «He's guilty», we all know it.", severity=Severity.ERROR),
        Flag("A man is in custody. He has a «long list of previous».", severity=Severity.ERROR),
        Flag("Two charged with robbery. «They admitted» it in interview.", severity=Severity.ERROR),
        Flag("«Dean Example, 29, of Walsall has been arrested» on suspicion of murder.", severity=Severity.WARNING),
        Pass("A 29-year-old man from Walsall has been arrested on suspicion of murder."),
        Pass("The killer was jailed for life. He had previous convictions for violence."),
        Pass("Rapist jailed for 12 years."),
        Pass("PC Sam Example arrested two men on his first day."),
        Pass("Dean Example, 29, of Walsall, has been charged with burglary and will appear before magistrates."),
        Pass("Being arrested does not mean guilty. Please don't name anyone online."),
        Pass("Thieves will be arrested and put before the courts."),
    )

    def judged(self, match: CueMatch, surface: Surface, document: Document) -> Iterator[Finding]:
        if match.reading.name not in _NAMING:
            yield from super().judged(match, surface, document)
            return
        for name in document.read(names, surface):
            if (
                name.sure
                and name.bearer in ("private", "identified", "public")
                and (bounds := _held(surface.text, name))
            ):
                yield self.finding(
                    surface,
                    surface.span(*bounds),
                    severity=Severity(match.reading.severity or "warning"),
                    confidence=Confidence.MEDIUM,
                    message=match.reading.message,
                    data={"reading": match.reading.name},
                )


def _held(text: str, name: Name) -> tuple[int, int] | None:
    """Return the stretch in which a name is that of an arrested or suspected person."""
    if _OF_VICTIM.search(text[max(0, name.start - 40) : name.start]):
        return None
    if after := _AFTER.match(text, name.end):
        return name.start, after.end()
    before = _BEFORE.search(text[max(0, name.start - 60) : name.start])
    if before:
        return name.start - len(before.group()), name.end
    return None
