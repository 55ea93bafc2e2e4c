"""Names with ages."""

from __future__ import annotations

import pytest
from personal_data_checks import findings, identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.age_and_name")
RULE = module.AgeAndName()

FAR = "and then nothing else happened for a good long while on that quiet day in the park, "
FOUND = (
    "«Sarah, 34», heard it",
    "«Chloe, aged 14», is home",
    "«Chloe Smith (14)» is home",
    "«Chloe (aged 14)» was",
    "We thank «Ahmed Khan, 19», of Aston",
    "Her daughter «Amelia is 7»",
    "«Tyrone, 16», is autistic",
    "Our hero «Oliver, 8 years old», rang 999",
    "«8-year-old Oliver» rang 999",
    "the «9 yr old Mia» wrote to us",
    "«Lewis O'Brien, 22», said",
    "«Zofia Kowalska, 41», from Poland",
    "Brave «Jack, 10».",
    "my son «Leo is 3» today",
    "Victims «Sam, 19» and",
    "«Mohammed Ali-Hussain, 27», was hit",
    "STABBING: «Kyle Thomas, 21», died",
    "«Grace (11)» and «Ella (9)» raised £40",
    "Farewell to «Margaret, 92», who baked for us",
    "«17-year-old Daniel Cooper» pleaded",
    "«Aoife, 20», from Solihull",
    "a boy, «Noah, 2», wandered off",
    "Tell «Kayleigh, 13», we said thanks",
    "«Rose, 18» is",
    "(«Sam, 14») rang",
    # A first name that is a word as well needs its age set apart.
    "«Summer, 8», of Aston",
    "«Summer (8)» is home",
    "«8-year-old Summer» is home",
    "«Summer Price, 18», of Aston",
    # Once is enough, and one that is none is followed by one that is.
    "«14-year-old Sam», 14, of Aston",
    "Street, 34, of Aston. «Sam, 19», of Tipton",
    "Friday «Sam, 19», saw it",
    # Brackets of others.
    ") «Chloe (14)» is home",
    ":)) «Chloe (14)» is home",
    "a :) «Chloe (14)»",
    # A dog that is too far away.
    f"«Sam, 19», {FAR}and the police dog",
)
SILENT = (
    "Aston Villa 3, Chelsea 1",
    "June, 30 days",
    "Jordan, 20 miles from Amman",
    "Op Sarah, 14 arrests",
    "Victoria Park, 10am",
    "Victoria, 10 March",
    "Team Alpha, 12, Team Bravo, 9",
    "Room 14, Grace House",
    "Thanks to Tom, 5 lads got home",
    "Smethwick, 23, is our busiest ward",
    "Kings Heath (14) and Moseley (12) burglaries",
    "Jaguar, 14 plate",
    "Sgt Bilko, 60 years on TV",
    "Mark, 2 minutes please",
    "Martin Luther King Day, 17 January",
    "Rose, 4 dozen please",
    "Windows 11 is 3 years old",
    "Hurricane Katrina was 20 years ago",
    "The force is 180 today",
    "Chapter 4, page 12",
    "Harrison Road, 30, is a limit",
    "Max is 4 and chases balls (police dog)",
    "Sutton, 14th of May",
    "Max: 30. Min: 12.",
    "Bella, 3, our police dog",
    "Ruby Wedding, 40 years",
    "The Rotunda, 24 floors",
    "Dudley, 6, Walsall, 9, Wolves, 11 arrests",
    "Room Sam, 14",
    "Summer is 8",
    "Summer, 8 is the number",
    "Brave Jack Russell, 14, is lost",
    "Sam Lee Court, 34, of Aston",
    "Street Plumbing, 12, met Otylia Wrzos of Tipton",
    "Good morning from the lads and all, our Sam, 19, has a police dog now",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)


@pytest.mark.parametrize(
    ("text", "kind", "severity"),
    [
        ("Jack, 9, was found", "corporate", "error"),
        ("Jack, 17, was charged with theft", "corporate", "error"),
        ("Jack, 16, was charged with theft", "corporate", "error"),
        ("Jack Taylor, 18, was charged with theft", "corporate", "info"),
        ("Jack Taylor, 18, was charged with theft", "team", "warning"),
        ("Jack Taylor, 18, saw it", "corporate", "warning"),
        ("Sgt Jack Taylor, 48, retires", "team", "info"),
        ("PC Christopher Featherstonehaugh, 48, retires", "team", "info"),
    ],
)
def test_how_grave(text: str, kind: str, severity: str) -> None:
    assert [str(f.severity) for f in findings(RULE, text, account={"handle": "x", "kind": kind})] == [severity]


def test_in_an_appeal_it_belongs_to_the_appeal() -> None:
    (finding,) = findings(RULE, "#MISSING | Have you seen Jack Taylor, 14, from Tipton? Call 999 if you see him.")
    assert finding.scope == "appeal"
    assert [finding.scope for finding in findings(RULE, "Jack Taylor, 14, likes our horses")] == [None]


def test_only_the_name_that_is_sought_belongs_to_the_appeal() -> None:
    text = "#MISSING | Have you seen Jack Taylor, 14, from Tipton? Call 999. His friend Chloe, 12, is worried."
    assert [finding.scope for finding in findings(RULE, text)] == ["appeal", None]


@pytest.mark.parametrize("appeal_first", [True, False])
def test_an_appeal_is_of_its_own_text(appeal_first: bool) -> None:
    appeal = "#MISSING | Have you seen Jack Taylor, 14, from Tipton? Call 999 if you see him."
    beside = "On this old photo we all see Jack Taylor, 14, from Tipton"
    text, alt = (appeal, beside) if appeal_first else (beside, appeal)
    found = {finding.field: finding.scope for finding in findings(RULE, text, media=[{"alt": alt}])}
    assert found == dict(
        zip(("text", "media[0].alt"), ("appeal", None) if appeal_first else (None, "appeal"), strict=True)
    )


def test_a_place_has_no_age() -> None:
    assert findings(RULE, "Come to us", location={"name": "Sam, 19"}) == []
