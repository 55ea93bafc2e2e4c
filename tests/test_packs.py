"""The second pack whole, packs from packages, and settings by pattern."""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import OKPKey
from second_force import PACK, POLICY

from wmp_postlint import Account, Linter, PolicyError, Post, Rule, Severity, all_rules, lint, load_policy, policy
from wmp_postlint.approvals.keys import public_part
from wmp_postlint.checker.cli import main
from wmp_postlint.checker.hold import broken_posts, count_posts
from wmp_postlint.checker.policy_check import EXAMPLES, Remark, remarks
from wmp_postlint.checker.policy_table import policy_table
from wmp_postlint.fixes import apply_fixes
from wmp_postlint.packs import bundled_packs, installed_packs, resolved
from wmp_postlint.policy import Policy
from wmp_postlint.wording import worded

TODAY = date(2026, 5, 5)
HEAD = 'id="x"\nversion="1"\ntitle="X"\nextends="uk-police"\n[force]\nname="Anytown Police"\n'


def said(pack: Path | str) -> list[Remark]:
    return list(remarks(pack, Linter(policy=pack), TODAY))


def errors(pack: Path | str) -> list[str]:
    return [f"{remark.where}: {remark.message}" for remark in said(pack) if remark.severity is Severity.ERROR]


def write(folder: Path, text: str, name: str = "pack.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


class TestTheSecondPack:
    def test_nothing_in_it_must_be_mended(self) -> None:
        assert errors(PACK) == []
        assert [remark for remark in said(PACK) if remark.severity is Severity.WARNING] == []

    def test_its_example_posts(self) -> None:
        path = PACK.with_name(PACK.stem + EXAMPLES)
        assert count_posts(path) > 10
        assert list(broken_posts(path, Linter(policy=PACK))) == []

    def test_clauses_are_its_own(self) -> None:
        for rule in Linter(policy=PACK).rules:
            clauses = POLICY.settings(rule.name).clauses
            assert clauses
            assert set(clauses) <= POLICY.clauses.keys()

    def test_findings_speak_welsh(self) -> None:
        report = Linter(policy=PACK, lang="cy").lint("Ring me on 07700 900461", now=datetime(2026, 5, 5, tzinfo=UTC))
        (finding,) = report.findings
        assert finding.message.startswith("Rhif ffôn symudol")
        assert "Taclo'r Tacle" in finding.advice
        assert Linter(policy=PACK, lang="cy").policy.clauses["B1"].startswith("Cyhoeddir")
        assert Linter(policy=PACK, lang="fr").lint("x").passed

    def test_every_rule_s_words_fit_its_translation(self) -> None:
        """A translation of a rule that has none left is an error of the pack; slots survive."""
        translation = POLICY.translations["cy"]
        for rule in Linter(policy=PACK).rules:
            saying = translation.rules.get(rule.name)
            if saying and "{press_office}" in rule.advice and saying.advice:
                assert "{press_office}" in saying.advice, rule.name


class TestWording:
    PACK = HEAD + '[translations.cy]\npress_office="y Ddesg"\n[translations.cy.rules."test/shouting"]\n'

    def test_words_are_translated_and_filled(self, tmp_path: Path, shouting: type[Rule]) -> None:
        path = write(tmp_path, self.PACK + 'message="Gweiddi."\nadvice="Gofynnwch i {press_office}."\n')
        (finding,) = Linter(policy=path, rules=[shouting], lang="cy").lint("ALARM").findings
        assert (finding.message, finding.advice) == ("Gweiddi.", "Gofynnwch i y Ddesg.")
        (finding,) = Linter(policy=path, rules=[shouting]).lint("ALARM").findings
        assert finding.message == "This shouts."

    def test_other_words_of_a_rule_keep_what_stands_in_their_slots(self, tmp_path: Path, shouting: type[Rule]) -> None:
        others = '[translations.cy.rules."test/shouting".others]\n"{n} sheep in a {place}."="{place}: {n} dafad."\n'
        made, rule = load_policy(write(tmp_path, HEAD + others)), shouting()
        finding = rule.finding("text", message="7 sheep in a field.")
        assert worded(finding, rule, made, "cy").message == "field: 7 dafad."
        assert worded(finding, rule, made, None).message == "7 sheep in a field."

    def test_a_substitution_s_words_are_translated_and_filled(self, tmp_path: Path) -> None:
        pattern = SWAP + 'kind="substitution"\nswap={"RTA"="collision"}\nflags=["«RTA»"]\npasses=["y"]\n'
        words = '[translations.cy.rules."house/words"]\nmessage="Nid {from}, {from}."\nadvice="Dywedwch {to}."\n'
        linter = Linter(policy=write(tmp_path, pattern + words), select=["house"], lang="cy")
        (finding,) = linter.lint("An RTA").findings
        assert (finding.message, finding.advice) == ("Nid RTA, RTA.", "Dywedwch collision.")

    @pytest.mark.parametrize(
        "english", ["This {numbr} belongs.", "{n} of {n} in {place}.", "Ask {press_office} or {who}."]
    )
    def test_other_words_with_any_placeholder(self, english: str, tmp_path: Path, shouting: type[Rule]) -> None:
        others = f'[translations.cy.rules."test/shouting".others]\n"{english}"="Gweiddi."\n'
        made, rule = load_policy(write(tmp_path, HEAD + others)), shouting()
        said = re.sub(r"\{(?!press)\w+\}", "7", english)
        assert worded(rule.finding("text", message=said), rule, made, "cy").message == "Gweiddi."
        other = "Ask him or 7." if "Ask" in english else "7 of 8 in a field."
        assert worded(rule.finding("text", message=other), rule, made, "cy").message == other

    @pytest.mark.parametrize(
        ("words", "where"),
        [
            ('message="This {numbr} belongs."', "message: {numbr}"),
            ('advice="Ask {pres_office}."', "advice: {pres_office}"),
            ('others={"A {n}."="{n} a {m}."}', 'others."A {n}.": {m}'),
        ],
    )
    @pytest.mark.parametrize("lang", ["en", "cy"])
    def test_a_misspelt_placeholder(
        self, words: str, where: str, lang: str, tmp_path: Path, shouting: type[Rule]
    ) -> None:
        path = write(tmp_path, HEAD + f'[translations.{lang}.rules."test/shouting"]\n{words}\n')
        with pytest.raises(PolicyError, match=re.escape(f'x: translations.{lang}.rules."test/shouting".{where} is no')):
            Linter(policy=path, rules=[shouting])

    @pytest.mark.parametrize("key", ["clause_link", "rule_link"])
    def test_a_misspelt_placeholder_of_an_address(self, key: str, tmp_path: Path) -> None:
        with pytest.raises(PolicyError, match=rf"pack\.toml: {key}: \{{claus\}} is no placeholder here"):
            load_policy(write(tmp_path, f'{key}="https://a.example/{{claus}}"\n' + HEAD))


class TestSettingsByPattern:
    def test_the_most_particular_setting_counts(self, tmp_path: Path, shouting: type[Rule]) -> None:
        path = write(
            tmp_path,
            HEAD + '[rules]\n"*"={severity="info",clauses=["1"]}\n"test/*"={severity="warning"}\n'
            '"disrepute/*"={severity="error",clauses=["9"]}\n',
        )
        (finding,) = lint("ALARM", policy=path, rules=[shouting]).findings
        assert (finding.severity, finding.clauses) == (Severity.WARNING, ("1",))

    def test_account_kinds_of_a_pattern(self, tmp_path: Path, shouting: type[Rule]) -> None:
        path = write(tmp_path, HEAD + '[rules]\n"test/*"={severity_by_account={corporate="info"}}\n')
        assert lint(Post("ALARM", account=Account("a", "corporate")), policy=path, rules=[shouting]).passed
        assert lint("ALARM", policy=path, rules=[shouting]).verdict == "block"


PATTERN = HEAD + '[[patterns]]\nname="house/words"\nmessage="No x."\nadvice="Say y."\n'
SWAP = PATTERN.replace("x.", "{from}.").replace("y.", "{to}.")


class TestPatterns:
    @pytest.mark.parametrize(
        ("pattern", "found", "silent"),
        [
            (
                'kind="existence"\nwords=["bobby","old bill"]',
                ["a Bobby", "the old\n bill"],
                ["bobbysocks", "old bills"],
            ),
            ('kind="existence"\nwords=["IT"]\ncase=true', ["the IT desk"], ["it is"]),
            ("kind='existence'\nmatch='bit\\.ly/\\w+'", ["bit.ly/abc"], ["bit.ly"]),
            ('kind="existence"\nwords=["bobby"]\nunless=["Bobby Charlton"]', ["a bobby"], ["Bobby Charlton played"]),
            ('kind="existence"\nwords=["bobby"]\nwhen=["beat"]', ["a bobby on the beat"], ["a bobby"]),
            ('kind="existence"\nwords=["bobby"]\naccounts=["corporate"]', [], ["a bobby"]),
            ('kind="existence"\nwords=["bobby"]\nkinds=["reply"]', [], ["a bobby"]),
            ('kind="substitution"\nswap={"RTA"="collision"}', ["an rta", "RTA"], ["RTAs"]),
            ('kind="required"\nwords=["101"]\nwhen=["witness"]', ["Any witness?"], ["Any witness? Ring 101.", "Hello"]),
            ("kind='allow-list'\nmatch='#(\\w+)'\nallow=['Safe']", ["#other #Safe"], ["#safe", "none"]),
        ],
    )
    def test_kinds(self, pattern: str, found: list[str], silent: list[str], tmp_path: Path) -> None:
        made = load_policy(write(tmp_path, PATTERN + pattern + '\nflags=["x"]\npasses=["y"]\n'))
        linter = Linter(policy=made, select=["house"])
        for text in found:
            (finding,) = linter.lint(text).findings
            assert finding.rule == "house/words"
        for text in silent:
            assert linter.lint(text).findings == ()

    def test_a_substitution_mends_the_text(self, tmp_path: Path) -> None:
        pattern = 'kind="substitution"\nswap={"RTA"="collision"}\nflags=["«RTA»"]\npasses=["y"]\n'
        (finding,) = Linter(policy=write(tmp_path, SWAP + pattern), select=["house"]).lint("An 𝐑𝐓𝐀 today").findings
        assert (finding.message, finding.advice) == ("No RTA.", "Say collision.")
        (edit,) = finding.fixes[0].edits
        assert (edit.span.start, edit.span.end, edit.replacement) == (3, 6, "collision")

    def test_one_that_takes_too_long_is_an_error_of_the_report(self, tmp_path: Path) -> None:
        pattern = "kind='existence'\nmatch='(a|aa)+$'\nflags=['«a»']\npasses=['y']\n"
        report = Linter(policy=write(tmp_path, PATTERN + pattern), select=["house"]).lint("a" * 60 + "b")
        assert report.verdict == "review"
        assert "took longer than" in report.errors[0].message
        assert report.errors[0].rule == "house/words"

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("RTA on Quay Street.", "Collision on Quay Street."),
            ("An RTA on Quay Street.", "An collision on Quay Street."),
            ("All safe now. RTA cleared.", "All safe now. Collision cleared."),
            ("All safe now!\n\n🚨 (RTA)", "All safe now!\n\n🚨 (Collision)"),
            ("All safe now, RTA cleared", "All safe now, collision cleared"),
            ("Misper found, misper home, our Misper", "Missing person found, missing person home, our Missing person"),
        ],
    )
    def test_a_substitution_keeps_the_capital(self, before: str, after: str, tmp_path: Path) -> None:
        pattern = (
            'kind="substitution"\nswap={"RTA"="collision","misper"="missing person"}\nflags=["«RTA»"]\npasses=["y"]\n'
        )
        findings = Linter(policy=write(tmp_path, SWAP + pattern), select=["house"]).lint(before).findings
        assert apply_fixes(Post(before), findings, safe_only=False).text == after
        assert {finding.advice for finding in findings} <= {"Say collision.", "Say missing person."}

    @pytest.mark.parametrize(
        ("key", "text", "said"),
        [
            ("message", "No {fron}.", r"patterns\.house/words\.message: \{fron\} is no placeholder here, known are "),
            ("advice", "Say {tow}.", r"patterns\.house/words\.advice: .* known are \{from\}, \{to\}, \{press_office\}"),
        ],
    )
    def test_a_misspelt_placeholder(self, key: str, text: str, said: str, tmp_path: Path) -> None:
        words = {"message": "No {from}.", "advice": "Say {to}, ask {press_office}."}
        rest = 'name="house/words"\nkind="substitution"\nswap={"RTA"="collision"}\nflags=["«RTA»"]\npasses=["y"]\n'

        def pack(words: dict[str, str]) -> Path:
            lines = "".join(f'{name}="{value}"\n' for name, value in words.items())
            return write(tmp_path, HEAD + "[[patterns]]\n" + rest + lines)

        assert Linter(policy=pack(words))
        with pytest.raises(PolicyError, match=said):
            Linter(policy=pack(words | {key: text}))

    def test_only_a_substitution_has_words_to_fill_in(self, tmp_path: Path) -> None:
        pattern = SWAP + 'kind="existence"\nwords=["x"]\nflags=["«x»"]\npasses=["y"]\n'
        with pytest.raises(PolicyError, match=r"\{from\} is no placeholder here, known are \{press_office\}"):
            Linter(policy=write(tmp_path, pattern))

    @pytest.mark.parametrize("key", ["words", "when", "unless"])
    def test_blank_words_are_refused(self, key: str, tmp_path: Path) -> None:
        pattern = PATTERN + 'kind="existence"\nmatch="x"\n'
        with pytest.raises(PolicyError, match=rf"patterns\.house/words\.{key}: expected words, got a blank text"):
            Linter(policy=write(tmp_path, pattern + f'{key}=["a"," "]\nflags=["«x»"]\npasses=["y"]\n'))

    @pytest.mark.parametrize(
        ("pattern", "message"),
        [
            ('kind="existence"', "expected words or match"),
            ('kind="substitution"', "expected swap"),
            ('kind="required"', "expected words or match"),
            ('kind="allow-list"\nallow=["x"]', "expected match"),
            ("kind='existence'\nmatch='('", "is no regular expression"),
            ('kind="regex"', 'expected one of "existence"'),
        ],
    )
    def test_mistakes(self, pattern: str, message: str, tmp_path: Path) -> None:
        with pytest.raises(PolicyError, match=message):
            Linter(policy=write(tmp_path, PATTERN + pattern + '\nflags=["x"]\npasses=["y"]\n'))

    def test_a_name_is_taken_or_is_none(self, tmp_path: Path) -> None:
        rest = 'kind="existence"\nwords=["x"]\nflags=["x"]\npasses=["y"]\n'
        with pytest.raises(PolicyError, match="expected a family and a name"):
            Linter(policy=write(tmp_path, PATTERN.replace("house/words", "words") + rest))
        taken = all_rules()[0].name
        with pytest.raises(PolicyError, match=rf"x: patterns\.{taken}\.name: a rule that is installed has this name"):
            Linter(policy=write(tmp_path, PATTERN.replace("house/words", taken) + rest))
        twice = PATTERN + rest + "[[" + PATTERN.partition("\n[[")[2] + rest
        with pytest.raises(PolicyError, match=r"x: patterns\.house/words\.name: another pattern of the pack has"):
            Linter(policy=write(tmp_path, twice.replace("No x.", "No.", 1)))


class TestInstalledPacks:
    @pytest.fixture
    def installed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
        package, info = tmp_path / "anytown_policy", tmp_path / "anytown_policy-1.dist-info"
        package.mkdir()
        info.mkdir()
        (package / "__init__.py").write_text("raise RuntimeError('a pack is data: its package is not imported')\n")
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: anytown-policy\nVersion: 1\n")
        (info / "entry_points.txt").write_text("[wmp_postlint.policies]\nanytown = anytown_policy\n")
        write(package, HEAD.replace('"x"', '"anytown"', 1), "anytown.toml")
        monkeypatch.syspath_prepend(str(tmp_path))
        installed_packs.cache_clear()
        yield package
        installed_packs.cache_clear()

    def test_a_pack_of_a_package_is_found_by_its_name(self, installed: Path, tmp_path: Path) -> None:
        assert load_policy("anytown").force.name == "Anytown Police"
        assert "anytown_policy" not in sys.modules
        child = write(tmp_path, HEAD.replace("uk-police", "anytown").replace('[force]\nname="Anytown Police"\n', ""))
        assert resolved(child)["force"]["name"] == "Anytown Police"
        (installed / ("anytown" + EXAMPLES)).write_text('{"post": {"text": "Hello"}, "verdict": "block"}\n')
        assert main(["policy", "test", "anytown"]) == 1

    def test_an_entry_that_leads_nowhere(self, installed: Path) -> None:
        policy._bundled.cache_clear()
        (installed / "anytown.toml").unlink()
        with pytest.raises(PolicyError, match="cannot be read"):
            load_policy("anytown")


class TestValidate:
    @pytest.mark.parametrize("pack", ["west-midlands", PACK], ids=str)
    def test_packs_of_the_project_have_example_posts(self, pack: str | Path) -> None:
        assert main(["policy", "test", str(pack)]) == 0

    @pytest.mark.parametrize("pack", [*bundled_packs(), PACK], ids=str)
    def test_packs_of_the_project_have_nothing_to_mend(self, pack: str | Path) -> None:
        assert errors(pack) == []

    @pytest.mark.parametrize(
        ("text", "remark"),
        [
            ('[clauses]\n"1"="One"\n', "clauses.1: no rule reads it"),
            ('[undecidable]\n"1"="none"\n', "undecidable.1: it is no clause"),
            ('[accounts]\ncorporate=["A"]\nteams=["@a"]\n', "A is a team's account and the corporate one"),
            ('[accounts]\nteams=["BBCNews"]\n', "BBCNews is an account of the force too"),
            ('[speaks_for]\ncorporate=["apeal"]\n', "speaks_for.corporate: 'apeal' is no scope"),
            ("[approving.signers]\nappeal=0\n", "approving.signers.appeal: expected 1 or more"),
            ('[[approving.keys]]\nholder="A"\npublic="short"\n', "approving.keys[0].public: expected an Ed25519"),
            ('[translations.cy.rules."no/rule"]\nmessage="x"\n', "there is no rule no/rule"),
            ('[translations.cy.clauses]\n"1"="x"\n', "there is no clause 1"),
            (
                '[[patterns]]\nname="a/b"\nkind="existence"\nwords=["x"]\nmessage="M."\nadvice="A."\nflags=["y"]\npasses=["x"]\n',
                "patterns[0] (a/b): example 1: it finds nothing",
            ),
        ],
    )
    def test_what_must_be_mended(self, text: str, remark: str, tmp_path: Path) -> None:
        assert any(remark in error for error in errors(write(tmp_path, HEAD + text))), errors(tmp_path / "pack.toml")

    def test_two_signers_need_two_holders(self, tmp_path: Path) -> None:
        key = public_part(OKPKey.generate_key("Ed25519"))
        text = f'[approving.signers]\nappeal=2\n[[approving.keys]]\nholder="A"\npublic="{key}"\n'
        assert "2 people must sign, and only 1 may" in errors(write(tmp_path, HEAD + text))[0]

    def test_what_should_be_looked_at(self, tmp_path: Path) -> None:
        text = 'never_waived=["none/*"]\n' + HEAD + '[contacts]\nnumbers=[{number="12345678901234",owner="x"}]\n'
        messages = [remark.message for remark in said(write(tmp_path, text)) if remark.severity is Severity.WARNING]
        assert any("no telephone number" in message for message in messages)
        assert any("means no rule" in message for message in messages)
        assert any("which the pack has not" in message for message in messages)

    def test_a_pack_that_names_no_platforms_is_told_so(self, tmp_path: Path) -> None:
        for text, told in ((HEAD, True), (HEAD + '[platforms]\nteam=["X"]\n', False)):
            assert any(one.where == "platforms" for one in said(write(tmp_path, text))) is told

    def test_example_posts_that_are_not_as_expected(self, tmp_path: Path) -> None:
        path = write(tmp_path, HEAD)
        lines = [
            '{"post": {"text": "Hello"}, "verdict": "pass"}',
            '{"post": {"text": "Hello"}, "verdict": "block"}',
            '{"post": {"text": "Ring 07700 900461"}, "verdict": "block", "expect": []}',
            '{"post": {"txt": "Hello"}, "verdict": "pass"}',
            '{"post": {"text": "Hello"}, "verdict": "maybe"}',
            "no JSON",
        ]
        write(tmp_path, "\n".join(lines), "pack" + EXAMPLES)
        assert [error.partition(": ")[2].partition(": ")[0] for error in errors(path)] == [
            f"pack{EXAMPLES}:{number}" for number in range(2, 7)
        ]


def test_every_scope_of_a_rule_is_one_of_the_pack() -> None:
    assert {rule.scope for rule in all_rules()} - {None} <= load_policy().approving.scopes.keys()


class TestCommand:
    def test_resolved_toml_is_the_pack_laid_over_its_base(self, capsys: pytest.CaptureFixture[str]) -> None:
        import tomllib

        for pack in ("west-midlands", str(PACK)):
            assert main(["policy", "show", "--resolved", pack]) == 0
            shown = capsys.readouterr().out
            assert tomllib.loads(shown) == resolved(Path(pack) if pack.endswith(".toml") else pack)
        assert '"0800",  # uk-police' in shown
        assert '"02920180",  # ' + str(PACK) in shown

    def test_show_prints_the_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["policy", "show", str(PACK)]) == 0
        assert capsys.readouterr().out == PACK.read_text("utf-8")

    def test_diff(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        one = write(tmp_path, HEAD + 'places=["A","B"]\n', "one.toml")
        rule = all_rules()[0]
        other = write(tmp_path, HEAD + f'places=["B","C"]\n[rules."{rule.name}"]\nseverity="info"\n', "other.toml")
        assert main(["policy", "diff", str(one), str(one)]) == 0
        assert main(["policy", "diff", str(one), str(other)]) == 1
        lines = capsys.readouterr().out.splitlines()
        assert '- force.places: "A"' in lines
        assert '+ force.places: "C"' in lines
        assert f"{rule.name} on a team account: {rule.severity} -> info" in lines

    @pytest.mark.parametrize(
        ("settings", "said"),
        [
            ('severity_by_account={officer="error",corporate="info"}', "warning (corporate: info, officer: error)"),
            ('severity="info",severity_by_account={team="error"}', "info (team: error)"),
            ('severity="info"', "info"),
            (
                'severity_by_account={officer="error",corporate="info",team="info",personal="error"}',
                "corporate: info, team: info, officer: error, personal: error",
            ),
        ],
    )
    def test_the_table_shows_the_ordinary_severity_first(
        self, settings: str, said: str, tmp_path: Path, asking: type[Rule]
    ) -> None:
        path = write(tmp_path, HEAD + f'[clauses]\n"1"="One"\n[rules]\n"test/*"={{clauses=["1"],{settings}}}\n')
        assert f"| 1 | One | [`test/asking`](#test-asking) {said} |" in policy_table([asking()], load_policy(path), "x")

    @pytest.mark.parametrize("command", ["check", "explain", "rules"])
    def test_the_help_says_that_a_pack_may_be_installed(self, command: str, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            main([command, "--help"])
        assert "a bundled or installed policy pack" in " ".join(capsys.readouterr().out.split())

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (["validate"], 0),
            (["validate", str(PACK)], 0),
            (["test", str(PACK)], 0),
            (["test", "uk-police"], 1),
            (["validate", "no-such-pack"], 2),
            (["show", "missing.toml"], 2),
        ],
    )
    def test_exit_codes(self, words: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["policy", *words]) == code


class TestTheGuide:
    """What ``docs/packs.md`` shows can be used as it stands."""

    GUIDE = (PACK.parents[2] / "docs" / "packs.md").read_text("utf-8")
    BLOCKS = tuple(re.findall(r"```(\w+)\n(.*?)```", GUIDE, re.DOTALL))

    def test_the_first_pack_has_nothing_to_mend(self, tmp_path: Path) -> None:
        assert errors(write(tmp_path, self.BLOCKS[0][1])) == []

    def test_its_further_tables_fit_it(self, tmp_path: Path) -> None:
        tables = [text for kind, text in self.BLOCKS[1:] if kind == "toml" and "project.entry-points" not in text]
        assert len(tables) == 4
        for text in tables:
            base = self.BLOCKS[0][1].partition("[rules]")[0]  # which one of the tables gives anew
            found = errors(write(tmp_path, base + text))
            assert [error for error in found if "no rule reads it" not in error] == []

    def test_its_project_puts_the_pack_into_the_wheel(self) -> None:
        import tomllib

        (project,) = [tomllib.loads(text) for kind, text in self.BLOCKS if "project.entry-points" in text]
        points = project["project"]["entry-points"]["wmp_postlint.policies"]
        assert project["project"]["dependencies"] == ["wmp-postlint"]
        for package in points.values():
            assert package in project["tool"]["setuptools"]["packages"]
            assert project["tool"]["setuptools"]["package-data"][package] == ["*.toml", "*.jsonl"]

    def test_its_example_posts(self, tmp_path: Path) -> None:
        (text,) = [text for kind, text in self.BLOCKS if kind == "json"]
        path = write(tmp_path, self.BLOCKS[0][1], "anytown.toml")
        examples = write(tmp_path, text, "anytown" + EXAMPLES)
        assert count_posts(examples) == 2
        assert errors(path) == []

    def test_every_table_of_a_pack_is_in_it(self) -> None:
        for name in Policy.__annotations__.keys() - {"id", "version", "title", "extends"}:
            assert f"`{name}`" in self.GUIDE, name
