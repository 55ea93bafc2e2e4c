"""A sample of each format that is read, through all rules, into each format that is written."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from runs import NOW, run_outcomes
from test_formats import FORMATS, SCHEMA

from wmp_postlint import Linter
from wmp_postlint.checker import output
from wmp_postlint.checker.check import outcomes
from wmp_postlint.checker.outcome import Outcome
from wmp_postlint.readers.files import find

SAMPLES = Path(__file__).parents[2] / "examples" / "formats"
NAMES = sorted(path.name for path in SAMPLES.iterdir())
# What each sample holds to be found: a number, or what else it is there for.
FOUND = {"instagram": "location", "facebook": "text"}


@cache
def linter() -> Linter:
    return Linter()


@cache
def linted(name: str) -> tuple[Outcome, ...]:
    return tuple(outcomes(find([str(SAMPLES / name)], BytesIO()), linter(), NOW))


@pytest.mark.parametrize("name", NAMES)
def test_each_sample_is_read_and_its_finding_found(name: str) -> None:
    found = linted(name)
    reports = [outcome.report for outcome in found if not outcome.skipped]
    assert reports
    assert all(reports)
    fields = {finding.field for report in reports if report for finding in report.findings}
    assert FOUND.get(name, "text") in fields
    assert not any(outcome.unchecked for outcome in found)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_matrix(name: str, form: str) -> None:
    shown = run_outcomes(lambda out: output.make(form, out), linted(name), linter(), True)
    masked = run_outcomes(lambda out: output.make(form, out), linted(name), linter(), False)
    assert b"900461" not in masked
    assert b"52.5242" not in masked
    for content in (shown, masked):
        text = content.decode("utf-8")
        assert text
        if form in ("json", "gitlab"):
            assert json.loads(text)
        elif form == "jsonl":
            assert [json.loads(line) for line in text.splitlines()][-1]["kind"] == "summary"
        elif form == "sarif":
            checks = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)
            assert list(checks.iter_errors(json.loads(text))) == []
        elif form == "junit":
            assert ElementTree.fromstring(text).tag == "testsuites"
        elif form == "html":
            assert text.startswith("<!DOCTYPE html>")
            assert text.count("<article") == text.count("</article>")
        elif form == "github":
            assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in text.splitlines())
    if form in ("full", "html") and FOUND.get(name) != "location":
        assert b"900461" in shown
