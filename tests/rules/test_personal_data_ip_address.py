"""IP addresses."""

from __future__ import annotations

import pytest
from personal_data_checks import identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.ip_address")
RULE = module.IpAddress()

FOUND = (
    "from «198.51.100.23» at noon",
    "«2001:db8::1»",
    "http://«198.51.100.23»/x",
)
SILENT = (
    "v1.2.3.4",
    "version 10.0.0.1",
    "10:30:15",
    "1.2.3",
    "256.1.1.1",
    "12.03.2020",
    "::",
    "1.2.3.4.5",
    "section 1.2.3.4",
    "Score 3:2::",
    "0.5.1 of it",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)
