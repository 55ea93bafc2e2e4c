"""Driving licence numbers."""

from __future__ import annotations

import pytest
from personal_data_checks import identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.driving_licence_number")
RULE = module.DrivingLicenceNumber()

FOUND = (
    "«MORGA657054SM9IJ»",
    "licence «morga657054sm9ij»",
    "«MORGA 657054 SM9IJ»",
    "driving licence no. «12345678»",
)
SILENT = (
    "MORGA657054",
    "MORGA653354SM9IJ",
    "ABCDE12345",
    "driving licence 2 of 3",
    "driving licence 12/03/2020",
    "HELLO123456",
    "12345678",
    "XMORGA657054SM9IJ",
    "MORGA657054SM9IJX",
    "licence to kill 007",
    "99999657054SM9IJ",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)
