"""Dates of birth."""

from __future__ import annotations

import pytest
from personal_data_checks import findings, identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.date_of_birth")
RULE = module.DateOfBirth()

FAR = "and then nothing else happened for a good long while on that quiet day in the park by the lake, "
FOUND = (
    "dob «01/02/1990»",
    "D.O.B - «1.2.90»",
    "Date of birth: «1 February 1990»",
    "born on «Feb 1, 1990»",
    "born «01-02-1990» in Walsall",
    "Jo Bloggs («01/02/1990») of Oak Road",
    "Jo Bloggs, 31, («01/02/1990») was jailed",
    "DOB «1990-02-01»",
    "dob «010230»",
    "dob «01021990»",
    "«12/03/1985» dob",
    "born «1 May 85»",
    "born «1 May 1910»",
    "dob «1/2/32»",
    "PD Rex, dob «12/03/2020»",
    "Kowalczyk Zofja («01/02/1985»)",
    "Jo Court Bloggs («01/02/1985»)",
    "Court List («01/02/1985») of Tipton",
    "Court List (born «01/02/1985»)",
    "Court List, 40, («01/02/1985»)",
    # One that does not count is followed by one that does.
    "He was born 5 May 1809; his grandson, dob «01/02/1990», lives here",
    "Morning all. PD Rex was born on 3 March 2021. Sam Taylor, dob «12/03/1985».",
    "Summer Fair (12/06/2024). Jo Bloggs («01/02/1985») was jailed.",
    # An animal or a club that is too far away.
    f"Sam was born on «3 March 1985», {FAR}said PD Rex.",
    f"Morning all. PD Rex was here, {FAR}and Sam was born on «3 March 1985».",
    # Two figures for a year, and how young a person in brackets may be.
    "Jo Bloggs («01/02/85»)",
    "Jo Bloggs («01/02/08»)",
    "Jo Bloggs («01/02/30») of Tipton",
    "Jo Bloggs («01/02/2016») of Tipton",
)
SILENT = (
    "born in 1990",
    "Born on 5 May",
    "on 01/02/1990",
    "Summer Fete (01/02/2020)",
    "born 5 May 1809",
    "PD Bo, born 1 March 2020",
    "Job 01/02/1990",
    "report of 1 February 1990",
    "She was born and bred; joined 1/2/1990",
    "update (01/02/2021): safe",
    "Bob (12) 1990",
    "born to run 1975",
    "born 1 May 1909",
    "dob: 01021909",
    "Jo Bloggs (01/02/09)",
    "Jo Bloggs (01/02/29) of Tipton",
    "Jo Bloggs (01/02/2017) of Tipton",
    "Jo Bloggs Court (01/02/1985)",
    "Court List (01/02/1985)",
    "Walsall Kowalczyk (01/02/1985)",
    "The club was born 1 May 1974",
    "Today at our kennels: born on 3 March 2021, our police dog.",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)


def test_how_sure() -> None:
    labelled, bracketed = findings(RULE, "Sam Taylor, dob 12/03/1985. Jo Bloggs (12/03/1985) of Tipton.")
    assert [str(labelled.confidence), str(bracketed.confidence)] == ["high", "medium"]
