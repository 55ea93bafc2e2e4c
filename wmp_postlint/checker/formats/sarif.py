"""SARIF 2.1.0, the format of code-scanning services, with columns counted in code points.

Findings that an approval or a waiver answers are suppressed results; what could not be looked at is a notification and
makes the run unsuccessful.
"""

from __future__ import annotations

from typing import Any

from wmp_postlint.checker.encode import encoded, fingerprints, sentence
from wmp_postlint.checker.excerpt import masked
from wmp_postlint.checker.explain import clauses_of, first_sentence
from wmp_postlint.checker.outcome import Outcome, field_texts
from wmp_postlint.checker.output import Format, Out
from wmp_postlint.checker.places import Region, region_of, span_region, uri
from wmp_postlint.finding import Edit, Finding, Severity, Status
from wmp_postlint.wording import usual_words

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LONGEST = 200


class SarifFormat:
    """Write the log as the posts are checked: the results in their order, the notifications at the end."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._first = True
        self._notifications: list[dict[str, Any]] = []
        self._index = {rule.name: index for index, rule in enumerate(out.rules)}

    def start(self, total: int | None, rules: int) -> None:
        policy = self._out.policy
        driver: dict[str, Any] = {"name": "postlint", "rules": [self._rule(index) for index in range(len(self._index))]}
        run = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "properties": {"policy": {"id": policy.id, "version": policy.version, "title": policy.title}},
        }
        head = encoded({"$schema": SCHEMA, "version": "2.1.0"})[:-1]
        self._out.write(head + b',"runs":[' + encoded(run)[:-1] + b',"results":[')

    def add(self, outcome: Outcome) -> None:
        if outcome.skipped:
            return
        report = outcome.report
        if report is None:
            self._notify(outcome, outcome.loaded.error or "")
            return
        for error in report.errors:
            self._notify(outcome, f"{error.field}: {error.message}" if error.field else error.message, error.rule)
        texts = field_texts(outcome, self._out.policy)
        for finding, fingerprint in zip(report.findings, fingerprints(outcome), strict=True):
            text = texts.get(finding.field)
            result = self._result(outcome, finding, text, fingerprint)
            self._out.write((b"\n" if self._first else b",\n") + encoded(result))
            self._first = False

    def finish(self, seconds: float) -> None:
        invocation = {"executionSuccessful": not self._notifications}
        if self._notifications:
            invocation["toolExecutionNotifications"] = self._notifications  # type: ignore[assignment]  # a list of them
        self._out.write(b'\n],"invocations":[' + encoded(invocation) + b"]}]}\n")

    def _rule(self, index: int) -> dict[str, Any]:
        rule, policy = self._out.rules[index], self._out.policy
        level = _LEVELS[Severity(policy.severity(rule.name, rule.severity, "officer"))]
        asked = clauses_of(rule, policy)
        clauses = [f"Clause {name}: {policy.clauses.get(name, 'not named by this pack')}." for name in asked]
        message, advice = usual_words(rule, policy)
        found: dict[str, Any] = {
            "id": rule.name,
            "shortDescription": {"text": message},
            "fullDescription": {"text": first_sentence(rule)},
            "help": {"text": " ".join([advice, *clauses])},
            "defaultConfiguration": {"level": level},
            "properties": {"clauses": list(asked), "tags": [rule.name.partition("/")[0]]},
        }
        if link := policy.help_link(rule.name, asked):
            found["helpUri"] = link
        return found

    def _result(self, outcome: Outcome, finding: Finding, text: str | None, fingerprint: str) -> dict[str, Any]:
        region = region_of(outcome, finding, text)
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "level": _LEVELS[finding.severity],
            "message": {"text": sentence(finding)},
            "locations": [self._location(outcome, region, finding, text)],
            "partialFingerprints": {"postlint/v1": fingerprint},
            "properties": {
                "field": finding.field,
                "clauses": list(finding.clauses),
                "confidence": str(finding.confidence),
                "notes": list(finding.notes),
            },
        }
        if finding.rule in self._index:
            result["ruleIndex"] = self._index[finding.rule]
        if finding.span is not None:
            result["properties"]["span"] = [finding.span.start, finding.span.end]
        if finding.status is not Status.OPEN:
            reason = f"{finding.status}: {finding.reference}"
            result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
        fixes = [self._fix(outcome, fix.description, fix.edits, text) for fix in finding.fixes if self._out.show_text]
        if fixes := [fix for fix in fixes if fix]:
            result["fixes"] = fixes
        return result

    def _location(self, outcome: Outcome, region: Region, finding: Finding | None, text: str | None) -> dict[str, Any]:
        loaded = outcome.loaded
        plain = _region(region)
        if finding is not None and finding.span is not None and text is not None and region.column:
            words = text[finding.span.start : finding.span.end][:_LONGEST]
            plain["snippet"] = {"text": words if self._out.show_text else masked(words)}
        location: dict[str, Any] = {
            "physicalLocation": {"artifactLocation": {"uri": uri(loaded.path)}, "region": plain}
        }
        name = "/".join(part for part in (loaded.id or loaded.part, finding.field if finding else None) if part)
        if name:
            location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "element"}]
        return location

    def _fix(self, outcome: Outcome, words: str, edits: tuple[Edit, ...], text: str | None) -> dict[str, Any] | None:
        """Return a fix whose words all stand in the file as they are; another cannot be made there."""
        if text is None or outcome.loaded.text_line is None or any(edit.field != "text" for edit in edits):
            return None
        replacements = [
            {
                "deletedRegion": _region(span_region(outcome.loaded, edit.span, text)),
                "insertedContent": {"text": edit.replacement},
            }
            for edit in edits
        ]
        change = {"artifactLocation": {"uri": uri(outcome.loaded.path)}, "replacements": replacements}
        return {"description": {"text": words}, "artifactChanges": [change]}

    def _notify(self, outcome: Outcome, words: str, rule: str = "input") -> None:
        notification: dict[str, Any] = {
            "level": "error",
            "message": {"text": f"This could not be checked: {words}"},
            "locations": [self._location(outcome, region_of(outcome, None, None), None, None)],
        }
        if rule in self._index:
            notification["associatedRule"] = {"id": rule, "index": self._index[rule]}
        self._notifications.append(notification)


def _region(region: Region) -> dict[str, Any]:
    plain: dict[str, Any] = {"startLine": region.line}
    if region.column is not None:
        plain["startColumn"] = region.column
    if region.end_line is not None:
        plain |= {"endLine": region.end_line, "endColumn": region.end_column}
    return plain


def make(out: Out) -> Format:
    """Return the format."""
    return SarifFormat(out)
