"""How far a long run is, on the terminal's last line.

A light one of our own: rich would take a third of the time that a whole check of one post takes, for a line that most
runs are over before they would show.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TextIO

from wmp_postlint.checker.outcome import Outcome
from wmp_postlint.checker.output import Format

_PATIENCE, _REST = 1.0, 0.1
_BAR = 24
_CLEAR = "\r\x1b[K"


class Progress:
    """Wrap a format; draw a bar once the run has taken a second, and take it away before anything else is written.

    Args:
        inner: the format.
        out: the terminal.
        clock: seconds that only grow.
    """

    def __init__(self, inner: Format, out: TextIO, clock: Callable[[], float] = monotonic) -> None:
        self._inner = inner
        self._out = out
        self._clock = clock
        self._total: int | None = None
        self._done = 0
        self._shown = False
        self._began = self._drawn = clock()

    def start(self, total: int | None, rules: int) -> None:
        self._total = total
        self._inner.start(total, rules)

    def add(self, outcome: Outcome) -> None:
        self._done += 1
        self._clear()
        self._inner.add(outcome)
        now = self._clock()
        if now - self._began > _PATIENCE and now - self._drawn > _REST:
            self._drawn = now
            self._out.write(self._line(now - self._began))
            self._out.flush()
            self._shown = True

    def finish(self, seconds: float) -> None:
        self._clear()
        self._inner.finish(seconds)

    def _clear(self) -> None:
        if self._shown:
            self._out.write(_CLEAR)
            self._out.flush()
            self._shown = False

    def _line(self, seconds: float) -> str:
        rate = self._done / seconds
        if not self._total:
            return f"{self._done} posts, {rate:.0f} a second"
        share = min(1.0, self._done / self._total)
        bar = "#" * round(_BAR * share) + "." * (_BAR - round(_BAR * share))
        left = max(0.0, self._total - self._done) / rate
        return f"[{bar}] {self._done} of {self._total} posts, {rate:.0f} a second, {duration(left)} left"


def duration(seconds: float) -> str:
    """Return a time in the unit that suits it."""
    return (
        f"{seconds:.0f} s"
        if seconds < 90
        else f"{seconds / 60:.0f} min"
        if seconds < 5400
        else f"{seconds / 3600:.1f} h"
    )
