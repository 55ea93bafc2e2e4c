"""The scheduler of the examples: nothing goes out that blocks, and nothing that was not looked at."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from running import PHONE, running

sys.path.insert(0, str(Path(__file__).parents[2] / "examples"))

from scheduler import CouldNotLookError, Post, Scheduler, by_service, in_process

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
APPEAL = "MISSING: have you seen Ottoline, 14? Last seen in Exampleton. Call 101."


class Desk:
    """What was published, and what was held."""

    def __init__(self, check: Any, attempts: int = 5) -> None:
        self.published: list[str] = []
        self.held: list[tuple[str, list[str]]] = []
        self.scheduler = Scheduler(
            check,
            lambda post: self.published.append(post["text"]),
            lambda post, reasons: self.held.append((post["text"], reasons)),
            attempts=attempts,
        )


@pytest.fixture(params=["library", "service"])
def desk(request: pytest.FixtureRequest) -> Any:
    if request.param == "library":
        yield Desk(in_process())
    else:
        with running() as service:
            yield Desk(by_service(f"http://127.0.0.1:{service.port}"))


def test_a_clean_post_goes_out_when_it_is_due_and_a_bad_one_never(desk: Desk) -> None:
    assert desk.scheduler.put({"text": "Road closed on the A38."}, NOON) == []
    reasons = desk.scheduler.put({"text": f"Ring {PHONE}"}, NOON)
    assert reasons
    assert PHONE not in " ".join(reasons)
    desk.scheduler.run_due(NOON - timedelta(seconds=1))
    assert desk.published == []
    desk.scheduler.run_due(NOON)
    assert desk.published == ["Road closed on the A38."]
    assert len(desk.scheduler) == 0
    with pytest.raises(ValueError, match="mood"):
        desk.scheduler.put({"text": "a", "mood": "glad"}, NOON)


def test_posts_go_out_in_their_order(desk: Desk) -> None:
    for hours, text in ((2, "two"), (1, "one"), (3, "three")):
        desk.scheduler.put({"text": text}, NOON + timedelta(hours=hours))
    desk.scheduler.run_due(NOON + timedelta(hours=2))
    desk.scheduler.run_due(NOON + timedelta(hours=3))
    assert desk.published == ["one", "two", "three"]


def test_what_was_clean_when_it_was_put_in_is_looked_at_again() -> None:
    verdicts = ["pass", "block"]

    def check(_: Post) -> Any:
        finding = {"status": "open", "severity": "error", "message": "He was found.", "advice": "Delete it."}
        verdict = verdicts.pop(0)
        return {"verdict": verdict, "findings": [finding] if verdict == "block" else [], "errors": []}

    desk = Desk(check)
    assert desk.scheduler.put({"text": APPEAL}, NOON) == []
    desk.scheduler.run_due(NOON)
    assert desk.published == []
    assert desk.held == [(APPEAL, ["He was found. Delete it."])]


def test_an_approval_that_anybody_could_have_written_lets_nothing_out() -> None:
    approval = {"covers": "appeal", "by": "me", "reference": "1"}
    assert Desk(in_process()).scheduler.put({"text": APPEAL, "approvals": [approval]}, NOON)


def test_a_post_that_cannot_be_looked_at_is_tried_again_and_then_held() -> None:
    answers: list[Any] = [CouldNotLookError("busy")] * 2 + [{"verdict": "pass", "findings": [], "errors": []}]

    def check(_: Post) -> Any:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    desk = Desk(check)
    desk.scheduler.put({"text": "a"}, NOON)
    desk.scheduler.run_due(NOON)
    assert desk.published == []
    desk.scheduler.run_due(NOON + timedelta(seconds=59))
    assert len(answers) == 1
    desk.scheduler.run_due(NOON + timedelta(seconds=60))
    assert desk.published == ["a"]
    gone = Desk(by_service("http://127.0.0.1:9", timeout=1), attempts=2)
    gone.scheduler.put({"text": "a"}, NOON)
    gone.scheduler.run_due(NOON)
    gone.scheduler.run_due(NOON + timedelta(minutes=1))
    assert gone.published == []
    assert gone.held[0][0] == "a"


def test_a_service_that_is_busy_is_asked_again() -> None:
    with running(own={"seconds": 1.0}) as service:
        desk = Desk(by_service(f"http://127.0.0.1:{service.port}"))
        desk.scheduler.put({"text": "SLOW 20"}, NOON)
        desk.scheduler.run_due(NOON)
        assert desk.published == []
        assert len(desk.scheduler) == 1


def test_it_runs() -> None:
    script = Path(__file__).parents[2] / "examples" / "scheduler.py"
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert [line.partition(":")[0] for line in done.stdout.splitlines() if not line.startswith(" ")] == [
        "sent back",
        "published",
        "published",
    ]
