"""Telegram's export of a channel: texts in pieces, their places, forwarded messages, notices, files beside it."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from formats import NUMBER, SAMPLES, given, post_of, posts, read
from hypothesis import given as examples
from hypothesis import strategies as st

from wmp_postlint import Link, Linter, Location, Media
from wmp_postlint.checker.outcome import Outcome
from wmp_postlint.checker.places import Region, region_of
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.kind import detect
from wmp_postlint.readers.kinds.telegram import KIND
from wmp_postlint.readers.loaded import Loaded
from wmp_postlint.readers.place import File

SAMPLE = SAMPLES / "telegram" / "result.json"
LEFT_OUT = "(File not included. Change data exporting settings to download.)"


def channel(*messages: Any, **about: Any) -> dict[str, Any]:
    return {"name": "Larchfield", "type": "public_channel", "id": 1, **about, "messages": list(messages)}


def message(text: Any = "", **keys: Any) -> dict[str, Any]:
    return {"id": 7, "type": "message", "date": "2026-05-04T09:00:00", "from": "Larchfield", "text": text, **keys}


def loaded_of(value: Any) -> Loaded:
    (loaded,) = given(channel(value))
    return loaded


def test_an_export() -> None:
    named, plain, pieces, picture, forwarded, reply, poll = posts(SAMPLE.parent)
    assert {post.platform for post in posts(SAMPLE)} == {"telegram"}
    assert {post.account.handle for post in posts(SAMPLE) if post.account} == {
        "Larchfield Neighbourhood Team (invented)"
    }
    assert named.text == "Larchfield Neighbourhood Team (invented)"
    assert (plain.id, plain.kind) == ("2", "post")
    assert plain.published_at == datetime(2026, 5, 4, 8, tzinfo=UTC)
    assert pieces.text == "Lost a bike 🚲 in the park?\nRing us on 07700 900461, or see what was handed in."
    (link,) = pieces.links
    assert (link.url, pieces.text[link.start : link.end]) == ("https://library.example/found", link.text)
    assert link.text == "what was handed in"
    assert picture.media == (Media(path=str(SAMPLE.parent / "photos/photo_1@05-05-2026_10-15-00.jpg"), kind="image"),)
    assert forwarded.kind == "repost"
    assert forwarded.shared_from is not None
    assert forwarded.shared_from.handle == "Larchfield Council (invented)"
    assert reply.kind == "reply"
    assert reply.in_reply_to is not None
    assert reply.in_reply_to.handle == "Larchfield Neighbourhood Team (invented)"
    assert poll.text == "Where shall we hold the next street meeting?\nThe library\nThe park"
    assert [each.skipped for each in read(SAMPLE) if each.skipped] == ["a notice that publishes no words (pin_message)"]


def regions(content: str) -> list[Region]:
    """Where each telephone number is found in a file."""
    found = []
    for loaded in read("-", stdin=content.encode()):
        assert loaded.post is not None, loaded.error
        report = Linter(select=["personal-data"]).lint(loaded.post)
        outcome = Outcome(loaded, report)
        found += [region_of(outcome, finding, loaded.post.text) for finding in report.findings]
    return found


@pytest.mark.parametrize("escaped", [True, False])
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize(
    "text",
    [
        f"🚓 Ring {NUMBER} now",
        ["🚓 Ring ", {"type": "phone", "text": NUMBER}, " now"],
        [{"type": "bold", "text": f'"Ring"\n{NUMBER}'}, " now"],
        ["🚓\tRing", " ", NUMBER],
    ],
)
def test_a_finding_stands_where_its_characters_do(text: Any, indent: int | None, escaped: bool) -> None:
    entities = [{"type": "plain", "text": NUMBER}]  # the same words again, which must not be taken for it
    value = channel(message("Morning"), message(text, text_entities=entities))
    content = json.dumps(value, ensure_ascii=escaped, indent=indent)
    (region,) = regions(content)
    line = content.split("\n")[region.line - 1]
    assert region.column is not None
    assert region.end_line == region.line
    assert region.end_column == region.column + len(NUMBER)
    assert line[region.column - 1 :].startswith(NUMBER)
    assert content.index(NUMBER) == sum(len(each) + 1 for each in content.split("\n")[: region.line - 1]) + (
        region.column - 1
    )


def test_a_number_in_two_pieces_begins_in_one_and_ends_in_the_other() -> None:
    content = json.dumps(channel(message(["Ring ", {"type": "bold", "text": "07700"}, " 900461 now"])), indent=1)
    (region,) = regions(content)
    lines = content.split("\n")
    assert region.column is not None
    assert region.end_line is not None
    assert region.end_column is not None
    assert lines[region.line - 1][region.column - 1 :].startswith("07700")
    assert lines[region.end_line - 1][: region.end_column - 1].endswith(" 900461")


@pytest.mark.parametrize(
    "keys",
    [
        {"poll": {"question": "Who?", "answers": [{"text": "us"}, {"text": NUMBER}]}},
        {"contact_information": {"first_name": "The", "last_name": "desk", "phone_number": NUMBER}},
        {"author": f"Desk {NUMBER}"},
        {"inline_bot_buttons": [[{"type": "url", "text": f"Ring {NUMBER}", "data": "https://a.example"}]]},
        {"game_title": NUMBER},
    ],
)
def test_words_beside_the_text_are_read_where_they_stand(keys: dict[str, Any]) -> None:
    content = json.dumps(channel(message("Hello", **keys)))
    (region,) = regions(content)
    assert (region.line, region.column) == (1, content.index(NUMBER) + 1)


@examples(
    st.lists(
        st.tuples(st.booleans(), st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\\n🚓'))),
        min_size=1,
        max_size=6,
    ),
    st.booleans(),
    st.data(),
)
def test_every_character_has_its_place(pieces: list[tuple[bool, str]], escaped: bool, data: st.DataObject) -> None:
    text = [{"type": "bold", "text": words} if bold else words for bold, words in pieces]
    content = json.dumps(channel(message([*text, "."])), ensure_ascii=escaped)
    (loaded,) = read("-", stdin=content.encode())
    assert loaded.post is not None
    assert loaded.post.text == "".join(words for _, words in pieces) + "."
    at = data.draw(st.integers(0, len(loaded.post.text) - 1))
    assert loaded.json is not None
    start, end = loaded.json.places("text", loaded.post.text, at, at + 1) or ((0, 0), (0, 0))
    assert start[0] == end[0] == 1
    assert json.loads(f'"{content[start[1] - 1 : end[1] - 1]}"', strict=False) == loaded.post.text[at]


def test_another_field_is_found_by_what_it_says() -> None:
    content = json.dumps(channel(message("a", place_name="The old library, by the park")))
    (loaded,) = read("-", stdin=content.encode())
    assert loaded.json is not None
    places = loaded.json.places("location.name", "The old library, by the park", 4)
    assert places == ((1, content.index("old library") + 1),)
    assert loaded.json.places("text", "other", 0) is None
    both = json.dumps(channel(message("a", author="b")))
    (loaded,) = read("-", stdin=both.encode())
    assert loaded.json is not None
    assert loaded.json.places("text", "a\n\nb", 1) is None  # between the two, which the file does not hold


def test_when_it_was_published() -> None:
    assert post_of(channel(message("a"))).published_at == datetime(2026, 5, 4, 8, tzinfo=UTC)  # British Summer Time
    assert post_of(channel(message("a", date="2026-01-04T09:00:00"))).published_at == datetime(
        2026, 1, 4, 9, tzinfo=UTC
    )
    dated = message("a", date_unixtime="1777881600")
    assert post_of(channel(dated)).published_at == datetime(2026, 5, 4, 8, tzinfo=UTC)
    undated = message("a")
    del undated["date"]
    assert post_of(channel(undated)).published_at is None


def test_whose_words_they_are() -> None:
    own = post_of(channel(message("a", forwarded_from="Larchfield")))
    assert (own.kind, own.shared_from) == ("post", None)
    gone = post_of(channel(message("a", forwarded_from=None)))
    assert gone.kind == "repost"
    assert gone.shared_from is not None
    assert gone.shared_from.handle == "unknown"
    elsewhere = post_of(channel(message("a", reply_to_message_id=3, reply_to_peer_id="channel2")))
    assert elsewhere.in_reply_to is not None
    assert elsewhere.in_reply_to.handle == "unknown"
    assert post_of(channel(message("a"), name=None)).account is None


def test_the_channels_type_may_stand_behind_its_messages() -> None:
    content = {"messages": [message("a")], "name": "Larchfield", "type": "private_channel", "id": 1}
    post = post_of(content)
    assert post.account is not None
    assert post.account.handle == "Larchfield"


def test_places_and_links() -> None:
    venue = message(place_name="Library", address="High Street", location_information={"latitude": 52, "longitude": -1})
    assert post_of(channel(venue)).location == Location(52, -1, "Library\n\nHigh Street")
    assert post_of(channel(message("a", address="High Street"))).location == Location(name="High Street")
    button = {"type": "url", "text": "Go", "data": "https://a.example"}
    post = post_of(channel(message("a", inline_bot_buttons=[[button]])))
    assert (post.text, post.links) == ("a\nGo", (Link("https://a.example"),))
    entities = [{"type": "text_link", "text": "here", "href": "https://a.example"}]
    assert post_of(channel(message("", text_entities=entities))).links[0].start == 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    shutil.copy(next(SAMPLE.parent.glob("photos/*.jpg")), tmp_path / "photos/a.jpg")
    value = channel(
        message("", photo="photos/a.jpg"),
        message("", photo="photos/gone.jpg"),
        message("", photo="../a.jpg"),
        message("", photo=LEFT_OUT),
        message("", file="photos/a.jpg", file_name="Van.pdf", mime_type="image/jpeg", performer="A", title="B"),
        message("", file=LEFT_OUT, thumbnail=LEFT_OUT, mime_type="video/mp4", media_type="video_file"),
        message("", file="photos/a.jpg", thumbnail="photos/a.jpg", mime_type="application/pdf"),
    )
    (tmp_path / "result.json").write_text(json.dumps(value), "utf-8")
    return tmp_path


def test_files_are_found_beside_it(folder: Path) -> None:
    there = str(folder / "photos/a.jpg")
    assert [post.media for post in posts(folder)] == [
        (Media(path=there, kind="image"),),
        (Media(path=str(folder / "photos/gone.jpg"), kind="image"),),
        (Media(kind="image"),),
        (Media(kind="image"),),
        (Media(path=there, filename="Van.pdf", caption="A\n\nB", kind="image"),),
        (Media(kind="video"),),
        (Media(path=there), Media(path=there, kind="image")),
    ]
    reports = [Linter(select=["image"]).lint(post) for post in posts(folder)]
    assert [bool(report.errors) for report in reports] == [False, True, True, True, False, True, False]


def test_a_zip_archive(folder: Path) -> None:
    with ZipFile(folder / "a.zip", "w") as archive:
        archive.write(folder / "result.json", "ChatExport_2026-05-04/result.json")
        archive.write(folder / "photos/a.jpg", "ChatExport_2026-05-04/photos/a.jpg")
    media = posts(folder / "a.zip")[0].media[0]
    assert media.data == (folder / "photos/a.jpg").read_bytes()
    assert posts(folder / "a.zip")[4].media[0].filename == "Van.pdf"


def test_another_programs_result_is_no_export(tmp_path: Path) -> None:
    """It does not keep the drafts beside it from being read."""
    (tmp_path / "result.json").write_text('{"passed": 3}')
    (tmp_path / "a.post.md").write_text("Morning")
    assert [post.text for post in posts(tmp_path)] == ["Morning"]
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("result.json", '{"passed": 3}')
    assert "without an export" in str(read(tmp_path / "a.zip")[0].error)


def test_an_export_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("result.json", json.dumps(channel(message("a"))))
    content = bytearray((tmp_path / "a.zip").read_bytes())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):  # the bit that says it is encrypted
        content[content.index(mark) + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    assert "encrypted" in str(read(tmp_path / "a.zip")[0].error)


def test_an_export_as_html_is_refused(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images/media_voice.png").write_bytes(b"")
    (tmp_path / "messages.html").write_text("<html>")
    (loaded,) = read(tmp_path)
    assert "with the format JSON" in str(loaded.error)


@pytest.mark.parametrize(
    ("content", "words", "line", "column"),
    [
        (channel(), "holds no post", None, None),
        (channel(message("a"), type="personal_chat"), "a personal_chat, in which others write too", 3, 10),
        (channel(message("a"), type="forum"), "expected public_channel", 3, 10),
        (channel(message("a"), type=3), "expected public_channel", 3, 10),
        ({"messages": [message("a")]}, "does not say what type", 1, 1),
        ({"name": "a", "type": "public_channel", "messages": {}}, "messages: expected a list", 4, 14),
        ({"about": "a", "personal_information": {"user_id": 1}}, "the export of a whole account", 1, 1),
        ({"about": "a", "chats": {"list": [{"messages": []}]}}, "the export of a whole account", 1, 1),
    ],
)
def test_what_is_no_export_of_a_channel(content: object, words: str, line: int | None, column: int | None) -> None:
    loaded = read("-", stdin=json.dumps(content, indent=1).encode())[-1]
    assert words in str(loaded.error)
    assert (loaded.line, loaded.column) == (line, column)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (3, "type: expected"),
        ({"id": 7, "type": "unsupported"}, "the export leaves out"),
        ({"id": 7, "type": "gift"}, 'type: expected "message"'),
        (message(), "without words"),
        (message(" \n", author=" "), "without words"),
        (message(3), "text: expected text"),
        (message({"text": "a"}), "text: expected text"),
        (message(["a", 3]), "text[1]: expected text"),
        (message(["a", {"type": "bold"}]), "text[1]: expected text"),
        (message(["a", {"type": "text_link", "text": "b"}]), "text[1].href: expected"),
        (message(["a", {"type": "bold", "text": "b", "href": 3}]), "text[1].href: expected"),
        (message("a", poll={"question": 3}), "poll.question: expected text"),
        (message("a", poll={"question": "b", "answers": [{"text": 3}]}), "poll.answers[0].text: expected text"),
        (message("a", poll={"question": "b", "answers": {}}), "poll.answers: expected a list"),
        (message("a", poll="b"), "poll: expected an object"),
        (message("a", file_name=3), "file_name: expected text"),
        (message("a", inline_bot_buttons={}), "inline_bot_buttons: expected a list"),
        (message("a", author=3), "author: expected text"),
        (message("a", photo=3), "photo: expected the path"),
        (message("a", date="soon"), "a time that cannot be read"),
        (message("a", date="2026-02-30T09:00:00"), "no calendar knows"),
        (message("a", date=3), "date: expected text"),
        (message("a", date_unixtime="soon"), "date_unixtime: expected"),
        (message("a", date_unixtime="9" * 14), "date_unixtime: expected"),
        (message("a", location_information={"latitude": 52}), "a latitude and a longitude"),
        (message("a", location_information={"latitude": 152, "longitude": 0}), "location.latitude"),
    ],
)
def test_mistakes_name_their_place_and_lose_no_other(value: object, words: str) -> None:
    content = json.dumps(channel(message("before"), value, message("after")), indent=1)
    before, wrong, after = read("-", stdin=content.encode())
    assert before.post is not None
    assert after.post is not None
    assert words in str(wrong.error)
    assert (wrong.line, wrong.column) == (before.line + 7 if before.line else None, 3)


def test_broken_json_names_its_place() -> None:
    content = json.dumps(channel(message("before"), message("MARK"), message("after")), indent=1)
    before, wrong, after = read("-", stdin=content.replace('"MARK"', '"\\x0B"').encode())
    line = content.split("\n").index('   "text": "MARK"')
    assert (before.error, after.error) == (None, None)
    assert wrong.error is not None
    assert (wrong.line, wrong.column) == (line + 1, 13)  # the backslash, which no JSON has before an x
    cut = read("-", stdin=content[: content.index("MARK")].encode())
    assert cut[0].error is None
    assert "ends too early" in str(cut[-1].error)


def test_what_is_no_post_is_said() -> None:
    notices = [
        {"id": 1, "type": "service", "action": "pin_message", "text": ""},
        {"id": 2, "type": "service", "action": "edit_group_title", "title": "New name"},
        {"id": 3, "type": "service", "action": "edit_group_photo", "photo": LEFT_OUT},
    ]
    pinned, title, photo = given(channel(*notices))
    assert pinned.skipped == "a notice that publishes no words (pin_message)"
    assert title.post is not None
    assert title.post.text == "New name"
    assert photo.post is not None
    assert photo.post.media == (Media(kind="image"),)


def test_a_key_that_is_not_known_is_named_once() -> None:
    found = given(channel(message("a", gift="b"), message("c", gift="d"), message(gift="e")))
    assert [each.skipped for each in found] == [
        None, "the key 'gift' of a message: it is not known whether it is published", None, None,
    ]  # fmt: skip
    assert "without words" in str(found[-1].error)


def test_it_is_told_by_what_it_holds() -> None:
    for content in (channel(message("a")), channel(message("a"), type="forum"), channel(type="personal_chat")):
        assert detect(Head("a.txt", json.dumps(content).encode())) == KIND
    for other in ({"messages": ["a"]}, {"type": "public_channel"}, {"messages": [{"type": "text"}]}):
        assert detect(Head("result.json", json.dumps(other).encode())) != KIND


class _Long:
    """A channel of many messages, made as it is read."""

    def __init__(self, messages: int) -> None:
        self.waiting = messages
        self.text = (
            b'{"name": "a", "type": "public_channel", "id": 1, "messages": [' + json.dumps(message("a")).encode()
        )
        self.asked = 0

    def read(self, size: int) -> bytes:
        self.asked += 1
        while self.waiting and len(self.text) < size:
            self.waiting -= 1
            self.text += b"," + json.dumps(message("x" * 200)).encode()
            if not self.waiting:
                self.text += b"]}"
        found, self.text = self.text[:size], self.text[size:]
        return found

    def __enter__(self) -> _Long:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def test_it_is_streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first post is there before the file is read, and no file is read more than once."""
    opened: list[_Long] = []

    def open_(_: File) -> _Long:
        opened.append(_Long(3000))
        return opened[-1]

    monkeypatch.setattr(File, "open", open_)
    found = KIND.read(File.named("result.json"))
    assert next(found).post is not None
    assert sum(each.asked for each in opened) <= 4
    assert sum(each.post is not None for each in found) == 3000
    assert [each.waiting > 0 for each in opened] == [True, True, False]
