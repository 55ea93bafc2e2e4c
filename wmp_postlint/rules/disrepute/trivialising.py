"""Crime, harm or punishment made light of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from wmp_postlint.analysis.lexicon import any_of, load_vocabulary
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

_TWO_NUMBERS = re.compile(r" \d{1,2}\b[^\d\n]{2,24} \d")


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    sides: tuple[str, ...]
    votes: tuple[str, ...]
    harms: tuple[str, ...]
    sentences: tuple[str, ...]
    glee: tuple[str, ...]
    emoji: tuple[str, ...]
    phrases: tuple[str, ...]


class _Patterns:
    """The frames of the vocabulary, each a pattern on lower-case text."""

    def __init__(self, words: _Vocabulary) -> None:
        sides, votes = any_of(words.sides), any_of(words.votes)
        self.score = re.compile(
            rf"(?<!\w)(?:{sides}[ ]\d{{1,2}}\s?[,:-]?\s?(?!and|to|of|or|from|at|on|in)[a-z][\w ]{{0,18}}[ ]\d{{1,2}}"
            rf"|\w{{2,20}}[ ]\d{{1,2}}\s?[,:-]?\s?{sides}[ ]\d{{1,2}})(?![\w/:.]\d|\w)"
        )
        self.vote = re.compile(
            rf"(?<!\w){votes}[ ](?:this[ ])?(?:for|if)[ ][^.!?\n]{{2,60}}[ ](?:or|and)[ ](?:an?[ ])?{votes}"
            r"[ ](?:for|if)[ ]"
            r"[^.!?\n]{2,30}"
        )
        self.harm = re.compile(rf"(?<!\w){any_of(words.harms)}(?!\w)")
        self.sentence = re.compile(rf"(?<!\w){any_of(words.sentences)}(?!\w)")
        self.glee = re.compile(rf"(?<!\w){any_of(words.glee)}(?!\w)|{any_of(words.emoji)}+")
        self.phrase = re.compile(rf"(?<!\w){any_of(words.phrases)}(?!\w)|#\w{{0,40}}walkofshame\w{{0,20}}")


@cache
def _patterns() -> _Patterns:
    return _Patterns(load_vocabulary("disrepute/trivialising", _Vocabulary))


class Trivialising(TextRule):
    """Flags posts that make light of crime, harm or punishment.

    A score line about people, a game made of a crash, glee over a sentence, a boast of force or a joke about an offence
    hurts victims and families, and has cost forces an apology. Instead, say what happened and what it means for people.
    Found are score lines ("Officers 1 ..."), "retweet for ... or like for ..." with a crash or a crime, a sentence or
    custody beside words or emoji of glee, and set phrases. Limits: puns and irony in plain words are out of its reach.
    """

    name = "disrepute/trivialising"
    clauses = ("4.6", "6.5")
    severity = Severity.WARNING
    message = "This makes light of crime, harm or punishment."
    advice = "Say what happened and what it means for people; leave the joke out."
    examples = (
        Flag("«Officers 1 Burglars 0» tonight."),
        Flag("Result: «Thieves 0, Police 3». Well done nights."),
        Flag("Another crash. «Retweet for a small car or like for a big one»!"),
        Flag("Two men jailed for robbery. «Bye bye» boys."),
        Flag("Shoplifter remanded in custody «😂😂»"),
        Flag("«Kicking down doors» is one of our favourite things to do."),
        Flag("Moved on from the station: «#suitcasewalkofshame»"),
        Flag("It was «just a domestic», so back to the beat."),
        Pass("Albion 2 Villa 1: thank you to both sets of fans."),
        Pass("Units 1 to 3 were searched; officers 12 and 14 attended."),
        Pass("Retweet for a chance to reach more people: have you seen this car?"),
        Pass("Three men have been jailed for 12 years for robbery."),
        Pass("Our charity football match: what a laugh 😂"),
        Pass("Officers forced the door and arrested a man of 34."),
        Pass("Tell us about crime 24 hours a day on 101."),
        Pass("Domestic abuse is never just an argument."),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        patterns = _patterns()
        lowered = surface.text.lower()
        if len(lowered) != len(surface.text):
            lowered = surface.text
        for pattern in (patterns.score, patterns.phrase) if _TWO_NUMBERS.search(lowered) else (patterns.phrase,):
            for match in pattern.finditer(lowered):
                yield self.finding(surface, surface.span(*match.span()), confidence=Confidence.MEDIUM)
        vote = patterns.vote.search(lowered) if " for " in lowered or " if " in lowered else None
        if vote and patterns.harm.search(lowered):
            end = vote.start() + len(vote.group().rstrip(" !.?"))
            yield self.finding(surface, surface.span(vote.start(), end), confidence=Confidence.MEDIUM)
        if patterns.sentence.search(lowered):
            for match in patterns.glee.finditer(lowered):
                yield self.finding(surface, surface.span(*match.span()), confidence=Confidence.LOW)
