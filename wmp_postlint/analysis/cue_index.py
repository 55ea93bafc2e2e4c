"""Which cues and readings may be in a text: all vocabulary files sought in one pass, before any of them is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple, TypedDict

from wmp_postlint import resource
from wmp_postlint.analysis.cue_text import PEOPLE, book
from wmp_postlint.analysis.force_words import ForceWords
from wmp_postlint.analysis.sieve import Sieve, sieve_of

KEPT = "cues.txt"
# How many sets of classes are remembered of a file, each with whether a reading may fit them.
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
    """The cues of some vocabulary files.

    A class is a bit, those of one file side by side, so that what was found in a text is one number.
    """

    def __init__(self, index: CueIndex) -> None:
        labels: dict[str, dict[str, None]] = {name: {} for name in index["needs"]}
        for owners in index["owners"]:
            for name, label in owners:
                labels[name][label] = None
        self._files: list[_File] = []
        for name, readings in index["needs"].items():
            first = self._files[-1].end if self._files else 0
            self._files.append(_File(name, [*labels[name]], readings, first))
        files = {file.name: file for file in self._files}
        self._kinds: list[_Kind] = []
        remaining = iter(index["owners"])
        for patterns in (index["shared"], index["own"]):
            sources = patterns.split("\0") if patterns else []
            owners_of = [next(remaining) for _ in sources]
            bits = [sum(files[name].bits[label] for name, label in owners) for owners in owners_of]
            self._kinds.append(_Kind(sieve_of(tuple(sources)), sources, owners_of, bits))

    def candidates(self, text: str) -> dict[str, dict[str, list[str]]]:
        """Return the patterns that may match in a text, by file and class, of the files with a reading that may fit."""
        called = [(kind, kind.sieve.called(text)) for kind in self._kinds]
        # What one piece calls for holds all that may match: most files are done with here.
        worth = self._worth(called, self._files)
        if not worth:
            return {}
        wanted = sum(file.all for file in worth)
        kept = [
            (kind, kind.sieve.fitting(text, [place for place in places if kind.bits[place] & wanted]))
            for kind, places in called
        ]
        found: dict[str, dict[str, list[str]]] = {file.name: {} for file in self._worth(kept, worth)}
        for kind, places in kept if found else ():
            for place in places:
                for name, label in kind.owners[place]:
                    if name in found:
                        found[name].setdefault(label, []).append(kind.sources[place])
        return found

    @staticmethod
    def _worth(found: Sequence[tuple[_Kind, Iterable[int]]], files: Sequence[_File]) -> list[_File]:
        """Return the files of which a reading may fit the classes of the patterns that were found."""
        bits = 0
        for kind, places in found:
            for place in places:
                bits |= kind.bits[place]
        return [file for file in files if file.may_fit(bits & file.all)]


class _Kind(NamedTuple):
    """Patterns that are sought together, and of each the files and classes that it is of, which are bits too."""

    sieve: Sieve
    sources: Sequence[str]
    owners: Sequence[Sequence[tuple[str, str]]]
    bits: Sequence[int]


class _File:
    """One vocabulary file: the bits of its classes, from ``first`` on, and what its readings need of them."""

    def __init__(self, name: str, labels: Sequence[str], readings: Iterable[Sequence[str]], first: int) -> None:
        self.name = name
        self.bits = {label: 1 << place for place, label in enumerate(labels, first)}
        self.all = sum(self.bits.values())
        self.end = first + len(labels)
        # People may always be there, so that a class beside them is no need.
        needs = ((group.split("|") for group in reading) for reading in readings)
        self._needs = [
            [sum(map(self.bits.__getitem__, group)) for group in reading if PEOPLE.keys().isdisjoint(group)]
            for reading in needs
        ]
        self._known: dict[int, bool] = {}

    def may_fit(self, bits: int) -> bool:
        """Tell whether a reading may fit where these classes may be there."""
        known = self._known.get(bits)
        if known is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            known = self._known[bits] = any(all(bits & group for group in reading) for reading in self._needs)
        return known


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
