"""Full postcodes."""

from __future__ import annotations

import pytest
from personal_data_checks import findings, identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.postcode")
RULE = module.Postcode()

FOUND = (
    "Break-in at «B23 6TT»",
    "break-in at «b236tt» last night",
    "«Wv10 9zz» has had three",
    "Seen in «CV1  2ZZ»?",
    "«W1A 1AA», «EC1A 1BB», «M1 1AE»",
    "postcode «B4 1ST»",
    "Sat nav: «DY8 2ND»",
    "(«B14 7ZZ»)",
    "«ZE1 0AA» to «TR1 1ZZ»",
    "#«B236TT» again",
    "Theft in «B14 7HR», and in «b14 7hr» last week",
    "It says «SO2 2ND» here",
    "«bfpo 58»",
    "postcode: «MA1 1AA»",
)
SILENT = (
    "Patrols in B14, B23, WV10 and CV1",
    "E1 2nd leg tonight",
    "D1 2ND FLR and A1 2ND",
    "SE2 4GB of memory",
    "iPhone SE2 4gb",
    "M1 1st lap, M5 3rd lane",
    "S10 2hr wait",
    "B2B and C3PO",
    "R2D2, 4X4 and K9",
    "so22nd, so40th birthday",
    "AB12 34CD and 12 AB3",
    "B1 1CK (C, I, K, M, O, V end no postcode)",
    "QQ1 1AA, JJ4 4AA and D1 1AA are no areas",
    "#b236tt",
    "B236TTX and XB236TT",
    "https://example.com/?pc=B236TT",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)


def test_whose_it_is() -> None:
    def severity(text: str) -> list[str]:
        return [str(finding.severity) for finding in findings(RULE, text)]

    assert severity("Come to Aston Fire Station, B6 6ZZ") == ["info"]
    assert severity("B6 6ZZ was noisy last night") == ["warning"]
    assert severity("Sam lives in B6 6ZZ") == ["error"]
    assert severity("12 Oak Road, B6 6ZZ") == []
