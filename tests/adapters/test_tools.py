"""What each tool is answered, in its own words and for its own traps."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from posting import CLEAN, TELLING, VAN, changed, linted, payload

from wmp_postlint import Account, Post
from wmp_postlint.adapters import answer, bluesky, buffer, hootsuite, mixpost, orlo, postiz, wordpress
from wmp_postlint.adapters.payload import PayloadError

CORPORATE = Account("WMPolice", kind="corporate")
DID = "did:plc:abcdefghijklmnopqrstuvwx"
PRAISE = "Come to Northgate Bakery, the best sausage rolls in town."  # a warning, for a person to decide


# Hootsuite


def test_hootsuite_fetches_each_waiting_message_once() -> None:
    assert hootsuite.waiting_ids(payload("hootsuite-callback")) == ("4094517701",)


def test_hootsuite_ping_is_told_apart() -> None:
    events = payload("hootsuite-callback")
    assert hootsuite.is_ping(events[3:])
    assert hootsuite.waiting_ids(events[3:]) == ()
    assert not hootsuite.is_ping(events)
    assert not hootsuite.is_ping([])


@pytest.mark.parametrize("path", ["[0].type", "[0].data", "[0].data.state", "[0].data.message", "[0].data.message.id"])
def test_hootsuite_callback_without_a_part_is_an_error(path: str) -> None:
    with pytest.raises(PayloadError) as caught:
        hootsuite.waiting_ids(changed(payload("hootsuite-callback"), path))
    assert caught.value.where == path


@pytest.mark.parametrize("identity", ["../me", "1?x=1", "1/approve", "", "１２", True, 1.5])
def test_hootsuite_id_cannot_lead_elsewhere(identity: object) -> None:
    with pytest.raises(PayloadError, match="id"):
        hootsuite.waiting_ids(changed(payload("hootsuite-callback"), "[0].data.message.id", identity))


def _hootsuite(path: str = "data[0].text", new: object = TELLING, **files: bytes) -> dict[str, object] | None:
    found = hootsuite.pending(changed(payload("hootsuite-message"), path, new), files.get)
    return hootsuite.rejection(linted([found.post])[0], found)


def test_hootsuite_rejects_what_blocks_with_the_sequence_number_and_a_reason() -> None:
    body = _hootsuite()
    assert body is not None
    assert {**body, "reason": ""} == {"sequenceNumber": 11, "reviewerType": "EXTERNAL", "reason": ""}
    assert "mobile number" in str(body["reason"])


def test_hootsuite_leaves_clean_posts_and_warnings_to_the_approver() -> None:
    assert _hootsuite("data[0].tags", []) is None
    warned = hootsuite.pending(changed(payload("hootsuite-message"), "data[0].text", PRAISE))
    [report] = linted([warned.post])
    assert report.verdict == "review"
    assert hootsuite.rejection(report, warned) is None


def test_hootsuite_rejects_a_picture_that_was_not_looked_at() -> None:
    pictures = [{"url": "https://files.example.org/a.jpg"}]
    body = _hootsuite("data[0].mediaUrls", pictures)
    assert body is not None
    assert "Not looked at (media[0])" in str(body["reason"])
    assert _hootsuite("data[0].mediaUrls", pictures, **{"https://files.example.org/a.jpg": CLEAN}) is None


def test_hootsuite_attachment_with_address_and_id_is_one() -> None:
    both = changed(payload("hootsuite-message"), "data[0].mediaUrls", [{"url": "https://files.example.org/a.jpg"}])
    both = changed(both, "data[0].media", [{"id": "m1"}])
    for files in ({"m1": VAN}, {"https://files.example.org/a.jpg": VAN}):
        found = hootsuite.pending(both, files.get)
        assert [medium.data for medium in found.post.media] == [VAN]
    more = changed(both, "data[0].media", [{"id": "m1"}, {"id": "m2"}])
    assert len(hootsuite.pending(more).post.media) == 2


def test_hootsuite_says_nothing_of_what_does_not_wait_any_more() -> None:
    gone = changed(changed(payload("hootsuite-message"), "data[0].text", TELLING), "data[0].state", "REJECTED")
    found = hootsuite.pending(gone)
    assert hootsuite.rejection(linted([found.post])[0], found) is None


def test_hootsuite_cannot_approve() -> None:
    assert [name for name in dir(hootsuite) if "approve" in name.casefold()] == []


def test_hootsuite_reason_is_bounded() -> None:
    body = _hootsuite("data[0].mediaUrls", [{"url": f"https://files.example.org/{number}.jpg"} for number in range(90)])
    assert body is not None
    assert len(str(body["reason"])) <= 1000
    assert "more." in str(body["reason"])
    unreadable = hootsuite.unreadable(payload("hootsuite-message"), PayloadError("data[0].text", "x" * 5000))
    assert unreadable is not None
    assert len(str(unreadable["reason"])) == 1000
    gone = changed(payload("hootsuite-message"), "data[0].state", "SENT")
    assert hootsuite.unreadable(gone, PayloadError("data[0].text", "missing")) is None


def test_hootsuite_geo_tag_is_part_of_the_post() -> None:
    body = _hootsuite("data[0].location", {"latitude": 52.4862, "longitude": -1.8904})
    assert body is not None


# Orlo


SECRETS = {"a1b2": "testsecret", "empty": ""}


def _signed(body: bytes, secret: str = "testsecret") -> str:
    return hmac.new(secret.encode(), body, sha256).hexdigest()


def test_orlo_handshake_is_the_documented_one() -> None:
    """The example that Orlo publishes with its sample client."""
    said = "e123f721ae689ad2a06b5eed0838238f27e5c71d2159c258e73c651c98f17bdf"
    answered = "70d57128a1047c499ce30b3d518341aa4fc9e9200e30d9bb9152f99955ba081d"
    headers = {"socialsignin-hookid": "a1b2", "SOCIALSIGNIN-HASH": said}
    assert orlo.verified(b'{"test":"data"}', headers, SECRETS) == {"verification-hash": answered}


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"{} ", {orlo.HOOK: "a1b2", orlo.HASH: _signed(b"{}")}),
        (b"{}", {orlo.HOOK: "a1b2", orlo.HASH: _signed(b"{}", "other")}),
        (b"{}", {orlo.HOOK: "c3d4", orlo.HASH: _signed(b"{}")}),
        (b"{}", {orlo.HOOK: "c3d4", orlo.HASH: _signed(b"{}", "-")}),
        (b"{}", {orlo.HOOK: "empty", orlo.HASH: _signed(b"{}", "")}),
        (b"{}", {orlo.HOOK: "empty", orlo.HASH: _signed(b"{}", "-")}),
        (b"{}", {orlo.HOOK: "a1b2", orlo.HASH: "é" * 64}),
        (b"{}", {orlo.HOOK: "a1b2", orlo.HASH: ""}),
        (b"{}", {orlo.HOOK: "a1b2"}),
        (b"{}", {orlo.HASH: _signed(b"{}")}),
        (b"{}", {}),
    ],
)
def test_orlo_refuses_who_does_not_know_the_secret(body: bytes, headers: dict[str, str]) -> None:
    with pytest.raises(orlo.SignatureError):
        orlo.verified(body, headers, SECRETS)


def test_orlo_compares_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def compare(one: bytes, other: bytes) -> bool:
        asked.append((one, other))
        return one == other

    monkeypatch.setattr(hmac, "compare_digest", compare)
    for hook in ("a1b2", "nobody"):
        with pytest.raises(orlo.SignatureError):
            orlo.verified(b"{}", {orlo.HOOK: hook, orlo.HASH: "0" * 64}, SECRETS)
    assert len(asked) == 2


def test_orlo_words_stand_where_the_caller_says() -> None:
    keys = orlo.Keys(posts="data.posts[]", text="body.text", time="body.due", media="files", address="href", alt="alt")
    value = {
        "data": {
            "posts": [
                {
                    "body": {"text": "Road closed.", "due": "2026-05-05T09:00:00Z"},
                    "files": [{"href": "a.png", "alt": "A hall"}],
                },
                {"body": {"text": TELLING}},
            ]
        }
    }
    first, second = orlo.posts(value, keys, {"a.png": CLEAN}.get)
    assert (first.text, first.published_at) == ("Road closed.", datetime(2026, 5, 5, 9, tzinfo=UTC))
    assert [(item.data, item.alt) for item in first.media] == [(CLEAN, "A hall")]
    reports = linted([first, second])
    assert [report.verdict for report in reports] == ["pass", "block"]
    assert "personal-data" in orlo.tags(reports)
    assert orlo.tags(reports[:1]) == []


@pytest.mark.parametrize("value", [{"data": {}}, {"data": {"posts": []}}, {"data": {"posts": [{"other": 1}]}}])
def test_orlo_notification_without_the_words_is_an_error(value: Any) -> None:
    with pytest.raises(PayloadError):
        orlo.posts(value, orlo.Keys(posts="data.posts[]", text="body.text"))


def test_orlo_tags_say_what_was_not_looked_at() -> None:
    [post] = orlo.posts(changed(payload("orlo-notification"), "media", [{"url": "a.jpg"}]))
    assert "not-looked-at" in orlo.tags(linted([post]))


# Postiz


def _postiz(text: str, **options: bool) -> postiz.Reply:
    value = changed(payload("postiz-create"), "posts[0].value[1].content", text)
    accounts = {"int-x": CORPORATE, "int-yt": CORPORATE}
    return postiz.reply(value, linted(postiz.posts(value, accounts=accounts)), **options)


def test_postiz_clean_posts_go_on_as_they_are() -> None:
    assert _postiz("<p>It opens again at 6pm.</p>") == postiz.Reply(forward=payload("postiz-create"))


def test_postiz_refusal_is_its_own_400() -> None:
    reply = _postiz(TELLING)
    assert reply.forward is None
    assert reply.status == 400
    assert reply.body is not None
    assert {**reply.body, "message": ""} == {"statusCode": 400, "provider": "x", "name": "postlint", "message": ""}
    assert str(reply.body["message"]).startswith("posts[0].value[1]: This is a mobile number")


def test_postiz_draft_is_the_same_request_with_another_type() -> None:
    for text, as_draft in ((TELLING, True), (f"<p>{PRAISE}</p>", False)):
        forward = _postiz(text, as_draft=as_draft).forward
        assert forward is not None
        assert {**forward, "type": "schedule"} == changed(payload("postiz-create"), "posts[0].value[1].content", text)
        assert forward["type"] == "draft"


def test_postiz_draft_may_say_what_it_likes() -> None:
    value = changed(changed(payload("postiz-create"), "posts[0].value[0].content", TELLING), "type", "draft")
    assert postiz.reply(value, linted(postiz.posts(value))).forward == value


def test_postiz_bold_letters_hide_nothing() -> None:
    for text in ("<p>Ring 𝟎𝟕𝟕𝟎𝟎 𝟗𝟎𝟎𝟒𝟔𝟏</p>", "<p>Ring <strong>077</strong>00 <u>900461</u></p>"):
        assert _postiz(text).status == 400
        assert _postiz(text).forward is None


@pytest.mark.parametrize("kind", ["publish", "", "DRAFT"])
def test_postiz_type_that_is_not_known_is_an_error(kind: str) -> None:
    with pytest.raises(PayloadError, match="one of draft, schedule, now, update"):
        postiz.posts(changed(payload("postiz-create"), "type", kind))


def test_postiz_without_posts_is_an_error() -> None:
    for path in ("posts", "posts[0].value"):
        value = changed(payload("postiz-create"), path, [])
        if path == "posts":
            with pytest.raises(PayloadError, match="holds no post"):
                postiz.posts(value)
        else:
            assert [post.id for post in postiz.posts(value)] == ["posts[1].value[0]", "posts[1].settings.title"]


def test_postiz_settings_publish_too() -> None:
    value = changed(
        payload("postiz-create"),
        "posts[1].settings",
        {"__type": "reddit", "subreddit": [{"value": {"title": TELLING, "url": "https://bit.ly/abc", "type": "link"}}]},
    )
    posts = {post.id: post for post in postiz.posts(value)}
    assert posts["posts[1].settings.subreddit[0].value.title"].text == TELLING
    assert [link.url for link in posts["posts[1].settings.subreddit[0].value.url"].links] == ["https://bit.ly/abc"]


# Mixpost


ACCOUNTS = {
    "1": Account("WMPolice", kind="corporate", platform="x"),
    "2": Account("SgtOak", kind="officer", platform="x"),
}


def test_mixpost_versions_go_to_their_accounts() -> None:
    posts = mixpost.posts(payload("mixpost-form"), accounts=ACCOUNTS)
    assert [(post.id, post.account.handle if post.account else None) for post in posts] == [
        ("versions[0].content[0]", "WMPolice"),
        ("versions[1].content[0]", "SgtOak"),
    ]
    both = changed(payload("mixpost-form"), "versions[1]")
    assert [post.account for post in mixpost.posts(both, accounts=ACCOUNTS)] == list(ACCOUNTS.values())
    nobody = changed(both, "accounts", [])
    assert [post.account for post in mixpost.posts(nobody, accounts=ACCOUNTS)] == [None]


def test_mixpost_time_is_meant_in_its_zone() -> None:
    from zoneinfo import ZoneInfo

    def when(zone: Any = None) -> str:
        time = mixpost.posts(payload("mixpost-form"), zone=zone)[0].published_at
        assert time is not None
        return time.isoformat()

    assert when() == "2026-05-05T09:30:00+01:00"
    assert when(ZoneInfo("America/New_York")) == "2026-05-05T09:30:00-04:00"
    with pytest.raises(PayloadError, match="expected a date"):
        mixpost.posts(changed(payload("mixpost-form"), "date", "05/05/2026"))


def test_mixpost_refusal_stands_under_its_field() -> None:
    value = changed(payload("mixpost-form"), "versions[1].content[0].body", f"<div>{TELLING}</div>")
    posts = mixpost.posts(value, accounts=ACCOUNTS)
    refusal = mixpost.refusal(posts, linted(posts))
    assert refusal is not None
    errors: Any = refusal["errors"]
    assert list(errors) == ["versions.1.content.0.body"]
    assert refusal["message"] == errors["versions.1.content.0.body"][0]
    clean = mixpost.posts(payload("mixpost-form"), accounts=ACCOUNTS)
    assert mixpost.refusal(clean, linted(clean)) is None


# Buffer


def test_buffer_sends_clean_posts_as_they_are_and_the_rest_as_drafts() -> None:
    clean = payload("buffer-input")
    assert buffer.revised(clean, linted(buffer.posts(clean))) == clean
    assert buffer.note(linted(buffer.posts(clean))) is None
    for text in (TELLING, PRAISE):
        value = changed(clean, "text", text)
        reports = linted(buffer.posts(value))
        revised = buffer.revised(value, reports)
        assert revised == {**changed(value, "needsApproval"), "saveToDraft": True}
        assert buffer.note(reports)
    assert buffer.revised(clean, []) == {**changed(clean, "needsApproval"), "saveToDraft": True}


def test_buffer_asset_is_one_thing() -> None:
    for asset in ({}, {"image": {"url": "a"}, "video": {"url": "b"}}, {"gif": {"url": "a"}}):
        with pytest.raises(PayloadError, match="exactly one of") as caught:
            buffer.posts(changed(payload("buffer-input"), "assets", [asset]))
        assert caught.value.where == "assets[0]"


def test_buffer_link_assets_and_links_of_networks_are_links() -> None:
    value = changed(payload("buffer-input"), "assets", [{"link": {"url": "https://bit.ly/abc"}}])
    value = changed(value, "metadata.pinterest", {"title": "A38", "url": "https://bit.ly/def"})
    urls = [link.url for post in buffer.posts(value) for link in post.links]
    assert urls == ["https://bit.ly/abc", "https://bit.ly/def"]


def test_buffer_post_without_anything_is_not_passed() -> None:
    reports = linted(buffer.posts({"channelId": "ch-1"}))
    assert buffer.revised({"channelId": "ch-1"}, reports)["saveToDraft"] is True


# WordPress


@pytest.mark.parametrize(
    ("status", "seen"),
    [
        ("publish", True),
        ("future", True),
        ("private", True),
        ("draft", False),
        ("auto-draft", False),
        ("pending", False),
        (..., True),
    ],
)
def test_wordpress_only_what_the_public_sees_is_looked_at(status: object, seen: bool) -> None:
    assert wordpress.publishes(changed(payload("wordpress-request"), "status", status)) is seen


def test_wordpress_error_is_a_wp_error() -> None:
    clean = linted(wordpress.posts(payload("wordpress-request")))
    assert wordpress.error(clean) is None
    telling = linted(wordpress.posts(changed(payload("wordpress-request"), "content.raw", f"<p>{TELLING}</p>")))
    error = wordpress.error(telling)
    assert error is not None
    assert (error["code"], error["data"]) == ("postlint_block", {"status": 400, "verdict": "block"})
    assert str(error["message"]).startswith("812.content: ")


def test_wordpress_takes_texts_as_a_request_has_them() -> None:
    posts = wordpress.posts({"title": "Fish & chips <b>", "content": "<p>At 6pm</p>"})
    assert [(post.id, post.text) for post in posts] == [
        ("title", "Fish &amp; chips &lt;b&gt;"),
        ("content", "<p>At 6pm</p>"),
    ]


def test_wordpress_picture_alone_is_looked_at() -> None:
    [post] = wordpress.posts({"featured_media": 55}, {"55": VAN}.get)
    assert answer.worst(linted([post])) == "block"
    for value in ({}, {"featured_media": 0}, {"title": "", "content": None}):
        with pytest.raises(PayloadError, match="holds none of"):
            wordpress.posts(value)


# Bluesky


def _bluesky(value: Any, method: str = bluesky.WRITES[0]) -> list[Post]:
    return bluesky.posts(method, value, accounts={DID: CORPORATE})


def test_bluesky_facet_is_a_link_over_code_points() -> None:
    [post] = _bluesky(payload("bluesky-create"))
    [link] = post.links
    assert post.text[link.start : link.end] == link.text == "www.west-midlands.police.uk"
    assert answer.worst(linted([post])) == "pass"


def test_bluesky_facet_that_leads_elsewhere_than_its_words_keeps_both() -> None:
    [post] = _bluesky(
        changed(payload("bluesky-create"), "record.facets[0].features[0].uri", "https://elsewhere.example.net/a")
    )
    assert [(link.text, link.url) for link in post.links] == [
        ("www.west-midlands.police.uk", "https://elsewhere.example.net/a")
    ]


@pytest.mark.parametrize("place", [-1, 4000, 17.5, "18", True])
def test_bluesky_facet_outside_its_text_is_an_error(place: object) -> None:
    with pytest.raises(PayloadError):
        _bluesky(changed(payload("bluesky-create"), "record.facets[0].index.byteStart", place))


def test_bluesky_writes_are_each_looked_at() -> None:
    record = payload("bluesky-create")["record"]
    record = changed(changed(record, "text", TELLING), "facets")
    put = {"repo": DID, "collection": "app.bsky.feed.post", "rkey": "a", "record": record}
    assert answer.worst(linted(_bluesky(put, bluesky.WRITES[1]))) == "block"
    many = {
        "repo": DID,
        "writes": [
            {"$type": "com.atproto.repo.applyWrites#delete", "collection": "app.bsky.feed.post", "rkey": "b"},
            {
                "$type": "com.atproto.repo.applyWrites#create",
                "collection": "app.bsky.feed.like",
                "value": {"subject": {}},
            },
            {"$type": "com.atproto.repo.applyWrites#update", "collection": "app.bsky.feed.post", "value": record},
        ],
    }
    assert [post.text for post in _bluesky(many, bluesky.WRITES[2])] == [TELLING]
    with pytest.raises(PayloadError, match="creates, updates or deletes"):
        _bluesky(changed(many, "writes[0].$type", "com.atproto.repo.applyWrites#upsert"), bluesky.WRITES[2])


def test_bluesky_profile_is_looked_at() -> None:
    profile = {"$type": "app.bsky.actor.profile", "displayName": "Sgt Oak", "description": TELLING}
    value = {"repo": DID, "collection": "app.bsky.actor.profile", "rkey": "self", "record": profile}
    [post] = _bluesky(value, bluesky.WRITES[1])
    assert post.kind == "profile"
    assert answer.worst(linted([post])) == "block"
    value["record"] = {**profile, "description": "Traffic news", "avatar": {"$type": "blob", "ref": {"$link": "x"}}}
    assert answer.not_looked(linted(_bluesky(value, bluesky.WRITES[1])))


def test_bluesky_record_of_a_kind_that_nobody_knows_is_no_pass() -> None:
    for kind in ("com.example.blog.entry", "app.bsky.graph.list"):
        value = {"repo": DID, "collection": kind, "record": {"$type": kind, "text": "hello"}}
        with pytest.raises(PayloadError, match="cannot read"):
            _bluesky(value)
    with pytest.raises(PayloadError, match="collection that the record is written to"):
        _bluesky(changed(payload("bluesky-create"), "record.$type", "app.bsky.feed.like"))
    with pytest.raises(PayloadError, match="collection that the record is written to"):
        _bluesky(changed(payload("bluesky-create"), "collection", "app.bsky.feed.like"))
    with pytest.raises(PayloadError, match=r"app\.bsky\.embed\.images"):
        _bluesky(changed(payload("bluesky-create"), "record.embed", {"$type": "app.bsky.embed.gallery", "items": []}))


def test_bluesky_repost_whose_words_are_not_there_is_no_pass() -> None:
    record = {
        "$type": "app.bsky.feed.repost",
        "subject": {"uri": "at://did:plc:other/app.bsky.feed.post/1", "cid": "b"},
    }
    [post] = _bluesky({"repo": DID, "collection": "app.bsky.feed.repost", "record": record})
    assert post.shared_from is not None
    assert post.shared_from.handle == "did:plc:other"
    assert answer.worst(linted([post])) != "pass"


def test_bluesky_direct_messages_are_looked_at() -> None:
    one = {"convoId": "c", "message": {"text": TELLING}}
    for method, value in ((bluesky.MESSAGES[0], one), (bluesky.MESSAGES[1], {"items": [one]})):
        [post] = bluesky.posts(method, value)
        assert (post.kind, post.text) == ("direct_message", TELLING)


def test_bluesky_error_is_that_of_a_server() -> None:
    assert bluesky.error([]) is None  # a like: there was nothing to look at
    assert bluesky.error(linted(_bluesky(payload("bluesky-create")))) is None
    value = changed(changed(payload("bluesky-create"), "record.text", TELLING), "record.facets")
    error = bluesky.error(linted(_bluesky(value)))
    assert error is not None
    assert error["error"] == "InvalidRequest"
    assert "mobile number" in error["message"]


def test_bluesky_cid_is_the_servers() -> None:
    """The well-known CID of the words hello world, as raw content."""
    assert bluesky.cid_of(b"hello world") == "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"
