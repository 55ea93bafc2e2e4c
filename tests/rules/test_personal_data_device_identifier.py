"""IMEI and MAC."""

from __future__ import annotations

import pytest
from personal_data_checks import identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.device_identifier")
RULE = module.DeviceIdentifier()

FOUND = (
    "IMEI «490154203237518»",
    "imei: «49 015420 323751 8»",
    "«00:1A:2B:3C:4D:5E»",
    "mac address «11:22:33:44:55:66»",
)
SILENT = (
    "490154203237518",
    "IMEI 490154203237519",
    "10:20:30:40:50:60",
    "12-34-56-78-90-12",
    "*#06#",
    "00:1A:2B",
    "IMEI 12345",
    "big mac 12:30:10:11",
    "de:ad:be:ef:ca:fe:00",
    "IMEI check on 12/03/2020",
    "1A-2B",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)
