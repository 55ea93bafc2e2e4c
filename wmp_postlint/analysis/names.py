"""The people a text names: where, and who they are to the post.

A name model reads only texts that can hold a name, since running it is the dearest thing the linter does. What stands
around a name decides whether it is an officer's, a private person's, a victim's or a child's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from wmp_postlint import lazy, resource
from wmp_postlint.analysis.bearers import Bearer, bearer, is_thing, ranked, titled, trimmed
from wmp_postlint.analysis.lexicon import word_list
from wmp_postlint.analysis.people import also_words
from wmp_postlint.analysis.people import patterns as read_patterns
from wmp_postlint.analysis.tokens import tokens
from wmp_postlint.document import Document, Surface
from wmp_postlint.lazy import Record

if TYPE_CHECKING:
    from wmp_postlint.analysis.name_model import NameModel

_WORD = lazy.regex(r"(?<![^\W\d_])[^\W\d_]{2,}(?:['-][^\W\d_]+)*")
_HASHTAG_PART = lazy.regex(r"[A-Z][a-z]{2,}")
_SHORT = 3
_NO_NAME = lazy.regex(
    r"([^\W\d_])\1{3}|[^\W\d_a-zA-Z\u00c0-\u024f\u1e00-\u1eff]|^[^a-zA-Z\u00c0-\u024f\u1e00-\u1eff]+$", re.IGNORECASE
)
_LONE = lazy.regex(r"(?<![\w@#'&/._-])[A-Z][a-z]{3,}(?![\w@/&]|[-.'](?!s\b)\w|[^\S\n]+[A-Z\d])")
_BEGINNING = lazy.regex(r"(?:^|[.!?:|•\n-])[\s\"'(]*\Z")
_LIST = lazy.regex(r"(?:,\s*|\s+(?:and|&|\+)\s+|,\s+and\s+)")


class Name(Record):
    """A person's name: its place in the folded text, the words, and whose it is.

    ``public_case`` says that the text around reports a conviction or, of an adult, a charge. ``sure`` is False for a
    word that stands alone and is neither a known first name nor has a title before it.
    """

    start: int
    end: int
    text: str
    bearer: Bearer
    public_case: bool = False
    sure: bool = True


def _model() -> NameModel:
    from wmp_postlint.analysis.name_model import load_model  # brings threading and mmap; most posts name nobody

    return load_model()


def names(document: Document, surface: Surface) -> tuple[Name, ...]:
    """Return the people that one text names, public figures and animals of the pack left out.

    Raises:
        NotLooked: if the text can hold a name and the name model cannot be loaded.
    """
    text = surface.text
    if not document.read(may_hold_name, surface):
        return ()
    read = document.read_together(_people)
    found = [*read[text]] if text in read else _model().find([text])[0]
    for more in (ranked, _alone):
        found += [span for span in more(text) if not any(start < span[1] and span[0] < end for start, end in found)]
    return _together(text, tuple(_classified(document, text, sorted(found))))


def _alone(text: str) -> Iterator[tuple[int, int]]:
    """Find the known first names that stand alone, with no other capitalised word beside them to make them a thing."""
    lone = read_patterns()
    for match in _LONE.finditer(text):
        start = match.start()
        if (
            match.group().casefold() in _first_names()
            and match.group() not in also_words()
            and lone.alone_after.search(text[max(0, start - 24) : start])
            and not lone.animal.search(text)
        ):
            yield match.span()


def _people(documents: Sequence[Document]) -> dict[str, list[tuple[int, int]]]:
    """Return what the model finds in the texts of posts without media that can hold a name: many cost less at once."""
    texts: dict[str, None] = {}
    for document in documents:
        if not document.post.media:
            # A post that cannot be read fails under its own name when its turn comes.
            with suppress(Exception):
                texts.update(
                    (surface.text, None) for surface in document.surfaces if document.read(may_hold_name, surface)
                )
    return dict(zip(texts, _model().find(list(texts)), strict=True)) if texts else {}


def _together(text: str, found: tuple[Name, ...]) -> tuple[Name, ...]:
    """Read names together: an officer named again by a part of the name, and a list of people of one kind."""
    officers = {part for name in found if name.bearer == "officer" for part in name.text.casefold().split()}
    bearers: list[Bearer] = [
        "officer" if officers.issuperset(name.text.casefold().split()) and name.bearer == "private" else name.bearer
        for name in found
    ]
    listed = [bool(_LIST.fullmatch(text[one.end : other.start])) for one, other in pairwise(found)]
    for here, there in (*pairwise(range(len(found))), *pairwise(reversed(range(len(found))))):
        if listed[min(here, there)] and bearers[there] == "private" and bearers[here] in ("officer", "public"):
            bearers[there] = bearers[here]
    return tuple(
        Name(name.start, name.end, name.text, bearer, name.public_case, name.sure)
        for name, bearer in zip(found, bearers, strict=True)
    )


def may_hold_name(document: Document, surface: Surface) -> bool:
    """Tell whether a text holds a word that can be a name.

    That is a word that is no ordinary word and no place of the force (a short one in lower case must be a first name),
    or a name after a rank. A word that is ordinary when it is written small counts as such where a sentence begins.
    """
    text = surface.text
    net = document.read(tokens, surface)
    for token in net:
        parts = _HASHTAG_PART.findall(token.text) if token.kind == "hashtag" else ()
        if any(part.casefold() not in _common() for part in parts):
            return True
    known, at = document.read(_known_words), 0
    for match in _WORD.finditer(text):
        while at < len(net) and net[at].end <= match.start():
            at += 1
        if at < len(net) and net[at].start <= match.start():
            continue
        word = match.group().casefold().removesuffix("'s")
        if word in known:
            continue
        large = text[match.start()].isupper()
        small = not large or (
            _BEGINNING.search(text, max(0, match.start() - 3), match.start()) and word not in _all_names()
        )
        if (large or len(word) > _SHORT or word in _first_names()) and not all(
            part in known or (small and _written_small(part)) for part in re.split("['-]", word)
        ):
            return True
    return next(ranked(text), None) is not None


def _common() -> frozenset[str]:
    return word_list("text/common_words.txt")


@cache
def _all_names() -> frozenset[str]:
    return word_list("text/given_names.txt") | word_list("text/surnames.txt")


@lru_cache(maxsize=50_000)
def _written_small(word: str) -> bool:
    """Tell whether a word is an ordinary one that is no name; the list is searched, since a set of it takes longer."""
    return f"\n{word}\n" in _small_words()


@cache
def _small_words() -> str:
    return resource.read_text("text/lower_words.txt")


@cache
def _first_names() -> frozenset[str]:
    return word_list("text/given_names.txt") - _common()


def _known_words(document: Document) -> frozenset[str]:
    force = document.policy.force
    return _with_words((*force.places, force.name, *force.short_names, force.press_office))


@cache
def _with_words(phrases: tuple[str, ...]) -> frozenset[str]:
    return _common() | {word.casefold() for phrase in phrases for word in phrase.split()}


def _passing_names(document: Document) -> frozenset[str]:
    people = document.policy.people
    return frozenset(map(str.casefold, (*people.public_figures, *people.animals)))


def _classified(document: Document, text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Name]:
    known = document.read(_known_words)
    passing = document.read(_passing_names)
    for start, end in spans:
        start, end, officer = trimmed(text, start, end)
        name = text[start:end]
        if officer and name:
            yield Name(start, end, name, "officer")
        elif name and name.casefold() not in passing and not _is_no_name(text, start, end, known):
            alone = name.casefold() in _first_names() and name.capitalize() not in also_words()
            sure = " " in name or alone or titled(text, start, end)
            yield Name(start, end, name, *bearer(text, start, end), sure)


def _is_no_name(text: str, start: int, end: int, known: frozenset[str]) -> bool:
    name = text[start:end]
    parts = [part.strip(".,").casefold() for part in name.split()]
    if all(part in known for part in parts):
        return True
    # A lone name beside #K9 or a paw is an animal's.
    if len(parts) == 1 and read_patterns().police_animal.search(text):
        return True
    # A stretched cry ("Wtffff"), another script, and a piece of a handle whose @ was lost.
    if _NO_NAME.search(name) or "_" in text[max(0, start - 1) : end + 1] or len(name) == 1:
        return True
    return is_thing(text, start, end, first_name=name.split()[0].casefold() in _first_names())
