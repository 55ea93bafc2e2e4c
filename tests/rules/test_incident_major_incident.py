"""Live major incidents, told from courts, campaigns and traffic."""

from __future__ import annotations

import time

import pytest

from wmp_postlint import Account, Approval, Linter, Post, SharedFrom

module = pytest.importorskip("wmp_postlint.rules.incident.major_incident")
LINTER = Linter(rules=[module.MajorIncident])

LIVE = [
    "We are currently at the scene of a serious stabbing on High Street, Tipton.",
    "Armed officers are responding to reports of shots fired in Lozells. Please avoid the area.",
    "A murder investigation has been launched after a woman's body was found in Aston.",
    "Cordon in place in Digbeth while we deal with a suspicious package. Stay away.",
    "Detectives have launched an investigation after a teenager was shot in Handsworth.",
    "We're dealing with a fatal collision on the A38, all lanes shut.",
    "Ongoing incident in Small Heath: a man has been stabbed. We have a scene guard on.",
    "Just been to a shooting in Nechells, officers still on scene.",
    "Police are at an address in Walsall following a kidnap.",
    "Explosion in Bilston. Emergency services are there now, keep clear of the area.",
]
RECENT = [
    "A man was stabbed in Walsall last night and remains in hospital.",
    "Officers are investigating a serious sexual assault in Cannon Hill Park.",
    "We are investigating after shots were fired at a house overnight.",
]
SILENT = [
    "A man has been jailed for 22 years for a murder in Sparkbrook.",
    "Three men have been charged with kidnap and will appear before magistrates.",
    "The jury heard that officers were at the scene of the shooting within minutes.",
    "Knife crime workshop: what a stabbing does to a family.",
    "Support is available if you have been raped.",
    "It is 20 years since the unsolved murder of Otto Example. Can you help?",
    "Counter terrorism officers are on patrol in the city centre today, say hello.",
    "Terrorism: if you see something that does not feel right, report it. Advice on our site.",
    "The man who left his burger at the scene murdered a curry instead.",
    "Best shot of the day: PD Rex on the beach.",
    "We are currently dealing with a high number of calls.",
    "On scene at a shed break-in, two arrested.",
    "Murder detectives wanted: apply now.",
    "Our cadets are at an armed forces parade.",
    "He left the bomb of a kitchen behind, his mum told us.",
    "Flu shots today for response officers.",
    "Anniversary of the explosion: we remember.",
    "The family of the man who died at the scene have paid tribute to him.",
]


def severities(text: str, **fields: object) -> list[str]:
    return [str(finding.severity) for finding in LINTER.lint(Post(text, **fields)).findings]  # type: ignore[arg-type]


@pytest.mark.parametrize("text", LIVE)
def test_live(text: str) -> None:
    assert severities(text) == ["error"]


@pytest.mark.parametrize("text", RECENT)
def test_recent(text: str) -> None:
    assert severities(text) == ["warning"]


@pytest.mark.parametrize("text", SILENT)
def test_silent(text: str) -> None:
    assert severities(text) == []


@pytest.mark.parametrize(
    "text", ["The M6 is closed at junction 7.", "Dealing with an RTC on Bristol Road, avoid the area."]
)
def test_traffic_is_advice(text: str) -> None:
    assert severities(text) == ["info"]


def test_who_may_say_it() -> None:
    assert severities(LIVE[0], account=Account("WMPolice")) == []
    assert severities("Please read.", kind="repost", shared_from=SharedFrom("WMPolice", text=LIVE[0])) == []
    assert severities(LIVE[0], kind="repost", shared_from=SharedFrom("WMPolice", text=LIVE[0])) == ["error"]
    approved = Post(LIVE[0], approvals=(Approval("incident", "Corporate Communications", "CC-4"),))
    assert [str(finding.status) for finding in LINTER.lint(approved).findings] == ["approved"]


@pytest.mark.parametrize("piece", ["a", "0 ", "((", "murder ", "on scene ", "A-", "stabbed at court "])
def test_no_text_hangs(piece: str) -> None:
    started = time.perf_counter()
    severities((piece * 100_000)[:100_000])
    assert time.perf_counter() - started < 8
