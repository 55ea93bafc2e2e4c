"""The archive of X: escapes, targets of short links, long posts, pictures beside it, parts and zip archives."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from time import process_time
from zipfile import ZipFile

import pytest
from formats import SAMPLES, posts, read

from wmp_postlint import Linter, Location
from wmp_postlint.readers.place import Place, ZipPlace

ARCHIVE = SAMPLES / "x-archive"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    shutil.copytree(ARCHIVE, tmp_path / "twitter-2026")
    return tmp_path / "twitter-2026"


def zipped(folder: Path, path: Path, root: str = "") -> Path:
    with ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, f"{root}{file.relative_to(folder).as_posix()}")
    return path


def test_an_archive(archive: Path) -> None:
    first, edited, long, picture, place = posts(archive)
    assert first.text.startswith("Tea & talk at the library on Friday 🚓")
    (link,) = first.links
    assert (link.url, link.text) == ("https://library.example/friday", "library.example/friday")
    assert first.text[link.start : link.end] == "https://t.co/abcDEF1234"
    assert first.account is not None
    assert first.account.handle == "ErdingtonWMP"
    assert str(first.published_at) == "2026-05-04 09:15:00+00:00"
    assert edited.text.endswith("<any time>")
    assert edited.meta == {"edit_of": "1900000000000000001"}
    assert long.text.endswith("24 Larch Street, where the kettle was on.")
    assert picture.media[0].path == str(archive / "data/tweets_media/1900000000000000004-van.jpg")
    assert place.location == Location(52.5242, -1.8361)
    assert [loaded.skipped for loaded in read(archive) if loaded.skipped] == ["direct messages are no posts"]


@pytest.mark.parametrize("root", ["", "twitter-2026/"])
def test_a_zip_archive_is_read_as_it_is(archive: Path, tmp_path: Path, root: str) -> None:
    path = zipped(archive, tmp_path / "x.zip", root)
    found = posts(path)
    assert [post.text for post in found] == [post.text for post in posts(archive)]
    assert found[3].media[0].data is not None
    report = Linter().lint(found[3])
    assert [finding.field for finding in report.findings] == ["media[0].location"]
    assert [post.text for post in posts("-", stdin=path.read_bytes())] == [post.text for post in found]


def test_an_archive_is_found_in_the_folder_above(archive: Path) -> None:
    assert len(posts(archive.parent)) == 5


def test_parts_and_long_posts_that_nothing_belongs_to(archive: Path) -> None:
    tweets = [{"tweet": {"id_str": "7", "full_text": "Seven"}}]
    (archive / "data/tweets-part1.js").write_text("window.YTD.tweets.part1 = " + json.dumps(tweets), "utf-8")
    note = {"noteTweet": {"noteTweetId": "8", "core": {"text": "Eight &amp; more"}}}
    notes = json.loads((archive / "data/note-tweet.js").read_text("utf-8").partition("=")[2])
    (archive / "data/note-tweet.js").write_text("window.YTD.note_tweet.part0 = " + json.dumps([*notes, note]), "utf-8")
    assert [(post.id, post.text) for post in posts(archive)[5:]] == [("7", "Seven"), ("8", "Eight & more")]
    assert [post.id for post in posts(archive / "data/tweets-part1.js")] == ["7"]
    assert len(posts(archive / "data/note-tweet.js")) == 2


def test_a_picture_that_is_not_there_was_not_looked_at(archive: Path) -> None:
    shutil.rmtree(archive / "data/tweets_media")
    report = Linter().lint(posts(archive)[3])
    assert report.errors
    assert not report.passed


def test_the_same_short_link_twice() -> None:
    url = {"url": "https://t.co/a", "expanded_url": "https://one.example"}
    tweet = {"full_text": "https://t.co/a and https://t.co/a", "entities": {"urls": [url, url]}}
    text = "window.YTD.tweet.part0 = " + json.dumps([{"tweet": tweet}])
    (post,) = posts("-", stdin=text.encode())
    assert [(link.start, link.end) for link in post.links] == [(0, 14), (19, 33)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'window.YTD.tweets.part0 = [{"tweet": {}}]', "without full_text"),
        (b'window.YTD.tweets.part0 = [{"tweet": {"full_text": "a"}}', "ends too early"),
        (b"window.YTD.like.part0 = []", "holds no posts; name tweets.js"),
        (b"window.YTD.tweets.part0 = []", "holds no post"),
        (b'window.YTD.tweets.part0 = [{"tweet": {"full_text": 3}}]', "without full_text"),
    ],
)
def test_mistakes(content: bytes, words: str) -> None:
    assert words in str(read("-", stdin=content)[-1].error)


def test_a_name_cannot_lead_out_of_its_place(tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"x")
    (tmp_path / "in").mkdir()
    for name in ("../secret.jpg", "/etc/passwd", "a/../../secret.jpg", "..\\secret.jpg", "C:/x.jpg", "a\0b", ""):
        path = Place(tmp_path / "in").media([name]).path
        assert path is None or Path(str(path)).is_relative_to(tmp_path / "in"), name


def test_damaged_zip_archives(archive: Path, tmp_path: Path) -> None:
    path = zipped(archive, tmp_path / "x.zip")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert "damaged zip archive" in str(read(path)[0].error)
    with ZipFile(path, "w") as other:
        other.writestr("notes.txt", "a")
    assert "without an export in it" in str(read(path)[0].error)
    assert ZipPlace(str(path)).find(["notes.*"]) == ["notes.txt"]
    (tmp_path / "x.tar.gz").write_bytes(b"\x1f\x8b")
    assert "unpack it" in str(read(tmp_path / "x.tar.gz")[0].error)


def test_a_cut_post_without_its_rest_was_not_read(archive: Path) -> None:
    (archive / "data/note-tweet.js").write_text("window.YTD.note_tweet.part0 = [", "utf-8")
    loaded = read(archive)
    errors = [each.error for each in loaded if each.error]
    assert "its whole text is not in note-tweet.js" in str(errors[0])
    assert "ends too early" in str(errors[1])
    assert sum(each.post is not None for each in loaded) == 4


def test_many_long_posts_take_no_time(tmp_path: Path) -> None:
    notes = [{"noteTweet": {"noteTweetId": "1", "core": {"text": f"{n:024} {'a' * 300}"}}} for n in range(2000)]
    tweets = [{"tweet": {"id": str(n), "full_text": f"{n:024} {'a' * 200}…"}} for n in range(2000)]
    (tmp_path / "tweets.js").write_text("window.YTD.tweets.part0 = " + json.dumps(tweets), "utf-8")
    (tmp_path / "note-tweet.js").write_text("window.YTD.note_tweet.part0 = " + json.dumps(notes), "utf-8")
    began = process_time()
    assert {len(post.text) for post in posts(tmp_path / "tweets.js")} == {325}
    assert process_time() - began < 10
