"""``postlint lsp``, driven by a client of the protocol over standard input and output, and what it shows."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import own_rules
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from wmp_postlint import Linter, PolicyError, Severity, load_policy
from wmp_postlint.checker.editor import Mark, all_safe, form_of, marks
from wmp_postlint.checker.language_server import Positions

NOW = datetime(2026, 5, 11, 12, tzinfo=UTC)
LINKS = 'version = "3.1"\nrule_link = "https://orchard.example/{rule}.html"\nclause_link = "https://orchard.example/#{clause}"'


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = own_rules.write_policy(tmp_path)
    path.write_text(own_rules.POLICY.replace('version = "3.1"', LINKS), "utf-8")
    return path


class Editor:
    """An editor with one folder and a server of its own."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.published: list[types.PublishDiagnosticsParams] = []
        self._news = asyncio.Event()
        self._versions: dict[str, int] = {}

        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.published.append(params)
            self._news.set()

        client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(publish)

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    async def open(self, name: str, text: str) -> list[types.Diagnostic]:
        item = types.TextDocumentItem(self.uri(name), "markdown", 1, text)
        self._versions[name] = 1
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return await self.diagnostics(name)

    def type(self, name: str, text: str) -> None:
        self._versions[name] += 1
        document = types.VersionedTextDocumentIdentifier(self._versions[name], self.uri(name))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def diagnostics(self, name: str) -> list[types.Diagnostic]:
        """Wait for the diagnostics of the newest version of a text."""

        async def wait() -> list[types.Diagnostic]:
            while True:
                for each in reversed(self.published):
                    if each.uri == self.uri(name) and each.version in (None, self._versions[name]):
                        return list(each.diagnostics)
                self._news.clear()
                await self._news.wait()

        return await asyncio.wait_for(wait(), 30)

    async def hover(self, name: str, line: int, character: int) -> types.Hover | None:
        document = types.TextDocumentIdentifier(self.uri(name))
        params = types.HoverParams(document, types.Position(line, character))
        return await self.client.text_document_hover_async(params)

    async def actions(self, name: str, line: int, start: int, end: int, only: list[Any] | None = None) -> list[Any]:
        document = types.TextDocumentIdentifier(self.uri(name))
        where = types.Range(types.Position(line, start), types.Position(line, end))
        params = types.CodeActionParams(document, where, types.CodeActionContext([], only=only))
        return list(await self.client.text_document_code_action_async(params) or [])


def drive(
    pack: Path, use: Callable[[Editor], Awaitable[None]], *, encodings: list[Any] | None = None, bundled: bool = False
) -> None:
    """Start a server, use it through an editor, and end it as an editor does."""

    async def run() -> None:
        client = LanguageClient("test-editor", "1")
        program = ["-m", "wmp_postlint"] if bundled else [own_rules.__file__]
        policy = [] if bundled else ["--policy", str(pack)]
        await client.start_io(sys.executable, *program, "lsp", "--stdio", *policy)
        general = types.GeneralClientCapabilities(position_encodings=encodings)
        params = types.InitializeParams(types.ClientCapabilities(general=general), process_id=None)
        result = await asyncio.wait_for(client.initialize_async(params), 30)
        assert result.capabilities.hover_provider
        assert result.capabilities.code_action_provider
        client.initialized(types.InitializedParams())
        try:
            await use(Editor(client, pack.parent))
        finally:
            await asyncio.wait_for(client.shutdown_async(None), 30)
            client.exit(None)
            await asyncio.wait_for(client.stop(), 30)  # type: ignore[no-untyped-call]  # pygls types no client's end

    asyncio.run(run())


def stretch(diagnostic: types.Diagnostic) -> tuple[int, int, int, int]:
    at = diagnostic.range
    return at.start.line, at.start.character, at.end.line, at.end.character


def test_marks_words_and_fixes_while_somebody_types(pack: Path) -> None:
    async def use(editor: Editor) -> None:
        name = "monday.post.md"
        assert await editor.open(name, "---\nid: a\n---\n\nApples.\n") == []
        editor.type(name, "---\nid: a\n---\n\n🚔👮‍♀️ A pear and a plum.\n")
        pear, plum = await editor.diagnostics(name)
        # Behind two signs of two units each and three of one, as UTF-16 counts.
        assert stretch(pear) == (4, 10, 4, 14)
        assert stretch(plum) == (4, 21, 4, 25)
        assert (pear.severity, plum.severity) == (types.DiagnosticSeverity.Error, types.DiagnosticSeverity.Warning)
        assert (pear.code, pear.source) == ("fruit/pear", "postlint")
        assert pear.message == "This is a pear. Take it out, or ask the gardener."
        assert pear.code_description == types.CodeDescription("https://orchard.example/fruit/pear.html")

        told = await editor.hover(name, 4, 12)
        assert told is not None
        assert isinstance(told.contents, types.MarkupContent)
        assert (
            "[**error\\[fruit/pear\\]**](https://orchard.example/fruit/pear.html) This is a pear."
            in told.contents.value
        )
        assert "[Clause 1.1](https://orchard.example/#1.1): No fruit in posts" in told.contents.value
        assert await editor.hover(name, 4, 0) is None

        fix, everything = await editor.actions(name, 4, 12, 12)
        assert (fix.title, fix.kind, fix.is_preferred) == ("Say apple instead.", "quickfix", True)
        (edit,) = fix.edit.changes[editor.uri(name)]
        assert (edit.range, edit.new_text) == (pear.range, "apple")
        assert everything.kind == "source.fixAll.postlint"
        assert await editor.actions(name, 4, 0, 2, only=["quickfix"]) == []

        editor.type(name, "Apples.")
        assert await editor.diagnostics(name) == []
        document = types.TextDocumentIdentifier(editor.uri(name))
        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    drive(pack, use)


def test_only_the_last_of_many_keys_is_checked(pack: Path) -> None:
    async def use(editor: Editor) -> None:
        await editor.open("a.txt", "Apples.")
        before = len(editor.published)
        for length in range(1, len("A pear.") + 1):
            editor.type("a.txt", "A pear."[:length])
        (pear,) = await editor.diagnostics("a.txt")
        assert stretch(pear) == (0, 2, 0, 6)
        assert len(editor.published) == before + 1

    drive(pack, use)


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 5), ("utf-16", 3), ("utf-32", 2)])
def test_positions_in_the_units_that_were_agreed_on(pack: Path, encoding: str, column: int) -> None:
    async def use(editor: Editor) -> None:
        (pear,) = await editor.open("a.post.txt", "🍐 pear")
        assert stretch(pear) == (0, column, 0, column + 4)
        (again,) = await editor.open("b.post.txt", "one\rtwo\u2028still two\r\n🍐 pear")
        assert stretch(again) == (2, column, 2, column + 4)

    drive(pack, use, encodings=[encoding])


def test_json_is_marked_where_its_characters_stand(pack: Path) -> None:
    async def use(editor: Editor) -> None:
        first = json.dumps({"text": '\N{PEAR} "a" pear', "id": "1"})
        (pear,) = await editor.open("a.post.json", first)
        start = first.index("pear")
        assert stretch(pear) == (0, start, 0, start + 4)
        lines = '{"text": "fine"}\n{"text": "🍐 pear"}\n{"text": 1}\n{"tex'
        pear, wrong, broken = await editor.open("a.posts.jsonl", lines)
        assert stretch(pear) == (1, 13, 1, 17)
        assert wrong.range.start.line == 2
        assert broken.range.start.line == 3
        assert {wrong.severity, broken.severity} == {types.DiagnosticSeverity.Error}
        assert wrong.message.startswith("Not read: ")
        (fix,) = await editor.actions("a.posts.jsonl", 1, 14, 14, only=["quickfix"])
        (edit,) = fix.edit.changes[editor.uri("a.posts.jsonl")]
        assert edit.new_text == "apple"

    drive(pack, use)


def test_what_the_bundled_rules_say_and_that_unsafe_fixes_say_so(pack: Path) -> None:
    async def use(editor: Editor) -> None:
        (number,) = await editor.open("a.post.txt", "🚓 Ring me on 07700 900461")
        assert stretch(number) == (0, 14, 0, 26)
        (fix,) = await editor.actions("a.post.txt", 0, 14, 14)
        assert fix.title.endswith("(changes what the post says)")
        assert fix.is_preferred is False
        told = await editor.hover("a.post.txt", 0, 15)
        assert told is not None
        assert isinstance(told.contents, types.MarkupContent)
        assert "Clause 4.13" in told.contents.value

    drive(pack, use, bundled=True)


def linter_of(folder: Path) -> Linter:
    return Linter(policy=load_policy(own_rules.write_policy(folder)), rules=own_rules.RULES)


def marked(text: str, folder: Path, name: str = "a.post.txt") -> list[Mark]:
    return marks(folder / name, text, linter_of(folder), NOW)


def test_a_text_with_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    for name, text in (("a.post.md", "\ufeffA pear\r\n"), ("a.post.md", "---\r\nid: a\r\n---\r\n\r\nA pear.\r\nEnd")):
        (mark,) = marked(text, tmp_path, name)
        assert text[mark.start : mark.end] == "pear"
        (change,) = all_safe([mark])
        assert (change.start, change.end, change.words) == (mark.start, mark.end, "apple")


def test_what_stands_elsewhere_is_said_at_the_top(tmp_path: Path) -> None:
    text = "---\nmedia: [{path: no.jpg, alt: a pear}]\n---\n\nFine.\n"
    found = marked(text, tmp_path, "a.post.md")
    assert {(mark.start, mark.end) for mark in found} == {(0, 3)}
    assert any(mark.message.startswith("media[0].alt: This is a pear.") for mark in found)
    assert any(mark.message.startswith("Not checked: media[0]") for mark in found)
    assert [mark.repairs for mark in found] == [()] * len(found)


def test_a_blank_text_is_no_post_yet_and_a_waived_finding_stays(tmp_path: Path) -> None:
    assert marked(" \n", tmp_path) == []
    text = "---\nwaivers: [{rule: fruit/pear, reason: it is painted, by: the gardener}]\n---\n\nA pear.\n"
    (mark,) = marked(text, tmp_path, "a.post.md")
    assert (mark.severity, mark.repairs) == (None, ())
    assert mark.message.startswith("(waived) ")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.post.md", "draft"),
        ("A.POST.JSON", "wire"),
        ("a.posts.jsonl", "lines"),
        ("a.txt", "text"),
        ("Untitled-1", "draft"),
    ],
)
def test_the_name_tells_the_format(name: str, form: str) -> None:
    assert form_of(name) == form


@given(st.text(st.sampled_from("a🍐é\u200d👮\u2028\x0b\x85\r\n ")), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_positions_lead_back(text: str, encoding: str) -> None:
    """Whoever counts as the protocol says comes to the same code point."""
    codec = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[encoding]
    width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    positions = Positions(text, encoding)
    at = 0
    for number, line in enumerate(lines):
        for column in range(len(line) + 1):
            found = positions.position(at + column)
            assert (found.line, found.character) == (number, len(line[:column].encode(codec)) // width)
        at += len(line) + (2 if text[at + len(line) : at + len(line) + 2] == "\r\n" else 1)


@pytest.mark.parametrize(
    "body",
    [
        b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {"uri": "file:///a.txt", '
        b'"languageId": "x", "version": "07700 900461", "text": 5}}}',
        b'{"jsonrpc": "2.0", "method": "07700 900461", "params": {}}',
        b'{"jsonrpc": "2.0", "id": "07700 900461", "result": {}}',
    ],
)
def test_nothing_of_a_post_is_written_to_the_log(pack: Path, body: bytes) -> None:
    """A broken message is answered or dropped; its words do not come out at standard error."""
    program = [sys.executable, own_rules.__file__, "lsp", "--policy", str(pack)]
    message = b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    done = subprocess.run(program, input=message, capture_output=True, check=False, timeout=60)
    assert b"900461" not in done.stderr


def test_a_missing_extra_and_a_wrong_call_are_said(tmp_path: Path) -> None:
    call = "from wmp_postlint.checker.cli import main; sys.exit(main(['lsp']))"
    without = f"import sys; sys.modules['lsprotocol'] = None; {call}"
    done = subprocess.run([sys.executable, "-c", without], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'wmp-postlint[lsp]'" in done.stderr
    done = subprocess.run(
        [sys.executable, "-m", "wmp_postlint", "lsp", "--select", "nothing"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "no such rule" in done.stderr


def test_links_lead_to_the_web_only(tmp_path: Path) -> None:
    path = own_rules.write_policy(tmp_path)
    policy = load_policy(path)
    assert policy.help_link("fruit/pear", ("1.1",)) is None
    for link, page in (("https://a.example/{rule}", "https://a.example/fruit/pear"), ("javascript:{rule}", None)):
        path.write_text(own_rules.POLICY.replace('"3.1"', f'"3.1"\nrule_link = "{link}"'), "utf-8")
        assert load_policy(path).rule_page("fruit/pear") == page
    path.write_text(own_rules.POLICY.replace('"3.1"', '"3.1"\nrule_links = "x"'), "utf-8")
    with pytest.raises(PolicyError, match="rule_link"):
        load_policy(path)


def test_the_graver_severities_are_the_protocol_s(tmp_path: Path) -> None:
    assert [mark.severity for mark in marked("pear plum fig", tmp_path)] == [
        Severity.ERROR, Severity.WARNING, Severity.INFO,
    ]  # fmt: skip
