"""Writes what a new process need not work out again: ``data/tables.json`` and ``data/sieves.txt``.

Run it (``make pieces``) after a change of vocabulary or patterns. An entry counts only for the very file, or the very
list of patterns, that it was made of, so an old one makes a start slower and nothing wrong; ``tests/test_kept.py``
checks every entry.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import wmp_postlint
from wmp_postlint import Document, Post, all_rules, load_policy, resource
from wmp_postlint.analysis import sieve
from wmp_postlint.rule import Example

DATA = Path(wmp_postlint.__file__).parent / "data"
# Words that call for every list of patterns.
TEXT = (
    "MISSING: have you seen Ann Example, 14? Police want to speak to this man. CCTV images released. Found safe. Ring "
    "me on 07700 900123, password: Example1! Code 4471# OFFICIAL - SENSITIVE not for onward transmission. Live on "
    "Facebook. Off the record, DM me for a quote. Stabbing in Digbeth, cordon in place. Coroner appeal. "
    "Stolen laptop. @bbcwm "
)


def text_of(example: Example) -> str:
    return example.marked.translate({0xAB: None, 0xBB: None})


def tables() -> dict[str, tuple[str, dict[str, object]]]:
    """Every TOML file of the package, by its path."""
    contents = {path.relative_to(DATA).as_posix(): path.read_bytes() for path in sorted(DATA.rglob("*.toml"))}
    return {path: (resource.stamp_of(content), resource.table_of(content)) for path, content in contents.items()}


def sieves() -> dict[str, sieve.Index]:
    """The index of every list of patterns that linting the rules' examples calls for."""
    seen: dict[str, sieve.Index] = {}
    work_out = sieve.index_of

    def index_of(sources: Sequence[str]) -> sieve.Index:
        return seen.setdefault(sieve.key_of(sources), work_out(sources))

    sieve._kept = dict  # type: ignore[assignment]  # to see every list that is asked for
    sieve.index_of = index_of
    policy = load_policy()
    for rule in all_rules():
        for text in (TEXT, *map(text_of, rule.examples)):
            for _ in rule.run(Document(Post(text), policy)):
                pass
    return dict(sorted(seen.items()))


def main() -> None:
    indexes = sieves()
    lines = [line for key, index in indexes.items() for line in (key, _json(index))]
    for name, kept, text in ((resource.KEPT, tables(), ""), (sieve.KEPT, indexes, "\n".join(lines))):
        path = DATA / name
        path.write_text((text or _json(kept)) + "\n", "utf-8")
        print(f"{name}: {len(kept)} entries, {path.stat().st_size:,} bytes")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
