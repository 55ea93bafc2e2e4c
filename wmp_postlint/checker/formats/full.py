"""The full format: what ``postlint check`` prints for a person, set like pytest's output."""

from __future__ import annotations

from wmp_postlint.checker.details import details
from wmp_postlint.checker.outcome import Outcome
from wmp_postlint.checker.output import Format, Out, counted
from wmp_postlint.checker.terminal import cells, visible, wrap
from wmp_postlint.finding import Finding, Severity, Status

# How many characters of details wait for the end of the run; past that they are printed, and the marks go on below.
_WAITING = 2**20


class FullFormat:
    """Print marks while posts are checked, and the details and a summary at the end.

    No post is kept, only the lines that are to be said of it, and of a long run not even those: whenever ``_WAITING``
    characters of them wait they are printed, so that a run of any length takes the same memory.

    A verbosity of 1 gives a line per post; -1 leaves out the header and the marks; -2 gives the summary alone.
    """

    def __init__(self, out: Out) -> None:
        self._out = out.text
        self._sheet = out.sheet
        self._config = out.config
        self._verbosity = out.verbosity
        self._waiting: list[str] = []
        self._size = 0
        self._masked = False
        self._files = False
        self._counts = {"block": 0, "review": 0, "pass": 0, "unread": 0, "partly": 0, "waived": 0, "known": 0}
        self._skipped: dict[str, int] = {}
        self._total: int | None = 0
        self._done = self._column = 0
        self._path: str | None = None

    def start(self, total: int | None, rules: int) -> None:
        """Print the header."""
        self._total = total
        if self._verbosity < 0:
            return
        policy = self._sheet.policy
        self._line(self._ruled("postlint", "=", "strong"))
        for line in wrap(f"policy: {policy.id} {policy.version} ({visible(policy.title)})", self._sheet.width):
            self._line(line)
        if self._config is not None:
            self._line(f"configuration: {visible(self._config)}")
        self._line(f"rules: {rules}")
        if total is not None:
            self._line(f"collected {counted(total, 'post')}")
        self._line("")

    def add(self, outcome: Outcome) -> None:
        """Print the mark of one post, and keep what there is to say of it."""
        report = outcome.report
        if outcome.skipped:
            self._skipped[outcome.skipped] = self._skipped.get(outcome.skipped, 0) + 1
            return
        self._counts[report.verdict if report else "unread"] += 1
        self._counts["partly"] += bool(report and report.errors)
        self._counts["waived"] += sum(finding.status is Status.WAIVED for finding in outcome.told)
        self._counts["known"] += outcome.known
        self._files = self._files or any(map(_of_a_file, outcome.told))
        if self._verbosity == 0:
            self._mark(outcome)
        self._done += 1
        if self._verbosity > 0:
            words = {"F": "BLOCK", "r": "REVIEW", ".": "PASS", "E": "NOT CHECKED"}[outcome.mark]
            self._ended(f"{outcome.name} ", self._sheet.style(outcome.colour, words), len(words))
        if self._verbosity > -2 and (report is None or outcome.told or report.errors or report.unused_waivers):
            self._keep(outcome)

    def finish(self, seconds: float) -> None:
        """Print the details of the posts that have any, and the summary.

        Args:
            seconds: how long the checking took.
        """
        self._end_marks()
        if self._verbosity > -2:
            self._print()
            self._line("")
            if self._masked:
                self._line("Words of posts are masked, since this may end up in a log; --show-text shows them.")
            if self._files:
                self._line("Copies of pictures without what they give away: postlint fix PICTURE")
            for reason, count in self._skipped.items():
                for line in wrap(f"left out, {count}: {visible(reason)}", self._sheet.width):
                    self._line(line)
        self._line(self._ruled(f"{self._summary()} in {seconds:.2f} s", "=", self._colour()))

    def _keep(self, outcome: Outcome) -> None:
        """Keep what there is to say of a post until the end, or until much of it waits."""
        lines = ["", self._ruled(outcome.name, "_", outcome.colour), *details(outcome, self._sheet)]
        self._waiting += lines
        self._size += sum(map(len, lines))
        self._masked = self._sheet.mask
        if self._size > _WAITING:
            self._end_marks()
            self._print()
            self._line("")
            self._path = None

    def _print(self) -> None:
        for line in self._waiting:
            self._line(line)
        self._waiting.clear()
        self._size = 0

    def _mark(self, outcome: Outcome) -> None:
        width = self._sheet.width - len(" [100%]")
        if outcome.loaded.path != self._path or self._column >= width:
            self._end_marks()
            self._path = outcome.loaded.path
            path = visible(self._path) + " "
            self._column = cells(path)
            if self._column >= width - 1:
                self._line(path)
                self._column = 0
            else:
                self._out.write(path)
        self._out.write(self._sheet.style(outcome.colour, outcome.mark))
        self._column += 1
        self._out.flush()

    def _end_marks(self) -> None:
        if self._column:
            self._ended("", "", self._column)
            self._column = 0

    def _ended(self, words: str, coloured: str, taken: int) -> None:
        """Print words, and the share of the posts that is done at the end of the line."""
        share = f" [{self._done:>4}]"
        if self._total is not None:
            share = f" [{min(100, 100 * self._done // max(1, self._total)):>3}%]"
        room = self._sheet.width - cells(words) - taken - len(share)
        self._line(f"{words}{coloured}{' ' * room}{self._sheet.style('quiet', share)}")

    def _summary(self) -> str:
        counts = self._counts
        parts = [
            (counts["block"], f"{counted(counts['block'], 'post')} block{'s' if counts['block'] == 1 else ''}"),
            (counts["review"], f"{counts['review']} to review"),
            (counts["pass"], f"{counts['pass']} pass{'es' if counts['pass'] == 1 else ''}"),
            (counts["partly"], f"{counts['partly']} of these looked at only in part"),
            (counts["unread"], f"{counts['unread']} not read"),
            (counts["waived"], f"{counts['waived']} waived"),
            (counts["known"], f"{counts['known']} in the baseline"),
        ]
        return ", ".join(words for number, words in parts if number) or "no posts"

    def _colour(self) -> str:
        if self._counts["block"] or self._counts["unread"] or self._counts["partly"]:
            return "error"
        return "warning" if self._counts["review"] else "good"

    def _ruled(self, words: str, line: str, colour: str) -> str:
        room = self._sheet.width - cells(words) - 2
        if room < 2:
            return "\n".join(self._sheet.style(colour, part) for part in wrap(words, self._sheet.width))
        return self._sheet.style(colour, f"{line * (room // 2)} {words} {line * (room - room // 2)}")

    def _line(self, words: str) -> None:
        self._out.write(f"{words}\n")


def _of_a_file(finding: Finding) -> bool:
    """Tell whether a finding is about what a picture or video carries."""
    return finding.field.startswith("media[") and finding.span is None and finding.severity is not Severity.INFO


def make(out: Out) -> Format:
    """Return the format."""
    return FullFormat(out)
