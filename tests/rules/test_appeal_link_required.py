"""The link of an appeal: whose page it is, and when nobody can tell."""

from __future__ import annotations

import pytest

from wmp_postlint import Account, Approval, Link, Linter, Post, SharedFrom

module = pytest.importorskip("wmp_postlint.rules.appeal.link_required")
LINTER = Linter(rules=[module.LinkRequired])
TEXT = "#MISSING Jane Example, 14, from Aston. Last seen in Aston today."


def messages(post: Post) -> list[str]:
    return [finding.message for finding in LINTER.lint(post).findings]


def test_neither_the_corporate_account_nor_an_approval_needs_no_link() -> None:
    assert len(messages(Post(TEXT, account=Account("WMPolice")))) == 1
    (finding,) = LINTER.lint(Post(TEXT, approvals=(Approval("appeal", "Corporate Communications", "CC-3"),))).findings
    assert (str(finding.severity), str(finding.status), finding.scope) == ("warning", "open", None)


def test_a_shortener_is_named_as_the_reason() -> None:
    assert "shortened" in messages(Post(f"{TEXT} https://t.co/abc"))[0]
    assert "shortened" not in messages(Post(f"{TEXT} https://news.example.org/a"))[0]


def test_the_real_target_counts() -> None:
    link = Link("https://www.west-midlands.police.uk/appeals/1", "t.co/abc")
    assert messages(Post(f"{TEXT} https://t.co/abc", links=(link,))) == []


def test_a_look_alike_site_is_not_the_forces() -> None:
    assert len(messages(Post(f"{TEXT} https://west-midlands.police.uk.example.com/a"))) == 1


def test_an_official_share_passes() -> None:
    shared = SharedFrom("WMPolice", text=TEXT)
    assert messages(Post("Please share.", kind="repost", shared_from=shared)) == []


def test_two_appeals_want_one_link() -> None:
    shared = SharedFrom("someone_else", text=TEXT)
    assert len(messages(Post(TEXT, kind="repost", shared_from=shared))) == 1
