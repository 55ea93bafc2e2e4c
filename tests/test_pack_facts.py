"""What people write into a pack is taken as they mean it; what cannot be meant is said, with its file and its key."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from wmp_postlint import Account, Document, Linter, PolicyError, Post, Severity, load_policy
from wmp_postlint.analysis.tokens import leads_to_force
from wmp_postlint.checker.cli import main
from wmp_postlint.checker.policy_check import remarks
from wmp_postlint.pack_facts import dialled

HEAD = 'id="x"\nversion="1"\ntitle="X"\nextends="uk-police"\n[force]\nname="Anytown Police"\n'
TODAY = date(2026, 5, 5)


def write(folder: Path, text: str, name: str = "pack.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


class TestElections:
    @pytest.mark.parametrize(
        ("start", "end"),
        [("2027-05-06", "2027-03-29"), ('"2027-05-06"', '"2027-03-29"'), ('"2027-05-06"', "2027-05-05")],
    )
    def test_one_that_ends_before_it_starts_is_refused(self, start: str, end: str, tmp_path: Path) -> None:
        ended = '[[elections]]\ntitle="A"\nstart=2026-03-01\nend=2026-03-01\n'
        path = write(tmp_path, HEAD + ended + f'[[elections]]\ntitle="B"\nstart={start}\nend={end}\n')
        with pytest.raises(PolicyError, match=r"pack\.toml: elections\[1\]\.end: .*before the start"):
            load_policy(path)

    def test_what_is_no_day_is_refused(self, tmp_path: Path) -> None:
        path = write(tmp_path, HEAD + '[[elections]]\ntitle="A"\nstart="2027-13-01"\nend=2027-03-29\n')
        with pytest.raises(PolicyError, match=r"elections\[0\]\.start: expected a date"):
            load_policy(path)

    def test_both_days_count(self, tmp_path: Path) -> None:
        path = write(tmp_path, HEAD + '[[elections]]\ntitle="A"\nstart=2027-03-29\nend="2027-05-06"\n')
        linter = Linter(policy=path, rules=["political/*"])
        judged = {
            day: linter.lint("Vote Labour!", now=datetime.fromisoformat(f"{day}T12:00:00+00:00")).verdict
            for day in ("2027-03-28", "2027-03-29", "2027-05-06", "2027-05-07")
        }
        assert [verdict == "block" for verdict in judged.values()] == [False, True, True, False]

    def test_packs_that_mean_the_same_day_do_not_differ(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        election = '[[elections]]\ntitle="A"\nstart=2027-03-29\nend=2027-05-06\n'
        one = write(tmp_path, HEAD + election, "one.toml")
        other = write(tmp_path, HEAD + election.replace("2027-03-29", '"2027-03-29"'), "other.toml")
        assert main(["policy", "diff", str(one), str(other)]) == 0
        assert capsys.readouterr().out == ""


class TestNumbers:
    @pytest.mark.parametrize("number", ["press", "", " ", "0121 49", "0121 4960", "12345678901234", "0121 496 01OO"])
    def test_one_that_is_none_is_named_as_its_file_counts(self, number: str, tmp_path: Path) -> None:
        good = '{number="0121 496 0100",owner="a"}'
        path = write(tmp_path, HEAD + f'[contacts]\nnumbers=[{good},{{number="{number}",owner="b"}}]\n')
        (said,) = [one for one in remarks(path, Linter(policy=path), TODAY) if "telephone" in one.message]
        assert (said.severity, said.where) == (Severity.WARNING, "contacts.numbers[1]")
        assert said.message.startswith(repr(number))

    @pytest.mark.parametrize(
        "number", ["101", "18001 101", "116 000", "0800 1111", "+44 121 496 0100", "(0121) 496-0100"]
    )
    def test_one_that_is_one(self, number: str, tmp_path: Path) -> None:
        path = write(tmp_path, HEAD + f'[contacts]\nnumbers=[{{number="{number}",owner="a"}}]\n')
        assert not [one for one in remarks(path, Linter(policy=path), TODAY) if "telephone" in one.message]

    def test_a_remark_about_the_base_names_the_base(self, tmp_path: Path) -> None:
        write(tmp_path, HEAD + '[contacts]\nnumbers=[{number="press",owner="a"}]\n', "base.toml")
        child = HEAD.replace("uk-police", "base.toml") + '[contacts]\nnumbers=[{number="news",owner="a"}]\n'
        path = write(tmp_path, child)
        said = [one.where for one in remarks(path, Linter(policy=path), TODAY) if "telephone" in one.message]
        assert said == [f"contacts.numbers[0] of {tmp_path / 'base.toml'}", "contacts.numbers[0]"]

    def test_an_error_counts_as_its_file_does(self, tmp_path: Path) -> None:
        path = write(tmp_path, HEAD + '[contacts]\nnumbers=[{number="101",owner="police, not an emergency"},"999"]\n')
        with pytest.raises(PolicyError, match=r"pack\.toml: contacts\.numbers\[1\]: expected an object"):
            load_policy(path)
        part = write(tmp_path, '[[outlets]]\nhandles=["x"]\n', "part.toml")
        with pytest.raises(PolicyError, match=r"part\.toml: outlets\[0\]\.name: missing"):
            load_policy("uk-police", over=[part])

    @pytest.mark.parametrize(
        "number", ["+44 121 496 0100", "0044 121 496 0100", "+44 (0)121 496 0100", "0121-496-0100"]
    )
    def test_the_country_s_code_is_no_part_of_it(self, number: str, tmp_path: Path) -> None:
        assert dialled(number) == "01214960100"
        path = write(tmp_path, HEAD + f'[contacts]\nnumbers=[{{number="{number}",owner="a"}}]\n')
        assert Linter(policy=path, rules=["personal-data/*"]).lint("Ring 0121 496 0100").passed

    @pytest.mark.parametrize("prefix", ["01632 960", "01632-960", "+44 1632 960", "01632960"])
    def test_a_block_of_numbers(self, prefix: str, tmp_path: Path) -> None:
        path = write(tmp_path, HEAD + f'[contacts]\nnumber_prefixes=["{prefix}"]\n')
        linter = Linter(policy=path, rules=["personal-data/*"])
        assert linter.lint("Ring 01632 960123").passed
        assert not linter.lint("Ring 0161 961 1234").passed

    @pytest.mark.parametrize("prefix", ["", "press", "01632 96O"])
    def test_a_block_without_digits_is_refused(self, prefix: str, tmp_path: Path) -> None:
        path = write(tmp_path, HEAD + f'[contacts]\nnumber_prefixes=["0800", "{prefix}"]\n')
        with pytest.raises(PolicyError, match=r"contacts\.number_prefixes\[1\]: expected the leading digits"):
            load_policy(path)


class TestTheNet:
    @pytest.mark.parametrize(
        "site",
        [
            "https://harbourshire.example.org/",
            "http://www.harbourshire.example.org",
            "//harbourshire.example.org//",
            "WWW.Harbourshire.Example.Org",
            "harbourshire.example.org",
        ],
    )
    def test_a_site_as_it_is_copied_from_the_address_bar(self, site: str, tmp_path: Path) -> None:
        policy = load_policy(write(tmp_path, HEAD + f'sites=["{site}"]\n'))
        assert policy.force.sites[0].casefold() == "harbourshire.example.org"

    def test_a_link_to_such_a_site_leads_to_the_force(self, tmp_path: Path) -> None:
        path = write(tmp_path, HEAD + 'sites=["https://www.harbourshire.example.org/news/"]\n')
        policy = load_policy(path)
        on, off = (Document(Post(f"https://harbourshire.example.org/{page}"), policy) for page in ("news/1", "else"))
        assert leads_to_force(on)
        assert not leads_to_force(off)

    @pytest.mark.parametrize(
        "domain", ["@harbourshire.example.org", " Harbourshire.example.org", "https://harbourshire.example.org"]
    )
    def test_a_mail_domain(self, domain: str, tmp_path: Path) -> None:
        assert load_policy(write(tmp_path, HEAD + f'mail_domains=["{domain}"]\n')).force.mail_domains == (
            "harbourshire.example.org",
        )

    def test_handles(self, tmp_path: Path) -> None:
        tables = '[accounts]\ncorporate=["@Anytown"]\nteams=[" @AnytownDogs "]\npartners=["@AnytownPCC"]\n'
        tables += '[[outlets]]\nname="Echo"\nhandles=["@Echo"]\ndomains=["https://echo.example/"]\n'
        policy = load_policy(write(tmp_path, HEAD + tables))
        assert (*policy.accounts.corporate, *policy.accounts.teams, *policy.accounts.partners) == (
            "Anytown",
            "AnytownDogs",
            "AnytownPCC",
        )
        assert (policy.outlets[-1].handles, policy.outlets[-1].domains) == (("Echo",), ("echo.example",))
        assert policy.account_kind(Account("@anytowndogs")) == "team"


class TestWhoseItIs:
    def test_a_pack_needs_an_id_of_its_own(self, tmp_path: Path) -> None:
        without = HEAD.partition("\n")[2]
        with pytest.raises(PolicyError, match=r"pack\.toml: id: missing"):
            load_policy(write(tmp_path, without))
        write(tmp_path, without, "base.toml")
        with pytest.raises(PolicyError, match=r"base\.toml: id: missing"):
            load_policy(write(tmp_path, HEAD.replace("uk-police", "base.toml")))

    def test_a_part_of_a_pack_needs_none(self, tmp_path: Path) -> None:
        part = write(tmp_path, '[accounts]\nteams=["@AnytownDogs"]\n', "part.toml")
        assert load_policy("west-midlands", over=[part]).id == "west-midlands"


def test_a_region_with_its_article(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + 'region=["the Ellery Coast"]\n')
    linter = Linter(policy=path, rules=["personal-account/*"])
    for words in ("Ten years with the Ellery Coast force.", "Just another Ellery Coast bobby."):
        report = linter.lint(Post(words, account=Account("me", "personal")), now=datetime(2026, 5, 5, tzinfo=UTC))
        assert report.findings, words
