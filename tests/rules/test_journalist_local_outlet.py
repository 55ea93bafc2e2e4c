"""Local outlets: recall and false alarms on invented posts."""

from __future__ import annotations

import pytest
from case_posts import Case, CasePosts, label

_module = pytest.importorskip("wmp_postlint.rules.journalist.local_outlet")
POSTS = CasePosts(_module.LocalOutlet(), "journalist", shared=True)
findings = POSTS.findings


@pytest.mark.parametrize("case", POSTS.wanted, ids=label)
def test_recall(case: Case) -> None:
    POSTS.check_found(case)


@pytest.mark.parametrize("case", POSTS.innocent, ids=label)
def test_no_false_alarm(case: Case) -> None:
    POSTS.check_silent(case)


@pytest.mark.parametrize("unit", ["a", "@B14News ", "cc B14 News ", "stabbing ", "@"])
def test_awkward_repeats_do_not_hang(unit: str) -> None:
    POSTS.check_repeats(unit)


def test_national_outlets_are_not_local() -> None:
    assert findings("Two arrested after a stabbing @SkyNews") == []
