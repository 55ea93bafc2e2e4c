"""Fixes that put something public in the place of what was found, and the posts that they leave."""

from __future__ import annotations

import pytest

from wmp_postlint import Post, lint
from wmp_postlint.analysis.map_links import without_point
from wmp_postlint.fixes import apply_fixes

GOOGLE = "https://www.google.com/maps/place"


@pytest.mark.parametrize(
    ("given", "public"),
    [
        (f"{GOOGLE}/Old+Foundry+Yard/@52.4312,-1.8931,17z", f"{GOOGLE}/Old+Foundry+Yard"),
        (f"{GOOGLE}/Old+Foundry+Yard/@52.4312,-1.8931,17z/data=!3m1!4b1", f"{GOOGLE}/Old+Foundry+Yard"),
        (
            "https://maps.apple.com/?ll=52.4312,-1.8931&q=Cannon%20Hill%20Park&z=17",
            "https://maps.apple.com/?q=Cannon%20Hill%20Park",
        ),
        (f"{GOOGLE}/52.48621,-1.89043", None),
        ("https://www.google.com/maps/@52.48621,-1.89043,18z", None),
        ("https://www.google.com/maps/search/pub/@52.48621,-1.89043,18z", None),
        ("https://maps.app.goo.gl/a1B2c3D4", None),
        ("https://www.openstreetmap.org/?mlat=52.48621&mlon=-1.89043", None),
        (f"{GOOGLE}/Old+Foundry+Yard", None),
        ("https://www.west-midlands.police.uk/a?ll=1", None),
    ],
)
def test_a_map_link_to_a_named_place(given: str, public: str | None) -> None:
    assert without_point(given) == public


@pytest.mark.parametrize("after", ["", ".", ", 10am. Bring a friend 🚓", ") see you there"])
def test_a_link_to_a_point_becomes_one_to_the_place(after: str) -> None:
    post = Post(f"🚓 Meet us: {GOOGLE}/Old+Foundry+Yard/@52.4312,-1.8931,17z{after}")
    report = lint(post)
    assert report.verdict == "block"
    assert apply_fixes(post, report.findings) == post  # it changes where the link leads, so it is not safe
    mended = apply_fixes(post, report.findings, safe_only=False)
    assert mended.text == f"🚓 Meet us: {GOOGLE}/Old+Foundry+Yard{after}"
    assert lint(mended).verdict != "block"


@pytest.mark.parametrize(
    "words",
    [
        f"Her flat: {GOOGLE}/Old+Foundry+Yard/@52.4312,-1.8931,17z",
        f"He lives at {GOOGLE}/12+Acacia+Road/@52.4312,-1.8931,17z",
    ],
)
def test_a_home_gets_no_better_link(words: str) -> None:
    report = lint(words)
    assert report.verdict == "block"
    assert not any(finding.fixes for finding in report.findings)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("Tell Crimestoppers, anonymously: 0800 555 11", "Tell Crimestoppers, anonymously: 0800 555 111"),
        ("Ring Action Fraud on 0300 132 2040!", "Ring Action Fraud on 0300 123 2040!"),
        ("From abroad: +44 345 113 500.", "From abroad: 0345 113 5000."),
    ],
)
def test_a_slip_in_a_public_number(given: str, wanted: str) -> None:
    post = Post(given)
    findings = lint(post).findings
    assert findings
    assert apply_fixes(post, findings).text == given
    mended = apply_fixes(post, findings, safe_only=False)
    assert mended.text == wanted
    assert lint(mended).findings == ()


@pytest.mark.parametrize(
    "post",
    [
        Post("Call the unit on 0161 496 01234"),  # near to none that is known
        Post("<p>Tell Crimestoppers: 0800 <b>555 11</b></p>", text_format="html"),  # an edit would cross tags
    ],
)
def test_a_number_that_cannot_be_put_right(post: Post) -> None:
    findings = lint(post).findings
    assert findings
    assert apply_fixes(post, findings, safe_only=False) == post
