"""The shared tweets as training and test records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from wmp_postlint.analysis._name_tokens import Tokens, read_tokens

LABELS = {
    "PER": "PERSON", "person": "PERSON",
    "ORG": "ORG", "corporation": "ORG", "group": "ORG",
    "LOC": "GPE", "location": "GPE",
}  # fmt: skip


@dataclass(frozen=True)
class Labelled:
    """A text with its entities: (start, end, label)."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def load(folder: Path, name: str) -> list[Labelled]:
    """Read one section (``btc_a`` ...), its handles left out: a rule finds those better."""
    records = []
    with (folder / f"{name}.jsonl").open(encoding="utf8") as lines:
        for line in lines:
            record = json.loads(line)
            spans = tuple(
                (span["start"], span["end"], LABELS[span["label"]])
                for span in record["spans"]
                if span["label"] in LABELS and not span["handle"]
            )
            records.append(Labelled(record["text"], spans))
    return records


def sequences(record: Labelled) -> Iterator[tuple[list[str], list[str]]]:
    """Yield what the network reads of a record: tokens, and a BILUO tag for each."""
    for number, tokens in enumerate(read_tokens(record.text)):
        if tokens.words:
            tags = _tags(record, tokens, masked=number == 0)
            if tags is not None:
                yield tokens.words, tags


def _tags(record: Labelled, tokens: Tokens, *, masked: bool) -> list[str] | None:
    tags = ["O"] * len(tokens.words)
    for start, end, label in record.spans:
        inside = [
            i
            for i, (a, b) in enumerate(zip(tokens.starts, tokens.ends, strict=True))
            if a < end and start < b and not (masked and tokens.words[i] in ("@user", "#tag", "http://url", "\n"))
        ]
        if not inside or any(tags[i] != "O" for i in inside):
            continue
        # A possessive inside the marked stretch is not of the name.
        while inside and re.fullmatch(r"'s|['.,;:!?)(\"-]", tokens.words[inside[-1]], re.IGNORECASE):
            inside.pop()
        if not inside or inside[-1] - inside[0] != len(inside) - 1:
            continue
        if len(inside) == 1:
            tags[inside[0]] = f"U-{label}"
        else:
            tags[inside[0]], tags[inside[-1]] = f"B-{label}", f"L-{label}"
            for i in inside[1:-1]:
                tags[i] = f"I-{label}"
    return tags


NET = re.compile(r"@\s?\w+|#\s?\w+|(?:https?://|www\.|t\.co/)\S+|\bhttp\S*")
_EDGE = " \t\n.,;:!?\"'()[]…-–|/*"


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    possessive = re.search(r"['’]s?$", text[start:end])
    if possessive:
        end -= len(possessive.group())
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def score(records: Iterable[Labelled], found: Iterable[list[tuple[int, int]]]) -> dict[str, float]:
    """Score person names in running text, by overlap and exactly; handles, hashtags and addresses are not counted."""
    gold = hit = guessed = right = exact = texts = 0
    for record, spans in zip(records, found, strict=True):
        skip = [match.span() for match in NET.finditer(record.text)]
        names = [_trim(record.text, a, b) for a, b, label in record.spans if label == "PERSON"]
        names = [name for name in names if name[0] < name[1] and not _touches(name, skip)]
        guesses = [_trim(record.text, a, b) for a, b in spans]
        guesses = [guess for guess in guesses if guess[0] < guess[1] and not _touches(guess, skip)]
        texts += 1
        gold += len(names)
        guessed += len(guesses)
        hit += sum(_touches(name, guesses) for name in names)
        right += sum(_touches(guess, names) for guess in guesses)
        exact += len(set(names) & set(guesses))
    precision, recall = right / max(guessed, 1), hit / max(gold, 1)
    return {
        "names": gold,
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
        "exact_f1": round(2 * exact / max(gold + guessed, 1), 3),
        "wrong_per_1000": round(1000 * (guessed - right) / max(texts, 1), 1),
    }


def _touches(one: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(one[0] < end and start < one[1] for start, end in others)
