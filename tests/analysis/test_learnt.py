"""Wording read by the sentence model: which texts, the sentence that bears a finding, long texts, and no model."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from wmp_postlint import Account, InReplyTo, Linter, Post
from wmp_postlint.analysis import learnt, sentence_model
from wmp_postlint.analysis.learnt import carried, plain, sentence, stretches
from wmp_postlint.analysis.sentence_model import MOST_PIECES, SentenceModel, context_of, load_sentence_model
from wmp_postlint.analysis.subwords import END, Subwords
from wmp_postlint.document import Document
from wmp_postlint.errors import NotLooked

POLICY = Linter().policy
NAME = "operational/detail"
RAID = 2


class Counting:
    """A network that knows one piece: each that a text holds speaks for the first reading."""

    first_context = 100

    def __init__(self) -> None:
        self.read: list[list[int]] = []

    def scores(self, sequences: Sequence[Sequence[int]], *, every: bool) -> Any:
        import numpy as np

        self.read += map(list, sequences)
        return np.array([[sequence.count(RAID) - 1.5, -9.0] for sequence in sequences], np.float32)


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting()
    subwords = Subwords.of("[UNK]\n[SEP]\nraid\nnothing\n")
    model = SentenceModel(counting, subwords, {NAME: 0.0, "court/anonymity": 0.0})  # type: ignore[arg-type]
    monkeypatch.setattr(learnt, "_model", lambda: model)
    monkeypatch.setattr(learnt, "LEAST_WORDS", 1)
    monkeypatch.setattr(learnt, "hints", lambda document, surface: "raid" in surface.text)
    return counting


def found(text: str, **post: Any) -> dict[str, list[str]]:
    document = Document(Post(text=text, **post), POLICY)
    surface = document.surfaces[0]
    found: dict[str, list[str]] = {}
    for name, read in document.read(carried, surface).items():
        bounds = [sentence(document, surface, stretch, name) for stretch in read]
        found[name] = [text[start:end] for start, end in bounds]
    return found


def test_a_text_that_hints_at_nothing_is_not_read(network: Counting) -> None:
    assert found("A quiet day. Tea after.") == {}
    assert network.read == []


def test_the_sentence_that_speaks_bears_the_finding(network: Counting) -> None:
    assert found("nothing here. A raid and a raid! raid after.") == {NAME: ["A raid and a raid!"]}
    assert found("one raid") == {}


def test_a_few_words_speak_for_nothing(network: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learnt, "LEAST_WORDS", 3)
    assert found("raid raid") == {}
    assert found("raid raid raid") != {}


def test_the_kind_of_post_is_told(network: Counting) -> None:
    found("raid", kind="direct_message")
    assert network.read[-1][0] == Counting.first_context + context_of("direct_message", personal=False)
    found("raid", account=Account("jo_bakes", "personal"))
    assert network.read[-1] == [Counting.first_context + context_of("post", personal=True), RAID, END]


def test_a_long_text_is_read_in_parts_that_cover_it(network: Counting) -> None:
    text = "word " * 2_000 + "raid and raid. " + "Fine words here. " * 499 + "Fine words here"
    parts = list(stretches(text, POLICY, learnt._model()))
    bounds = [each for part in parts for each in part.bounds]
    assert (bounds[0][0], bounds[-1][1]) == (0, len(text))
    assert all(one[1] == two[0] for one, two in pairwise(bounds))
    assert all(len(part.whole) <= MOST_PIECES for part in parts)
    assert found(text)[NAME]


def test_a_text_without_a_space_is_cut_too(network: Counting) -> None:
    text = "raid" + "#x" * 5_000
    bounds = [each for part in stretches(text, POLICY, learnt._model()) for each in part.bounds]
    assert (bounds[0][0], bounds[-1][1]) == (0, len(text))


def test_many_posts_are_read_at_once(network: Counting) -> None:
    reports = list(Linter(select="operational/*").lint_many(["raid raid", "Tea", "no raid", "raid raid"]))
    assert [report.verdict for report in reports] == ["review", "pass", "pass", "review"]
    assert len(network.read) == 2, "texts that are the same are read once, and those that hint at nothing never"


def test_sentences_are_weighed_only_for_a_rule_that_found_nothing(network: Counting) -> None:
    document = Document(Post("A raid and a raid! raid after."), POLICY)
    assert document.read(carried, document.surfaces[0])
    assert len(network.read) == 1


def test_addresses_are_left_out_and_forces_have_one_name() -> None:
    force = POLICY.force
    read = plain(f"{force.name} and {force.short_names[0]} at https://example.org/a now", POLICY)
    assert read == "Anytown Police and Anytown Police at   now"
    assert plain("a.b www.example.org/x", POLICY) == "a.b  "


def test_words_that_are_not_the_writer_s_are_left_alone(network: Counting) -> None:
    linter = Linter(select="operational/*")
    assert linter.lint('He said "raid raid raid". nothing').findings == ()
    assert linter.lint(Post("raid raid", kind="post", in_reply_to=InReplyTo("sam_t", "A raid raid!"))).findings == ()
    (finding,) = linter.lint("raid raid").findings
    assert (finding.severity, finding.confidence) == ("warning", "low")


def test_a_missing_model_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_model, "FOLDER", "data/models/nowhere")
    monkeypatch.setattr(learnt, "hints", lambda document, surface: True)
    monkeypatch.setattr(learnt, "LEAST_WORDS", 1)
    sentence_model._load.cache_clear()
    try:
        with pytest.raises(NotLooked, match="Install the package again"):
            load_sentence_model()
        report = Linter().lint("Raid tomorrow.")
        assert report.verdict != "pass"
        assert any("not weighed" in error.message for error in report.errors)
    finally:
        sentence_model._load.cache_clear()


def test_the_bundled_model_belongs_to_rules_that_are_there() -> None:
    names = {rule.name for rule in Linter().rules if isinstance(rule, learnt.Worded)}
    bars = load_sentence_model().bars
    assert set(bars) <= names
    assert all(isinstance(bar, float) for bar in bars.values())
