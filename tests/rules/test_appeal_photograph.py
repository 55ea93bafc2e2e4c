"""Pictures of people: whose medium, by which words, and on whose account."""

from __future__ import annotations

import pytest

from wmp_postlint import Account, Approval, Linter, Media, Post, SharedFrom

module = pytest.importorskip("wmp_postlint.rules.appeal.photograph")
LINTER = Linter(rules=[module.Photograph])
APPEAL = "#MISSING Jane Example, 14, from Aston. Last seen in Aston today."
PLAIN = Media(data=b"", filename="one.jpg")


def fields(post: Post) -> list[str]:
    return [finding.field for finding in LINTER.lint(post).findings]


def test_every_medium_of_an_appeal_counts() -> None:
    assert fields(Post(APPEAL, media=(PLAIN, PLAIN))) == ["media[0]", "media[1]"]


def test_only_the_medium_that_shows_a_person_counts() -> None:
    media = (Media(data=b"", alt="Our dog van"), Media(data=b"", alt="Custody photo of Otto Example"))
    assert fields(Post("Five years.", media=media)) == ["media[1]"]


@pytest.mark.parametrize(
    "name", ["efit_suspect.png", "CCTV-still-male.jpg", "missing-poster-jane.jpg", "mugshot.jpg", "custody_image_2.jpg"]
)
def test_file_names_tell(name: str) -> None:
    assert fields(Post("More later.", media=(Media(data=b"", filename=name),))) == ["media[0]"]


@pytest.mark.parametrize(
    "name", ["IMG_1234.jpg", "custody-suite-open-day.jpg", "cctv-van.jpg", "poster-fete.png", "missing-you.jpg"]
)
def test_file_names_of_other_pictures_pass(name: str) -> None:
    assert fields(Post("More later.", media=(Media(data=b"", filename=name),))) == []


def test_an_image_approval_covers_it() -> None:
    approval = Approval("image", "Corporate Communications", "CC-2")
    (finding,) = LINTER.lint(Post(APPEAL, media=(PLAIN,), approvals=(approval,))).findings
    assert str(finding.status) == "approved"


def test_the_corporate_account_and_a_bare_share_pass() -> None:
    assert fields(Post(APPEAL, media=(PLAIN,), account=Account("WMPolice"))) == []
    assert fields(Post("", kind="repost", shared_from=SharedFrom("WMPolice", text=APPEAL), media=(PLAIN,))) == []


def test_a_share_of_anybody_else_does_not() -> None:
    shared = SharedFrom("someone_else", text=APPEAL)
    assert fields(Post("", kind="repost", shared_from=shared, media=(PLAIN,))) == ["media[0]"]


def test_a_custody_image_added_to_an_official_share_counts() -> None:
    shared = SharedFrom("WMPolice", text="Two men jailed for burglary.")
    media = (Media(data=b"", alt="Custody image of Otto Example"),)
    assert fields(Post("Well done all.", kind="repost", shared_from=shared, media=media)) == ["media[0]"]
