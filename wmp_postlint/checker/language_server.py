"""The language server behind ``postlint lsp``: what an editor shows while a draft is being written.

It speaks over standard input and output with one editor, keeps no text longer than the editor has it open, and writes
none of it anywhere else.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from wmp_postlint.checker.editor import Change, Mark, all_safe, marks
from wmp_postlint.finding import Severity
from wmp_postlint.linter import Linter

DELAY = 0.25
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
    None: types.DiagnosticSeverity.Hint,
}
_LINE_END = re.compile(r"\r\n|\n|\r")
_UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.postlint"


class Positions:
    """Turns positions in a text into those of the protocol, which counts lines and units of an encoding.

    Args:
        text: the text as the editor has it.
        encoding: what the editor and the server have agreed on; UTF-16 where they have not.
    """

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self._text = text
        self._codec, self._width = _UNITS[encoding]
        # The protocol knows these three line ends and no others, whatever Python's splitlines knows.
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, at: int) -> types.Position:
        """Return the place of a code point."""
        from bisect import bisect_right

        line = bisect_right(self._starts, at) - 1
        before = self._text[self._starts[line] : at]
        return types.Position(line, len(before.encode(self._codec, "surrogatepass")) // self._width)

    def range(self, start: int, end: int) -> types.Range:
        """Return a stretch of the text."""
        return types.Range(self.position(start), self.position(end))


class PostServer(LanguageServer):
    """A language server that checks posts.

    Args:
        linter: what checks them.
        delay: how long to wait for the next key before a changed text is checked, in seconds.
    """

    def __init__(self, linter: Linter, delay: float = DELAY) -> None:
        from importlib.metadata import version

        # The whole text comes with each change: pygls splits lines at more characters than the protocol does, so that
        # pieces would be put into the wrong places, and another text checked than the one that is published.
        super().__init__("postlint", version("wmp-postlint"), types.TextDocumentSyncKind.Full)
        self.linter = linter
        self.delay = delay
        self.waiting: dict[str, asyncio.Task[None]] = {}
        self._known: dict[str, tuple[str, list[Mark]]] = {}

    async def marks_of(self, uri: str) -> tuple[list[Mark], Positions]:
        """Return the marks of an open text as it is now, and what places them."""
        text = self.workspace.get_text_document(uri).source
        known = self._known.get(uri)
        if known is None or known[0] != text:
            known = (text, await asyncio.to_thread(self._marks, uri, text))
            self._known[uri] = known
        encoding = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
        return known[1], Positions(text, types.PositionEncodingKind(encoding).value)

    def _marks(self, uri: str, text: str) -> list[Mark]:
        try:
            return marks(Path(to_fs_path(uri) or uri.rpartition("/")[2]), text, self.linter, datetime.now(UTC))
        except Exception as error:  # noqa: BLE001  no mark must not look like nothing found
            words = f"Not checked: postlint itself failed ({type(error).__name__}); please report it"
            return [Mark(0, len(text.partition("\n")[0]), Severity.ERROR, "", words, "")]

    def forget(self, uri: str) -> None:
        """Drop what is known of a text, and what waits to be done about it."""
        self._known.pop(uri, None)
        if task := self.waiting.pop(uri, None):
            task.cancel()

    def check_soon(self, uri: str, delay: float) -> None:
        """Check a text after a while, in place of what was to be checked before."""
        if task := self.waiting.get(uri):
            task.cancel()
        self.waiting[uri] = asyncio.get_running_loop().create_task(self._check(uri, delay))

    async def _check(self, uri: str, delay: float) -> None:
        await asyncio.sleep(delay)
        version = self.workspace.get_text_document(uri).version
        found, positions = await self.marks_of(uri)
        document = self.workspace.text_documents.get(uri)
        if document is None or document.version != version:
            return  # it was closed or changed meanwhile, and the change is checked on its own
        diagnostics = [diagnostic(mark, positions) for mark in found]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))


def diagnostic(mark: Mark, positions: Positions) -> types.Diagnostic:
    """Return a mark as the protocol has it."""
    return types.Diagnostic(
        range=positions.range(mark.start, mark.end),
        severity=_SEVERITIES[mark.severity],
        code=mark.rule or None,
        code_description=types.CodeDescription(mark.link) if mark.link and mark.rule else None,
        source="postlint",
        message=mark.message,
    )


def _edit(uri: str, changes: Iterable[Change], positions: Positions) -> types.WorkspaceEdit:
    edits = [types.TextEdit(positions.range(change.start, change.end), change.words) for change in changes]
    return types.WorkspaceEdit({uri: edits})


def _meet(one: types.Range, other: types.Range) -> bool:
    """Whether two stretches share a place; one without length is a place too."""
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character


def _wanted(only: Iterable[str] | None, action: str) -> bool:
    """Whether an editor that asks for some kinds of actions means this one; a kind means those below it."""
    if only is None:
        return True
    kinds = [str(getattr(each, "value", each)) for each in only]
    return any(action == each or action.startswith(f"{each}.") or not each for each in kinds)


def make(linter: Linter, delay: float = DELAY) -> PostServer:
    """Make a server that is ready to start.

    Args:
        linter: what checks the posts.
        delay: how long to wait for the next key, in seconds.
    """
    # pygls would write whole messages, and with them posts, into the editor's log.
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
    server = PostServer(linter, delay)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.check_soon(params.text_document.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.check_soon(params.text_document.uri, server.delay)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.forget(params.text_document.uri)  # a picture beside it may be another one now
        server.check_soon(params.text_document.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri)
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        found, positions = await server.marks_of(params.text_document.uri)
        here = types.Range(params.position, params.position)
        met = [(mark, at) for mark in found if _meet(at := positions.range(mark.start, mark.end), here) and mark.more]
        if not met:
            return None
        words = "\n\n---\n\n".join(mark.more for mark, _ in met)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, words), met[0][1])

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL]),
    )
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri, only = params.text_document.uri, params.context.only
        found, positions = await server.marks_of(uri)
        made = []
        for mark in found:
            here = diagnostic(mark, positions)
            if not mark.repairs or not _meet(here.range, params.range):
                continue
            for repair in mark.repairs:
                kind = types.CodeActionKind.QuickFix
                edit = _edit(uri, repair.changes, positions)
                made.append(types.CodeAction(repair.title, kind, [here], is_preferred=repair.safe, edit=edit))
        if safe := all_safe(found):
            made.append(types.CodeAction("Make all safe fixes of postlint", FIX_ALL, edit=_edit(uri, safe, positions)))
        return [each for each in made if _wanted(only, str(getattr(each.kind, "value", each.kind)))]

    return server
