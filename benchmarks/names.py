"""People's names: how well and how fast they are found, by the bundled model alone and by the rule on top of it.

With ``--spacy``, a spaCy model reads beside them. Last come the invented police posts of the tests, judged as wholes.

usage: python benchmarks/names.py [--data FOLDER] [--spacy PACKAGE_OR_PATH]

Every ``names/*.jsonl`` of the folder is read; the model card says which of them the model was trained on.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "training"))

Find = Callable[[Sequence[str]], list[list[tuple[int, int]]]]
COLD = """
import resource, sys, time
began = time.perf_counter()
from wmp_postlint.analysis.name_model import load_model
load_model().find(["MISSING: Sunita Kaur, 34, from Erdington."])
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> None:
    """Print the figures, one line of JSON each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--spacy", help="a spaCy pipeline with PERSON entities, to run beside")
    options = parser.parse_args()
    cold = [
        [float(x) for x in subprocess.run([sys.executable, "-c", COLD], check=True, capture_output=True).stdout.split()]
        for _ in range(5)
    ]
    print(
        json.dumps(
            {
                "first answer in a new process, s": round(statistics.median(run[0] for run in cold), 3),
                "peak memory, MB": round(max(run[1] for run in cold)),
                "bytes shipped": sum(
                    file.stat().st_size
                    for file in (ROOT / "wmp_postlint/data/models/names").iterdir()
                    if file.is_file()
                ),
            }
        )
    )
    from wmp_postlint.analysis.name_model import load_model

    systems: dict[str, Find] = {"the model alone": load_model().find, "the rule": _rule}
    if options.spacy:
        systems[options.spacy] = _spacy(options.spacy)
    files = sorted((options.data / "names").glob("*.jsonl"))
    if not files:
        print(f"skipped: no tweets in {options.data / 'names'} (give the folder with --data)")
    for file in files:
        _run(file, systems)
    _police_posts()


def _rule(texts: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Find names as ``personal-data/person-name`` does, of any severity."""
    from wmp_postlint import Document, Post, load_policy
    from wmp_postlint.rules.personal_data.person_name import PersonName

    rule, policy = PersonName(), load_policy()
    findings = (rule.run(Document(Post(text), policy)) for text in texts)
    return [[(f.span.start, f.span.end) for f in found if f.span is not None] for found in findings]


def _police_posts() -> None:
    """Print how well posts that name somebody are told from those that name nobody."""
    lines = (ROOT / "tests/rules/cases/person_name.txt").read_text("utf-8").splitlines()
    found = [bool(spans) for spans in _rule([line.replace("«", "").replace("»", "") for line in lines])]
    right = sum("«" in line and hit for line, hit in zip(lines, found, strict=True))
    figures = {
        "invented police posts": len(lines),
        "precision": round(right / sum(found), 3),
        "recall": round(right / sum("«" in line for line in lines), 3),
    }
    print(json.dumps(figures))


def _run(file: Path, systems: dict[str, Find]) -> None:
    import corpora

    records = corpora.load(file.parent, file.stem)
    texts = [record.text for record in records]
    for name, find in systems.items():
        began = time.perf_counter()
        found = find(texts)
        batch = len(texts) / (time.perf_counter() - began)
        single = []
        for text in texts[:500]:
            began = time.perf_counter()
            find([text])
            single.append(1000 * (time.perf_counter() - began))
        speed = {"batch_per_s": round(batch), "one_at_a_time_ms": round(statistics.median(single), 3)}
        print(json.dumps({"system": name, "set": file.stem, **corpora.score(records, found), **speed}), flush=True)


def _spacy(name: str) -> Find:
    import spacy

    nlp = spacy.load(name, exclude=["tagger", "parser", "lemmatizer", "attribute_ruler", "senter"])

    def find(texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        return [[(e.start_char, e.end_char) for e in doc.ents if e.label_ == "PERSON"] for doc in nlp.pipe(texts)]

    return find


if __name__ == "__main__":
    main()
