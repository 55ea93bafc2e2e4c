"""Missing appeals in accounts, shares and approvals."""

from __future__ import annotations

import pytest

from wmp_postlint import Account, Approval, Linter, Media, Post, SharedFrom

module = pytest.importorskip("wmp_postlint.rules.appeal.missing_person")
LINTER = Linter(rules=[module.MissingPerson])
TEXT = "#MISSING Jane Example, 14, from Aston. Last seen in Aston today."


def statuses(post: Post) -> list[tuple[str, str]]:
    return [(str(finding.severity), str(finding.status)) for finding in LINTER.lint(post).findings]


def test_the_officers_account_needs_an_agreement() -> None:
    assert statuses(Post(TEXT, account=Account("PCExample", "officer"))) == [("error", "open")]
    assert statuses(Post(TEXT, account=Account("ErdingtonWMP", "team"))) == [("error", "open")]


def test_the_corporate_account_may_appeal() -> None:
    assert statuses(Post(TEXT, account=Account("WMPolice"))) == []


def test_an_approval_covers_it() -> None:
    approval = Approval("appeal", "Corporate Communications", "CC-1")
    assert statuses(Post(TEXT, approvals=(approval,))) == [("error", "approved")]
    assert statuses(Post(TEXT, approvals=(Approval("image", "Corporate Communications", "CC-1"),))) == [
        ("error", "open")
    ]


def test_sharing_an_official_account_passes_but_own_words_do_not() -> None:
    shared = SharedFrom("WMPolice", text=TEXT)
    assert statuses(Post("Please share.", kind="repost", shared_from=shared)) == []
    assert statuses(Post(TEXT, kind="repost", shared_from=shared)) == [("error", "open")]


def test_sharing_anybody_else_does_not_pass() -> None:
    shared = SharedFrom("WMPo1ice", text=TEXT)
    (finding,) = LINTER.lint(Post("Please share.", kind="repost", shared_from=shared)).findings
    assert finding.field == "shared_from.text"


def test_direct_messages_and_replies_count() -> None:
    assert statuses(Post(TEXT, kind="reply")) == [("error", "open")]
    assert statuses(Post(TEXT, kind="direct_message")) == [("error", "open")]


def test_html_is_read_as_its_readers_see_it() -> None:
    text = "<p>Have you <b>seen</b> Jane Example, 14? Last seen in Aston.</p>"
    (finding,) = LINTER.lint(Post(text, text_format="html")).findings
    assert finding.span is not None
    assert text[finding.span.start : finding.span.end].startswith("Have you <b>seen</b>")


def test_the_caption_of_a_picture_counts() -> None:
    media = (Media(data=b"", caption="MISSING: Jane Example, 14, last seen in Aston"),)
    assert [finding.field for finding in LINTER.lint(Post("Please look.", media=media)).findings] == [
        "media[0].caption"
    ]


def test_messages_never_quote() -> None:
    for finding in LINTER.lint(Post(TEXT)).findings:
        assert "Jane" not in finding.message + finding.advice
        assert "{press_office}" not in finding.advice
