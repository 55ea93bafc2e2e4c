"""Writes what a new process need not work out again: ``data/tables.txt`` and its neighbours.

Run it (``make pieces``) after a change of vocabulary or patterns. An entry counts only for the very file, or the very
list of patterns or words, that it was made of, so an old one makes a start slower and nothing wrong;
``tests/test_kept.py`` checks every entry.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import wmp_postlint
from wmp_postlint import Document, Post, all_rules, load_policy, resource
from wmp_postlint.analysis import cue_index, frames, lexicon, lexicons, sieve
from wmp_postlint.analysis.cues import vocabularies
from wmp_postlint.analysis.force_words import force_words_of
from wmp_postlint.rule import Example

FEW = 8  # of fewer words a pattern is made as fast as it is found
DATA = Path(wmp_postlint.__file__).parent / "data"
# Words that call for every list of patterns.
TEXT = (
    "MISSING: have you seen Ann Example, 14? Police want to speak to this man. CCTV images released. Found safe. Ring "
    "me on 07700 900123, password: Example1! Code 4471# OFFICIAL - SENSITIVE not for onward transmission. Live on "
    "Facebook. Off the record, DM me for a quote. Stabbing in Digbeth, cordon in place. Coroner appeal. "
    "Stolen laptop. @bbcwm "
)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def text_of(example: Example) -> str:
    return example.marked.translate({0xAB: None, 0xBB: None})


def tables() -> dict[str, dict[str, object]]:
    """Every TOML file of the package, by its path and stamp."""
    contents = {path.relative_to(DATA).as_posix(): path.read_bytes() for path in sorted(DATA.rglob("*.toml"))}
    return {f"{path} {resource.stamp_of(content)}": resource.table_of(content) for path, content in contents.items()}


def called_for() -> tuple[dict[str, sieve.Index], dict[str, str]]:
    """What linting the rules' examples calls for: the indexes of lists of patterns, and the patterns of long lists."""
    indexes: dict[str, sieve.Index] = {}
    patterns: dict[str, str] = {}
    index_of, key_of = sieve.index_of, lexicon.key_of

    def noted_index(sources: Sequence[str]) -> sieve.Index:
        return indexes.setdefault(sieve.key_of(sources), index_of(sources))

    def noted_key(terms: Sequence[str]) -> str:
        key, pattern = key_of(terms), lexicon.factored([*terms])
        if len(terms) >= FEW and "\n" not in pattern:
            patterns[key] = pattern
        return key

    resource.read_pairs = lambda path: {}  # type: ignore[assignment]  # to see every list that is asked for
    sieve.index_of, lexicon.key_of = noted_index, noted_key
    policy = load_policy()
    for rule in all_rules():
        for text in (TEXT, *map(text_of, rule.examples)):
            for _ in rule.run(Document(Post(text), policy)):
                pass
    return dict(sorted(indexes.items())), dict(sorted(patterns.items()))


def families() -> dict[str, lexicons.FamilyIndex]:
    """The index of each family that has lexicons."""
    names = {path.parent.name for path in DATA.glob("*/*.toml") if "[[groups]]" in path.read_text("utf-8")}
    return {lexicons.key_of(name): lexicons.index_of(name) for name in sorted(names)}


def spoken() -> dict[str, frames.FramesIndex]:
    """The index of the frames of each family that has some, for the force of the default pack."""
    names = {path.parent.name for path in DATA.glob("*/*.toml") if "[[frames]]" in path.read_text("utf-8")}
    words = force_words_of(load_policy())
    return {frames.key_of(name, words): frames.frames_index(name, words) for name in sorted(names)}


def cued() -> dict[str, cue_index.CueIndex]:
    """The index of the cues of all rules, for the force of the default pack."""
    files, words = vocabularies(), force_words_of(load_policy())
    return {cue_index.key_of(files, words): cue_index.index_of(files, words)}


def main() -> None:
    indexes, patterns = called_for()
    _write(resource.KEPT, tables())
    _write(sieve.KEPT, indexes)
    _write(lexicons.KEPT, families())
    _write(frames.KEPT, spoken())
    _write(cue_index.KEPT, cued())
    _write(lexicon.KEPT, patterns, str)


def _write(name: str, entries: Mapping[str, object], line: Callable[[Any], str] = _json) -> None:
    path = DATA / name
    path.write_text("".join(f"{key}\n{line(value)}\n" for key, value in entries.items()), "utf-8")
    print(f"{name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
