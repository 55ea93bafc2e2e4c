"""Dates of birth."""

from __future__ import annotations

import pytest
from personal_data_checks import identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.date_of_birth")
RULE = module.DateOfBirth()

FOUND = (
    "dob «01/02/1990»",
    "D.O.B - «1.2.90»",
    "Date of birth: «1 February 1990»",
    "born on «Feb 1, 1990»",
    "born «01-02-1990» in Walsall",
    "Jo Bloggs («01/02/1990») of Oak Road",
    "Jo Bloggs, 31, («01/02/1990») was jailed",
    "DOB «1990-02-01»",
)
SILENT = (
    "born in 1990",
    "Born on 5 May",
    "on 01/02/1990",
    "Summer Fete (01/02/2020)",
    "born 5 May 1809",
    "PD Bo, born 1 March 2020",
    "Job 01/02/1990",
    "report of 1 February 1990",
    "She was born and bred; joined 1/2/1990",
    "update (01/02/2021): safe",
    "Bob (12) 1990",
    "born to run 1975",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)
