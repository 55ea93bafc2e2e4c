"""docs/integrations.md and docs/mcp.md say what there is, and their Python does what they say."""

from __future__ import annotations

import asyncio
import hmac
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from behind import payload
from mcp import Client
from running import TELLING
from starlette.applications import Starlette
from starlette.testclient import TestClient

from wmp_postlint import Linter
from wmp_postlint.adapters import orlo
from wmp_postlint.checker import assistant
from wmp_postlint.checker.cli import main
from wmp_postlint.server.gates.looking import Looker

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "integrations.md").read_text("utf-8")
MCP = (ROOT / "docs" / "mcp.md").read_text("utf-8")
SECTIONS = {part.partition("\n")[0]: part for part in TEXT.split("\n## ")[1:]}
CODE = {name: block[0] for name, part in SECTIONS.items() if (block := re.findall(r"```python\n(.*?)```", part, re.S))}


def made(name: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return what the Python of a section defines."""
    for variable, value in (("HOOTSUITE_TOKEN", "t"), ("ORLO_HOOK", "a1b2"), ("ORLO_SECRET", "secret")):
        monkeypatch.setenv(variable, value)
    names: dict[str, Any] = {}
    exec(compile(CODE[name], f"docs/integrations.md: {name}", "exec"), names)
    return names


def client(names: dict[str, Any]) -> TestClient:
    assert isinstance(names["app"], Starlette)
    return TestClient(names["app"], base_url="http://127.0.0.1")


def test_every_tool_of_the_table_has_its_section_and_its_code() -> None:
    table = re.findall(r"^\| \[(\w+)\]\(#(\w+)\)", TEXT, re.M)
    assert [name for name, anchor in table if anchor != name.lower() or name not in SECTIONS] == []
    adapters = {path.stem for path in (ROOT / "wmp_postlint" / "adapters").glob("*.py")} - {
        "__init__",
        "answer",
        "payload",
    }
    assert adapters | {"wagtail"} == {anchor for _, anchor in table}
    assert {*CODE, "WordPress", "Wagtail"} == {name for name, _ in table}


def test_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = made("Buffer", monkeypatch)["looked_at"]
    given = payload("buffer-input")
    assert looked_at(given) == (given, None)
    revised, note = looked_at(given | {"text": TELLING})
    assert revised["saveToDraft"] is True
    assert "mobile number" in note


def test_orlo(monkeypatch: pytest.MonkeyPatch) -> None:
    names = made("Orlo", monkeypatch)
    body = b'{"id": 7, "content": "Ring 07700 900461"}'
    signed = hmac.new(b"secret", body, sha256).hexdigest()
    answer = client(names).post("/", content=body, headers={orlo.HOOK: "a1b2", orlo.HASH: signed})
    assert answer.status_code == 200
    [(identity, tags)] = names["held"]
    assert identity == "7"
    assert "personal-data" in tags


def test_mixpost(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = made("Mixpost", monkeypatch)
    names["UPLOADS"] = tmp_path
    (tmp_path / "7").write_bytes((ROOT / "examples" / "week" / "pictures" / "van.jpg").read_bytes())
    form = payload("mixpost-form")
    form["accounts"] = [1]
    del form["versions"][1]
    asked = client(names)
    assert asked.post("/mixpost", json=form).status_code == 200
    for number, word in ((7, "location"), (8, "looked at")):
        form["versions"][0]["content"][0]["media"] = [number]
        answer = asked.post("/mixpost", json=form)
        assert answer.status_code == 422
        assert word in answer.text


@pytest.mark.parametrize(
    ("name", "path"), [("Postiz", "/public/v1/posts"), ("Bluesky", "/xrpc/com.atproto.repo.createRecord")]
)
def test_gates_refuse_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch, name: str, path: str) -> None:
    post: dict[str, Any] = payload("postiz-create" if name == "Postiz" else "bluesky-create")
    if name == "Postiz":
        post["posts"][0]["value"][0]["content"] = TELLING
    else:
        post["record"] = {"$type": "app.bsky.feed.post", "text": TELLING}
    answer = client(made(name, monkeypatch)).post(path, json=post)
    assert answer.status_code == 400
    assert "mobile number" in answer.json()["message"]


def test_hootsuite(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client(made("Hootsuite", monkeypatch)).post("/", json=payload("hootsuite-callback")[3:])
    assert answer.status_code == 200


def test_the_limits_are_those_of_the_gates() -> None:
    assert (Looker.__init__.__kwdefaults__ or {})["seconds"] == 30
    assert "longer\nthan 30 s" in TEXT


def test_every_option_of_mcp_is_explained_and_none_invented(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["mcp", "--help"])
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", MCP)) == options


def test_every_tool_of_mcp_is_explained_and_none_invented() -> None:
    async def names() -> set[str]:
        async with Client(assistant.make(Linter())) as asked:
            return {tool.name for tool in (await asked.list_tools()).tools}

    assert set(re.findall(r"^\| `(\w+)`", MCP, re.M)) == asyncio.run(names())
