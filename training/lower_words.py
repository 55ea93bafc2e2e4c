"""Make the list of ordinary words that are written small: ``python training/lower_words.py``.

It needs SCOWL as Debian's package ``scowl`` installs it, and the shared tweets, whose names are left out.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import corpora

ROOT = Path(__file__).resolve().parent.parent
WORDS = ROOT / "wmp_postlint" / "data" / "text"
SCOWL = Path("/usr/share/dict/scowl")
SECTIONS = ("btc_a", "btc_e", "btc_g", "btc_h", "wnut_train", "wnut_dev")
SIZES = (10, 20, 35)
HEAD = "# Ordinary words that are written small: SCOWL 2020.12.07 up to size 35 (english, british); see NOTICE.\n"


def main() -> None:
    """Write ``lower_words.txt``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="holds names/*.jsonl")
    data = parser.parse_args().data
    words = {
        word
        for kind in ("english-words", "british-words")
        for size in SIZES
        for word in (SCOWL / f"{kind}.{size}").read_text("latin-1").split()
        if word.isascii() and word.isalpha() and word.islower() and len(word) > 3
    }
    small, large = _names(data / "names")
    known = _listed("given_names") | _listed("surnames")
    # A listed name that is a word too is told by how it is written; any other name of the tweets is left out.
    words -= small | (large - known) | _listed("common_words")
    (WORDS / "lower_words.txt").write_text(HEAD + "".join(f"{word}\n" for word in sorted(words)), "utf-8")
    print(f"{len(words):,} words")  # noqa: T201


def _names(folder: Path) -> tuple[set[str], set[str]]:
    """The words of the names in the tweets, written small and large."""
    small: set[str] = set()
    large: set[str] = set()
    for section in SECTIONS:
        for record in corpora.load(folder, section):
            for start, end, label in record.spans:
                if label != "PERSON":
                    continue
                for word in re.findall(r"[^\W\d_]{2,}", record.text[start:end]):
                    (small if word.islower() else large).add(word.casefold())
    return small, large


def _listed(name: str) -> set[str]:
    return set((WORDS / f"{name}.txt").read_text("utf-8").casefold().split())


if __name__ == "__main__":
    main()
