"""E-mail addresses of people."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from personal_data_checks import findings, found, identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.email_address")
RULE = module.EmailAddress()

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
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)


def test_mailto_links() -> None:
    assert [f.field for f in findings(RULE, "Write", links=[{"url": "mailto:sam.taylor@example.com"}])] == ["links"]
    assert findings(RULE, "Write", links=[{"url": "mailto:info@example.com?subject=sam.taylor@example.com"}]) == []


@settings(max_examples=12, deadline=4000)
@given(st.sampled_from(["a", "@", ".", "a.", "a@", " at ", "dot ", "(at)", "a dot a at "]), st.integers(1, 4))
def test_time_grows_with_the_text(unit: str, size: int) -> None:
    found(RULE, unit * (size * 5000))
