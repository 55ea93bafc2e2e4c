"""E-mail addresses of people."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from personal_data_checks import findings, found, identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.email_address")
RULE = module.EmailAddress()

FAR = "and then nothing else happened for a good long while on that quiet day in the park by the lake, "
FOUND = (
    "Mail «priya.shah@westmidlands.police.uk» with footage",
    "«j.o'neil@example.org»: the organiser",
    "Dash cam? «sam_taylor99@hotmail.co.uk»",
    "«SAM.TAYLOR@WEST-MIDLANDS.PNN.POLICE.UK»",
    "Reach me at «sam dot taylor at gmail dot com»",
    "e-mail «staylor at example dot co dot uk»",
    "«sam.taylor[at]example.com»",
    "«sam(dot)taylor(at)example(dot)com»",
    "«mary-jane.watson2@example.net».",
    "both «a.khan@example.com», «b.khan@example.com»",
    "..«sam.taylor@example.com»",
    "Morning all, write to us: ..«sam.taylor@example.com»",
    "«jo.smith at example.com»",
    # Boxes of words run together that are no role.
    "«upinto@example.org»",
    "«usdog@example.org»",
    "«hrteam@example.org»",
    "«fl_xyz@example.org»",
    # One that is none is followed by one that is.
    "look at bbc dot co dot uk or «jo.smith at example.com»",
    "smith @ example.com, «jo.smith @ example.com»",
)
SILENT = (
    "contactus@west-midlands.pnn.police.uk, cadets@west-midlands.pnn.police.uk",
    "101@westmidlands.police.uk",
    "enquiries@example.org; press@example.org",
    "solihull@westmidlands.police.uk",
    "erdington.team@westmidlands.police.uk",
    "Follow @sam.taylor and @example.com",
    "Meet Sam at example.com's stand",
    "We are at dot com speed",
    "Fun @ the park. Come along!",
    "Look at that dot com bubble",
    "user@ and @host",
    "See example.com/@sam.taylor",
    "RT @sam: 'nice'",
    "polka dot at midnight dot dot dot",
    "mail op.triton@example.org",
    "towncrime@example.org",
    "ofcrime@example.org",
    "cidteam@example.org",
    "stopthespread@example.org",
    "walsall.wmp@example.org",
    "x_yz@merseyside.police.uk",
    "email smith @example.com",
    f"email {FAR}smith at example dot com",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)


def test_mailto_links() -> None:
    assert [f.field for f in findings(RULE, "Write", links=[{"url": "mailto:sam.taylor@example.com"}])] == ["links"]
    assert findings(RULE, "Write", links=[{"url": "mailto:info@example.com?subject=sam.taylor@example.com"}]) == []
    assert findings(RULE, "Write", links=[{"url": "mailto:@example.com"}]) == []
    assert findings(RULE, "Write", links=[{"url": "https://example.com/?to=sam.taylor@example.com"}]) == []


@pytest.mark.parametrize(
    ("text", "severity", "confidence"),
    [
        ("fl_xyz@example.org", "warning", "medium"),
        ("jsmith@example.org", "warning", "medium"),
        ("sam.taylor@example.org", "error", "high"),
        ("123@example.org", "error", "high"),
        ("12@example.org", "warning", "medium"),
        ("jsmith@gmail.com", "error", "high"),
    ],
)
def test_how_grave(text: str, severity: str, confidence: str) -> None:
    assert [(str(f.severity), str(f.confidence)) for f in findings(RULE, text)] == [(severity, confidence)]


@settings(max_examples=12, deadline=4000)
@given(st.sampled_from(["a", "@", ".", "a.", "a@", " at ", "dot ", "(at)", "a dot a at "]), st.integers(1, 4))
def test_time_grows_with_the_text(unit: str, size: int) -> None:
    found(RULE, unit * (size * 5000))
