"""References that callers quote."""

from __future__ import annotations

import pytest
from personal_data_checks import identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.crime_reference")
RULE = module.CrimeReference()

FOUND = (
    "Call 101 quoting «20/1879957/21»",
    "log «814 of 28/01/20»",
    "CAD «5919/2Jan»",
    "quoting log «340 of 7 March»",
    "Ref: «22/123456/23»",
)
SILENT = (
    "log in 24/7",
    "log cabin 20",
    "quote 12 people",
    "order ref 12345",
    "2019/20 figures",
    "1/2/3",
    "20/11/2022",
    "case closed 12 months",
    "crime down 12%",
    "investigation #MH17",
    "reference books 12",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT, references=False)
