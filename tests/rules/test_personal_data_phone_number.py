"""Telephone numbers that are not for the public."""

from __future__ import annotations

import pytest
from personal_data_checks import findings, identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.phone_number")
RULE = module.PhoneNumber()

FOUND = (
    "If you see Max the dog please ring his owner on «07700 900456».",
    "Contact DC Taylor: «07700900789» or 101",
    "«0121 496 0777» is the number of the shop",
    "tel:«+44 7700 900 111»",
    "WhatsApp me «07700-900-222»!!",
    "her number's «077 0090 0333», pls call",
    "(«+44 (0) 121 496 0123»)",
    "ring «zero seven seven zero zero, nine zero zero, four five six»",
    "«O7700 9OO 444»",
    "«07700\n900555»",
    "two of them: «07700 900666» / «07700 900777»",
    "see wa.me/«447700900123»",
    "Office «020 7946 0000», mobile «07700 900888»",
    "from 01/02/2024 «07700 900999»",
    "«0️⃣7️⃣7️⃣0️⃣0️⃣ 900123»",
    "«0​7700 90​0123»",
)
SILENT = (
    "Call 101 or 999. Text 60777.",
    "Front desk 0121 626 5858, or 0345 113 5000 or 0845 113 5000.",
    "Crimestoppers 0800 555111 / 0800555111 / 0800-555-111",
    "+44 345 113 5000 from abroad, 18001 101 textphone",
    "Our reference number 0770090012 was wrong",
    "invoice no. 07700900123 is fake",
    "Open 0700-1900, Mon-Fri; 0800-1600 Sat.",
    "£07,700,900,123",
    "1970 1980 1990 2000 2010",
    "ISBN 978 0 14 103614 4 and 07700",
    "Coordinates 52.4814, -1.8998",
    "07:30 08:45 09:50 10:55",
    "Barcode 5012345678900",
    "0800 1111 for Childline, 116 123 for Samaritans",
    "@07700900123 #07700900123",
    "Text HELP to 88802",
    "My two dogs are seven and nine, oh and one cat.",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)


@pytest.mark.parametrize(
    "url",
    [
        "tel:07700900123",
        "TEL:+44-7700-900123",
        "sms:07700900123",
        "https://wa.me/447700900123",
        "https://api.whatsapp.com/send?phone=447700900123",
    ],
)
def test_link_targets(url: str) -> None:
    (finding,) = findings(RULE, "Ring us", links=[{"url": url}])
    assert (finding.field, finding.span) == ("links", None)


@pytest.mark.parametrize(
    "url", ["tel:101", "tel:0800555111", "https://example.com/?tel=07700900123", "mailto:a@example.com"]
)
def test_public_link_targets(url: str) -> None:
    assert findings(RULE, "Ring us", links=[{"url": url}]) == []
