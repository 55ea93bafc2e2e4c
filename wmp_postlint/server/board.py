"""Numbers that the workers of a service share: counters for the metrics, and the rate of each caller.

They stand in memory that is shared by fork. Each worker counts in a row of its own, so that no lock is needed; the rows
are added up when somebody asks.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from math import ceil

BUCKETS = (0.005, 0.01, 0.02, 0.04, 0.06, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
OTHER = "other"


class Board:
    """Counters of all workers.

    Args:
        names: what is counted, such as ``requests{route="/v1/lint",status="200"}``.
        rows: how many workers there may be at a time.
    """

    def __init__(self, names: Iterable[str], rows: int) -> None:
        self._at = {name: index for index, name in enumerate(names)}
        self._width = len(self._at)
        self._numbers = memoryview(mmap.mmap(-1, max(1, self._width * rows) * 8)).cast("d")
        self._start = 0

    def use_row(self, row: int) -> None:
        """Count in a row that no other process counts in."""
        self._start = row * self._width

    def add(self, name: str, amount: float = 1.0) -> None:
        """Count; what has no counter is left out."""
        at = self._at.get(name)
        if at is not None:
            self._numbers[self._start + at] += amount

    def put(self, name: str, value: float) -> None:
        """Set a number of this worker."""
        self._numbers[self._start + self._at[name]] = value

    def totals(self) -> dict[str, float]:
        """Return the sum over all workers."""
        return {name: sum(self._numbers[at :: self._width]) for name, at in self._at.items()}


class Rates:
    """How fast each caller sends, by the generic cell rate algorithm: one moment for each caller.

    Two workers that ask in the same microsecond may let one request more pass, which does no harm and saves a lock.
    """

    def __init__(self, callers: int) -> None:
        self._due = memoryview(mmap.mmap(-1, max(1, callers) * 8)).cast("d")

    def wait(self, caller: int, now: float, per_minute: int, burst: int) -> int:
        """Count a request; return 0 if it may pass, else the seconds until another may.

        Args:
            caller: the caller's place in the file of keys.
            now: the time in seconds, by a clock that all workers share.
            per_minute: how many requests a minute it may send on average.
            burst: how many at once.
        """
        step = 60 / per_minute
        due = max(self._due[caller], now)
        early = due - now - (burst - 1) * step
        if early > 1e-9:
            return ceil(early)
        self._due[caller] = due + step
        return 0
