"""The baseline: what it knows, what it gives away, and what it never answers."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import own_rules
import pytest
from test_config import run

OPTIONS = ("--policy", "orchard.toml")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    own_rules.write_policy(tmp_path)
    posts: list[dict[str, object]] = [
        {"id": "a", "text": "a pear"},
        {"id": "b", "text": "Two pears, a plum"},
        {"id": "c", "text": "one pear\nmore"},
        {"id": "d", "text": "here", "location": {"latitude": 52.1, "longitude": -1.9}},
    ]
    write(tmp_path, posts)
    return tmp_path


def write(folder: Path, posts: list[dict[str, object]], name: str = "all.posts.jsonl") -> None:
    (folder / name).write_text("".join(json.dumps(post) + "\n" for post in posts), "utf-8")


def create(folder: Path, *words: str) -> dict[str, int]:
    done = run(folder, "baseline", "create", "base.json", "all.posts.jsonl", *OPTIONS, *words)
    assert done.returncode == 0, done.stderr
    return {f"{entry['rule']}": entry["count"] for entry in json.loads((folder / "base.json").read_bytes())["findings"]}


def check(folder: Path, *words: str) -> tuple[int, list[str], str]:
    """Return the exit code, the rules that stand open, and what was said on standard error."""
    options = ("--baseline", "base.json", "--output-format", "json", *OPTIONS)
    done = run(folder, "check", *(words or ("all.posts.jsonl",)), *options)
    found = json.loads(done.stdout)["posts"] if done.stdout else []
    standing = [each["rule"] for post in found for each in post["report"]["findings"] if each["status"] == "open"]
    return done.returncode, standing, done.stderr


def test_what_is_known_does_not_count(archive: Path) -> None:
    assert run(archive, "check", "all.posts.jsonl", *OPTIONS).returncode == 1
    create(archive)
    assert check(archive) == (0, [], "")
    done = run(archive, "check", "all.posts.jsonl", "--baseline", "base.json", *OPTIONS)
    assert "4 pass" in done.stdout
    assert "5 in the baseline" in done.stdout
    assert "fruit/pear" not in done.stdout


def test_it_goes_by_the_value_and_never_by_the_place(archive: Path) -> None:
    create(archive)
    posts: list[dict[str, object]] = [
        {"id": "x", "text": "Other words, and\n\n then a  pear"},
        {"id": "y", "text": "£ two pears"},
        {"id": "z", "text": "plum pear"},
        {"id": "w", "text": "moved", "location": {"latitude": 52.1, "longitude": -1.9}},
    ]
    (archive / "sub").mkdir()
    write(archive / "sub", posts, "renamed.posts.jsonl")
    assert check(archive, "sub") == (0, [], "")


def test_one_more_or_another_value_is_new(archive: Path) -> None:
    create(archive)
    lines = (archive / "all.posts.jsonl").read_text()
    (archive / "all.posts.jsonl").write_text(lines + '{"text": "a third pear"}\n')
    assert check(archive)[:2] == (1, ["fruit/pear"])
    (archive / "all.posts.jsonl").write_text(lines.replace("52.1", "52.2"))
    code, standing, said = check(archive)
    assert (code, standing) == (1, ["nut/walnut"])
    assert "1 finding of the baseline was not met" in said


def test_what_is_no_longer_met_is_said_and_let_go(archive: Path) -> None:
    before = create(archive)
    write(archive, [{"id": "a", "text": "a pear, a plum, a new fig"}])
    code, standing, said = check(archive)
    assert code == 0  # a fig is advice
    assert standing == ["fruit/fig"]
    assert "3 findings of the baseline were not met" in said
    done = run(archive, "baseline", "update", "base.json", "all.posts.jsonl", *OPTIONS)
    assert "3 that were not met were let go" in done.stdout
    assert "1 new ones stay open" in done.stdout
    kept = json.loads((archive / "base.json").read_bytes())["findings"]
    assert sorted((entry["rule"], entry["count"]) for entry in kept) == [("fruit/pear", 1), ("fruit/plum", 1)]
    assert check(archive) == (0, ["fruit/fig"], "")
    run(archive, "baseline", "update", "base.json", "all.posts.jsonl", "--accept-new", *OPTIONS)
    assert check(archive) == (0, [], "")
    assert before != kept


def test_the_file_gives_nothing_away(archive: Path) -> None:
    """No words stand in it, and another key gives other fingerprints; the key is its owner's alone."""
    create(archive)
    first = (archive / "base.json").read_text()
    assert "pear" not in first.replace("fruit/pear", "")
    assert "52.1" not in first
    key = archive / "base.json.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.read_text() not in first
    for path in (archive / "base.json", key):
        path.unlink()
    create(archive)
    second = (archive / "base.json").read_text()

    def fingerprints(text: str) -> set[str]:
        return {entry["fingerprint"] for entry in json.loads(text)["findings"]}

    assert len(fingerprints(first)) == 4
    assert not fingerprints(first) & fingerprints(second)


def test_the_same_posts_and_key_give_the_same_bytes(archive: Path) -> None:
    create(archive)
    first = (archive / "base.json").read_bytes()
    (archive / "base.json").unlink()
    create(archive)
    assert (archive / "base.json").read_bytes() == first


def test_the_key_from_elsewhere(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTLINT_BASELINE_KEY", "ab" * 32)
    create(archive)
    assert not (archive / "base.json.key").exists()
    assert check(archive)[0] == 0
    monkeypatch.setenv("POSTLINT_BASELINE_KEY", "cd" * 32)
    code, _, said = check(archive)
    assert code == 2
    assert "was made with another key" in said
    monkeypatch.setenv("POSTLINT_BASELINE_KEY", "short")
    assert "64 hexadecimal digits" in check(archive)[2]
    monkeypatch.delenv("POSTLINT_BASELINE_KEY")
    assert "base.json.key: cannot be read" in check(archive)[2]
    (archive / "secret").write_text("ab" * 32)
    (archive / "secret").chmod(0o644)
    assert "chmod 600" in check(archive, "all.posts.jsonl", "--baseline-key", "secret")[2]
    (archive / "secret").chmod(0o600)
    assert check(archive, "all.posts.jsonl", "--baseline-key", "secret")[0] == 0


def test_what_no_waiver_answers_is_not_in_it(archive: Path) -> None:
    (archive / "orchard.toml").write_text(own_rules.POLICY.replace("fruit/nut", "fruit/pear"))
    assert set(create(archive)) == {"fruit/plum", "nut/walnut"}
    done = run(archive, "baseline", "update", "base.json", "all.posts.jsonl", *OPTIONS)
    assert "3 stay open: the policy pack lets nothing answer them" in done.stdout
    assert check(archive)[:2] == (1, ["fruit/pear"] * 3)


def test_what_could_not_be_looked_at_stays_so(archive: Path) -> None:
    write(archive, [{"id": "a", "text": "rotten pear"}])
    done = run(archive, "baseline", "create", "base.json", "all.posts.jsonl", *OPTIONS)
    assert done.returncode == 2
    assert "1 posts could not be read or wholly looked at" in done.stdout
    assert check(archive)[0] == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("[]", "expected an object"),
        ('{"version": 2}', "another version"),
        ('{"version": 1, "policy": "x", "key": "y", "findings": [{"rule": "a"}]}', "findings[0].fingerprint: missing"),
        ('{"version": 1, "policy": "x", "key": "y", "found": []}', "base.json: found: unknown key"),
    ],
)
def test_a_file_that_is_none(archive: Path, text: str, said: str) -> None:
    create(archive)
    (archive / "base.json").write_text(text)
    code, _, words = check(archive)
    assert code == 2
    assert said in words
    assert "base.json" in words


def test_it_is_never_overwritten_by_create(archive: Path) -> None:
    create(archive)
    done = run(archive, "baseline", "create", "base.json", "all.posts.jsonl", *OPTIONS)
    assert done.returncode == 2
    assert "is there already" in done.stderr


def test_show(archive: Path) -> None:
    create(archive)
    (archive / "base.json.key").unlink()  # nobody needs it for that
    assert json.loads(run(archive, "baseline", "show", "base.json", "--json").stdout) == {
        "version": 1,
        "policy": "orchard 3.1",
        "findings": 5,
        "rules": {"fruit/pear": 3, "fruit/plum": 1, "nut/walnut": 1},
    }
    assert "      3  fruit/pear\n" in run(archive, "baseline", "show", "base.json").stdout


def test_the_configuration_names_it(archive: Path) -> None:
    create(archive)
    (archive / "postlint.toml").write_text('policy = "orchard.toml"\nbaseline = "base.json"\n')
    (archive / "sub").mkdir()
    assert run(archive / "sub", "check", "../all.posts.jsonl").returncode == 0
    assert run(archive / "sub", "check", "../all.posts.jsonl", "--no-config").returncode != 0


def test_the_log_holds_what_was_decided_in_the_end(archive: Path) -> None:
    create(archive)
    run(archive, "log", "start", "log")
    assert check(archive, "all.posts.jsonl", "--log", "log")[0] == 0
    entries = [json.loads(line) for line in (archive / "log").read_text().splitlines()]
    assert [entry["verdict"] for entry in entries if "verdict" in entry] == ["pass"] * 4
    assert {found[2] for entry in entries for found in entry.get("findings", ())} == {"waived"}


def test_reports_keep_one_fingerprint(archive: Path) -> None:
    """SARIF, GitLab and JSON name a finding alike, with a baseline and without."""
    found = {}
    for words in ((), ("--baseline", "base.json")):
        if words:
            create(archive)
        for name in ("sarif", "gitlab", "json", "jsonl"):
            text = run(archive, "check", "all.posts.jsonl", "--output-format", name, *words, *OPTIONS).stdout
            found[name, words] = fingerprints_in(name, text)
    assert len(found["json", ()]) == 5
    assert found["json", ()] == found["jsonl", ()] == found["sarif", ()] == found["gitlab", ()]
    assert found["json", ()] == found["json", words] == found["sarif", words]
    assert found["gitlab", words] == set()  # which has no way to say that a finding is answered


def fingerprints_in(name: str, text: str) -> set[str]:
    if name == "gitlab":
        return {entry["fingerprint"] for entry in json.loads(text)}
    if name == "sarif":
        results = json.loads(text)["runs"][0]["results"]
        return {value for result in results for value in result["partialFingerprints"].values()}
    values = [json.loads(line) for line in text.splitlines()] if name == "jsonl" else json.loads(text)["posts"]
    return {each["fingerprint"] for value in values for each in value.get("report", {}).get("findings", ())}
