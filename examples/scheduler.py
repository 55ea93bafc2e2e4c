"""A scheduler with the linter in it: a queue of posts, each looked at when it is put in and again before it goes out.

Two looks, because time passes between them: an approval ends, a person who was missing is found, the policy changes. A
post that was not looked at does not go out, whatever the reason.

    python examples/scheduler.py                              # the linter in this process
    python examples/scheduler.py http://127.0.0.1:8000 KEY    # the service, started with: postlint serve
"""

from __future__ import annotations

import heapq
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

Post = Mapping[str, Any]
Report = Mapping[str, Any]
Check = Callable[[Post], Report]


class CouldNotLookError(Exception):
    """The post could not be looked at now; later it may be."""


def in_process() -> Check:
    """Return a check that lints in this process."""
    from wmp_postlint import Linter

    # Anybody who may put a post into the queue could have written an approval into it.
    linter = Linter(trust_approvals=False)
    return lambda post: linter.lint(post).to_dict()


def by_service(address: str, key: str | None = None, timeout: float = 10) -> Check:
    """Return a check that asks the service.

    Args:
        address: where it is, such as http://127.0.0.1:8000.
        key: the API key, if it asks for one.
        timeout: seconds to wait for it.
    """
    headers = {"content-type": "application/json", **({"authorization": f"Bearer {key}"} if key else {})}

    def check(post: Post) -> Report:
        body = json.dumps(post).encode()
        request = urllib.request.Request(f"{address}/v1/lint", body, headers)  # noqa: S310  ours to choose
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310  the same
                report: Report = json.load(answer)
        except urllib.error.HTTPError as error:
            problem = json.load(error)
            if error.code in (429, 503):
                raise CouldNotLookError(problem["detail"]) from None
            raise ValueError(problem["detail"]) from None  # the post itself is not what it should be
        except (OSError, ValueError) as error:
            raise CouldNotLookError(f"the service does not answer ({type(error).__name__})") from None
        return report

    return check


@dataclass(order=True)
class Entry:
    """A post in the queue, by the moment at which it is due."""

    due: datetime
    number: int
    post: Post = field(compare=False)
    attempts: int = field(default=0, compare=False)


class Scheduler:
    """Publishes posts when they are due, if nothing stands in the way.

    Args:
        check: looks at a post.
        publish: sends a post out.
        held: takes a post that does not go out, and the sentences that say why: for its author, or a press officer.
        retry: how long a post that could not be looked at waits for the next attempt.
        attempts: how many attempts there are before it is held.
    """

    def __init__(
        self,
        check: Check,
        publish: Callable[[Post], object],
        held: Callable[[Post, list[str]], object],
        retry: timedelta = timedelta(minutes=1),
        attempts: int = 5,
    ) -> None:
        self._check, self._publish, self._held = check, publish, held
        self._retry, self._attempts = retry, attempts
        self._queue: list[Entry] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self._queue)

    def put(self, post: Post, due: datetime) -> list[str]:
        """Put a post into the queue, if it may go out; return what stands in its way.

        Raises:
            ValueError: if it is no post.
        """
        post = {**post, "published_at": due.isoformat()}  # dates in the text are judged by it
        try:
            reasons = self._reasons(post)
        except CouldNotLookError:
            reasons = []  # it is looked at again before it goes out
        if not reasons:
            self._count += 1
            heapq.heappush(self._queue, Entry(due, self._count, post))
        return reasons

    def run_due(self, now: datetime) -> None:
        """Publish or hold all posts that are due."""
        while self._queue and self._queue[0].due <= now:
            entry = heapq.heappop(self._queue)
            try:
                reasons = self._reasons(entry.post)
            except CouldNotLookError as error:
                entry.attempts += 1
                if entry.attempts < self._attempts:
                    entry.due = now + self._retry
                    heapq.heappush(self._queue, entry)
                    continue
                reasons = [f"It could not be looked at: {error}"]
            except ValueError as error:
                reasons = [str(error)]
            if reasons:
                self._held(entry.post, reasons)
            else:
                self._publish(entry.post)

    def _reasons(self, post: Post) -> list[str]:
        """Return why a post may not go out by itself; a warning is for a person to decide, and so is one here."""
        report = self._check(post)
        if report["verdict"] == "pass":
            return []
        open_findings = [finding for finding in report["findings"] if finding["status"] == "open"]
        grave = [finding for finding in open_findings if finding["severity"] in ("error", "warning")]
        return [
            *(f"{finding['message']} {finding['advice']}" for finding in grave),
            *(f"Not looked at: {error['message']}" for error in report["errors"]),
        ]


def main() -> None:
    """Schedule three posts, one of which must not go out."""
    check = by_service(*sys.argv[1:]) if len(sys.argv) > 1 else in_process()
    say = sys.stdout.write
    scheduler = Scheduler(
        check,
        publish=lambda post: say(f"published: {post['text']}\n"),
        held=lambda post, reasons: say(f"held: {post['text']}\n  {' '.join(reasons)}\n"),
    )
    now = datetime.now(UTC)
    for minutes, text in enumerate(("Road closed on the A38.", "Ring Ann on 07700 900461.", "The A38 is open again.")):
        if reasons := scheduler.put({"text": text}, now + timedelta(minutes=minutes)):
            say(f"sent back: {text}\n  {' '.join(reasons)}\n")
    scheduler.run_due(now + timedelta(hours=1))


if __name__ == "__main__":
    main()
