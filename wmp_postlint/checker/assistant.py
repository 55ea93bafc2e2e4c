"""The linter as tools of an assistant (Model Context Protocol): it drafts, they say what must not go out.

All of them only read: what they are asked about is handed over, or is a picture in the one folder that the user named,
and nothing is written, kept or fetched. No approval and no waiver can be handed over: an assistant could invent them.
"""

from __future__ import annotations

import base64
import binascii
import logging
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import BaseModel, ConfigDict, Field

from wmp_postlint.adapters import answer
from wmp_postlint.checker import explain
from wmp_postlint.checker.terminal import Style
from wmp_postlint.errors import InputError
from wmp_postlint.linter import Linter
from wmp_postlint.media.canvas import MediaFixError, Removal
from wmp_postlint.media.fix import fix_media
from wmp_postlint.post import Account, AccountKind, InReplyTo, Media, Post, PostKind, SharedFrom, TextFormat

_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_WIDTH = 100
_MOST = 64 * 1024 * 1024  # bytes of a file
_INSTRUCTIONS = """Check each draft of a police social-media post with lint_post before you show it as ready, and again
after each change. Only the verdict "pass" means that nothing stands in the way; "review" is for a person to decide,
and "block" must be mended. Hand over everything that would be published: pictures, alt texts, the account, the
platform. What could not be looked at is in "why" and never passes. Approvals cannot be handed over here: where one is
needed, say so."""


class Picture(BaseModel):
    """A picture or video of a post: its content, or the name of a file in the folder that the server was given."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    file: Annotated[str | None, Field(description="a file in the server's folder, by its path from there")] = None
    data: Annotated[str | None, Field(description="the content in base64", repr=False)] = None
    name: Annotated[str | None, Field(description="the name that it is published under")] = None
    alt: Annotated[str | None, Field(description="its alt text")] = None
    caption: str | None = None


def make(linter: Linter, folder: Path | None = None) -> MCPServer[Any]:
    """Return a server with the tools ``lint_post``, ``explain_rule`` and ``fix_picture``.

    Args:
        linter: what lints; approvals inside posts must not count for it.
        folder: the only folder that pictures may be named in; without it, they are handed over.
    """
    server: MCPServer[Any] = MCPServer("wmp-postlint", instructions=_INSTRUCTIONS, log_level="CRITICAL")
    # Its messages quote what tools were called with.
    logging.getLogger("mcp").handlers[:] = [logging.NullHandler()]
    logging.getLogger("mcp").propagate = False

    @server.tool(title="Check a post before it is published", annotations=_READS)
    def lint_post(
        text: Annotated[str, Field(description="the words of the post, exactly as they would be published")],
        text_format: TextFormat = "plain",
        kind: PostKind = "post",
        platform: Annotated[str | None, Field(description="such as x, facebook, bluesky, wordpress")] = None,
        account: Annotated[str | None, Field(description="the handle of the account that publishes it")] = None,
        account_kind: AccountKind | None = None,
        pictures: list[Picture] | None = None,
        shared_from: Annotated[str | None, Field(description="of a repost: the handle that it is shared from")] = None,
        shared_text: Annotated[str | None, Field(description="of a repost: the words that are shared")] = None,
        reply_to: Annotated[str | None, Field(description="of a reply: the handle that it answers")] = None,
    ) -> dict[str, Any]:
        """Say whether a police social-media post may be published, and what in it must not go out and why.

        Returns the verdict (pass, review or block), the reasons in sentences, and the whole report: findings with their
        rule, policy clauses, place (code points of the text) and fixes.
        """
        if account_kind and not account:
            raise ToolError("account_kind: name the account too")
        post = Post(
            text,
            text_format=text_format,
            kind=kind,
            platform=platform,
            account=Account(account, kind=account_kind) if account else None,
            media=tuple(
                Media(
                    data=_content(each, folder, f"pictures[{number}]"),
                    filename=each.name or each.file,
                    alt=each.alt,
                    caption=each.caption,
                )
                for number, each in enumerate(pictures or ())
            ),
            shared_from=SharedFrom(shared_from, text=shared_text) if shared_from else None,
            in_reply_to=InReplyTo(reply_to) if reply_to else None,
        )
        try:
            report = linter.lint(post)
        except InputError as error:
            raise ToolError(str(error)) from None
        return {
            "verdict": report.verdict,
            "may_be_published": report.passed,
            "why": answer.reasons(report),
            "report": report.to_dict(),
        }

    @server.tool(title="Explain a rule", annotations=_READS, structured_output=False)
    def explain_rule(rule: Annotated[str, Field(description="the name of a rule, or of a family of rules")]) -> str:
        """Say what a rule flags and why, which clause of the policy asks for it, and what to write instead."""
        try:
            return "\n".join(explain.explain(rule, linter.rules, linter.policy, _WIDTH, Style()))
        except InputError as error:
            raise ToolError(str(error)) from None

    @server.tool(title="Take what gives somebody away out of a picture", annotations=_READS)
    def fix_picture(
        picture: Picture,
        remove: Annotated[
            Literal["location", "identifying", "all"],
            Field(description="positions; also owners, serial numbers and faces; or all metadata"),
        ] = "location",
    ) -> dict[str, Any]:
        """Return a copy of a picture or video without its location, or without all that identifies, pixels untouched.

        The file itself stays as it is. Where it cannot be made clean, this is an error that says why.
        """
        data = _content(picture, folder, "picture")
        if data is None:
            raise ToolError("picture: expected data or file")
        wanted: Removal = remove
        try:
            fixed = fix_media(data, wanted)
        except MediaFixError as error:
            raise ToolError(str(error)) from None
        return {
            "name": picture.name or picture.file,
            "sha256": sha256(fixed.data).hexdigest(),
            "removed": [one.path for one in fixed.removed],
            "data": base64.b64encode(fixed.data).decode(),
        }

    return server


def _content(picture: Picture, folder: Path | None, where: str) -> bytes | None:
    """Return the content of a picture; None, which is an error in the report, where the file is not there."""
    if picture.data is not None and picture.file is not None:
        raise ToolError(f"{where}: expected data or file, got both")
    if picture.data is not None:
        try:
            return base64.b64decode("".join(picture.data.split()), validate=True)
        except (binascii.Error, ValueError):
            raise ToolError(f"{where}.data: expected base64") from None
    if picture.file is None:
        return None
    if folder is None:
        raise ToolError(f"{where}.file: no folder was named when the server was started (--media); hand over data")
    path = (folder / picture.file).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ToolError(f"{where}.file: lies outside the server's folder")
    try:
        if path.is_file() and path.stat().st_size <= _MOST:
            return path.read_bytes()
    except (OSError, ValueError):
        pass
    return None
