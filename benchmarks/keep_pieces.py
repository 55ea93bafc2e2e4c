"""Writes what the bundled patterns cannot match without to ``data/analysis/pieces.json``, for a faster start.

Run it (``make pieces``) after a change of patterns. An entry is found by the pattern's whole source, so an old file
makes a start slower and nothing wrong; ``tests/analysis/test_sieve.py`` checks every entry.
"""

from __future__ import annotations

import json
from pathlib import Path

import wmp_postlint
from wmp_postlint import Document, Post, all_rules, load_policy
from wmp_postlint.analysis import pieces, sieve
from wmp_postlint.rule import Example

# Words that call for every list of patterns.
TEXT = (
    "MISSING: have you seen Ann Example, 14? Police want to speak to this man. CCTV images released. Found safe. Ring "
    "me on 07700 900123, password: Example1! Code 4471# OFFICIAL - SENSITIVE not for onward transmission. Live on "
    "Facebook. Off the record, DM me for a quote. Stabbing in Digbeth, cordon in place. Coroner appeal. "
    "Stolen laptop. @bbcwm "
)


def text_of(example: Example) -> str:
    return example.marked.translate({0xAB: None, 0xBB: None})


def main() -> None:
    seen: dict[str, tuple[tuple[str, ...], ...]] = {}

    def reading(source: str) -> tuple[tuple[str, ...], ...]:
        seen[source] = pieces.read_pieces(source)
        return seen[source]

    sieve.pieces = reading  # type: ignore[assignment]  # to see every pattern that is asked for
    policy = load_policy()
    for rule in all_rules():
        for text in (TEXT, *map(text_of, rule.examples)):
            for _ in rule.run(Document(Post(text), policy)):
                pass
    path = Path(wmp_postlint.__file__).parent / "data" / pieces.KEPT
    path.write_text(json.dumps(dict(sorted(seen.items())), indent=0, ensure_ascii=False) + "\n", "utf-8")
    print(f"{len(seen)} patterns, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
