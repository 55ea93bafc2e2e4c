"""Meta's export: the mojibake undone, coordinates out of EXIF read, pictures found from where the addresses start."""

from __future__ import annotations

import json

from formats import SAMPLES, given, post_of, posts, read
from hypothesis import given as generated
from hypothesis import strategies as st

from wmp_postlint import Linter, Location
from wmp_postlint.readers.kinds.meta import mended

FACEBOOK = SAMPLES / "facebook"
POSTS = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"


def test_facebook() -> None:
    comment, first, picture = posts(FACEBOOK)
    assert (comment.kind, comment.text) == ("reply", "Your reference is 20/1879957/21.")
    assert first.text == "Café with a cop on Friday 🚓 ring 07700 900461"
    assert picture.location == Location(52.5242, -1.8361)
    assert picture.media[0].path == str(FACEBOOK / "your_facebook_activity/posts/media/van.jpg")
    assert picture.media[0].caption is None  # the words of the post again
    assert "location" in {finding.field for finding in Linter().lint(picture).findings}
    assert [each.skipped for each in read(FACEBOOK) if each.skipped] == ["an entry without words and pictures"]
    assert len(posts(FACEBOOK / POSTS)) == 2
    assert str(posts(FACEBOOK / POSTS)[1].media[0].path).endswith("posts/media/van.jpg")
    assert not Linter().lint(posts(FACEBOOK / POSTS)[1]).errors


def test_instagram() -> None:
    (post,) = posts(SAMPLES / "instagram")
    assert post.platform == "instagram"
    assert post.media[0].caption == "Our new van 🚓"
    assert post.location == Location(52.5242, -1.8361)
    assert not Linter().lint(post).errors
    story = {"ig_stories": [{"uri": "media/s.jpg", "creation_timestamp": 1777885200, "title": "Hello"}]}
    assert (post_of(story).text, len(post_of(story).media)) == ("Hello", 1)


def test_places_and_cards() -> None:
    place = {"name": "The market", "coordinate": {"latitude": 52.1, "longitude": -1.2}, "address": "Here"}
    card = {"external_context": {"url": "https://a.example", "name": "Card"}}
    entry = {"timestamp": 1, "data": [{"post": "a"}], "attachments": [{"data": [{"place": place}, card]}]}
    post = post_of([entry])
    assert post.location == Location(52.1, -1.2, "The market\n\nHere")
    assert [(link.url, link.text) for link in post.links] == [("https://a.example", "Card")]


@generated(st.text())
def test_mojibake_is_undone(text: str) -> None:
    try:
        broken = text.encode("utf-8").decode("latin-1")
    except UnicodeEncodeError:  # a lone surrogate
        return
    assert mended({"a": [broken]}) == {"a": [text]}


@generated(st.text(alphabet=st.characters(min_codepoint=0x100)))
def test_what_is_no_mojibake_stays(text: str) -> None:
    assert mended(text) == text


def test_odd_shapes() -> None:
    for content in ([{"timestamp": 1, "data": 3, "attachments": {"x": 1}}], [{"timestamp": 1, "data": [[]]}]):
        assert all(each.post is None for each in given(content))
    assert given([{"timestamp": 10**30, "data": [{"post": "a"}]}])[0].post is not None
    assert json.dumps(mended(["\u00e9"])) == '["\\u00e9"]'
