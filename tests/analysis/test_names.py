"""Who is named: the words around a name decide, and texts without candidates never load the model."""

from __future__ import annotations

import re

import pytest

from wmp_postlint import Document, Post, load_policy
from wmp_postlint.analysis import names as module
from wmp_postlint.analysis.names import Name, may_hold_name, names


class Stub:
    """A name model that finds the names it is given, so that these tests are about what is around them."""

    def __init__(self, *people: str) -> None:
        self.people = people

    def find(self, texts: list[str]) -> list[list[tuple[int, int]]]:
        return [
            [match.span() for person in self.people for match in re.finditer(re.escape(person), text)] for text in texts
        ]


def read(text: str, *people: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Name, ...]:
    monkeypatch.setattr(module, "_model", lambda: Stub(*people))
    document = Document(Post(text), load_policy())
    return names(document, document.surfaces[0])


@pytest.mark.parametrize(
    ("text", "person", "bearer"),
    [
        ("We met Sunita Kaur at the school gate.", "Sunita Kaur", "private"),
        ("We met Emma Hill yesterday.", "Emma Hill", "private"),
        ("Harry needs our help.", "Harry", "private"),
        ("Well done PC Sunita Kaur for this arrest.", "Sunita Kaur", "officer"),
        ("Well done PC 21345 Kaur for this arrest.", "Kaur", "officer"),
        ("Well done Sgt Green, says the model nothing.", "nothing at all", "officer"),
        ("Well done PC 4411 Hill and the team.", "nothing at all", "officer"),
        ("Sergeant Marek Nowak is retiring today.", "Sergeant Marek Nowak", "officer"),
        ("Chief Superintendent Marek Nowak said more.", "Marek Nowak", "officer"),
        ("Marek Nowak, 34, was there.", "Marek Nowak", "identified"),
        ("Marek Nowak (34) was there.", "Marek Nowak", "identified"),
        ("Marek Nowak, aged 34, was there.", "Marek Nowak", "identified"),
        ("34-year-old Marek Nowak was there.", "Marek Nowak", "identified"),
        ("Marek Nowak of Larch Street was there.", "Marek Nowak", "identified"),
        ("Marek Nowak (12/03/1985) was there.", "Marek Nowak", "identified"),
        ("Marek Nowak, 15, was there.", "Marek Nowak", "child"),
        ("15-year-old Marek Nowak was there.", "Marek Nowak", "child"),
        ("The victim, Marek Nowak, is recovering.", "Marek Nowak", "victim"),
        ("Marek Nowak witnessed it all.", "Marek Nowak", "victim"),
        ("Marek Nowak was robbed on Monday.", "Marek Nowak", "victim"),
        ("Marek Nowak has 20 bikes.", "Marek Nowak", "private"),
        ("Marek Nowak, 20/1879957/21, was there.", "Marek Nowak", "private"),
        ("Marek Nowak 12:30 at the hub", "Marek Nowak", "private"),
    ],
)
def test_bearers(text: str, person: str, bearer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (name,) = read(text, person, monkeypatch=monkeypatch)
    assert name.bearer == bearer
    assert name.sure
    assert not name.text.startswith(("PC", "Sergeant"))
    assert text[name.start : name.end] == name.text


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Collision on Martin Nowak Way this morning.", "Martin Nowak"),
        ("At Queen Elizabeth Hospital tonight.", "Queen Elizabeth"),
        ("Operation Nowak is back.", "Nowak"),
        ("PD Kaiser found it.", "Kaiser"),
        ("Happy St George day.", "George"),
        ("King Charles was here.", "King Charles"),
        ("In Birmingham today.", "Birmingham"),
        ("Please Help us.", "Help"),
        ("We support LGBT colleagues.", "LGBT"),
        ("A Ford Fiesta was seized.", "Ford Fiesta"),
        ("Eid Mubarak to all.", "Eid Mubarak"),
        ("We were in Victoria Park again.", "Victoria Park"),
        ("Fake Tommy Hilfiger bags.", "Tommy Hilfiger"),
    ],
)
def test_what_is_no_private_name(text: str, person: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(text + " qwzyx", person, monkeypatch=monkeypatch) == ()


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("Marek Nowak, 34, was jailed for six years.", True),
        ("Marek Nowak, 34, of Larch Street, admitted it. He was sentenced to six years.", True),
        ("Marek Nowak, 34, has been charged with theft.", True),
        ("Marek Nowak, 15, has been charged with theft.", False),
        ("Marek Nowak, 34, was arrested.", False),
        ("Marek Nowak, 34, helped us.\nElsewhere a man was fined.\nAnd another man was jailed for years.", False),
    ],
)
def test_public_cases(text: str, public: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    (name,) = read(text, "Marek Nowak", monkeypatch=monkeypatch)
    assert name.public_case is public


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Road closed on the A38", False),
        ("Please Be Careful On The Roads This Weekend", False),
        ("ROAD CLOSED IN BIRMINGHAM", False),
        ("@MarekNowak #RoadSafety https://example.com/Marek", False),
        ("We met Marek.", True),
        ("MISSING: MAREK NOWAK", True),
        ("#FindMarek please", True),
        ("Thanks to O'Nowak-Smythe", True),
        ("thanks to sunita for the cakes", True),
        ("Well done to PC Green", True),
        ("PC World is closed on Monday", False),
    ],
)
def test_the_gate(text: str, may: bool) -> None:
    document = Document(Post(text), load_policy())
    assert may_hold_name(document, document.surfaces[0]) is may
