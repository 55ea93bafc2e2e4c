"""Dates of birth in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import word_list
from wmp_postlint.analysis.references import MONTH, numbered
from wmp_postlint.analysis.tokens import words_in
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = (
    rf"(?:{_DAY}[ ]?(?P<sep>[/.\- ])\s?(?:0?[1-9]|1[0-2])[ ]?(?P=sep)\s?(?P<year1>(?:18|19|20)\d\d|\d\d)"
    rf"|{_DAY}(?:st|nd|rd|th)?[\s-]?(?:of\s)?(?i:{MONTH}),?[\s-]?(?P<year2>(?:18|19|20)\d\d|'?\d\d)"
    rf"|(?i:{MONTH})\s{_DAY}(?:st|nd|rd|th)?,?\s(?P<year3>(?:18|19|20)\d\d|'\d\d)"
    rf"|(?P<year4>(?:18|19|20)\d\d)[-/](?:0[1-9]|1[0-2])[-/]{_DAY})(?![\d/]|-\d)"
)
_LABELLED = lazy.regex(
    rf"(?P<label>\b(?:d[./]?\s?o[./]?\s?b\b\.?|date\s+of\s+birth|birth\s?date|birth\s?day|born|b\.))"
    rf"[\s:=()\[\]-]{{0,4}}(?:(?:is|was|on|the|given|as|listed|recorded)\s+){{0,4}}(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    rf"(?:the\s)?(?P<date>{_DATE})",
    re.IGNORECASE,
)
_LABEL_AFTER = lazy.regex(
    rf"(?<![\d/.-])(?P<date>{_DATE})[\s,;]{{0,2}}(?:\(|is\s|was\s)?(?:(?:his|her|my|their|the|your)\s)?(?P<label>d[./]?o[./]?b\b|date\s+of\s+birth)",
    re.IGNORECASE,
)
# Eight or six digits in a row, only right after words that leave no doubt.
_RUN = lazy.regex(
    r"\b(?:d[./]?o[./]?b\b\.?|date\s+of\s+birth)[\s:=(-]{0,4}(?:(?:is|was)\s)?"
    r"(?P<date>(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:(?:19|20)\d\d|\d\d))(?!\d)",
    re.IGNORECASE,
)
# As forces write of accused people: Name (01/02/1990) of a street.
_BRACKETED = lazy.regex(
    rf"(?P<name>(?:[A-Z][\w'-]{{1,24}}[ ]){{1,3}}[A-Z][\w'-]{{1,24}}),?[ ]"
    rf"(?P<age>\(?(?:aged[ ])?\d{{2}}\)?,?[ ])?[(\[](?P<born>[Bb]orn[ ])?(?P<date>{_DATE})[)\]]"
    rf"(?P<of>,?[ ](?:of|from)[ ](?:[A-Z]|no[ ]fixed))?"
)
_WORDS = frozenset({"dob", "birth", "birthdate", "birthday", "born", "b"})
_BRACKET = lazy.regex(r"[(\[](?:[Bb]orn )?\d")
_ANIMALS = lazy.regex(
    r"\b(?:PD|PH|K-?9|[Pp]olice (?:[Dd]og|[Hh]orse)s?|pup(?:s|py|pies)?|foals?|litter|kittens?|lambs?|cal(?:f|ves))\b"
    r"|🐶|🐾|🐴"
)
_BUSINESS = lazy.regex(
    r"\b(?:happy|celebrat\w{1,5}|club|charity|service|force|police\s+force|nhs|tradition|founded)\s+\w{0,12}\s?\Z",
    re.IGNORECASE,
)
_OLDEST = 1910
_YOUNGEST_IN_BRACKETS = 2008


class DateOfBirth(TextRule):
    """Flags full dates of birth.

    With a name, a date of birth is the key to a person's accounts and records. Instead, give the age. Found after
    "dob", "date of birth" or "born", and in brackets after a name as court reports have it. Limits: a year alone, a
    birthday without its year, and births before 1910 are history, and police dogs have no privacy; a date in brackets
    counts only when it is old enough for an adult or when "of" and a place follow.
    """

    name = "personal-data/date-of-birth"
    clauses = ("4.13", "5.3")
    least_digits = 3
    severity = Severity.ERROR
    message = "This is a date of birth."
    advice = "Give the age instead."
    examples = (
        Flag("Sam Taylor, dob «12/03/1985», is wanted."),
        Flag("DOB: «12.03.85»"),
        Flag("d.o.b. «5 June 1985» of no fixed address"),
        Flag("Date of birth is «1985-03-12»."),
        Flag("She was born on «5th of June, 2009» in Aston."),
        Flag("born «June 5, 1985»"),
        Flag("Sam Taylor («12/03/1985») of Mill Street, Walsall, was charged."),
        Flag("Joe Bloggs, 38, («1-2-1985») from Tipton"),
        Flag("Jo Ann Bloggs (born «12/03/1985»)"),
        Pass("Robert Peel was born on 5 February 1788."),
        Pass("PD Rex was born on 3 March 2021: happy birthday!"),
        Pass("He was born in 1985 and joined in 2005."),
        Pass("Born and bred in Aston, on duty since 12/03/2005."),
        Pass("Log 814 of 28/01/2020, born out of patience"),
        Pass("Summer Fair (12/06/2024) and Open Day (13/07/2024)"),
        Pass("It is her birthday on 5 June!"),
        Pass("Never post your date of birth, or your card's 12/26."),
        Pass("Published 12/03/1985 in the Express (12/03/1985)."),
        Pass("Bob 12/03/1985 and job 5 June 1985"),
        Pass("Court results (12/03/2021): two jailed."),
        Pass("Today we remember the Birmingham Pub Bombings (21/11/1974)."),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = document.read(numbered, surface)
        if not text or not (_WORDS & document.read(words_in, surface) or _BRACKET.search(text)):
            return
        matches = [match for pattern in _PATTERNS for match in pattern.finditer(text)]
        end = -1
        for match in sorted(matches, key=lambda match: match.start("date")):
            year = _year(match)
            if match.start("date") < end or year < _OLDEST:
                continue
            confidence = Confidence.HIGH
            if match.re == _BRACKETED:
                confidence = Confidence.MEDIUM
                if year > _YOUNGEST_IN_BRACKETS + (8 if match["of"] else 0) or not _is_person(match, document):
                    continue
            elif match.re == _LABELLED and match["label"].casefold() in ("born", "birthday", "b."):
                around = text[max(0, match.start() - 80) : match.end() + 40]
                if _ANIMALS.search(around) or _BUSINESS.search(text[max(0, match.start() - 40) : match.start()]):
                    continue
            end = match.end("date")
            yield self.finding(surface, surface.span(*match.span("date")), confidence=confidence)


_PATTERNS = (_LABELLED, _LABEL_AFTER, _RUN, _BRACKETED)


def _is_person(match: re.Match[str], document: Document) -> bool:
    """Whether a date in brackets follows a person: "Birmingham Pub Bombings (21/11/1974)" is none."""
    if match["of"] or match["born"] or match["age"]:
        return True
    parts = match["name"].casefold().split()
    common, places = word_list("text/common_words.txt"), map(str.casefold, document.policy.force.places)
    if parts[0] in word_list("text/given_names.txt"):
        return parts[-1] not in common
    return not common.intersection(parts) and not any(place in match["name"].casefold() for place in places)


def _year(match: re.Match[str]) -> int:
    if match.re == _RUN:
        found = match["date"][4:]
    else:
        found = next(year.strip("'") for name in ("year1", "year2", "year3", "year4") if (year := match[name]))
    year = int(found)
    return year if len(found) > 2 else year + (1900 if year >= 30 else 2000)
