"""The decision: what severities, approvals, shares and waivers make of the findings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from wmp_postlint import Account, Approval, Linter, Post, Report, Rule, SharedFrom, Status, Waiver, lint

NOW = datetime(2026, 5, 5, 12, tzinfo=UTC)
APPEAL = Approval("appeal", "Corporate Communications", "CC-12", date(2026, 5, 5))


def asked(rule: type[Rule], **fields: Any) -> Report:
    return lint(Post("please", **fields), rules=[rule], now=NOW)


class TestVerdict:
    def test_from_the_gravest_open_finding(self, shouting: type[Rule], asking: type[Rule]) -> None:
        both = [shouting, asking]
        assert lint("calm", rules=both).verdict == "pass"
        assert lint("please", rules=both).verdict == "review"
        assert lint("please ALARM", rules=both).verdict == "block"

    def test_order_is_field_start_rule(self, shouting: type[Rule], asking: type[Rule]) -> None:
        post = {"text": "please ALARM please", "media": [{"alt": "ALARM"}]}
        places = [(f.field, f.span.start) for f in lint(post, rules=[shouting, asking]).findings if f.span]
        assert places == [("media[0].alt", 0), ("text", 0), ("text", 7), ("text", 13)]


class TestApprovals:
    def test_an_approval_answers_and_stays_visible(self, asking: type[Rule]) -> None:
        (finding,) = asked(asking, approvals=(APPEAL,)).findings
        assert finding.status is Status.APPROVED
        assert finding.reference == "CC-12"
        assert asked(asking, approvals=(APPEAL,)).passed

    @pytest.mark.parametrize(
        "approval",
        [
            Approval("image", "Corporate Communications", "CC-12"),
            Approval("appeal", "Corporate Communications", "CC-12", date(2026, 5, 4)),
            Approval("appeal", "Corporate Communications", "CC-12", NOW - timedelta(minutes=1)),
        ],
        ids=["other scope", "past day", "past minute"],
    )
    def test_one_that_does_not_fit_leaves_it_open(self, approval: Approval, asking: type[Rule]) -> None:
        report = asked(asking, approvals=(approval,))
        assert report.verdict == "review"
        assert report.findings[0].status is Status.OPEN

    def test_it_must_last_until_the_post_is_published(self, asking: type[Rule]) -> None:
        later = asked(asking, approvals=(APPEAL,), published_at=NOW + timedelta(days=2))
        assert later.findings[0].notes == ("The approval CC-12 has ended.",)

    def test_approvals_in_files_count_only_when_trusted(self, asking: type[Rule]) -> None:
        report = Linter(rules=[asking], trust_approvals=False).lint(Post("please", approvals=(APPEAL,)), now=NOW)
        assert report.verdict == "review"
        assert "CC-12" in report.findings[0].notes[0]

    def test_a_claim_in_the_text_is_none(self, asking: type[Rule]) -> None:
        assert lint("please (approved by Corporate Communications, CC-12)", rules=[asking]).verdict == "review"

    def test_the_corporate_account_needs_none(self, asking: type[Rule]) -> None:
        assert asked(asking, account=Account("WMPolice")).findings == ()
        assert asked(asking, account=Account("someone", "corporate")).findings == ()
        assert asked(asking, account=Account("ErdingtonWMP")).verdict == "review"
        assert asked(asking, account=Account("WMPolicee")).verdict == "review"


class TestShares:
    def test_words_of_an_official_account_pass(self, asking: type[Rule]) -> None:
        assert asked(asking, kind="repost", shared_from=SharedFrom("@wmpolice")).findings == ()
        post = Post("Look", kind="repost", shared_from=SharedFrom("ErdingtonWMP", text="please"))
        assert lint(post, rules=[asking]).passed

    def test_the_sharer_s_own_words_do_not(self, asking: type[Rule]) -> None:
        report = asked(asking, kind="repost", shared_from=SharedFrom("WMPolice", text="please"))
        assert [finding.field for finding in report.findings] == ["text"]

    def test_words_of_anybody_else_do_not(self, asking: type[Rule]) -> None:
        assert asked(asking, kind="repost", shared_from=SharedFrom("WMPo1ice")).verdict == "review"

    def test_a_typed_share_counts_from_its_mark(self, asking: type[Rule]) -> None:
        assert lint("RT @WMPolice: please", rules=[asking]).passed
        assert lint("RT @stranger: please", rules=[asking]).verdict == "review"
        (finding,) = lint("please look RT @WMPolice please", rules=[asking]).findings
        assert finding.span
        assert finding.span.start == 0

    @pytest.mark.parametrize(
        "text",
        [
            "rt @WMPolice: please",
            "MT @wmpolice please",
            "Rt @ErdingtonWMP please",
            "please via @WMPolice",
            "please (via @WMPolice) https://t.co/x #Aston",
            "RT @WMPolice: \u201cplease\u201d thanks all",
            "RT @WMPolice please // thanks all",
        ],
    )
    def test_ways_to_type_a_share(self, text: str, asking: type[Rule]) -> None:
        assert lint(text, rules=[asking]).passed

    @pytest.mark.parametrize(
        "text",
        [
            "rt @WMPo1ice: please",
            "please, arrived via @stranger",
            "start @WMPolice please",
            "via @WMPolice we learnt to say please",
            "RT @WMPolice: \u201clook\u201d please",
            "RT @WMPolice look // please",
            "RT @WMPolice: look >> please",
            "RT @WMPolice: look ^AB please",
        ],
    )
    def test_the_sharer_speaks_again(self, text: str, asking: type[Rule]) -> None:
        (finding,) = lint(text, rules=[asking]).findings
        assert finding.span
        assert text[finding.span.start : finding.span.end] == "please"

    def test_other_rules_bind_shared_words(self, shouting: type[Rule]) -> None:
        assert lint("RT @WMPolice: ALARM", rules=[shouting]).verdict == "block"


class TestWaivers:
    @pytest.mark.parametrize("pattern", ["test/shouting", "test/*", "test"])
    def test_a_waiver_answers_and_stays_visible(self, pattern: str, shouting: type[Rule]) -> None:
        report = lint(Post("ALARM", waivers=(Waiver(pattern, "agreed", "Press"),)), rules=[shouting])
        assert report.passed
        assert report.findings[0].status is Status.WAIVED
        assert report.findings[0].reference == "Press: agreed"
        assert report.unused_waivers == ()

    def test_an_ended_one_does_not(self, shouting: type[Rule]) -> None:
        waiver = Waiver("test/shouting", "agreed", "Press", date(2026, 5, 4))
        report = lint(Post("ALARM", waivers=(waiver,)), rules=[shouting], now=NOW)
        assert report.verdict == "block"
        assert report.unused_waivers == ("test/shouting",)

    def test_an_unused_one_is_reported(self, shouting: type[Rule]) -> None:
        report = lint(Post("calm", waivers=(Waiver("test/shouting", "agreed", "Press"),)), rules=[shouting])
        assert report.to_dict()["unused_waivers"] == ["test/shouting"]

    def test_a_waiver_answers_no_crash(self, crashing: type[Rule]) -> None:
        report = lint(Post("x", waivers=(Waiver("test/crashing", "agreed", "Press"),)), rules=[crashing])
        assert report.verdict == "review"

    def test_what_the_pack_lets_nobody_waive(self, tmp_path: Path, shouting: type[Rule]) -> None:
        pack = tmp_path / "pack.toml"
        pack.write_text('id="x"\nversion="1"\ntitle="X"\nnever_waived=["test/*"]\n[force]\nname="Anytown Police"\n')
        post = Post("ALARM", waivers=(Waiver("test/shouting", "agreed", "Press"),))
        assert lint(post, policy=pack, rules=[shouting]).verdict == "block"


class TestPackSeverities:
    PACK = 'id="x"\nversion="1"\ntitle="X"\n[force]\nname="Anytown Police"\n[rules."test/shouting"]\n'

    @pytest.mark.parametrize(
        ("settings", "account", "verdict"),
        [
            ('severity="info"', None, "pass"),
            ('severity_by_account={corporate="warning"}', Account("a", "corporate"), "review"),
            ('severity_by_account={corporate="warning"}', None, "block"),
            ('clauses=["9.9"]', None, "block"),
        ],
    )
    def test_a_pack_grades_a_rule(
        self, settings: str, account: Account | None, verdict: str, tmp_path: Path, shouting: type[Rule]
    ) -> None:
        pack = tmp_path / "pack.toml"
        pack.write_text(self.PACK + settings)
        report = lint(Post("ALARM", account=account), policy=pack, rules=[shouting])
        assert report.verdict == verdict
        assert report.findings[0].clauses == (("9.9",) if "9.9" in settings else ("4.6",))
