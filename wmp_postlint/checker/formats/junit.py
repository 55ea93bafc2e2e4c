"""JUnit's XML, a test case for each post, within both of the schemas that servers check it against."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from wmp_postlint.checker.details import details
from wmp_postlint.checker.encode import sound
from wmp_postlint.checker.outcome import Outcome, headline, summary
from wmp_postlint.checker.output import Format, Out
from wmp_postlint.checker.terminal import visible
from wmp_postlint.lazy import regex

_FORBIDDEN = regex("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class JunitFormat:
    """Gather the test cases; their number stands before them, so they are written at the end."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._sheet = type(out.sheet)(out.policy, 100, mask=not out.show_text)
        self._cases: list[str] = []
        self._failures = self._errors = 0
        self._names: dict[tuple[str, str], int] = {}

    def start(self, total: int | None, rules: int) -> None:
        """Write nothing yet."""

    def add(self, outcome: Outcome) -> None:
        if outcome.skipped:
            return
        loaded = outcome.loaded
        name = " ".join(visible(loaded.id or loaded.part or "post").split()) or "post"
        path = " ".join(visible(loaded.path).split())
        number = self._names[path, name] = self._names.get((path, name), 0) + 1
        shown = name if number == 1 else f"{name} ({number})"
        inside = self._inside(outcome)
        start = f'    <testcase classname={_quoted(path)} name={_quoted(shown)} time="0"'
        self._cases.append(f"{start}>\n{inside}    </testcase>\n" if inside else f"{start}/>\n")

    def finish(self, seconds: float) -> None:
        policy = self._out.policy
        suite = {
            "name": "postlint",
            "package": "postlint",
            "id": "0",
            "timestamp": self._out.now.strftime("%Y-%m-%dT%H:%M:%S"),
            "hostname": "localhost",  # demanded; which one it was is nobody's business
            "tests": str(len(self._cases)),
            "failures": str(self._failures),
            "errors": str(self._errors),
            "time": f"{seconds:.3f}",
        }
        attributes = " ".join(f"{key}={_quoted(value)}" for key, value in suite.items())
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n',
            f"  <testsuite {attributes}>\n    <properties>\n",
            f'      <property name="policy" value={_quoted(f"{policy.id} {policy.version}")}/>\n    </properties>\n',
            *self._cases,
            "    <system-out></system-out>\n    <system-err></system-err>\n  </testsuite>\n</testsuites>\n",
        ]
        for line in lines:
            self._out.write(line.encode())

    def _inside(self, outcome: Outcome) -> str:
        """Return the element of a post that is not clean: one, whatever was found, since one schema allows no more."""
        if outcome.report is None:
            self._errors += 1
            return _element("error", "not-read", outcome.loaded.error or "", "\n".join(details(outcome, self._sheet)))
        stands = outcome.stands(self._out.fail_on)
        lines = "\n".join(details(outcome, self._sheet))
        if stands:
            self._failures += 1
            worst = max(
                (finding for finding in outcome.report.findings if finding.status == "open"),
                key=lambda finding: finding.severity.rank,
            )
            return _element("failure", worst.rule, headline(worst), lines)
        if outcome.report.errors:
            self._errors += 1
            return _element("error", "not-checked", summary(outcome), lines)
        return ""


def _element(name: str, kind: str, message: str, lines: str) -> str:
    body = escape(_allowed(lines))
    return f"      <{name} type={_quoted(kind)} message={_quoted(visible(message))}>{body}</{name}>\n"


def _quoted(text: str) -> str:
    return quoteattr(_allowed(text))


def _allowed(text: str) -> str:
    """Return a text without the characters that no XML may hold."""
    return _FORBIDDEN.sub("\ufffd", sound(text))


def make(out: Out) -> Format:
    """Return the format."""
    return JunitFormat(out)
