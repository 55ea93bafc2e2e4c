"""``--statistics``: how often each rule fired, in place of the posts themselves."""

from __future__ import annotations

from wmp_postlint.checker.encode import encoded
from wmp_postlint.checker.formats.json import VERSION, Tally
from wmp_postlint.checker.outcome import Outcome
from wmp_postlint.checker.output import Out
from wmp_postlint.checker.terminal import visible
from wmp_postlint.finding import Status


class Statistics:
    """Count, and write the counts at the end: as a table, or as JSON for the machine formats.

    Args:
        out: where to write.
        as_json: whether a program reads it.
    """

    def __init__(self, out: Out, as_json: bool) -> None:
        self._out = out
        self._as_json = as_json
        self._tally = Tally()
        self._rules: dict[str, dict[str, int]] = {}
        self._unread: dict[str, int] = {}

    def start(self, total: int | None, rules: int) -> None:
        """Write nothing yet."""

    def add(self, outcome: Outcome) -> None:
        self._tally.add(outcome)
        report = outcome.report
        if report is None:
            if not outcome.skipped:
                self._unread["not read"] = self._unread.get("not read", 0) + 1
            return
        for error in report.errors:
            name = "not checked" if error.rule == "input" else error.rule
            self._unread[name] = self._unread.get(name, 0) + 1
        posts: set[str] = set()
        for finding in report.findings:
            counts = self._rules.setdefault(
                finding.rule, {"posts": 0, "error": 0, "warning": 0, "info": 0, "answered": 0}
            )
            counts["posts"] += finding.rule not in posts
            posts.add(finding.rule)
            counts[str(finding.severity) if finding.status is Status.OPEN else "answered"] += 1

    def finish(self, seconds: float) -> None:
        ordered = sorted(self._rules.items(), key=lambda item: (-item[1]["posts"], item[0]))
        if self._as_json:
            rules = [{"rule": name, **counts} for name, counts in ordered]
            head = {"version": VERSION, "summary": self._tally.summary, "rules": rules}
            self._out.write(encoded({**head, "errors": self._unread, "skipped": self._tally.skipped}) + b"\n")
            return
        counts = self._tally.counts
        total = max(1, counts["posts"])
        width = max([len("rule"), *(len(name) for name in (*self._rules, *self._unread))])
        self._line(f"{'rule':<{width}}   posts  of all   error  warning    info  answered")
        for name, each in ordered:
            share = f"{100 * each['posts'] / total:.1f}%"
            numbers = f"{each['error']:>6}  {each['warning']:>7}  {each['info']:>6}  {each['answered']:>8}"
            self._line(f"{name:<{width}}  {each['posts']:>6}  {share:>6}  {numbers}")
        for name, number in sorted(self._unread.items()):
            self._line(f"{name:<{width}}  {number:>6}  could not be looked at")
        for item in self._tally.skipped:
            self._line(f"left out, {item['count']}: {visible(str(item['reason']))}")
        verdicts = ", ".join(f"{counts[key]} {words}" for key, words in _VERDICTS.items())
        self._line(f"{counts['posts']} posts: {verdicts}")

    def _line(self, words: str) -> None:
        self._out.text.write(f"{words.rstrip()}\n")


_VERDICTS = {"block": "block", "review": "to review", "pass": "pass", "not_checked": "not wholly checked"}
