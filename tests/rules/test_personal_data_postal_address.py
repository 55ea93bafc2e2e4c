"""House numbers with their streets."""

from __future__ import annotations

import pytest
from personal_data_checks import identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.postal_address")
RULE = module.PostalAddress()

FOUND = (
    "Burglary, «12 The Green», Tipton",
    "Raid at «23 Oak Road» at dawn",
    "Jo Bloggs, 24, of «101 Church Lane, Tipton DY4 7ZZ», admitted it.",
    "he's moved to «flat 2, 9 Park Street»",
    "Burglary:\n«4 Rose Crescent»\nLast night",
    "Call at «7b Mill Hill», Dudley",
    "the suspect lives at «88 long acre lane»",
    "victim: «3 King's Court, B1 1ZZ»",
    "«22-24 Victoria Road» evacuated",
    "of «15 St Peter's Close», Walsall",
)
SILENT = (
    "the other 3 the green team",
    "Collision on High Street, junction with Oak Road",
    "The 300 block of Oak Road",
    "At 10 o'clock Oak Road closed",
    "In 2020 Oak Road flooded",
    "22 people on Oak Road",
    "A 40 road, a 30 street",
    "5 Star Drive-in",
    "Top 10 Park And Ride tips",
    "Junction 9 Black Country Route",
    "3 Men From Oak Road Jailed",
    "12 March Street collection",
    "2 New Road Safety Officers",
    "Number 11 Outer Circle bus",
    "Day 2 Park Patrol",
    "PC 1234 Oak Road beat",
    "Oak Road (12)",
    "Class 4 Green team",
    "#12OakRoad",
    "Only 5 mile end to end",
    "11 Ways to stay safe",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)
