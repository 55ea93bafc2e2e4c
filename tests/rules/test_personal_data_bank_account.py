"""Bank accounts."""

from __future__ import annotations

import pytest
from personal_data_checks import identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.bank_account")
RULE = module.BankAccount()

FOUND = (
    "sort code «20-00-00, account 55779911»",
    "S/C: «200000 A/C: 55779911»",
    "«20-00-00 / 55779911»",
    "Sort Code «20 00 00 Account 5577 9911»",
    "IBAN: «DE89 3704 0044 0532 0130 00»",
    "«gb29 nwbk 6016 1331 9268 19»",
)
SILENT = (
    "sort code 20-00-00",
    "account 55779911 followers",
    "20-11-22 55779911",
    "12-34-56",
    "On 12-10-20 at 1000",
    "GB29NWBK60161331926818",
    "never share your sort code or PIN 1234",
    "log 55779911",
    "acc 123",
    "The account of 5577 people",
    "pay 55779911",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)
