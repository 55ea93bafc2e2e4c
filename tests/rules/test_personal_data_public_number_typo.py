"""Near-misses of public numbers."""

from __future__ import annotations

import pytest
from personal_data_checks import identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.public_number_typo")
RULE = module.PublicNumberTypo()

FOUND = (
    "Crimestoppers «0800 555 11» anonymously",
    "Call Crimestoppers: «0800 555 112»",
    "«0800 2000 247» is free, 24 hours",
    "NSPCC on «0808 800 500»",
    "Action Fraud «0300 123 2041»",
    "«0161 496 01234»",
    "Anti-Terrorist Hotline «0800 789 231»",
)
SILENT = (
    "Crimestoppers 0800 555 111, 24/7",
    "0800 555 111. 101 for us.",
    "0808 2000 247, 0808 802 4040 and 0808 1000 900",
    "08000 121 700 for modern slavery",
    "0800 1700 or 0900 1200",
    "0800-1600 hrs 11 May",
    "the 0800 bus and 555 people",
    "07786 200 200 is our text number; 07786 200 201 is not",
    "0800 953 9777",
    "0345 113 5000 ext 1234",
    "0800 028 3550",
    "Log 0800 of 5 June",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)
