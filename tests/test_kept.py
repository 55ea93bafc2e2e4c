"""What is kept for a faster start is what would be worked out anew."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import wmp_postlint
from wmp_postlint import all_rules, load_policy, resource
from wmp_postlint.analysis import cue_index, frames, lexicons
from wmp_postlint.analysis.cues import vocabularies
from wmp_postlint.analysis.force_words import force_words_of

DATA = Path(wmp_postlint.__file__).parent / "data"


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.toml")), ids=lambda path: path.stem)
def test_a_table_is_that_of_its_file(path: Path) -> None:
    content = path.read_bytes()
    key = f"{path.relative_to(DATA).as_posix()} {resource.stamp_of(content)}"
    assert key in resource.read_pairs(resource.KEPT), "run `make pieces` after a change of vocabulary"
    assert json.loads(resource.read_pairs(resource.KEPT)[key]) == resource.table_of(content)


def test_another_version_of_a_file_is_not_read_from_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "text/confusables.toml"
    assert len(resource.read_table(name)["letters"]) > 20
    monkeypatch.setattr(resource, "read_bytes", lambda path, package: b'letters = { a = "b" }')
    assert resource.read_table(name) == {"letters": {"a": "b"}}


LISTS = """
import json
from wmp_postlint import Document, Post, all_rules, load_policy, resource
from wmp_postlint.analysis import lexicon, sieve

kept, checked, start = resource.read_pairs(sieve.KEPT), set(), sieve.Sieve.__init__
words, factored_words, key_of = resource.read_pairs(lexicon.KEPT), set(), lexicon.key_of

def checking_words(terms):
    key = key_of(terms)
    if key in words:
        assert words[key] == lexicon.factored(terms), terms[:3]
        factored_words.add(key)
    return key

def checking(self, sources):
    sources = list(sources)
    key = sieve.key_of(sources)
    if key in kept:
        assert json.loads(kept[key]) == json.loads(json.dumps(sieve.index_of(sources))), sources[:3]
        checked.add(key)
    start(self, sources)

sieve.Sieve.__init__ = checking
lexicon.key_of = checking_words
for rule in all_rules():
    for example in rule.examples:
        list(rule.run(Document(Post(example.marked), load_policy())))
print(len(checked), len(kept), len(factored_words), len(words))
"""


@pytest.mark.parametrize("key", sorted(resource.read_pairs(lexicons.KEPT)))
def test_a_family_is_that_of_its_files(key: str) -> None:
    name = key.partition("-")[0]
    assert key == lexicons.key_of(name), "run `make pieces` after a change of vocabulary"
    assert json.loads(resource.read_pairs(lexicons.KEPT)[key]) == lexicons.index_of(name)


def test_frames_are_those_of_their_files() -> None:
    kept, words = resource.read_pairs(frames.KEPT), force_words_of(load_policy())
    for key, index in kept.items():
        name = key.partition("-")[0]
        assert key == frames.key_of(name, words), "run `make pieces` after a change of vocabulary"
        assert json.loads(index) == json.loads(json.dumps(frames.frames_index(name, words)))
    assert kept


def test_cues_are_those_of_their_files() -> None:
    all_rules()
    files, words = vocabularies(), force_words_of(load_policy())
    kept = resource.read_pairs(cue_index.KEPT)
    assert [*kept] == [cue_index.key_of(files, words)], "run `make pieces` after a change of vocabulary"
    (index,) = kept.values()
    assert json.loads(index) == json.loads(json.dumps(cue_index.index_of(files, words)))


def test_indexes_are_those_of_their_patterns() -> None:
    """In a new process, whatever lists of patterns are called for are kept as they would be worked out."""
    done = subprocess.run([sys.executable, "-c", LISTS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    checked, kept, factored, words = map(int, done.stdout.split())
    assert checked > kept / 2
    assert factored > words / 2
