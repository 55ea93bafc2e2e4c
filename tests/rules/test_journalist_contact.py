"""Dealing with journalists: recall and false alarms on invented posts."""

from __future__ import annotations

from typing import Any

import pytest
from case_posts import Case, CasePosts, label

from wmp_postlint import Severity

_module = pytest.importorskip("wmp_postlint.rules.journalist.contact")
POSTS = CasePosts(_module.Contact(), "journalist", shared=True)
findings = POSTS.findings


@pytest.mark.parametrize("case", POSTS.wanted, ids=label)
def test_recall(case: Case) -> None:
    POSTS.check_found(case)


@pytest.mark.parametrize("case", POSTS.innocent, ids=label)
def test_no_false_alarm(case: Case) -> None:
    POSTS.check_silent(case)


@pytest.mark.parametrize(
    "unit",
    ["a", "@bbcwm ", "@bbcwm hi ", "press ", "media are ", "I will ", "your reporter ", "i'm a ", "...", "x@press"],
)
def test_awkward_repeats_do_not_hang(unit: str) -> None:
    POSTS.check_repeats(unit)


def test_no_agreement_is_needed_beyond_the_scope() -> None:
    assert {finding.scope for finding in findings("DM me for a quote")} == {"journalist"}


def test_registered_accounts_are_no_journalists() -> None:
    assert (
        findings("Sure!", kind="reply", in_reply_to={"handle": "JobsWMP", "text": "For an article: can you confirm?"})
        == []
    )


def test_another_person_is_no_journalist() -> None:
    other = {"handle": "sam_t", "text": "Is the road open? It was on the news."}
    assert findings("Yes, since noon.", kind="reply", in_reply_to=other) == []


def test_an_answer_beside_the_referral_is_no_mere_referral() -> None:
    asked = {"handle": "birmingham_live", "text": "Was anyone hurt?"}
    found = findings("Two men were hurt. Please call our press office for more.", kind="reply", in_reply_to=asked)
    assert {finding.severity for finding in found} == {Severity.ERROR}


def spans(text: str, **post: Any) -> list[str]:
    return [text[f.span.start : f.span.end] for f in findings(text, **post) if f.span]


def test_the_span_is_what_deals_with_the_press() -> None:
    assert spans("It was sunny. Hi @bbcmtd, ring me. Bye.") == ["Hi @bbcmtd, ring me."]
    assert spans("  * Off the record: he was known") == ["Off the record"]
    assert spans("DM me for a quote ...") == ["DM me for a quote"]
    assert spans("It rained. Media enquiries should go to our press office. Bye.") == [
        "Media enquiries should go to our press office."
    ]
    assert spans("Mail sam@expressandstar.com and sam@example.com") == ["sam@expressandstar.com"]


def test_an_answer_is_found_without_the_referral_or_thanks_before_it() -> None:
    asked = {"handle": "birmingham_live", "text": "Can you confirm the stabbing?"}
    for before in ("Thanks!", "Please contact our press office."):
        assert spans(f"{before} Two men were hurt. Cheers!", kind="reply", in_reply_to=asked) == [
            "Two men were hurt. Cheers!"
        ]


def test_a_phrase_beside_the_referral_is_none() -> None:
    assert findings("NOTES TO EDITORS: pictures. Contact our press office.") == []
