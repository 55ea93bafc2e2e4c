"""The tools of an assistant, called by the SDK's own client: in this process, and over standard input and output."""

from __future__ import annotations

import asyncio
import base64
import sys
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters, stdio_client

from wmp_postlint import Linter, lint
from wmp_postlint.checker import assistant
from wmp_postlint.checker.cli import main
from wmp_postlint.media.reader import read_media

PICTURES = Path(__file__).parents[2] / "examples" / "week" / "pictures"
VAN, CLEAN = (PICTURES / "van.jpg").read_bytes(), (PICTURES / "hall-clean.png").read_bytes()
TELLING = "Ring Wilhelmina Quarrell on 07700 900461 about it."
TOOLS = ["explain_rule", "fix_picture", "lint_post"]


def served(work: Callable[[Client], Awaitable[Any]], folder: Path | None = None) -> Any:
    """Return what some work with a client of a server in this process returns."""

    async def run() -> Any:
        async with Client(assistant.make(Linter(trust_approvals=False), folder)) as client:
            return await work(client)

    return asyncio.run(run())


def called(tool: str, folder: Path | None = None, **arguments: Any) -> Any:
    """Return the result of one call."""
    return served(lambda client: client.call_tool(tool, arguments), folder)


def plain(result: Any) -> dict[str, Any]:
    assert not result.is_error, result.content
    found: dict[str, Any] = result.structured_content
    return found


def refused(result: Any) -> str:
    assert result.is_error
    words: str = result.content[0].text
    return words


def base64_of(data: bytes) -> str:
    return base64.b64encode(data).decode()


def test_tools_say_that_they_only_read() -> None:
    tools = served(lambda client: client.list_tools()).tools
    assert sorted(tool.name for tool in tools) == TOOLS
    for tool in tools:
        hints = tool.annotations
        assert (hints.read_only_hint, hints.destructive_hint, hints.idempotent_hint, hints.open_world_hint) == (
            True,
            False,
            True,
            False,
        )
        assert tool.description
        assert tool.title


def test_a_post_gets_the_report_of_the_library() -> None:
    found = plain(called("lint_post", text=TELLING))
    assert found["report"] == lint(TELLING).to_dict()
    assert (found["verdict"], found["may_be_published"]) == ("block", False)
    assert "mobile number" in found["why"][0]
    clean = plain(called("lint_post", text="Road closed on the A38."))
    assert (clean["verdict"], clean["may_be_published"], clean["why"]) == ("pass", True, [])


def test_everything_that_is_published_can_be_handed_over() -> None:
    def verdict(**arguments: Any) -> str:
        found: str = plain(called("lint_post", **arguments))["verdict"]
        return found

    assert verdict(text="<p>Ring <b>07700</b> 900461</p>", text_format="html") == "block"
    assert verdict(text="Road closed.", platform="bluesky", account="Sgt", account_kind="officer") == "block"
    assert verdict(text="Road closed.", platform="bluesky", account="WMP", account_kind="corporate") == "pass"
    assert (
        verdict(text="Our van.", pictures=[{"data": base64_of(CLEAN), "name": "hall.png", "alt": "A hall"}]) == "pass"
    )
    assert verdict(text="Our van.", pictures=[{"data": base64_of(CLEAN), "alt": TELLING}]) == "block"
    assert verdict(text="Our van.", pictures=[{"data": base64_of(CLEAN)}, {"data": base64_of(VAN)}]) == "block"
    shared = {"kind": "repost", "shared_from": "somebody", "shared_text": TELLING}
    assert verdict(text="See this.", **shared) != "pass"


def test_a_picture_that_is_not_there_is_no_pass(tmp_path: Path) -> None:
    for picture in ({}, {"alt": "A hall"}, {"file": "gone.png"}, {"file": "."}):
        found = plain(called("lint_post", tmp_path, text="Our hall.", pictures=[picture]))
        assert found["verdict"] == "review"
        assert "Not looked at (media[0])" in found["why"][0]


def test_pictures_may_be_named_in_the_one_folder() -> None:
    found = plain(called("lint_post", PICTURES, text="Our van.", pictures=[{"file": "van.jpg"}]))
    assert [finding["field"] for finding in found["report"]["findings"]] == ["media[0].location"]


@pytest.mark.parametrize("name", ["../week/../../../etc/passwd", "/etc/passwd", "..", "link.png"])
def test_a_file_outside_the_folder_is_not_opened(tmp_path: Path, name: str) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "link.png").symlink_to(PICTURES / "van.jpg")
    for tool, arguments in (
        ("lint_post", {"text": "a", "pictures": [{"file": name}]}),
        ("fix_picture", {"picture": {"file": name}}),
    ):
        assert "outside the server's folder" in refused(called(tool, tmp_path / "inside", **arguments))
    assert "--media" in refused(called("lint_post", text="a", pictures=[{"file": name}]))


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"text": 7},
        {"text": "a", "kind": "tweet"},
        {"text": "a", "account_kind": "officer"},
        {"text": "a", "pictures": [{"data": "!"}]},
        {"text": "a", "pictures": [{"data": "YQ==", "file": "a.png"}]},
        {"text": "a", "pictures": [{"path": "/etc/passwd"}]},
        {"text": "a", "pictures": "van.jpg"},
    ],
)
def test_a_wrong_call_is_an_error_and_no_verdict(arguments: dict[str, Any]) -> None:
    assert "verdict" not in refused(called("lint_post", **arguments))


def test_an_assistant_can_agree_to_nothing() -> None:
    """What it might make up is no argument of any tool."""
    tools = served(lambda client: client.list_tools()).tools
    assert not [
        tool.name for tool in tools if "approval" in str(tool.input_schema) or "waiver" in str(tool.input_schema)
    ]
    appeal = "Have you seen this man? He is wanted on suspicion of burglary. Approved by the press office."
    assert plain(called("lint_post", text=appeal))["verdict"] == "block"


def test_a_rule_is_explained() -> None:
    rule = lint(TELLING).findings[0].rule
    words = called("explain_rule", rule=rule).content[0].text
    assert rule in words
    assert "clause" in words
    assert "\x1b" not in words
    assert rule in called("explain_rule", rule=rule.partition("/")[0]).content[0].text
    assert "expected the name of a rule" in refused(called("explain_rule", rule="/"))
    assert "did you mean" in refused(called("explain_rule", rule=rule[:-1]))


def test_a_picture_comes_back_clean_and_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "van.jpg").write_bytes(VAN)
    for picture in ({"file": "van.jpg"}, {"data": base64_of(VAN), "name": "van.jpg"}):
        found = plain(called("fix_picture", tmp_path, picture=picture))
        data = base64.b64decode(found["data"])
        assert found["sha256"] == sha256(data).hexdigest()
        assert found["name"] == "van.jpg"
        assert found["removed"]
        assert len(read_media(VAN).positions) == 1
        assert read_media(data).positions == ()
    assert (tmp_path / "van.jpg").read_bytes() == VAN
    assert "not a picture" in refused(called("fix_picture", picture={"data": base64_of(b"no picture")}))
    assert "expected data or file" in refused(called("fix_picture", picture={}))
    assert refused(called("fix_picture", tmp_path, picture={"file": "gone.jpg"}))


def test_it_speaks_over_standard_input_and_output_and_logs_no_words(tmp_path: Path) -> None:
    log = tmp_path / "log"
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "wmp_postlint", "mcp", "--media", str(PICTURES)]
    )

    async def run() -> tuple[list[str], Any, Any]:
        with log.open("w") as errors:
            async with Client(stdio_client(command, errlog=errors)) as client:
                names = sorted(tool.name for tool in (await client.list_tools()).tools)
                found = await client.call_tool("lint_post", {"text": TELLING, "pictures": [{"file": "van.jpg"}]})
                wrong = await client.call_tool("lint_post", {"text": [TELLING]})
                return names, found, wrong

    names, found, wrong = asyncio.run(run())
    assert names == TOOLS
    assert plain(found)["verdict"] == "block"
    assert wrong.is_error
    assert "Quarrell" not in log.read_text("utf-8")


def test_a_wrong_command_line_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["mcp", "--media", str(tmp_path / "gone")]) == 2
    assert "--media" in capsys.readouterr().err
    assert main(["mcp", "--ignore", "*"]) == 2
