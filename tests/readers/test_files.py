"""Post files: found, read, and every mistake in them named with its place."""

from __future__ import annotations

import json
import os
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint import Post
from wmp_postlint.readers.files import find
from wmp_postlint.readers.kinds import draft, wire
from wmp_postlint.readers.loaded import Loaded


def read(*paths: str | Path, stdin: bytes = b"") -> list[Loaded]:
    return [loaded for source in find(map(str, paths), BytesIO(stdin)) for loaded in source.read()]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def only(path: Path) -> Loaded:
    (loaded,) = read(path)
    return loaded


def test_json(tmp_path: Path) -> None:
    loaded = only(write(tmp_path, "a.post.json", '{"id": "7", "text": "Tea ☕"}'))
    assert loaded.post == Post("Tea ☕", id="7")
    assert (loaded.line, loaded.id, loaded.error) == (1, "7", None)


def test_jsonl_skips_blank_lines_and_loses_no_post(tmp_path: Path) -> None:
    path = write(tmp_path, "a.posts.jsonl", '{"text": "a"}\n\n  \r\n{"text": 3}\r\n{"text": "b", "id": "x"}')
    first, wrong, last = read(path)
    assert (first.line, wrong.line, last.line) == (1, 4, 5)
    assert first.post == Post("a")
    assert last.post == Post("b", id="x")
    assert wrong.post is None
    assert wrong.error == "text: expected text, got a number; correct the post and check it again"


@pytest.mark.parametrize(
    ("content", "line", "column", "words"),
    [
        (b"", None, None, "the file is empty"),
        (b"  \n ", None, None, "the file is empty"),
        (b'{"text": "a"', 1, 13, "it ends too early"),
        (b'{\n "text": "a",\n}', 3, 1, "comma too many"),
        (b"{'text': 'a'}", 1, 2, "double quotes"),
        ('{“text”: "a"}'.encode(), 1, 2, "typographic quotes"),
        (b'{"text": "a\nb"}', 1, 12, "write \\n for a new line"),
        (b'{"text": "caf\xe9"}', 1, 14, "not UTF-8"),
        (b'{"te\nxt": \0}', 2, 6, "NUL"),
        (b"\xff\xfe{\0}\0", 1, 1, "UTF-16"),
        (b'"text"', 1, None, "expected an object"),
        (b"3", 1, None, "expected an object"),
        (b'{"text": "a", "text": "b"}', 1, None, "the key 'text' twice"),
        (b'{"text": "a", "media": [{"alt": "a", "alt": "b"}]}', 1, None, "the key 'alt' twice"),
        (b'{"text": NaN}', 1, None, "NaN"),
        (b'{"text": ' + b"9" * 5000 + b"}", 1, None, "too many digits"),
        (b'{"text": ' + b"[" * 100_000, 1, None, "nested too deeply"),
        (b'{"txet": "a"}', 1, None, "txet: unknown key, did you mean 'text'"),
        (b"{}", 1, None, "text: missing"),
    ],
)
def test_mistakes_name_their_place(
    tmp_path: Path, content: bytes, line: int | None, column: int | None, words: str
) -> None:
    loaded = only(write(tmp_path, "a.post.json", content))
    assert loaded.post is None
    assert words in str(loaded.error)
    assert (loaded.line, loaded.column) == (line, column)


def test_a_mark_of_byte_order_is_no_mistake(tmp_path: Path) -> None:
    assert only(write(tmp_path, "a.post.json", b'\xef\xbb\xbf{"text": "a"}')).post == Post("a")
    assert only(write(tmp_path, "a.posts.jsonl", b'\xef\xbb\xbf{"text": "a"}\n')).post == Post("a")
    loaded = only(write(tmp_path, "a.post.md", b"\xef\xbb\xbf---\nid: x\n---\na"))
    assert loaded.id == "x"


def test_pictures_are_found_beside_the_post(tmp_path: Path) -> None:
    media = [{"path": "pic.jpg"}, {"path": "/abs/pic.jpg"}, {"path": "../up.jpg"}, {"alt": "none"}]
    loaded = only(write(tmp_path, "sub/a.post.json", json.dumps({"text": "a", "media": media})))
    assert loaded.post is not None
    assert [item.path for item in loaded.post.media] == [
        str(tmp_path / "sub/pic.jpg"), "/abs/pic.jpg", str(tmp_path / "sub/../up.jpg"), None,
    ]  # fmt: skip


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    for name in (
        "b.post.md",
        "a.posts.jsonl",
        "sub/c.POST.JSON",
        ".hidden/d.post.md",
        ".e.post.md",
        "notes.md",
        "f.json",
    ):
        write(tmp_path, name, '{"text": "a"}')
    found = [Path(loaded.path).relative_to(tmp_path).as_posix() for loaded in read(tmp_path)]
    assert found == ["a.posts.jsonl", "b.post.md", "sub/c.POST.JSON", "notes.md"]
    assert [loaded.skipped is None for loaded in read(tmp_path)] == [True, True, True, False]
    assert "name it outright" in str(read(tmp_path)[-1].skipped)
    assert sum(loaded.post is not None for loaded in read(tmp_path, tmp_path / "b.post.md", tmp_path)) == 3


def test_files_that_are_named_may_have_plain_endings(tmp_path: Path) -> None:
    for name in ("a.json", "a.jsonl"):
        assert only(write(tmp_path, name, '{"text": "a"}')).post == Post("a")
    assert only(write(tmp_path, "a.md", "a")).post == Post("a", text_format="markdown")
    assert "is no post file" in str(only(write(tmp_path, "a.docx", "a")).error)


def test_paths_that_cannot_be_used(tmp_path: Path) -> None:
    assert only(tmp_path / "none.post.json").error == "no such file or folder"
    (tmp_path / "empty").mkdir()
    assert "no post in this folder" in str(only(tmp_path / "empty").error)
    assert "holds no post" in str(only(write(tmp_path, "a.posts.jsonl", "\n\n")).error)
    (tmp_path / "dir.post.json").mkdir()
    assert "no post in this folder" in str(only(tmp_path / "dir.post.json").error)
    assert "NUL" in str(read("a\0b")[0].error)


@pytest.mark.skipif(os.name != "posix", reason="POSIX files")
def test_odd_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.post.json")
    assert "is no regular file" in str(only(tmp_path / "a.post.json").error)
    (tmp_path / "loop").mkdir()
    (tmp_path / "loop/up").symlink_to(tmp_path / "loop")
    write(tmp_path, "loop/b.post.md", "b")
    (tmp_path / "loop/dangling.post.md").symlink_to(tmp_path / "gone")
    assert [loaded.error for loaded in read(tmp_path / "loop")] == [None, "no such file or folder"]


def test_a_line_without_end_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MAX_BYTES", 50)
    monkeypatch.setattr(draft, "MAX_BYTES", 50)
    path = write(tmp_path, "a.posts.jsonl", '{"text": "' + "a" * 500 + '"}\n{"text": "b"}\n{"text": "' + "c" * 200)
    first, second, third = read(path)
    assert "is longer than" in str(first.error)
    assert second.post == Post("b")
    assert (third.line, third.post) == (3, None)
    assert next(find([str(path)], BytesIO())).count() == 3
    assert "is longer than" in str(only(write(tmp_path, "a.post.md", "x" * 51)).error)


@pytest.mark.parametrize(
    ("stdin", "texts"),
    [
        (b"Road closed\n", ["Road closed"]),
        (b"[UPDATE] Road open", ["[UPDATE] Road open"]),
        (b"[[Breaking]] Road open", ["[[Breaking]] Road open"]),
        (b"---\n\nRoad open\n---\n", ["---\n\nRoad open\n---"]),
        (b"---\n" + b"\n" * 20_000 + b"Road open", ["---\n" + "\n" * 20_000 + "Road open"]),
        (b"{breaking} Road open\r\nnow", ["{breaking} Road open\nnow"]),
        (b' {"text": "a"} ', ["a"]),
        (b'{\n "text": "a"\n}', ["a"]),
        (b'\n[{"text": "a"},\n\n {"text": "b"}]', ["a", "b"]),
        (b'{"text": "a"}\n\n{"text": "b"}\n', ["a", "b"]),
        (b'{"text": "a"}\n{"text": \n{"text": "b"}\n', ["a", None, "b"]),
        (b'{"text": \n\n', [None]),
        (b'{\n"media": [\n{"alt": "a"},\n{"alt": "b"}\n', [None]),
        (b'[{"text": "a"}', ["a", None]),
        (b"[]", [None]),
        (b"", [None]),
        (b"\n", [None]),
        (b"\xff", [None]),
    ],
)
def test_standard_input_is_read_by_what_it_holds(stdin: bytes, texts: list[str | None]) -> None:
    if stdin.startswith(b'{\n"media"'):
        assert all(loaded.post is None for loaded in read("-", stdin=stdin))
        return
    assert [loaded.post and loaded.post.text for loaded in read("-", stdin=stdin)] == texts


def test_lines_of_a_list_on_standard_input() -> None:
    assert [loaded.line for loaded in read("-", stdin=b'[{"text": "a"},\n\n {"text":\n "b"},{"text": 3}]')] == [1, 3, 4]


@given(st.binary(max_size=200), st.sampled_from(["a.post.json", "a.posts.jsonl", "a.post.md", "-"]))
def test_any_bytes_are_a_post_or_a_mistake(tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str) -> None:
    if name == "-":
        found = read("-", stdin=content)
    else:
        path = tmp_path_factory.getbasetemp() / name
        path.write_bytes(content)
        found = read(path)
    assert found
    assert all((loaded.post is None) != (loaded.error is None) for loaded in found)


VALID = '{"id": "a", "text": "Tea", "location": {"latitude": 52.4, "longitude": -1.9}, "media": [{"alt": "b"}]}'
DRAFT = "---\nid: a\nlocation:\n  latitude: 52.4\n  longitude: -1.9\nmedia:\n- alt: b\n---\nTea\n"


@given(
    st.sampled_from([("a.post.json", VALID), ("a.posts.jsonl", f"{VALID}\n{VALID}\n"), ("a.post.md", DRAFT)]),
    st.integers(0, 200),
    st.sampled_from(
        [
            "",
            "\0",
            "{",
            "}",
            "[",
            "]",
            '"',
            ":",
            ",",
            "\n",
            "\t",
            "&a ",
            "*a",
            "!!int ",
            "|",
            ">",
            "- ",
            "\\",
            "é",
            "\ufeff",
        ]
    ),
    st.integers(0, 3),
)
def test_mutated_files_never_crash(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[str, str], at: int, insert: str, cut: int
) -> None:
    name, text = case
    path = tmp_path_factory.getbasetemp() / name
    path.write_text(text[:at] + insert + text[at + cut :], "utf-8", newline="")
    assert all((loaded.post is None) != (loaded.error is None) for loaded in read(path))


def test_files_of_other_programs_get_a_sentence_that_helps(tmp_path: Path) -> None:
    for name, inside, words in (
        ("week.xlsx", "xl/workbook.xml", 'save the table as "CSV UTF-8"'),
        ("post.docx", "word/document.xml", "*.post.txt"),
        ("post.odt", "content.xml", "*.post.txt"),
        ("facebook.zip", "your_facebook_activity/posts/your_posts_1.html", "in the format JSON"),
        ("other.zip", "a.txt", "without an export in it"),
    ):
        with ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(inside, "x")
            archive.writestr("readme", "x")
        assert words in str(only(tmp_path / name).error), name
    write(tmp_path, "fb/your_facebook_activity/posts/your_posts_1.html", "<html>")
    assert "in the format JSON" in str(only(tmp_path / "fb").error)
    assert "save the text as" in str(only(write(tmp_path, "a.pdf", b"%PDF-1.7 x")).error)
    assert "save the text as" in str(only(write(tmp_path, "a.png", b"\x89PNG")).error)
