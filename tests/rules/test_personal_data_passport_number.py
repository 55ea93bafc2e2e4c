"""Passport numbers."""

from __future__ import annotations

import pytest
from personal_data_checks import identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.passport_number")
RULE = module.PassportNumber()

FOUND = (
    "passport «123456789»",
    "Passport No. «AB123456»",
    "passport number: «925 076 473»",
    "passport number is «123456789»",
)
SILENT = (
    "123456789",
    "passport office 0300 222 0000",
    "passport fee 88",
    "passports 1234567890",
    "Passport to 2020",
    "passport photo 123456789",
    "log 123456789, passport",
    "passport. 123456789 people",
    "AB123456",
    "passport control B12",
    "passport 12 of 14",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)
