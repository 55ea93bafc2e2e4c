"""The configuration file: where it is found, what it says, what it cannot say, and what wins over it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import own_rules
import pytest
from own_rules import PROGRAM

from wmp_postlint.checker.globs import fitting

PACK = 'policy = "../orchard.toml"\n'


def run(folder: Path, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, with the tests' own rules."""
    done = subprocess.run([*PROGRAM, *words], cwd=folder, input=stdin, capture_output=True, check=False)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def reports(folder: Path, *words: str) -> dict[str, list[tuple[str, str, str]]]:
    """Return the findings of each post: rule, severity and status."""
    done = run(folder, "check", *words, "--output-format", "json")
    assert done.returncode in (0, 1), done.stderr
    return {
        post["report"]["id"]: [(each["rule"], each["severity"], each["status"]) for each in post["report"]["findings"]]
        for post in json.loads(done.stdout)["posts"]
    }


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A folder with a post of each fruit, and the pack one folder up."""
    own_rules.write_policy(tmp_path)
    folder = tmp_path / "drafts"
    (folder / "deep").mkdir(parents=True)
    fruits = {"pear": "officer", "plum": "corporate", "fig": "corporate"}
    for fruit, kind in fruits.items():
        post = {"id": fruit, "text": f"a {fruit}", "account": {"handle": fruit, "kind": kind}}
        (folder / "deep" / f"{fruit}.post.json").write_text(json.dumps(post))
    return folder


def test_it_is_found_upward_and_its_pack_is_beside_it(drafts: Path) -> None:
    (drafts / "postlint.toml").write_text(PACK)
    for where, path in ((drafts, "deep"), (drafts.parent, "drafts/deep/pear.post.json"), (drafts / "deep", "..")):
        done = run(where, "check", path)
        assert "policy: orchard 3.1 " in done.stdout
        assert "configuration: " in done.stdout
        assert done.returncode == 1
    assert "configuration" not in run(drafts, "check", "deep", "--no-config", "--policy", "../orchard.toml").stdout


def test_the_repository_ends_the_search(drafts: Path) -> None:
    (drafts / "postlint.toml").write_text("no = 1\n")
    (drafts / "deep" / ".git").mkdir()
    assert run(drafts, "check", "deep", "--policy", "../orchard.toml").returncode == 1


def test_pyproject(drafts: Path) -> None:
    (drafts / "pyproject.toml").write_text(f'[project]\nname = "x"\n[tool.postlint]\n{PACK}fail-on = "info"\n')
    (drafts / "deep/pyproject.toml").write_text('[tool.other]\nx = "tool.postlint"\n')
    assert run(drafts, "check", "deep/fig.post.json").returncode == 1
    done = run(drafts, "config", "show", "deep")
    assert 'fail-on = "info"  # pyproject.toml:5' in done.stdout.split("\n")
    assert 'output-format = "full"  # default' in done.stdout.split("\n")
    (drafts / "postlint.toml").write_text(PACK)
    assert "keep one of them" in run(drafts, "check", "deep").stderr


def test_two_that_differ_are_refused(drafts: Path) -> None:
    (drafts / "deep/postlint.toml").write_text('policy = "../../orchard.toml"\n')
    (drafts / "x.post.txt").write_text("hello")
    done = run(drafts, "check", "deep", "x.post.txt")
    assert done.returncode == 2
    assert "different files apply" in done.stderr
    assert run(drafts, "check", "deep", "x.post.txt", "--config", "deep/postlint.toml").returncode == 1


def test_options_of_the_command_line_win(drafts: Path) -> None:
    (drafts / "postlint.toml").write_text(
        f'{PACK}fail-on = "info"\noutput-format = "concise"\nselect = ["fruit"]\nignore = ["fruit/pear"]\n'
    )
    done = run(drafts, "check", "deep")
    assert done.returncode == 1
    assert "fruit/fig" in done.stdout
    assert "pear" not in done.stdout.replace("pear.post", "")
    assert "===" not in done.stdout
    assert run(drafts, "check", "deep", "--fail-on", "error").returncode == 0
    assert run(drafts, "check", "deep", "--fail-on", "error", "--ignore", "fruit/plum").returncode == 1
    assert "===" in run(drafts, "check", "deep", "--output-format", "full").stdout
    assert {*reports(drafts, "deep", "--select", "fruit/plum")["fig"]} == set()


def test_severities_by_rule_and_by_account(drafts: Path) -> None:
    (drafts / "postlint.toml").write_text(
        PACK + '[severity]\n"fruit/*" = "warning"\nfruit = { corporate = "error" }\n"fruit/fig" = "info"\n'
    )
    found = reports(drafts, "deep")
    assert found["pear"] == [("fruit/pear", "warning", "open")]
    assert found["plum"] == [("fruit/plum", "warning", "open")]
    assert found["fig"] == [("fruit/fig", "info", "open")]
    (drafts / "postlint.toml").write_text(
        PACK + '[severity]\n"fruit/p*" = { severity = "info", corporate = "error" }\n"fruit/fig" = "warning"\n'
    )
    found = reports(drafts, "deep")
    assert [found[name][0][1] for name in ("pear", "plum", "fig")] == ["info", "error", "warning"]


def test_a_report_says_that_its_pack_was_changed(drafts: Path) -> None:
    versions = []
    for severity in ("info", "warning", "info"):
        (drafts / "postlint.toml").write_text(f'{PACK}[severity]\n"fruit/pear" = "{severity}"\n')
        done = run(drafts, "check", "deep", "--output-format", "json")
        versions.append(json.loads(done.stdout)["posts"][0]["report"]["policy"]["version"])
    assert versions[0].startswith("3.1+config.")
    assert versions[0] == versions[2] != versions[1]


def test_more_of_a_pack(drafts: Path) -> None:
    (drafts / "more.toml").write_text('never_waived = ["fruit/pear"]\n[rules."fruit/plum"]\nseverity = "error"\n')
    (drafts / "postlint.toml").write_text(f'{PACK}packs = ["more.toml"]\n')
    assert reports(drafts, "deep")["plum"] == [("fruit/plum", "error", "open")]
    (drafts / "more.toml").write_text('extends = "uk-police"\n')
    assert "extends nothing" in run(drafts, "check", "deep").stderr
    (drafts / "more.toml").write_text('never_waved = ["fruit/pear"]\n')
    assert "did you mean 'never_waived'?" in run(drafts, "check", "deep").stderr
    assert "more.toml" in run(drafts, "check", "deep").stderr


def test_files_that_are_left_out(drafts: Path) -> None:
    (drafts / "old").mkdir()
    (drafts / "old/x.post.txt").write_text("a pear")
    (drafts / "postlint.toml").write_text(f'{PACK}exclude = ["old", "deep/p*"]\n')
    done = run(drafts, "check", ".", "--mask")
    assert done.returncode == 0
    assert "left out, 2: exclude in postlint.toml: deep/p*" in done.stdout
    assert "left out, 1: exclude in postlint.toml: old" in done.stdout
    # A file that is named outright is checked.
    assert run(drafts, "check", "old/x.post.txt").returncode == 1


def test_rules_that_are_waived_in_files(drafts: Path) -> None:
    (drafts / "postlint.toml").write_text(f'{PACK}[per-file-ignores]\n"deep/p*" = ["fruit"]\n')
    found = reports(drafts, "deep")
    assert [found[name][0][2] for name in ("pear", "plum", "fig")] == ["waived", "waived", "open"]
    assert run(drafts, "check", "deep").returncode == 0


def test_what_no_waiver_answers(drafts: Path) -> None:
    pack = drafts.parent / "strict.toml"
    pack.write_text(own_rules.POLICY.replace("fruit/nut", "fruit/pe*"))
    head = 'policy = "../strict.toml"\n'
    (drafts / "postlint.toml").write_text(f'{head}[per-file-ignores]\n"**" = ["*"]\n')
    done = run(drafts, "check", "deep", "--show-text")
    assert done.returncode == 1
    assert "note: The policy pack lets no waiver answer this." in done.stdout
    for line, place in (
        ('ignore = ["fruit"]', "postlint.toml:2: ignore"),
        ('severity = { "fruit/*" = "warning" }', "postlint.toml:2: severity"),
        ('severity.fruit.personal = "info"', "postlint.toml:2: severity"),
        ('packs = ["milder.toml"]', "postlint.toml:2: packs"),
    ):
        (drafts / "milder.toml").write_text('[rules."fruit/pear"]\nseverity = "info"\n')
        (drafts / "postlint.toml").write_text(f"{head}{line}\n")
        done = run(drafts, "check", "deep")
        assert done.returncode == 2
        assert place in done.stderr
        assert "fruit/pear" in done.stderr
    (drafts / "postlint.toml").write_text(f'{head}select = ["fruit/fig"]\n')
    found = reports(drafts, "deep")
    assert found["pear"] == [("fruit/pear", "error", "open")]
    assert found["plum"] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('\nfail_on = "info"', "postlint.toml:2: fail_on: unknown key, did you mean 'fail-on'?"),
        ('select = ["a"]\nselekt = ["b"]', "postlint.toml:2: selekt: unknown key, did you mean 'select'?"),
        ('fail-on = "never"', 'postlint.toml:1: fail-on: expected one of "info", "warning", "error"'),
        ('exclude = [\n"a",\n3]', "postlint.toml:1: exclude[1]: expected text, got a number"),
        ('[severity]\n"fruit/pare" = "info"', "postlint.toml:2: severity.fruit/pare: no such rule, did you mean"),
        ('[severity]\n"fruit/pear" = "off"', "postlint.toml:2: severity.fruit/pear: expected one of"),
        ('[severity."fruit/pear"]\nofficers = "info"', "postlint.toml:1: severity.fruit/pear.officers: unknown key"),
        ('[per-file-ignores]\n"a" = ["fruit/pare"]', "postlint.toml:2: per-file-ignores.a: 'fruit/pare': no such rule"),
        ('[[keys]]\nholder = "a"\npublic = "b"\n[[keys]]\nholdr = "c"', "postlint.toml:5: keys[1].holdr: unknown key"),
        ("fail-on = ", "is not TOML"),
        ('select = ["fruit/pare"]', "postlint.toml:1: select: 'fruit/pare': no such rule, did you mean"),
        ('ignore = [\n"fruit/pare"]', "postlint.toml:1: ignore: 'fruit/pare': no such rule, did you mean"),
        ('ocr = false\noutput-format = "fulll"', "postlint.toml:2: output-format: expected one of full"),
        ('baseline = "none.json"', "there is no such baseline"),
    ],
)
def test_a_mistake_names_the_file_the_line_and_the_key(drafts: Path, text: str, said: str) -> None:
    (drafts / "postlint.toml").write_text(f"{text}\n")
    done = run(drafts, "check", "deep", "--policy", "../orchard.toml")
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == "" or "baseline" in text


def test_show_as_data(drafts: Path) -> None:
    (drafts / "postlint.toml").write_text(f'{PACK}ocr = true\n[severity]\n"fruit/pear" = {{ team = "info" }}\n')
    shown = json.loads(run(drafts, "config", "show", "--json").stdout)
    settings = shown["settings"]
    assert settings["ocr"] == {"value": True, "from": "postlint.toml", "line": 2}
    assert settings["fail-on"] == {"value": "error", "from": "default", "line": None}
    assert settings["severity"]["value"] == {"fruit/pear": {"team": "info"}}
    assert settings["severity"]["lines"] == {"fruit/pear": 4}
    assert shown["policy"]["id"] == "orchard"


def test_fix_reads_it_too(drafts: Path) -> None:
    (drafts / "a.post.txt").write_text("a pear")
    (drafts / "postlint.toml").write_text(f'{PACK}ignore = ["fruit/pear"]\n')
    assert run(drafts, "fix", "a.post.txt", "--diff").stdout == ""
    assert "-a pear" in run(drafts, "fix", "a.post.txt", "--diff", "--ignore", "fruit/fig").stdout


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("old", "a/old/b/x.md", True),
        ("old", "a/older/x.md", False),
        ("*.md", "a/b/x.md", True),
        ("/x.md", "x.md", True),
        ("/x.md", "a/x.md", False),
        ("a/*", "a/b/x.md", True),
        ("a/*.md", "a/b/x.md", False),
        ("a/**/*.md", "a/b/c/x.md", True),
        ("a/**/*.md", "a/x.md", True),
        ("**/b", "a/b/x.md", True),
        ("a/", "a/x.md", True),
        ("./a", "b/a/x.md", False),
        ("[x].md", "x.md", False),
        ("a?.md", "a1.md", True),
    ],
)
def test_patterns_of_paths(pattern: str, path: str, fits: bool, tmp_path: Path) -> None:
    assert fitting(["none", pattern], str(tmp_path / path), str(tmp_path)) == (pattern if fits else None)


@pytest.mark.parametrize("way", ["keys", "packs"])
def test_more_keys_of_signers(tmp_path: Path, way: str) -> None:
    """A signature counts once the configuration holds its key, as a key or in a part of a pack; another's does not."""
    pytest.importorskip("joserfc")
    head = "---\nid: a\naccount: {handle: WalsallPolice, platform: x}\n---\n"
    (tmp_path / "a.post.md").write_text(f"{head}Have you seen this missing man? He was last seen yesterday in Aston.\n")
    printed = bundled(tmp_path, "approve", "keygen", "key", "--holder", "Press desk").stdout
    other = bundled(tmp_path, "approve", "keygen", "other", "--holder", "Somebody").stdout
    signed = ["--covers", "appeal", "--by", "Press desk", "--reference", "CC-1", "--expires", "2099-01-01"]
    assert bundled(tmp_path, "approve", "sign", "a.post.md", "--key", "key", *signed).returncode == 0
    codes = []
    for text in ("", printed, other):
        (tmp_path / "part.toml").write_text(text)
        table = {"keys": text.replace("approving.keys", "keys"), "packs": 'packs = ["part.toml"]\n'}[way]
        (tmp_path / "postlint.toml").write_text(f'select = ["appeal"]\n{table}')
        codes.append(bundled(tmp_path, "check", "a.post.md").returncode)
    assert codes == [1, 0, 1]


def bundled(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, with the bundled rules."""
    command = [sys.executable, "-m", "wmp_postlint", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
