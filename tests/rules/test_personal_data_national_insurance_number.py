"""National Insurance numbers."""

from __future__ import annotations

import pytest
from personal_data_checks import identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.national_insurance_number")
RULE = module.NationalInsuranceNumber()

FOUND = (
    "NI: «AB123456C»",
    "«ab123456c» on the letter",
    "«AB 12 34 56 C»",
    "«Ab 123456 c»",
    "«QQ123456A» (sample)",
    "his nino is «jg 10 37 59 a»",
    "by NI number «BY 10 20 30 A»",
)
SILENT = (
    "AB12345C",
    "ABC123456C",
    "AB1234567C",
    "AB123456E",
    "DA123456A",
    "AD123456A",
    "AO123456A",
    "BG123456A",
    "by 10 20 30 a crowd came",
    "at 12 34 56 d",
    "20AB1234567",
    "AB 12 34 56",
    "12 34 56 C",
    "EZY123456C1",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)
