"""Fine-tuning: the base model's NER, trained further on our tokens."""
# ruff: noqa: S311, T201  (chance for variety, and progress on the screen)

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

Labels: TypeAlias = tuple[list[str], list[str]]


def open_base(path: Path) -> Any:
    """Load the base model's vocabulary and NER; norms are plain lower case, as the loader has them."""
    import spacy
    from spacy.attrs import NORM

    nlp = spacy.load(path, exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
    nlp.vocab.lex_attr_getters[NORM] = str.lower
    for lexeme in nlp.vocab:
        lexeme.norm_ = lexeme.text.lower()
    return nlp


def example(nlp: Any, words: list[str], tags: list[str] | None) -> Any:
    """Make a spaCy example of one token sequence."""
    from spacy.tokens import Doc
    from spacy.training import Example, biluo_tags_to_spans

    reference = Doc(nlp.vocab, words=words)
    if tags is not None:
        reference.ents = biluo_tags_to_spans(reference, tags)
    return Example(Doc(nlp.vocab, words=words), reference)


def recase(sequence: Labels, case: Callable[[str], str]) -> Labels:
    """Give a sequence other letters: all lower or all upper."""
    words, tags = sequence
    return [word if word[:1] in "@#" or "://" in word else case(word) for word in words], tags


def tune(
    nlp: Any,
    sequences: Sequence[Labels],
    *,
    extra: Callable[[int], Sequence[Labels]] = lambda epoch: (),
    rates: Sequence[float],
    drop: float,
    seed: int = 0,
    lower: float = 0.08,
    upper: float = 0.04,
) -> Any:
    """Train the NER of ``nlp`` for an epoch at each of the rates; return the optimiser with its averages.

    ``extra`` gives what to add in each epoch, written anew each time (the police-style posts); ``lower`` and ``upper``
    are the shares of sequences read again in other letters.
    """
    from spacy.util import compounding, fix_random_seed, minibatch

    fix_random_seed(seed)
    chance = random.Random(seed)
    optimizer = nlp.resume_training()
    sizes = compounding(24.0, 64.0, 1.004)
    for epoch, rate in enumerate(rates):
        optimizer.learn_rate = rate
        began = time.monotonic()
        batch = [*sequences, *extra(epoch)]
        batch += [recase(s, str.lower) for s in chance.sample(list(sequences), int(lower * len(sequences)))]
        batch += [recase(s, str.upper) for s in chance.sample(list(sequences), int(upper * len(sequences)))]
        chance.shuffle(batch)
        losses: dict[str, float] = {}
        for chunk in minibatch(batch, size=sizes):
            nlp.update([example(nlp, *sequence) for sequence in chunk], sgd=optimizer, drop=drop, losses=losses)
        print(f"epoch {epoch}: loss {losses['ner']:.0f}, {time.monotonic() - began:.0f} s", flush=True)
    return optimizer


def find(nlp: Any, text: str) -> list[tuple[int, int]]:
    """Return the person names that spaCy's own arithmetic finds: what the product's must equal."""
    from wmp_postlint.analysis._name_tokens import read_tokens

    spans = []
    for tokens in read_tokens(text):
        if tokens.words:
            doc = nlp.get_pipe("ner")(example(nlp, tokens.words, None).predicted)
            spans += [(tokens.starts[e.start], tokens.ends[e.end - 1]) for e in doc.ents if e.label_ == "PERSON"]
    return sorted(spans)


def keep_averages(nlp: Any, optimizer: Any) -> None:
    """Put the averages of the weights over the training in place of the last ones."""
    seen: set[int] = set()
    averaged = []
    with nlp.use_params(optimizer.averages):
        for node in nlp.get_pipe("ner").model.walk():
            if node.id not in seen:
                seen.add(node.id)
                averaged += [
                    (node, name, node.get_param(name).copy()) for name in node.param_names if node.has_param(name)
                ]
    for node, name, value in averaged:
        node.set_param(name, value)
