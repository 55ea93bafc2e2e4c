"""The linter: it runs rules, contains crashes, and never passes what it did not look at."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wmp_postlint import (
    Account,
    Document,
    Finding,
    Limits,
    Linter,
    Location,
    Media,
    MediaRule,
    NotLooked,
    PolicyError,
    Post,
    PostError,
    PostRule,
    Report,
    Rule,
    SharedFrom,
    lint,
    load_policy,
)
from wmp_postlint.text import fold, identity


def encoded(report: Report) -> bytes:
    return json.dumps(report.to_dict(), sort_keys=False).encode()


class TestLint:
    def test_finds_on_every_surface(self, shouting: type[Rule]) -> None:
        post = Post(
            "ALARM",
            kind="repost",
            media=(Media(alt="an ALARM", caption="ALARM", filename="x_ALARM_1.jpg"),),
            shared_from=SharedFrom("someone", text="ALARM!"),
            location=Location(name="ALARM Street"),
        )
        fields = {finding.field for finding in lint(post, rules=[shouting]).findings}
        assert fields == {
            "text", "media[0].alt", "media[0].caption", "media[0].filename", "shared_from.text", "location.name",
        }  # fmt: skip

    def test_takes_text_post_and_mapping(self, shouting: type[Rule]) -> None:
        reports = [lint(post, rules=[shouting]) for post in ("ALARM", Post("ALARM"), {"text": "ALARM"})]
        assert encoded(reports[0]) == encoded(reports[1]) == encoded(reports[2])
        assert reports[0].verdict == "block"
        assert not reports[0].passed

    def test_html_spans_point_into_the_source(self, shouting: type[Rule]) -> None:
        source = "<p>AL<b>ARM</b></p>"
        (finding,) = lint(Post(source, text_format="html"), rules=[shouting]).findings
        assert finding.span
        assert source[finding.span.start : finding.span.end] == "AL<b>ARM"

    def test_rules_may_be_named(self) -> None:
        with pytest.raises(PolicyError, match="no such rule"):
            lint("x", rules=["nonsense/rule"])

    def test_now_needs_a_zone(self) -> None:
        with pytest.raises(PostError, match="now"):
            lint("x", now=datetime(2026, 1, 1))  # noqa: DTZ001  a naive time is the mistake

    def test_press_office_is_the_pack_s(self, shouting: type[Rule]) -> None:
        assert "Corporate Communications" in lint("ALARM", rules=[shouting]).findings[0].advice


class TestFailClosed:
    def test_a_crash_is_an_error_and_the_others_run(self, shouting: type[Rule], crashing: type[Rule]) -> None:
        report = lint("calm", rules=[shouting, crashing])
        assert [error.rule for error in report.errors] == ["test/crashing"]
        assert report.verdict == "review"
        assert lint("ALARM", rules=[shouting, crashing]).verdict == "block"

    def test_a_crash_does_not_quote_the_post(self, crashing: type[Rule]) -> None:
        assert "0121" not in json.dumps(lint("0121 496 0123", rules=[crashing]).to_dict())

    def test_an_analysis_that_cannot_look_speaks(self) -> None:
        class Blind(PostRule):
            name = "test/blind"
            clauses = ("4.6",)
            severity = __import__("wmp_postlint").Severity.INFO
            message = advice = "Never said."
            examples = ()

            def check(self, document: Document) -> Iterator[Finding]:
                raise NotLooked("the model is missing: install it")
                yield

        (error,) = lint("x", rules=[Blind]).errors
        assert error.message == "the model is missing: install it"

    @pytest.mark.parametrize("text", ["", "  \n", "\u200b"])
    def test_an_empty_post_is_no_pass(self, text: str, shouting: type[Rule]) -> None:
        report = lint(text, rules=[shouting])
        assert report.verdict == "review"
        assert report.errors

    def test_a_very_long_text_is_read_to_the_limit(self, shouting: type[Rule]) -> None:
        report = lint("ALARM" + "x" * 1_000_000, rules=[shouting])
        assert report.verdict == "block"
        assert "1000005" in report.errors[0].message

    def test_the_limit_is_a_setting(self, shouting: type[Rule]) -> None:
        assert not Linter(rules=[shouting], limits=Limits(text=5)).lint("calm!").errors
        assert Linter(rules=[shouting], limits=Limits(text=4)).lint("calm!").errors

    @pytest.mark.parametrize(
        "media",
        [
            Media(alt="A van"),
            Media(path="no/such/picture.jpg"),
            Media(path="."),
            Media(data=b""),
            Media(data=b"not a picture"),
            Media(data=b"\xff\xd8\xff\xe1\x00\x10Exif"),
        ],
        ids=["nothing", "missing", "directory", "empty", "text", "truncated"],
    )
    def test_media_that_cannot_be_looked_at(self, media: Media, shouting: type[Rule]) -> None:
        report = lint(Post("calm", media=(media,)), rules=[shouting])
        assert report.verdict == "review"
        assert [error.field for error in report.errors] == ["media[0]"] * len(report.errors)
        assert report.errors

    def test_a_media_rule_sees_what_could_not_be_read(self) -> None:
        seen = []

        class Looking(MediaRule):
            name = "test/looking"
            clauses = ("5.3",)
            severity = __import__("wmp_postlint").Severity.INFO
            message = advice = "Never said."
            examples = ()

            def check(self, attachment: Any, document: Document) -> Iterator[Finding]:
                seen.append(attachment.facts)
                yield from ()

        lint(Post("x", media=(Media(alt="y"),)), rules=[Looking])
        assert seen == [None]


class TestLintMany:
    def test_in_order_and_lazily(self, shouting: type[Rule]) -> None:
        def posts() -> Iterator[str]:
            yield "ALARM"
            yield "calm"
            raise AssertionError("read ahead")

        reports = Linter(rules=[shouting]).lint_many(posts(), ahead=1)
        assert next(reports).verdict == "block"
        assert next(reports).verdict == "pass"

    @pytest.mark.parametrize("ahead", [1, 2, 3, 64])
    def test_a_source_that_fails_keeps_the_reports_before_it(self, shouting: type[Rule], ahead: int) -> None:
        def posts() -> Iterator[str]:
            yield from ("ALARM", "calm", "ALARM")
            raise OSError("the disk is gone")

        reports = Linter(rules=[shouting]).lint_many(posts(), ahead=ahead)
        assert [next(reports).verdict for _ in range(3)] == ["block", "pass", "block"]
        with pytest.raises(OSError, match="the disk is gone"):
            next(reports)

    def test_many_give_what_each_gives_alone(self) -> None:
        posts: list[Any] = [
            "Sarah Jenkins was seen on Broad Street",
            {"text": 3},
            "Road closed on the A38",
            {"text": "Have you seen Tom Oakley?", "media": [{"alt": "Tom Oakley", "data": ""}]},
            "Sarah Jenkins was seen on Broad Street",
            "",
        ]
        now = datetime(2026, 5, 11, 12, tzinfo=UTC)
        linter = Linter()
        together = [report.to_dict() for report in linter.lint_many(posts * 30, now=now)]
        assert together == [report.to_dict() for report in linter.lint_many(posts * 30, now=now, ahead=1)]

    def test_one_bad_post_loses_no_other(self, shouting: type[Rule]) -> None:
        posts: list[Any] = ["ALARM", {"id": "b", "txt": 1}, "calm"]
        reports = list(Linter(rules=[shouting]).lint_many(posts))
        assert [report.verdict for report in reports] == ["block", "review", "pass"]
        assert reports[1].post_id == "b"
        assert "did you mean 'text'" in reports[1].errors[0].message


class TestChoice:
    def test_select_and_ignore(self, shouting: type[Rule], asking: type[Rule]) -> None:
        both = [shouting, asking]
        assert [rule.name for rule in Linter(rules=both, select=["test/asking"]).rules] == ["test/asking"]
        assert [rule.name for rule in Linter(rules=both, ignore=["test/a*"]).rules] == ["test/shouting"]
        assert len(Linter(rules=both, select="test").rules) == 2

    def test_a_wrong_name_is_refused_with_a_suggestion(self, shouting: type[Rule]) -> None:
        with pytest.raises(PolicyError, match="did you mean 'test/shouting'"):
            Linter(rules=[shouting], select=["test/shoutng"])

    def test_a_wrong_policy_is_refused(self) -> None:
        with pytest.raises(PolicyError, match="no such pack"):
            lint("x", policy="west-midland")


def test_one_linter_serves_many_threads(shouting: type[Rule]) -> None:
    linter = Linter(rules=[shouting])
    expected = encoded(linter.lint("ALARM and ALARM"))
    results: list[bytes] = []

    def work() -> None:
        results.extend(encoded(linter.lint("ALARM and ALARM")) for _ in range(50))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 400


WORDS = st.sampled_from(
    (
        "0121 496 0123 ALARM Call PC Smith @WMPolice #missing RT OFFICIAL B1 1AA www.example.com a@example.com f**k 😀 "
        "“hi” \u200b 𝟎𝟏𝟐 AB12 CDE £5 12/03/1985 M6 \ud800 \n found safe have you seen? 1️⃣ MISSING: DOB ( [ ** http:// "
        "25th"
    ).split(" ")
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(
    text=TEXTS,
    text_format=st.sampled_from(["plain", "html", "markdown"]),
    kind=st.sampled_from(["post", "reply", "direct_message", "repost", "profile"]),
    account=st.sampled_from([None, Account("WMPolice"), Account("@x", "team"), Account("y", "personal")]),
    shared=st.one_of(st.none(), TEXTS),
)
def test_any_post_gives_a_report_with_spans_inside(
    text: str, text_format: Any, kind: Any, account: Account | None, shared: str | None
) -> None:
    """Whatever the text, every installed rule gives a report: spans inside, no crash, same input same bytes."""
    media = (Media(alt=text, filename=text or None),)
    shared_from = SharedFrom("WMPolice", text=shared) if shared is not None else None
    post = Post(text, text_format=text_format, kind=kind, account=account, media=media, shared_from=shared_from)
    report = lint(post)
    for error in report.errors:
        assert error.rule == "input", error
    texts = {"text": text, "media[0].alt": text, "media[0].filename": text, "shared_from.text": shared or ""}
    for finding in report.findings:
        if finding.span:
            source = texts[finding.field]
            assert 0 <= finding.span.start < finding.span.end <= len(source)
            stretch = source[finding.span.start : finding.span.end]
            assert fold(identity(stretch)).text, "a span must hold something that can be read"
    assert encoded(report) == encoded(lint(post))


def test_reports_name_their_policy() -> None:
    policy = load_policy()
    assert lint("hello there").policy == policy.ref == load_policy("west-midlands").ref


def test_a_pack_from_a_file(tmp_path: Path, shouting: type[Rule]) -> None:
    pack = tmp_path / "pack.toml"
    force = '[force]\nname="Anytown Police"\npress_office="Media Desk"\n'
    pack.write_text('id="x"\nversion="2"\ntitle="X"\nextends="uk-police"\n' + force)
    report = lint("ALARM", policy=pack, rules=[shouting], now=datetime(2026, 1, 1, tzinfo=UTC))
    assert report.policy.id == "x"
    assert "Media Desk" in report.findings[0].advice
