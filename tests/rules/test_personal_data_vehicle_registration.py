"""Vehicle registrations."""

from __future__ import annotations

import time

import pytest
from personal_data_checks import findings, found, identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.vehicle_registration")
RULE = module.VehicleRegistration()

FOUND = (
    "«BD51 SMR» no insurance, seized",
    "«KX19ABZ»",
    "audi reg «kx19abz»",
    "Black Audi A3, «KX19 ABZ», towards M6 J9",
    "#«KX19ABZ»",
    "Index «R123 ABZ»",
    "Blue Rover «R123ABZ» seized",
    "registration number «ABZ 123S»",
    "VRM «W1»",
    "a van, «LGZ 4321», stopped",
    "number plate: «1234 AB»",
)
SILENT = (
    "the 60s",
    "Got 10p",
    "use 3G",
    "M6 J10",
    "A38",
    "B4114",
    "PC12",
    "5G",
    "T20",
    "U21",
    "WV10",
    "G20",
    "COP26",
    "CV1",
    "999",
    "400M",
    "Sun 26w",
    "you 100K",
    "get 1m",
    "S5 and",
    "Y7 and",
    "IN24 HRS",
    "AT 20 MPH THE CAR",
    "A45 COV bound car",
    "an 18 plate car",
    "K reg car",
    "BMW 320D and Audi RS6",
    "Ford Focus ST3 in blue",
    "WS10 THE",
    "#CWG22",
    "HP21 NHS day",
    "KR1 vests",
    "car 54 WOW",
    "My old car was a Golf GTI 16V",
    "driving at 100 MPH",
    "van 3 OUT now",
    "Mercedes E220 CDI",
    "Peugeot 206 HDI car",
    "bus X51 via A34 van",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)


@pytest.mark.parametrize(
    ("text", "kind", "severity"),
    [
        ("Have you seen this car, BD51 SMR?", "corporate", "info"),
        ("Have you seen this car, BD51 SMR?", "officer", "warning"),
        ("Have you seen this car, BD51 SMR?", "team", "warning"),
        ("BD51 SMR was parked badly", "corporate", "error"),
        ("BD51 SMR was parked badly", "officer", "error"),
    ],
)
def test_appeals(text: str, kind: str, severity: str) -> None:
    assert [str(f.severity) for f in findings(RULE, text, account={"handle": "x", "kind": kind})] == [severity]


@pytest.mark.parametrize("unit", ["AB12ABC ", "reg A1 ", "stolen car ", "AB12 ", "M6 J10 "])
def test_time_grows_with_the_text(unit: str) -> None:
    start = time.process_time()
    found(RULE, (unit * 100_000)[:50_000])
    assert time.process_time() - start < 5
