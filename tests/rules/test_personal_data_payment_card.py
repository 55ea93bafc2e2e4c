"""Payment card numbers."""

from __future__ import annotations

import pytest
from personal_data_checks import identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.payment_card")
RULE = module.PaymentCard()

FOUND = (
    "«4111 1111 1111 1111»",
    "card «4111-1111-1111-1111» found",
    "«5555555555554444»",
    "amex «378282246310005»",
    "visa «4222222222222»",
)
SILENT = (
    "4111 1111 1111 1112",
    "1234 5678 9012 3456",
    "card ending 1111",
    "xxxx xxxx xxxx 1111",
    "4111111111111111_n",
    "IMG_4111111111111111",
    "order no 4111111111111111",
    "07700 900123 07700 900124",
    "0000 0000 0000 0000",
    "ISBN 978-0-14-103614-4",
    "4111.1111",
    "£4111 1111",
    "12/03/2020 13/03/2020 14/03",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)
