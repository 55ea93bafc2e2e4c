"""The vocabulary about people, and the patterns made of it: ranks, offices, colleagues, animals, things."""

from __future__ import annotations

import re
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary, words
from wmp_postlint.lazy import Record


class Vocabulary(Record):
    """The words of ``data/analysis/people.toml``."""

    ranks: tuple[str, ...]
    short_ranks: tuple[str, ...]
    titles: tuple[str, ...]
    courtesies: tuple[str, ...]
    addressed: tuple[str, ...]
    styles: tuple[str, ...]
    not_officers: tuple[str, ...]
    not_people_after: tuple[str, ...]
    also_surnames: tuple[str, ...]
    seldom_surnames: tuple[str, ...]
    not_people_before: tuple[str, ...]
    animals: tuple[str, ...]
    animal_people: tuple[str, ...]
    colleagues: tuple[str, ...]
    units: tuple[str, ...]
    offices: tuple[str, ...]
    honours: tuple[str, ...]
    stages: tuple[str, ...]
    well_known: tuple[str, ...]
    children: tuple[str, ...]
    callings: tuple[str, ...]
    victim_before: tuple[str, ...]
    victim_after: tuple[str, ...]
    convicted: tuple[str, ...]
    charged: tuple[str, ...]
    makes: tuple[str, ...]
    also_words: tuple[str, ...]
    greetings: tuple[str, ...]
    abbreviations: tuple[str, ...]
    not_people: tuple[str, ...]
    spelling: tuple[str, ...]
    verbs: tuple[str, ...]


class Patterns(Record):
    """What stands around a name, or inside it, and says whose it is."""

    rank_before: re.Pattern[str]
    rank_inside: re.Pattern[str]
    ranked: re.Pattern[str]
    styled: re.Pattern[str]
    title_inside: re.Pattern[str]
    title_before: re.Pattern[str]
    courtesy_before: re.Pattern[str]
    thing_after: re.Pattern[str]
    thing_later: re.Pattern[str]
    spelled: re.Pattern[str]
    verb: re.Pattern[str]
    article_before: re.Pattern[str]
    police_animal: re.Pattern[str]
    saint: re.Pattern[str]
    thing_inside: re.Pattern[str]
    place_before: re.Pattern[str]
    thing_before: re.Pattern[str]
    thing_first: re.Pattern[str]
    alone_after: re.Pattern[str]
    animal: re.Pattern[str]
    animal_before: re.Pattern[str]
    animal_after: re.Pattern[str]
    colleague_before: re.Pattern[str]
    colleague_after: re.Pattern[str]
    public_inside: re.Pattern[str]
    public_before: re.Pattern[str]
    public_after: re.Pattern[str]
    child_before: re.Pattern[str]
    calling_inside: re.Pattern[str]
    victim_before: re.Pattern[str]
    victim_after: re.Pattern[str]
    convicted: re.Pattern[str]
    charged: re.Pattern[str]


@cache
def _vocabulary() -> Vocabulary:
    return load_vocabulary("analysis/people", Vocabulary)


@cache
def not_people() -> frozenset[str]:
    """Return what has the form of a name and is none, case folded."""
    return frozenset(map(str.casefold, _vocabulary().not_people))


@cache
def verbs() -> frozenset[str]:
    """Return the first names that are verbs too, in lower case."""
    return frozenset(map(str.casefold, _vocabulary().verbs))


@cache
def abbreviations() -> frozenset[str]:
    """Return the abbreviations in capitals that are no names."""
    return frozenset(_vocabulary().abbreviations)


@cache
def also_words() -> frozenset[str]:
    """Return the first names that are also words, places or teams."""
    return frozenset(_vocabulary().also_words)


@cache
def well_known() -> frozenset[str]:
    """Return the names of people of whom everybody has heard, case folded."""
    return frozenset(map(str.casefold, _vocabulary().well_known))


@cache
def surnames() -> frozenset[str]:
    """Return the words for places that are surnames too, case folded."""
    return frozenset(map(str.casefold, _vocabulary().also_surnames))


@cache
def streets() -> frozenset[str]:
    """Return those of them that seldom are, case folded."""
    return frozenset(map(str.casefold, _vocabulary().seldom_surnames))


@cache
def makes() -> frozenset[str]:
    """Return the makes of cars, case folded."""
    return frozenset(map(str.casefold, _vocabulary().makes))


@cache
def patterns() -> Patterns:
    """Return the patterns; each compiles when it is first used."""
    vocabulary = _vocabulary()
    rank = rf"(?<!\w){any_of((*vocabulary.ranks, *vocabulary.short_ranks))}"
    short = rf"(?<![\w/]){any_of(vocabulary.short_ranks)}"
    collar = r"(?:\s+#?[A-Z]{0,2}\d{2,5})?"
    title = any_of(vocabulary.titles)
    things = any_of(vocabulary.not_people_after)
    word = r"[A-Z][a-z]+(?:['-][A-Z][a-z]+)?"
    return Patterns(
        rank_before=lazy.regex(rf"{rank}\.?{collar}[\s,:-]*$", re.IGNORECASE),
        rank_inside=lazy.regex(rf"{rank}\.?{collar}\s+", re.IGNORECASE),
        ranked=lazy.regex(
            rf"(?:{short}\.?{collar}|(?<!\w)(?:PS|SC|CI)\s+\d{{2,5}})\s+(?!(?:{any_of(vocabulary.not_officers)})(?!\w))"
            rf"(?P<name>(?:[A-Z]\.?\s)?{word}(?:\s{word})?)(?!\w)"
        ),
        styled=lazy.regex(
            rf"(?<![\w/])(?:{any_of(vocabulary.addressed)}\.?\s+(?={word}(?!\w))|{any_of(vocabulary.styles)}\s+(?={word}\s{word}))"
            rf"(?!(?:{any_of(vocabulary.not_officers)})(?!\w))(?P<name>{word}(?:\s{word})?)(?!\w)"
        ),
        title_inside=lazy.regex(rf"{title}\.?\s+", re.IGNORECASE),
        title_before=lazy.regex(rf"(?<!\w){title}\.?\s+$", re.IGNORECASE),
        courtesy_before=lazy.regex(rf"(?<!\w){any_of(vocabulary.courtesies)}\s?\.?\s+$", re.IGNORECASE),
        thing_after=lazy.regex(rf"[^\S\n]+{things}(?!\w)|'?s?[^\S\n]+(?i:law|rule|protocol|act|code|charter)\b"),
        thing_later=lazy.regex(rf"[^\S\n]+[A-Z][\w']+[^\S\n]+{things}(?!\w)"),
        spelled=lazy.regex(rf"{any_of(vocabulary.spelling)}(?:[\s-]{any_of(vocabulary.spelling)})+", re.IGNORECASE),
        verb=lazy.regex(
            rf"{any_of(vocabulary.verbs)}(?=\s(?:an?|any|all|every|it|my|our|their|them|these|this|your|down|up|out|off|nack)\b"
            r"|\s(?:and|or|&)\s(?-i:[a-z]))",
            re.IGNORECASE,
        ),
        article_before=lazy.regex(r"(?<!\w)(?:an?|the|this|that|to|your|his|her|my|our|will|can|must)\s+$"),
        police_animal=lazy.regex(
            r"#\w*(?:K9|dogs?|horses?)\b|@\w*(?:dogs|horses|mounted)\b|[\U0001F415\U0001F436\U0001F43E]",
            re.IGNORECASE,
        ),
        saint=lazy.regex(r"(?:St|Saint)\.?\s", re.IGNORECASE),
        thing_inside=lazy.regex(rf"(?:^|.*\s){things}$"),
        place_before=lazy.regex(
            r"\b(?:in|at|near|around|on|to|through|outside|behind|off|by|towards?|of)\s+(?:the\s+)?$", re.IGNORECASE
        ),
        thing_before=lazy.regex(
            rf"(?<!\w){any_of(vocabulary.not_people_before)}\s+(?:(?-i:[A-Z])\w+\s+)?$|(?<!\w)St\.?\s*$", re.IGNORECASE
        ),
        thing_first=lazy.regex(rf"{any_of(vocabulary.not_people_before)}\s", re.IGNORECASE),
        alone_after=lazy.regex(
            rf"(?:^|\n|[.!?:,;\"(*|-]|(?<!\w){any_of(vocabulary.greetings)}|(?<![\w@#])(?!(?:in|at|near|around|outside)\s)[a-z][a-z']*)\s*$"
        ),
        animal=words((*vocabulary.animals, "PD", "PH", "K9")),
        animal_before=lazy.regex(
            rf"(?<!\w){any_of(vocabulary.animals)}(?!\w)[^.!?\n]{{0,40}}"
            r"(?:named|called|answer(?:s|ing)? to|responds? to|name is|known as),?\s+(?:the name (?:of\s+)?)?[\"']?$"
            rf"|(?<!\w){any_of(vocabulary.animals)}(?:\s+(?:alert|found))?\s?[!:]\s+$",
            re.IGNORECASE,
        ),
        animal_after=lazy.regex(
            r"(?:,\s+(?:the|our|a|an)|\s+(?:the|our|is our|was our))\s+(?:\w+\s+){0,3}"
            rf"{any_of(vocabulary.animals)}(?!\w|\s+{any_of(vocabulary.animal_people)})",
            re.IGNORECASE,
        ),
        colleague_before=lazy.regex(
            rf"(?<!\w){any_of(vocabulary.colleagues)},?(?:\s+like)?\s+$"
            rf"|(?<!\w){any_of(vocabulary.ranks)}\s+of the (?:year|month|week),?\s+$"
            r"|(?<!\w)our\s+(?:own\s+|very own\s+|lovely\s+|new\s+|brilliant\s+|amazing\s+)?$",
            re.IGNORECASE,
        ),
        colleague_after=lazy.regex(
            rf",?\s+(?:(?:who (?:is|works)|is|works|are|work|and the team)\s+)?(?:one of our|(?:from|in|with|at|for|of)"
            rf"\s+(?:our|the force's|your)(?:\s+[\w&'-]+){{0,4}}?\s+{any_of(vocabulary.units)}(?!\w)|from\s+your\s)"
            r"|[!.,]?\s+(?:he|she|they)(?:'s|'re|\s+is|\s+are)?\s+(?:one of )?our\b"
            r"|'s\s+(?:\w+\s+)?(?:podcast|blog|vlog|tweets?|top tips?|twitter|takeover)\b"
            r"|\s+(?:\w+\s+){0,4}?(?:joined (?:the|our) (?:force|police|met|team|job|ranks)"
            r"|(?:became|is|was) [^.!?\n]{0,40}"
            r"(?:officers?|constables?|police(?:wo)?m[ae]n|detectives?|sergeants?|inspectors?|pcsos?)\b)",
            re.IGNORECASE,
        ),
        public_inside=lazy.regex(rf"{any_of(vocabulary.offices)}\s"),
        public_before=lazy.regex(rf"(?<!\w){any_of(vocabulary.offices)},?\s+(?:[A-Z]\w+\s+)?$"),
        public_after=lazy.regex(
            rf",?\s+{any_of(vocabulary.honours)}(?!\w)|'?s?\s+(?:\w+\s+)?{any_of(vocabulary.stages)}(?!\w)"
        ),
        child_before=lazy.regex(rf"(?<!\w){any_of(vocabulary.children)},?\s+$", re.IGNORECASE),
        calling_inside=lazy.regex(rf"{any_of(vocabulary.callings)}\s+(?=\w)"),
        victim_before=lazy.regex(rf"(?<!\w){any_of(vocabulary.victim_before)}[\s,:-]*$", re.IGNORECASE),
        victim_after=lazy.regex(rf"[\s,]+(?:who\s+)?{any_of(vocabulary.victim_after)}(?!\w)", re.IGNORECASE),
        convicted=words(vocabulary.convicted),
        charged=words(vocabulary.charged),
    )
