"""Which cues and readings may be in a text: all vocabulary files sought in one pass, before any of them is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TypedDict

from wmp_postlint import resource
from wmp_postlint.analysis.cue_text import PEOPLE, book
from wmp_postlint.analysis.force_words import ForceWords
from wmp_postlint.analysis.sieve import sieve_of

KEPT = "cues.txt"
# How many sets of classes are remembered, each with whether a reading of a file may fit them.
_MOST = 20_000


class CueIndex(TypedDict):
    """The cues of some files, kept so that a file is read when one of its readings may fit.

    ``shared`` and ``own`` hold the patterns that every force shares and those that name the force, with zeros between;
    ``owners`` the file and the class of each of them in turn, of all that hold it; ``needs`` what each reading of a
    file needs, as ``Reading.all`` does.
    """

    shared: str
    own: str
    owners: list[list[tuple[str, str]]]
    needs: dict[str, list[Sequence[str]]]


class Cues:
    """The cues of some vocabulary files."""

    def __init__(self, index: CueIndex) -> None:
        shared, own = (tuple(index[key].split("\0")) if index[key] else () for key in ("shared", "own"))
        self._sieves = (sieve_of(shared), sieve_of(own))
        self._owners = dict(zip((*shared, *own), index["owners"], strict=True))
        self._needs = {name: [*map(_groups, readings)] for name, readings in index["needs"].items()}
        self._fitting: dict[tuple[str, frozenset[str]], bool] = {}

    def candidates(self, text: str) -> dict[str, dict[str, list[str]]]:
        """Return the patterns that may match in a text, by file and class, of the files with a reading that may fit."""
        found: dict[str, dict[str, list[str]]] = {}
        for sieve in self._sieves:
            for source in sieve.sources(text):
                for vocabulary, label in self._owners[source]:
                    found.setdefault(vocabulary, {}).setdefault(label, []).append(source)
        # A file whose readings need nothing but people is always worth a look.
        return {name: found.get(name, {}) for name in self._needs if self._may_fit(name, found.get(name, {}))}

    def _may_fit(self, vocabulary: str, labels: Mapping[str, object]) -> bool:
        key = vocabulary, frozenset(labels)
        known = self._fitting.get(key)
        if known is None:
            if len(self._fitting) >= _MOST:
                self._fitting.clear()
            known = self._fitting[key] = any(
                all(not group.isdisjoint(labels) for group in reading) for reading in self._needs[vocabulary]
            )
        return known


def _groups(needs: Sequence[str]) -> list[frozenset[str]]:
    """The classes of which a reading needs one each; people, who may always be there, left out."""
    groups = (frozenset(group.split("|")) for group in needs)
    return [group for group in groups if group.isdisjoint(PEOPLE)]


@cache
def cues(vocabularies: tuple[str, ...], words: ForceWords) -> Cues:
    """Return the cues of vocabulary files with the names of a force in them.

    Raises:
        DataError: if a file is missing or wrong.
    """
    kept = resource.read_pairs(KEPT).get(key_of(vocabularies, words))
    return Cues(json.loads(kept) if kept else index_of(vocabularies, words))


def index_of(vocabularies: Iterable[str], words: ForceWords) -> CueIndex:
    """Work the index of vocabulary files out from the files.

    Raises:
        DataError: if a file is missing or wrong.
    """
    shared: dict[str, list[tuple[str, str]]] = {}
    own: dict[str, list[tuple[str, str]]] = {}
    needs: dict[str, list[Sequence[str]]] = {}
    for vocabulary in vocabularies:
        entries = book(vocabulary, words)
        needs[vocabulary] = [reading.all for reading in entries.readings]
        for label, sources in entries.classes.items():
            for source in sources:
                owners = own if source in entries.own else shared
                owners.setdefault(source, []).append((vocabulary, label))
    return CueIndex(shared="\0".join(shared), own="\0".join(own), owners=[*shared.values(), *own.values()], needs=needs)


def key_of(vocabularies: Iterable[str], words: ForceWords) -> str:
    """Return what an index is kept under: it counts for the very files and slots that it was made of."""
    files = [resource.read_bytes(f"{name}.toml") for name in vocabularies]
    return f"cues-{resource.stamp_of(resource.joined(*files, repr(words.slots).encode()))}"
