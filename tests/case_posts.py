"""The invented posts of ``tests/rules/cases``, and how a rule is held to them.

A line holds ``text``, what to ``expect`` (last parts of rule names; empty for an innocent post), and where it matters
the ``severity``, the field that the text is ``on``, and other fields of the ``post``. All are synthetic.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from wmp_postlint import Document, Finding, Rule, Severity, load_policy
from wmp_postlint.readers.wire import read_post

FOLDER = Path(__file__).parent / "rules" / "cases"

Case = dict[str, Any]


def label(case: Case) -> str:
    """Return a short name of a case."""
    return str(case["text"][:40])


class CasePosts:
    """The posts of one family, for one of its rules.

    Args:
        rule: the rule, run alone.
        family: the name of the file.
        shared: whether posts that another rule of the family is for may concern this one too, and are left out of the
            innocent ones.
    """

    def __init__(self, rule: Rule, family: str, *, shared: bool = False) -> None:
        self._rule = rule
        self._policy = load_policy()
        short = rule.name.partition("/")[2]
        cases = [json.loads(line) for line in (FOLDER / f"{family}.jsonl").read_text("utf-8").splitlines()]
        self.wanted: list[Case] = [case for case in cases if short in case["expect"]]
        self.innocent: list[Case] = [
            case for case in cases if short not in case["expect"] and not (shared and case["expect"])
        ]

    def findings(self, text: str, on: str = "text", **post: Any) -> list[Finding]:
        """Run the rule on a post that holds the text in one of its fields; ``test_worded`` is about mere wording."""
        fields = {"text": text} if on == "text" else {"text": "", "media": [{on.rpartition(".")[2]: text}]}
        findings = self._rule.run(Document(read_post({**fields, **post}), self._policy))
        return [finding for finding in findings if finding.data.get("reading") != "wording"]

    def check_found(self, case: Case) -> None:
        """Hold the rule to a post that it is for."""
        found = self.findings(case["text"], case.get("on", "text"), **case.get("post", {}))
        assert found
        if len(case["expect"]) == 1:
            assert {finding.severity for finding in found} == {Severity(case.get("severity", "error"))}

    def check_silent(self, case: Case) -> None:
        """Hold the rule to a post that it must leave alone."""
        assert self.findings(case["text"], case.get("on", "text"), **case.get("post", {})) == []

    def check_repeats(self, unit: str) -> None:
        """Run the rule over a long text of one awkward piece; it must come back, with spans inside."""
        text = unit * (20_000 // len(unit))
        for finding in self.findings(text, kind="reply", in_reply_to={"handle": "bbcwm", "text": text[:2000]}):
            assert finding.span is None or 0 <= finding.span.start < finding.span.end <= len(text)
