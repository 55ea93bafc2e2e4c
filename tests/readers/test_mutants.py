"""Files of every format with bytes changed, cut out and put in: a post, a mistake with its reason, never a crash."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from formats import SAMPLES

from wmp_postlint.readers.files import ENDINGS
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.kind import Kind, all_kinds, detect
from wmp_postlint.readers.loaded import UnreadableError
from wmp_postlint.readers.place import File

MUTANTS = int(os.environ.get("POSTLINT_MUTANTS", "200"))
PIECES = (
    b"\0", b"{", b"}", b"[", b"]", b'"', b",", b":", b"\n", b"\\", b"<", b">", b"&", b"&#x110000;", b"]]>", b"<!--",
    b"\xff", b"\xef\xbb\xbf", b"null", b"-1", b"1e999", b"NaN", b'"\\ud800"', b"\xf0\x9f\x9a\x93", b"9" * 40,
    b"[[[[[[[[", b"---\n", b'{"type": 3}', b"\r\n", b";", b"\t", b"../../x", b"'",
)  # fmt: skip
ENDS = (".js", ".json", ".jsonl", ".csv", ".xml", ".md", ".txt", ".car")
FILES = [path for path in sorted(SAMPLES.rglob("*")) if path.suffix in ENDS]


def kind_of(path: Path) -> Kind | None:
    return detect(Head.of(File.named(str(path))))


def mutant(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(content) + 1)
        cut = chance.choice((0, 0, 1, 3, 40))
        content = content[:at] + chance.choice((b"", *PIECES)) + content[at + cut :]
    return content


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SAMPLES).as_posix())
def test_mutants_never_crash(path: Path) -> None:
    kind = kind_of(path)
    assert kind is not None
    content, chance = path.read_bytes(), random.Random(path.name)
    for _ in range(MUTANTS):
        changed = mutant(content, chance)
        file = File(str(path), File.named(str(path)).place, path.name, changed)
        detect(Head.of(file))
        try:
            found = list(kind.read(file))
        except UnreadableError:
            continue
        assert found
        for loaded in found:
            assert sum(part is not None for part in (loaded.post, loaded.error, loaded.skipped)) == 1


def test_every_format_has_a_sample() -> None:
    found = {kind.name for path in FILES if (kind := kind_of(path))}
    assert found == {kind.name for kind in all_kinds().values()}
    assert set(ENDINGS.values()) <= set(all_kinds())
