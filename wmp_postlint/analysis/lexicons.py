"""The lexicons of a family of rules: their files, and all their terms made ready to be matched in one pass.

A lexicon is a vocabulary file of the family that holds ``groups``. Matching all of them together lets the longest
phrase win, and finds no stretch twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Literal, NamedTuple, TypedDict

from wmp_postlint import lazy, resource
from wmp_postlint.analysis.lexicon import TermsIndex, WholeTerms, any_of, load_vocabulary, terms_index, word_list
from wmp_postlint.analysis.slips import followed, slips
from wmp_postlint.analysis.streams import Words
from wmp_postlint.errors import DataError
from wmp_postlint.lazy import Record

KEPT = "families.txt"
EDGED = r"(?<![^\W_]){}(?![^\W_])"
_SPACES = lazy.regex(r"[\s-]+")


class Group(Record):
    """Terms of one kind.

    Args:
        category: whom or what the terms are about, or ``general``.
        strength: how strong viewers find them, by Ofcom's research where ``edition`` gives its year.
        source: where the terms come from; NOTICE gives the licence.
        severity: how grave an ordinary use is.
        terms: the words and phrases, in lower case, the commonest first.
        plural: whether the plurals are meant too.
        inside: whether the terms count inside longer words.
        alone: what the term is when it is not thrown at somebody: ``full``, ``info`` or ``silent``, for words that
            mostly mean something else.
        name: whether it is also a person's or a place's name.
        directed: whether it becomes graver when it addresses the reader: an error, or a warning for mere advice.
        thrown: how grave it is at least when it is thrown at somebody.
        plain_with: words whose presence suggests the harmless meaning, which lowers the severity.
    """

    category: str
    strength: Literal["strongest", "strong", "medium", "mild", "unrated"]
    source: Literal["Ofcom", "Surge", "own"]
    severity: Literal["error", "warning", "info"]
    terms: tuple[str, ...]
    edition: int | None = None
    plural: bool = True
    inside: bool = False
    alone: Literal["full", "info", "silent"] = "full"
    name: bool = False
    directed: bool = False
    thrown: Literal["error", "warning", "info"] = "info"
    plain_with: tuple[str, ...] = ()


class LexiconFile(Record):
    """A lexicon as its file holds it: groups of terms, innocent phrases that hold one, terms that are surnames too."""

    groups: tuple[Group, ...]
    innocent: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()


class Term(NamedTuple):
    """A word or phrase, the lexicon that it belongs to, its group, and whether it is also a name."""

    text: str
    lexicon: str
    group: Group
    name: bool


class Listed(NamedTuple):
    """What the words of a family stand for; a term of None is an innocent phrase."""

    terms: Mapping[str, Term | None]
    slips: Mapping[str, Term]
    joined: Mapping[str, Term]
    stems: Mapping[str, Term]


class FamilyIndex(TypedDict):
    """What tells that a text holds no term of a family, kept so that most processes need not read the terms.

    ``lexicons`` holds their names, ``inside`` the pattern of what counts inside longer words, the others words with
    spaces between: those of ``whole`` as ``WholeTerms`` takes them, the rest as ``Words`` does.
    """

    lexicons: str
    whole: TermsIndex
    inside: str
    grave: str
    light: str
    masked: str
    known: str
    heavy: str


class Family:
    """The lexicons of a family made ready.

    Attributes:
        whole: finds the terms and their slips.
        inside: finds the stems that count inside longer words.
        words: the terms for the streams.
        lexicons: the names of the lexicons.
    """

    def __init__(self, name: str, index: FamilyIndex) -> None:
        self._name = name
        self.lexicons = frozenset(index["lexicons"].split())
        self.whole = WholeTerms(index["whole"])
        self.inside = lazy.regex(index["inside"]) if index["inside"] else None
        grave = dict.fromkeys(index["grave"].split(), True)
        self.words = Words(
            {**grave, **dict.fromkeys(index["light"].split(), False)},
            dict.fromkeys(index["masked"].split()),
            frozenset(index["known"].split("|")),
            word_list("text/common_words.txt") - grave.keys(),
            frozenset(index["heavy"].split()),
        )

    @cached_property
    def listed(self) -> Listed:
        """What the words stand for, read when the first is found."""
        return listed(self._name)


def plain(term: str) -> str:
    """Return a term with single spaces, as terms are kept."""
    return term if term.isalnum() else _SPACES.sub(" ", term)


def _plurals(term: str) -> Iterator[str]:
    if term.endswith(("s", "x", "ch", "sh", "z")):
        yield f"{term}es"
    elif term.endswith("y") and term[-2:-1] not in "aeiou":
        yield f"{term[:-1]}ies"
        yield f"{term}s"
    else:
        yield f"{term}s"


@cache
def lexicons(family: str) -> Mapping[str, LexiconFile]:
    """Return the lexicons of a family by name."""
    files = resource.names(family, ".toml")
    return {
        name: load_vocabulary(f"{family}/{name}", LexiconFile)
        for name in files
        if "[[groups]]" in resource.read_text(f"{family}/{name}.toml")
    }


@cache
def swearing(family: str) -> str:
    """Return the name of the lexicon of swear words: the one whose words Ofcom calls strongest and general."""
    return next(
        (
            name
            for name, file in lexicons(family).items()
            for group in file.groups
            if (group.category, group.strength) == ("general", "strongest")
        ),
        "",
    )


@cache
def listed(family: str) -> Listed:
    """Return what the words of all lexicons of a family stand for.

    Raises:
        DataError: if a lexicon is wrong, or lists a term twice.
    """
    terms: dict[str, Term | None] = {}
    inside: dict[str, Term] = {}
    plurals: dict[str, Term] = {}
    for name, file in lexicons(family).items():
        for group in file.groups:
            for text in map(plain, group.terms):
                term = Term(text, name, group, group.name or text in file.surnames)
                if group.inside:
                    inside[text] = term
                    continue
                if terms.get(text):
                    raise DataError(f"{family}/{name}: {text}", "is listed twice")
                terms[text] = term
                if group.plural:
                    plurals.update((plural, term) for plural in _plurals(text))
    innocent = {plain(phrase) for file in lexicons(family).values() for phrase in file.innocent}
    terms = {**plurals, **dict.fromkeys(sorted(innocent)), **terms}
    named = {text: term for text, term in terms.items() if term}
    common = word_list("text/common_words.txt")
    return Listed(
        terms=terms,
        slips={slip: named[word] for slip, word in slips(named, common) if slip not in terms},
        joined={text.replace(" ", "").replace("'", ""): term for text, term in named.items()},
        stems=inside,
    )


def index_of(family: str) -> FamilyIndex:
    """Work the index of a family out from its lexicons.

    Raises:
        DataError: if a lexicon is wrong, or lists a term twice.
    """
    terms, misspelt, joined, stems = listed(family)
    grave = {
        text: term.group.severity != "info" and term.group.alone != "silent"
        for text, term in joined.items()
        if len(text) > 2
    }
    # What a mask hides, the likeliest first: swear words, slurs, what is merely rude; singular before plural.
    swear_words = swearing(family)
    singular = {text.replace(" ", "").replace("'", "") for text, term in terms.items() if term and term.text == text}
    masked = sorted(
        (
            text
            for text, term in joined.items()
            if (text in grave and term.group.alone != "silent" and len(text) > 3) or grave.get(text)
        ),
        key=lambda text: (
            not grave[text],
            joined[text].group.directed,
            joined[text].lexicon != swear_words,
            text not in singular,
        ),
    )
    return FamilyIndex(
        lexicons=" ".join(lexicons(family)),
        whole=terms_index([*terms, *misspelt]),
        inside=any_of(stems) if stems else "",
        grave=" ".join(text for text, is_grave in grave.items() if is_grave),
        light=" ".join(text for text, is_grave in grave.items() if not is_grave),
        masked=" ".join(masked),
        known="|".join(sorted({text for text, term in terms.items() if term is None} - grave.keys())),
        heavy=" ".join(sorted(followed() & joined.keys())),
    )


@cache
def family_terms(family: str) -> Family:
    """Return the terms of all lexicons of a family.

    Raises:
        DataError: if a lexicon is wrong, or lists a term twice.
    """
    kept = resource.read_pairs(KEPT).get(key_of(family))
    return Family(family, json.loads(kept) if kept else index_of(family))


def key_of(family: str) -> str:
    """Return what the index of a family is kept under: it counts for the very files that it was made of."""
    files = [f"{family}/{name}.toml" for name in resource.names(family, ".toml")]
    files += ["text/common_words.txt", "analysis/slips.toml"]
    return f"{family}-{resource.stamp_of(resource.joined(*map(resource.read_bytes, files)))}"
