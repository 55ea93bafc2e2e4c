"""``postlint approve``: from a new key to a post that passes, and every wrong call."""

from __future__ import annotations

import json
import os
import stat
from io import BytesIO
from pathlib import Path

import pytest

from wmp_postlint.checker.cli import main
from wmp_postlint.post import Post
from wmp_postlint.readers.files import find

POSTS = {
    "plain.post.md": "Please look\n",
    "yaml.post.md": "---\nid: one\n# a remark\naccount: {handle: '@ErdingtonWMP'}\n---\n\nPlease look\n",
    "crlf.post.md": "---\r\nid: one\r\n---\r\nPlease look\r\nagain\r\n",
    "block.post.md": (
        "---\napprovals:\n- covers: image\n  by: Old\n  reference: CC-1\n  # why\nid: one\n---\nPlease look\n"
    ),
    "flow.post.md": "---\napprovals: [{covers: image, by: Old, reference: CC-1}]\nid: one\n---\nPlease look\n",
    "empty.post.md": "---\napprovals: []\n---\nPlease look\n",
    "toml.post.md": '+++\nid = "one"\n[account]\nhandle = "ErdingtonWMP"\n+++\nPlease look\n',
    "one.post.json": '{"id": "one", "text": "Please look \U0001f693", "approvals": []}',
    "two.posts.jsonl": '{"id": "zero", "text": "No"}\n{"id": "one", "text": "Please look"}\n',
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A folder with a key, a pack that holds it, and the posts."""
    monkeypatch.chdir(tmp_path)
    assert main(["approve", "keygen", "press.key", "--holder", 'A. "Press"']) == 0
    pack = 'id="t"\nversion="1"\ntitle="T"\nextends="west-midlands"\n' + capsys.readouterr().out
    (tmp_path / "pack.toml").write_text(pack, "utf-8")
    for name, content in POSTS.items():
        (tmp_path / name).write_bytes(content.encode())
    return tmp_path


def read(path: Path) -> list[Post | None]:
    return [loaded.post for source in find([str(path)], BytesIO()) for loaded in source.read()]


def sign(path: str, *more: str) -> int:
    words = ["approve", "sign", path, "--key", "press.key", "--by", "A. Press", "--reference", "CC-12"]
    defaults = [] if "--expires" in more else ["--expires", "2999-12-01"]
    return main([*words, *defaults, *(() if "--covers" in more else ("--covers", "appeal")), *more])


def test_a_key_is_its_owner_s_alone_and_never_shown(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = desk / "press.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    secret = key.read_text().splitlines()[1]
    assert secret not in (desk / "pack.toml").read_text()
    before = key.read_bytes()
    assert main(["approve", "keygen", "press.key", "--holder", "B"]) == 2
    assert key.read_bytes() == before
    assert "never overwritten" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
def test_a_key_that_others_may_read_is_refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "press.key").chmod(0o640)
    assert sign("plain.post.md") == 2
    assert "chmod 600" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_that_is_no_key(content: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "press.key").write_text(content)
    assert sign("plain.post.md") == 2
    assert "holds no private Ed25519 key" in capsys.readouterr().err


@pytest.mark.parametrize("name", POSTS)
def test_what_is_signed_holds_and_the_rest_of_the_file_stays(
    name: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk / name
    before = read(path)
    path.chmod(0o644)
    assert sign(name, *(("--id", "one") if "jsonl" in name else ())) == 0
    capsys.readouterr()
    after = read(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [post and post.text for post in after] == [post and post.text for post in before]
    approvals = [approval for post in after if post for approval in post.approvals]
    assert [approval.reference for approval in approvals][-1] == "CC-12"
    assert main(["approve", "verify", name, "--policy", "pack.toml"]) == int("CC-1" in POSTS[name])
    assert 'CC-12 (appeal) holds, signed by A. "Press"; its id is ' in capsys.readouterr().out
    if name == "yaml.post.md":
        assert "# a remark" in path.read_text()
    if name == "block.post.md":
        assert "  # why" in path.read_text()


def test_a_whole_life(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sign, verify, alter, and take back."""
    post = desk / "yaml.post.md"
    assert sign("yaml.post.md", "--covers", "appeal", "--covers", "image") == 0
    assert main(["approve", "verify", "yaml.post.md", "--policy", "pack.toml"]) == 0
    kept = post.read_text()
    post.write_text(kept.replace("Please look", "Please do look"))
    assert main(["approve", "verify", "yaml.post.md", "--policy", "pack.toml"]) == 1
    assert "the words, links or place of the post are not those" in capsys.readouterr().out
    assert main(["check", "yaml.post.md", "--policy", "pack.toml", "--select", "approval"]) == 1
    post.write_text(kept)
    assert main(["check", "yaml.post.md", "--policy", "pack.toml", "--select", "approval"]) == 0
    with (desk / "pack.toml").open("a") as pack:
        pack.write('[approving]\nrevoked = ["CC-12"]\n')
    capsys.readouterr()
    assert main(["check", "yaml.post.md", "--policy", "pack.toml", "--select", "approval"]) == 1
    assert "it was taken back" in capsys.readouterr().out


def test_printed_approvals_are_those_of_the_wire_format(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (desk / "one.post.json").read_bytes()
    assert sign("one.post.json", "--print", "--starts", "2026-01-01") == 0
    (approval,) = json.loads(capsys.readouterr().out)
    assert approval.keys() == {"covers", "by", "reference", "expires", "digest", "signature"}
    assert (desk / "one.post.json").read_bytes() == before


def test_a_file_that_cannot_be_changed_safely_stays_as_it_is(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, content = "list.posts.json", '[{"id": "one", "text": "x"}]'
    (desk / name).write_text(content)
    assert sign(name) == 2
    assert "--print" in capsys.readouterr().err
    assert (desk / name).read_text() == content
    assert [path.name for path in desk.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("plain.post.md", "--covers", "apeal"), "no scope of the policy pack"),
        (("plain.post.md", "--expires", "soon"), "expected a day such as"),
        (("plain.post.md", "--expires", "2999-12-01T10:00:00"), "with its zone"),
        (("plain.post.md", "--expires", "2001-01-01"), "after the start and after now"),
        (("two.posts.jsonl",), "there are 2 posts in it; name one with --id"),
        (("two.posts.jsonl", "--id", "three"), "there are 0 posts with the id"),
        (("missing.post.md",), "no such file"),
        (("pack.toml",), "files that end in .md, .json, .jsonl only"),
        (("plain.post.md", "--key", "missing.key"), "cannot be read"),
    ],
)
def test_a_wrong_call(words: tuple[str, ...], message: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path.name: path.read_bytes() for path in desk.iterdir()}
    assert sign(*words) == 2
    assert message in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in desk.iterdir()} == before


def test_verifying_without_keys_or_approvals(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["approve", "verify", "plain.post.md"]) == 2
    assert "holds no keys" in capsys.readouterr().err
    assert main(["approve", "verify", "plain.post.md", "--policy", "pack.toml"]) == 1
    assert main(["approve", "verify", "missing.post.md", "--policy", "pack.toml"]) == 2
