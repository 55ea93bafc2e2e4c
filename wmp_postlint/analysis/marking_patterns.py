"""The words and patterns that protective markings are read with."""

from __future__ import annotations

import re
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary
from wmp_postlint.analysis.sieve import Sieve
from wmp_postlint.lazy import Record


class _Vocabulary(Record):
    official: tuple[str, ...]
    sensitive: tuple[str, ...]
    levels: tuple[str, ...]
    unmarked: tuple[str, ...]
    descriptors: tuple[str, ...]
    caveats: tuple[str, ...]
    release: tuple[str, ...]
    documents: tuple[str, ...]
    operational: tuple[str, ...]
    ordinary: tuple[str, ...]
    spoken_of: tuple[str, ...]
    spoken_of_after: tuple[str, ...]


# What stands before a level in a document field, or where a text tells of it.
LABEL = lazy.regex(
    r"(?:\b(?:(?:(?:government|protective|security|document|data|overall|gscs?|gpms"
    r"|gsc/gpms)\s+){0,3}(?:marking|classification)"
    r"|gpms|gscp?|handling|marked(?: as)?|document (?:marking|status))\s*[:=\-]+\s*"
    r"|\bclassification\s+(?=[A-Z]{6}))[\[(\"'*]{0,4}#?$",
    re.IGNORECASE,
)
MARKED = lazy.regex(
    (
        r"\b(?:marked|graded|classified|labelled|stamped|headed|titled|protectively marked)"
        r"(?: up)?(?: as| at)?[ :]*[\"'(\[]?$"
    ),
    re.IGNORECASE,
)
# Dash, colon, bar, slash and the like; a full stop or a comma does not join the parts of a marking.
SEPARATOR = r"[ \t]*[-:|/\\>=~•·][-:|/\\>=~•· \t]{0,8}"


class Patterns(Record):
    """What the parts of a marking look like, and the words that tell a marking from an ordinary sentence."""

    level: Sieve
    strong: re.Pattern[str]  # a separator, then any qualifier
    caveat: re.Pattern[str]  # a space or a bracket, then a qualifier that no other text holds
    descriptor: re.Pattern[str]  # a space, then a descriptor
    release: re.Pattern[str]
    document: re.Pattern[str]
    evidence: re.Pattern[str]
    ordinary: re.Pattern[str]
    spoken_of: re.Pattern[str]
    spoken_of_after: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """Return the patterns, built from the vocabulary file at their first use."""
    words = load_vocabulary("analysis/markings", _Vocabulary)
    official, sensitive = any_of(words.official), any_of(words.sensitive)
    bare = any_of((*words.official, *words.levels))
    spaced = "|".join(r"[ .\-_]".join(word) for word in ("OFFICIAL", "RESTRICTED", "CONFIDENTIAL", "SECRET"))
    spaced_sensitive = r"[ .\-_]".join("SENSITIVE")
    descriptors = any_of(words.descriptors)
    caveats = any_of((*words.caveats, *words.release))
    anything = rf"(?:{official}[ \-]?{sensitive}|{sensitive}|{caveats}|{descriptors}|{bare}|[A-Z]{{2,20}} USE ONLY)"
    level = (
        rf"(?<![\w@'])(?:UK[ -](?:EYES (?:ALPHA|BRAVO|ONLY)\s)?)?(?:(?P<sensitive>{official}[\s,;:/"
        rf"|.>(\[_\-]{{0,6}}#?{sensitive}|{'[ .-]'.join('OFFICIAL')}[\s:\-]{{1,8}}{spaced_sensitive})"
        f"|(?P<unmarked>{any_of(words.unmarked)})|(?P<bare>{bare})|(?P<spaced>(?-i:{spaced}))"
        r"|(?P<short>(?-i:O-S|O\(S\)|OS(?=[)\]]))))(?!\w|'|(?-i:-[a-z]))"
    )
    return Patterns(
        level=Sieve((level,)),
        strong=lazy.regex(
            rf"(?:{SEPARATOR}|[ \t]*(?:&|\band\b)[ \t]*|[ \t]*[\[(][ \t]*){anything}(?!\w|')(?:[ \t]?[\])])?",
            re.IGNORECASE,
        ),
        caveat=lazy.regex(
            rf"[\s\[(]{{1,3}}(?:{caveats}|{sensitive}|{bare}(?=[\s\])]|(?:\.\w{{2,4}})?$))(?!\w|')(?:[ \t]?[\])])?",
            re.IGNORECASE,
        ),
        descriptor=lazy.regex(rf"[ \t]+{descriptors}(?!\w|')", re.IGNORECASE),
        release=lazy.regex(any_of(words.release), re.IGNORECASE),
        document=lazy.regex(rf"{any_of(words.documents)}(?!\w)", re.IGNORECASE),
        evidence=lazy.regex(rf"(?<!\w){any_of((*words.documents, *words.operational))}(?!\w)", re.IGNORECASE),
        ordinary=lazy.regex(rf"(?<!\w){any_of(words.ordinary)}(?!\w)", re.IGNORECASE),
        spoken_of=lazy.regex(rf"(?<!\w){any_of(words.spoken_of)}(?: an?| the)?[ \"'(]*$", re.IGNORECASE),
        spoken_of_after=lazy.regex(rf"[ \"')]*{any_of(words.spoken_of_after)}(?!\w)", re.IGNORECASE),
    )
