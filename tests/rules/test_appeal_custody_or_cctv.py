"""Custody images and CCTV in the words of a post: with a picture, with a link, with neither."""

from __future__ import annotations

import pytest

from wmp_postlint import Account, Linter, Media, Post

module = pytest.importorskip("wmp_postlint.rules.appeal.custody_or_cctv")
LINTER = Linter(rules=[module.CustodyOrCctv])
TEXT = "CCTV appeal: do you recognise this man? Call 101."
PLAIN = Media(data=b"", filename="one.jpg")


def severities(post: Post) -> list[str]:
    return [str(finding.severity) for finding in LINTER.lint(post).findings]


def test_a_picture_makes_it_an_error() -> None:
    assert severities(Post(TEXT, media=(PLAIN,))) == ["error"]
    assert severities(Post(f"{TEXT} https://www.west-midlands.police.uk/cctv", media=(PLAIN,))) == ["error"]


def test_without_picture_and_link_a_person_decides() -> None:
    assert severities(Post(TEXT)) == ["warning"]


def test_a_link_alone_is_what_the_policy_asks_for() -> None:
    assert severities(Post(f"{TEXT} https://www.west-midlands.police.uk/cctv")) == []


def test_one_text_gives_one_finding() -> None:
    assert len(severities(Post(f"Custody image and CCTV still. {TEXT}", media=(PLAIN,)))) == 1


def test_the_corporate_account_passes() -> None:
    assert severities(Post(TEXT, media=(PLAIN,), account=Account("WMPolice"))) == []
