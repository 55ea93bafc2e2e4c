"""Numbers of officers."""

from __future__ import annotations

import pytest
from personal_data_checks import identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.collar_number")
RULE = module.CollarNumber()

FOUND = (
    "PC «1234» helped",
    "PCSO «30123»",
    "PS «4567» and DC «7788»",
    "collar no. «1234»",
    "warrant number «12345»",
)
SILENT = (
    "PC12",
    "PC 2020",
    "PS4",
    "PS5 1234",
    "DC, 20001",
    "Washington DC 20001",
    "PC 1,234",
    "constable 99",
    "1234 PCs",
    "warrant 1234",
    "#PC1234",
    "SC 12:30",
    "PC 12345%",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT, references=False)
