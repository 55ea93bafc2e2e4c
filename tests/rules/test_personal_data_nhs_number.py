"""NHS numbers."""

from __future__ import annotations

import pytest
from personal_data_checks import identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.nhs_number")
RULE = module.NhsNumber()

FOUND = (
    "NHS No. «9434765919»",
    "nhs «943 476 5919»",
    "«943 476 5919» was on the band",
    "patient: «943-476-5919»",
    "«999 000 0042»",
)
SILENT = (
    "9434765919 views",
    "943-476-5919",
    "NHS number 9434765918",
    "0000000000",
    "NHS 0000000000",
    "NHS 2222222222",
    "NHS raised £9434765919",
    "nhs 111 2020 2021",
    "call 020 7946 0123 NHS",
    "NHS 12 345 678 90",
    "+9434765919",
    "5221234567 5229999999",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)
