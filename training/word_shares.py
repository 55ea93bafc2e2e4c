"""Count which words many posts hold: ``python training/word_shares.py``.

It needs the shared tweets; the police posts are the invented ones of the tests and benchmarks. Both weigh the same.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import corpora

from wmp_postlint.analysis.pieces import flat

ROOT = Path(__file__).resolve().parent.parent
SECTIONS = ("btc_a", "btc_e", "btc_g", "btc_h", "wnut_train")
POSTS = ("tests/rules/cases/ordinary_posts.txt", "benchmarks/disrepute_texts/police.txt")
LEAST = 4  # in a thousand posts
HEAD = "# Words, and how many of a thousand posts hold each: public tweets and invented police posts; see NOTICE.\n"


def main() -> None:
    """Write ``word_shares.txt``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="holds names/*.jsonl")
    data = parser.parse_args().data
    tweets = _shares(record.text for section in SECTIONS for record in corpora.load(data / "names", section))
    lines = [line for path in POSTS for line in (ROOT / path).read_text("utf-8").splitlines()]
    police = _shares(line for line in lines if line[:1] != "#")
    shares = {word: (tweets[word] + police[word]) / 2 for word in {*tweets, *police}}
    often = sorted((-round(share), word) for word, share in shares.items() if share >= LEAST)
    listed = [f"{word} {-share}\n" for share, word in often if word.isascii() and word.isalpha()]
    (ROOT / "wmp_postlint" / "data" / "text" / "word_shares.txt").write_text(HEAD + "".join(listed), "utf-8")
    print(f"{len(listed):,} words")  # noqa: T201


def _shares(posts: Iterable[str]) -> Counter[str]:
    texts = [{*flat(post).split()} for post in posts if post]
    counts = Counter(word for words in texts for word in words)
    return Counter({word: 1000 * count / len(texts) for word, count in counts.items()})  # type: ignore[misc]


if __name__ == "__main__":
    main()
