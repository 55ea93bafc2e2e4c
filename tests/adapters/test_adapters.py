"""What all adapters share: clean payloads pass, one bad part stops all, and every mistake is named."""

from __future__ import annotations

import ast
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from posting import CLEAN, TELLING, VAN, changed, linted, payload

import wmp_postlint
from wmp_postlint import Account, Finding, Post, PostError, Report
from wmp_postlint.adapters import answer, bluesky, buffer, hootsuite, mixpost, orlo, postiz, wordpress
from wmp_postlint.adapters.payload import Fetch, PayloadError, nothing, parse

ADAPTERS = Path(wmp_postlint.__file__).parent / "adapters"

Read = Callable[[Any, Fetch, Mapping[str, Account]], list[Post]]
READ: dict[str, Read] = {
    "hootsuite-message": lambda value, fetch, accounts: [hootsuite.pending(value, fetch, accounts).post],
    "postiz-create": postiz.posts,
    "mixpost-form": mixpost.posts,
    "buffer-input": buffer.posts,
    "wordpress-request": wordpress.posts,
    "bluesky-create": lambda value, fetch, accounts: bluesky.posts(bluesky.WRITES[0], value, fetch, accounts),
    "orlo-notification": lambda value, fetch, accounts: orlo.posts(value, None, fetch, accounts),
}


IDS = ("115185509", "int-x", "int-yt", "1", "2", "ch-1", "4", "31", "did:plc:abcdefghijklmnopqrstuvwx")
KNOWN = {
    identity: Account("WMPolice", kind="corporate") for identity in IDS
}  # the force itself, which may use any network


def read(name: str, value: Any, fetch: Fetch = nothing, accounts: Mapping[str, Account] = KNOWN) -> list[Post]:
    return READ[name](value, fetch, accounts)


@pytest.mark.parametrize("name", READ)
def test_a_clean_payload_passes_with_keys_that_nobody_knows(name: str) -> None:
    value = payload(name) | {"added_in_2027": {"text": [1, None]}}
    assert answer.worst(linted(read(name, value))) == "pass"


TEXTS = [
    ("hootsuite-message", "data[0].text"),
    ("postiz-create", "posts[0].value[0].content"),
    ("postiz-create", "posts[0].value[1].content"),
    ("postiz-create", "posts[1].value[0].content"),
    ("postiz-create", "posts[1].settings.title"),
    ("mixpost-form", "versions[0].content[0].body"),
    ("mixpost-form", "versions[1].content[0].body"),
    ("buffer-input", "text"),
    ("buffer-input", "metadata.facebook.firstComment"),
    ("buffer-input", "metadata.threads.thread[1].text"),
    ("wordpress-request", "title.raw"),
    ("wordpress-request", "content.raw"),
    ("wordpress-request", "excerpt.raw"),
    ("bluesky-create", "record.text"),
    ("orlo-notification", "content"),
]


@pytest.mark.parametrize(("name", "path"), TEXTS)
def test_one_bad_text_among_several_blocks(name: str, path: str) -> None:
    value = changed(payload(name), path, TELLING)
    if name == "bluesky-create":
        del value["record"]["facets"]  # they are of the other text
    reports = linted(read(name, value))
    assert answer.worst(reports) == "block"
    words = answer.explanation(reports)
    assert "mobile number" in words
    assert "07700" not in words
    assert "Quarrell" not in words


@pytest.mark.parametrize(
    # What stands in the settings of a network may be anything, and is words only where it is text.
    ("name", "path"),
    [(name, path) for name, path in TEXTS if not path.endswith(("settings.title", "firstComment"))],
)
@pytest.mark.parametrize(
    "wrong", [7, ["Road closed"], {"text": "Road closed"}, True], ids=["number", "list", "object", "true"]
)
def test_a_text_of_a_wrong_type_is_named(name: str, path: str, wrong: object) -> None:
    with pytest.raises(PayloadError) as caught:
        read(name, changed(payload(name), path, wrong))
    assert caught.value.where == path
    assert "expected" in str(caught.value)
    assert "Road closed" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("hootsuite-message", "data"),
        ("hootsuite-message", "data[0].text"),
        ("hootsuite-message", "data[0].sequenceNumber"),
        ("hootsuite-message", "data[0].state"),
        ("postiz-create", "type"),
        ("postiz-create", "posts"),
        ("postiz-create", "posts[0].integration"),
        ("postiz-create", "posts[0].integration.id"),
        ("postiz-create", "posts[0].value[0].content"),
        ("mixpost-form", "versions"),
        ("mixpost-form", "versions[1].account_id"),
        ("mixpost-form", "versions[0].content[0].body"),
        ("buffer-input", "channelId"),
        ("bluesky-create", "repo"),
        ("bluesky-create", "collection"),
        ("bluesky-create", "record"),
        ("bluesky-create", "record.facets[0].index.byteStart"),
        ("orlo-notification", "content"),
    ],
)
def test_what_is_missing_is_named(name: str, path: str) -> None:
    with pytest.raises(PayloadError) as caught:
        read(name, changed(payload(name), path))
    assert str(caught.value) == f"{path}: missing"


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("value", [None, 7, "Road closed", [], [[]]], ids=["null", "number", "text", "list", "lists"])
def test_what_is_no_payload_at_all_is_an_error(name: str, value: object) -> None:
    with pytest.raises(PayloadError, match="expected an object"):
        read(name, value)


def test_a_time_that_is_none_is_named() -> None:
    for name, path in (
        ("hootsuite-message", "data[0].scheduledSendTime"),
        ("postiz-create", "date"),
        ("buffer-input", "dueAt"),
    ):
        with pytest.raises(PayloadError, match="expected a time") as caught:
            read(name, changed(payload(name), path, "next Tuesday"))
        assert caught.value.where == path


PICTURES: list[tuple[str, str, Callable[[str], Any]]] = [
    ("hootsuite-message", "data[0].mediaUrls", lambda at: [{"url": at}]),
    ("hootsuite-message", "data[0].media", lambda at: [{"id": at}]),
    ("postiz-create", "posts[0].value[0].image", lambda at: [{"id": "m1", "path": at, "alt": "A van"}]),
    ("postiz-create", "posts[0].value[1].image", lambda at: [{"id": at}]),
    ("mixpost-form", "versions[1].content[0].media", lambda at: [at]),
    ("mixpost-form", "versions[0].content[0].body", lambda at: f'<div>A van <img src="{at}"></div>'),
    ("buffer-input", "assets", lambda at: [{"image": {"url": at, "metadata": {"altText": "A van"}}}]),
    ("buffer-input", "metadata.threads.thread[1].assets", lambda at: [{"video": {"url": at}}]),
    ("wordpress-request", "featured_media", lambda at: at),
    ("wordpress-request", "content.raw", lambda at: f'<p>A van <img alt="a van" src="{at}"></p>'),
    ("wordpress-request", "content.raw", lambda at: f'<video poster="{at}"></video><p>A van</p>'),
    ("orlo-notification", "media", lambda at: [{"url": at}]),
    (
        "bluesky-create",
        "record.embed",
        lambda at: {"$type": "app.bsky.embed.images", "images": [{"alt": "a van", "image": {"ref": {"$link": at}}}]},
    ),
    (
        "bluesky-create",
        "record.embed",
        lambda at: {
            "$type": "app.bsky.embed.recordWithMedia",
            "record": {
                "$type": "app.bsky.embed.record",
                "record": {"uri": "at://did:plc:abc/app.bsky.feed.post/1", "cid": "b"},
            },
            "media": {"$type": "app.bsky.embed.images", "images": [{"alt": "a van", "image": {"ref": {"$link": at}}}]},
        },
    ),
    (
        "bluesky-create",
        "record.embed",
        lambda at: {
            "$type": "app.bsky.embed.external",
            "external": {
                "uri": "https://www.west-midlands.police.uk/a38",
                "title": "Closed",
                "description": "The A38",
                "thumb": {"ref": {"$link": at}},
            },
        },
    ),
]


@pytest.mark.parametrize(("name", "path", "shape"), PICTURES)
def test_pictures_are_looked_at_or_said_not_to_be(name: str, path: str, shape: Callable[[str], Any]) -> None:
    value = changed(payload(name), path, shape("bafkreiabc"))
    assert answer.worst(linted(read(name, value, {"bafkreiabc": CLEAN}.get))) == "pass"
    telling = linted(read(name, value, {"bafkreiabc": VAN}.get))
    assert answer.worst(telling) == "block"
    assert any(finding.field.endswith(".location") for report in telling for finding in report.findings)
    for fetch in (nothing, {"bafkreiother": CLEAN}.get, _cut_off):
        absent = linted(read(name, value, fetch))
        assert answer.worst(absent) == "review"
        assert answer.not_looked(absent)
        assert "Not looked at (media[0])" in answer.explanation(absent)


def _cut_off(address: str) -> bytes:
    raise ConnectionResetError(address)


def test_a_picture_inside_the_html_is_decoded() -> None:
    from base64 import b64encode

    for data, verdict in ((VAN, "block"), (CLEAN, "pass"), (b"", "review")):
        inline = f'<p>A van <img src="data:image/jpeg;base64,{b64encode(data).decode()}"></p>'
        value = changed(payload("wordpress-request"), "content.raw", inline)
        assert answer.worst(linted(wordpress.posts(value))) == verdict
    broken = changed(payload("wordpress-request"), "content.raw", '<p>A van <img src="data:image/png;base64,!!!"></p>')
    assert answer.worst(linted(wordpress.posts(broken))) == "review"


def test_html_past_the_limits_of_a_post_is_no_pass_and_no_long_wait() -> None:
    fetched: list[str] = []

    def fetch(address: str) -> bytes:
        fetched.append(address)
        return CLEAN

    pictures = "".join(f'<img src="{number}.png">' for number in range(1_000))
    for body, most in ((f"<p>Our hall</p>{pictures}", 101), ("<p>" + "road closed " * 10_000 + pictures, 0)):
        fetched.clear()
        reports = linted(wordpress.posts({"content": body}, fetch))
        assert answer.not_looked(reports)
        assert len(fetched) == most


def test_a_payload_of_many_parts_is_read_in_a_moment() -> None:
    start = time.monotonic()
    deep = {"__type": "x", "a": [[] for _ in range(400_000)], "title": TELLING}
    posts = read("postiz-create", changed(payload("postiz-create"), "posts[1].settings", deep))
    assert posts[-1].text == TELLING
    assert time.monotonic() - start < 10


def test_spans_lie_in_the_html_as_it_was_given() -> None:
    body = "<p>Ring Ann on <strong>07700</strong> 900461 &amp; say so</p>"
    [post, *_] = postiz.posts(changed(payload("postiz-create"), "posts[0].value[0].content", body))
    [report] = linted([post])
    spans = [finding.span for finding in report.findings if "mobile" in finding.message]
    assert [body[span.start : span.end] for span in spans if span] == ["07700</strong> 900461"]


@pytest.mark.parametrize("name", READ)
def test_an_account_is_what_it_was_entered_as(name: str) -> None:
    assert {post.account.kind for post in read(name, payload(name)) if post.account} == {"corporate"}
    # Of an account that nobody entered, the most is asked.
    assert {post.account.kind for post in read(name, payload(name), nothing, {}) if post.account} == {None}


# The words of answers


def _report(*words: str, errors: bool = False) -> Report:
    from wmp_postlint.finding import Confidence, PolicyRef, RuleError, Severity

    findings = tuple(
        Finding("a/b", Severity.ERROR, Confidence.HIGH, ("1.2",), "text", None, message, "Do not.") for message in words
    )
    missed = (RuleError("input", "media[0]", "it is gone"),) if errors else ()
    return Report("block" if words else "review" if errors else "pass", findings, missed, PolicyRef("a", "1"))


def test_nothing_looked_at_is_no_pass() -> None:
    assert answer.worst([]) == "review"
    assert answer.not_looked([])
    assert answer.explanation([]) == "Nothing was looked at."


def test_an_explanation_is_as_long_as_it_may_be_and_counts_the_rest() -> None:
    report = _report(*(f"Reason {number} is this." for number in range(50)))
    whole = answer.explanation([report], 10_000)
    assert whole.count("\n") == 49
    assert "more." not in whole
    for most in (100, 101, 137, 500, 1_000):
        cut = answer.explanation([report], most)
        assert len(cut) <= most
        lines = cut.splitlines()
        assert lines[-1] == f"... and {50 - len(lines) + 1} more."
    assert answer.explanation([_report("x" * 500)], 100) == "x" * 76 + "..."


def test_errors_come_first_and_advice_is_left_out() -> None:
    [report] = linted([Post("Ring Ann on 07700 900461")])
    assert "mobile number" in answer.reasons(report)[0]
    assert answer.reasons(_report(errors=True)) == ["Not looked at (media[0]): it is gone."]


def test_a_key_that_stands_twice_is_refused() -> None:
    """Two programs may take different ones of them for the value."""
    with pytest.raises(PayloadError, match="twice"):
        parse(b'{"text": "Road closed", "text": "Ring 07700 900461"}')
    for body in (b"", b"{", b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000):
        with pytest.raises(PayloadError):
            parse(body)


# The house


@pytest.mark.parametrize("path", sorted(ADAPTERS.glob("*.py")), ids=lambda path: path.stem)
def test_adapters_import_no_library_and_no_server(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            top = name.partition(".")[0]
            assert top == "wmp_postlint" or top in sys.stdlib_module_names, name
            assert not name.startswith("wmp_postlint.server")


# Whatever comes


def _places(value: Any, path: str = "") -> list[str]:
    inner: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = []
    for key, item in inner:
        place = f"{path}[{key}]" if isinstance(value, list) else f"{path}.{key}" if path else key
        found += [place, *_places(item, place)]
    return found


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5) | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)


@pytest.mark.parametrize("name", READ)
@given(data=st.data())
@settings(max_examples=60)
def test_any_value_in_any_place_gives_posts_or_an_error_that_names_it(name: str, data: st.DataObject) -> None:
    value = payload(name)
    if name == "hootsuite-message":
        value["data"][0] |= {"mediaUrls": [{"url": "a"}], "location": {"latitude": 1, "longitude": 2}}
    path = data.draw(st.sampled_from(_places(value)))
    try:
        posts = read(name, changed(value, path, data.draw(_JSON)))
    except PayloadError as error:
        assert str(error)  # noqa: PT017  which of the two it is depends on what was drawn
        return
    for post in posts:
        try:
            linted([post])
        except PostError as error:
            assert error.where  # noqa: PT017  the same
