"""Vehicle registrations."""

from __future__ import annotations

import time

import pytest
from personal_data_checks import findings, found, identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.vehicle_registration")
RULE = module.VehicleRegistration()

FAR = "and then nothing else happened for a good long while on that quiet day in the park by the lake, "
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
    "numberplate «W1»",
    "«BD 51 SMR»",
    "STOLEN «BD 51 SMR»",
    "«Bd51 SMR» car",
    "«BD51 SMR» and «KX19ABZ»",
    "Good morning from the whole of the team here at the station. #«BD51SMR»",
    "Audi («AB123») sped",
    "car «r12abz»",
    "car «FIZ12»",
    "Seen today: «R123 ABZ» was there with my car",
    # One that is none is followed by one that is.
    "registered «abz123s» and reg a38 car and «KX19ABZ»",
    "car C63 AMG and «BD51 SMR»",
    "car OI 1234 hit «FIZ 1234»",
    "car CBR600F hit «ABZ 123S»",
    "car R123 AMG hit «R123 ABZ»",
    "car A45 ABZ hit «R123 ABZ»",
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
    "ON 12 SMR",
    "Hi ON 12 SMR",
    "car bd51.smr",
    "car bd51 gym",
    "car r1abz",
    "car FIZ 1",
    "car A45 ABZ",
    "Audi A123 AMG sped",
    "Audi (A1234) sped",
    "Audi (AB 1) sped",
    "Audi (AB 12) sped",
    "Audi (OFF 123) sped",
    "Audi (NOW 123) sped",
    # The vehicle is too far away.
    f"The Audi {FAR}(ABC 123) went",
    f"a car {FAR}R123 ABZ",
    "the lady saw R123 ABZ and then ran off to her own car",
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


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("BD51 SMR was parked badly", "high"),
        ("his car reg is bd51smr", "high"),
        ("trade plates 123 AB", "high"),
        ("car bd51smr", "medium"),
        ("car FIZ 1234", "medium"),
        ("Audi (ABC 123) sped", "medium"),
    ],
)
def test_how_sure(text: str, confidence: str) -> None:
    assert [str(f.confidence) for f in findings(RULE, text)] == [confidence]
