"""The gates: what must not go out never reaches the tool behind them, the rest does as it is, by no way round."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from behind import Heard, payload, tool
from running import NAME, PHONE, TELLING, VAN, Slow
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from wmp_postlint import Account, Approval, Linter, Post, Report
from wmp_postlint.adapters import bluesky, orlo
from wmp_postlint.errors import InputError
from wmp_postlint.lazy import replace
from wmp_postlint.server.gates.bluesky import Blobs, bluesky_gate
from wmp_postlint.server.gates.forms import forms
from wmp_postlint.server.gates.hootsuite import hootsuite_prescreen
from wmp_postlint.server.gates.looking import Looker, application
from wmp_postlint.server.gates.onward import Upstream, files_from
from wmp_postlint.server.gates.orlo import orlo_receiver
from wmp_postlint.server.gates.postiz import postiz_gate
from wmp_postlint.server.keys import new_key

CLEAN = (Path(__file__).parents[2] / "examples" / "week" / "pictures" / "hall-clean.png").read_bytes()
CORPORATE = Account("WMPolice", kind="corporate")
DID = "did:plc:abcdefghijklmnopqrstuvwx"
POSTS = "/public/v1/posts"
CREATE, PUT, APPLY = (f"/xrpc/{name}" for name in bluesky.WRITES)
APPEAL = "Have you seen this man? He is wanted on suspicion of burglary. Call 101 with log 1234. https://www.west-midlands.police.uk/appeal"


def served(app: Starlette, base: str = "http://gate.example.org") -> TestClient:
    return TestClient(app, base_url=base, raise_server_exceptions=True, follow_redirects=False)


# Postiz


@pytest.fixture
def postiz() -> Iterator[tuple[TestClient, list[Heard]]]:
    with tool() as (address, heard):
        accounts = {"int-x": CORPORATE, "int-yt": CORPORATE}
        yield served(postiz_gate(address, fetch={"clean.png": CLEAN, "van.jpg": VAN}.get, accounts=accounts)), heard


def _postiz(text: str = "<p>Road closed.</p>", **changes: Any) -> dict[str, Any]:
    value: dict[str, Any] = payload("postiz-create") | changes
    value["posts"][0]["value"][0]["content"] = text
    return value


def test_postiz_clean_post_goes_on_byte_for_byte(postiz: tuple[TestClient, list[Heard]]) -> None:
    client, heard = postiz
    body = json.dumps(_postiz(), indent=3).encode()
    headers = {"content-type": "application/json", "authorization": "the-key", "x-http-method-override": "DELETE"}
    answer = client.post(f"{POSTS}?a=b%20c", content=body, headers=headers)
    assert (answer.status_code, answer.json(), answer.headers["x-tool"]) == (200, {"ok": True}, "yes")
    assert (answer.headers["postlint-verdict"], answer.headers["postlint-sent"]) == ("pass", "as-sent")
    [request] = heard
    assert (request.method, request.path, request.body) == ("POST", f"{POSTS}?a=b%20c", body)
    assert request.headers["authorization"] == "the-key"
    assert "x-http-method-override" not in request.headers


@pytest.mark.parametrize("kind", ["schedule", "now", "update"])
def test_postiz_bad_post_never_arrives(postiz: tuple[TestClient, list[Heard]], kind: str) -> None:
    client, heard = postiz
    answer = client.post(POSTS, json=_postiz(TELLING, type=kind))
    assert answer.status_code == 400
    assert answer.json().keys() == {"statusCode", "provider", "name", "message"}
    assert PHONE not in answer.text
    assert heard == []


def test_postiz_bad_post_becomes_a_draft_where_that_is_wanted() -> None:
    with tool() as (address, heard):
        client = served(postiz_gate(address, accounts={"int-x": CORPORATE, "int-yt": CORPORATE}, as_draft=True))
        answer = client.post(POSTS, json=_postiz(TELLING))
        assert (answer.headers["postlint-verdict"], answer.headers["postlint-sent"]) == ("block", "draft")
        assert json.loads(heard[0].body) == _postiz(TELLING, type="draft")


@pytest.mark.parametrize(("path", "sent"), [("clean.png", "as-sent"), ("gone.png", "draft"), ("van.jpg", None)])
def test_postiz_pictures(postiz: tuple[TestClient, list[Heard]], path: str, sent: str | None) -> None:
    client, heard = postiz
    value = _postiz()
    value["posts"][0]["value"][0]["image"] = [{"id": "a", "path": path}]
    answer = client.post(POSTS, json=value)
    assert answer.headers.get("postlint-sent") == sent
    assert [json.loads(request.body)["type"] for request in heard] == (
        [] if sent is None else ["draft" if sent == "draft" else "schedule"]
    )


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{", {"content-type": "application/json"}, 400),
        (b'{"type": "now", "type": "draft"}', {"content-type": "application/json"}, 400),
        (b"[]", {"content-type": "application/json"}, 400),
        (b'{"type": "now", "posts": [{"integration": {"id": "a"}}]}', {"content-type": "application/json"}, 400),
        (b"{}", {"content-type": "text/plain"}, 415),
        (b"{}", {}, 415),
        (b"{}", {"content-type": "application/json", "content-encoding": "gzip"}, 415),
        (b" " * (5 << 20), {"content-type": "application/json"}, 413),
    ],
)
def test_postiz_what_cannot_be_read_never_arrives(
    postiz: tuple[TestClient, list[Heard]], body: bytes, headers: dict[str, str], status: int
) -> None:
    client, heard = postiz
    assert client.post(POSTS, content=body, headers=headers).status_code == status
    assert heard == []


def test_postiz_there_is_no_way_round(postiz: tuple[TestClient, list[Heard]]) -> None:
    client, heard = postiz
    for method, path, body in (
        ("PUT", f"{POSTS}/1/status", {"status": "schedule"}),
        ("PUT", f"{POSTS}/1/status", {"status": "now"}),
        ("PUT", f"{POSTS}/1/status", {}),
        ("PUT", f"{POSTS}/1", _postiz(TELLING)),
        ("PATCH", POSTS, _postiz(TELLING)),
        ("POST", f"{POSTS}/", _postiz(TELLING)),
        ("POST", "/public/v1/anything", _postiz(TELLING)),
        ("POST", "/posts", _postiz(TELLING)),
        ("POST", "/mcp", {}),
        ("GET", "/posts", {}),
        ("POST", "/public/v1/%70osts", _postiz(TELLING)),
        ("POST", "/public/v1/x/../posts", _postiz(TELLING)),
    ):
        assert client.request(method, path, json=body).status_code >= 300, (method, path)
    assert heard == []


def test_postiz_the_rest_of_the_interface_passes(postiz: tuple[TestClient, list[Heard]]) -> None:
    client, heard = postiz
    for method, path, body in (
        ("PUT", f"{POSTS}/1/status", {"status": "draft"}),
        ("GET", "/public/v1/integrations", None),
        ("DELETE", f"{POSTS}/1", None),
        ("POST", "/public/v1/upload-from-url", {"url": "https://files.example.org/a.png"}),
    ):
        assert client.request(method, path, json=body).status_code == 200
    files = {"file": ("a.png", CLEAN, "image/png")}
    assert client.post("/public/v1/upload", files=files).status_code == 200
    assert len(heard) == 5
    assert CLEAN in heard[-1].body
    assert heard[-1].headers["content-type"].startswith("multipart/form-data; boundary=")


def test_approvals_come_from_the_host_and_never_from_a_payload() -> None:
    with tool() as (address, heard):
        value = _postiz(APPEAL, approvals=[{"covers": "appeal", "by": "me", "reference": "1"}])
        accounts = {name: Account("a", kind="officer", platform="x") for name in ("int-x", "int-yt")}
        value["posts"] = value["posts"][:1]
        assert served(postiz_gate(address, accounts=accounts)).post(POSTS, json=value).status_code == 400

        def prepare(post: Post) -> Post:
            return replace(post, approvals=(Approval("appeal", "Press office", "PO/1"),))

        answer = served(postiz_gate(address, accounts=accounts, prepare=prepare)).post(POSTS, json=value)
        assert answer.status_code == 200, answer.text
        assert len(heard) == 1


# Bluesky


@pytest.fixture
def server() -> Iterator[tuple[TestClient, list[Heard]]]:
    with tool() as (address, heard):
        yield served(bluesky_gate(address, accounts={DID: CORPORATE})), heard


def _record(text: str) -> dict[str, Any]:
    return {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-05-05T09:00:00.000Z"}


def _call(text: str) -> dict[str, Any]:
    return {"repo": DID, "collection": "app.bsky.feed.post", "record": _record(text)}


def test_bluesky_good_post_arrives_byte_for_byte(server: tuple[TestClient, list[Heard]]) -> None:
    client, heard = server
    body = json.dumps(payload("bluesky-create"), ensure_ascii=False, indent=1).encode()
    headers = {"content-type": "application/json; charset=utf-8", "authorization": "Bearer t", "dpop": "p"}
    assert client.post(CREATE, content=body, headers=headers).status_code == 200
    [request] = heard
    assert (request.path, request.body) == (CREATE, body)
    assert (request.headers["authorization"], request.headers["dpop"]) == ("Bearer t", "p")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (CREATE, _call(TELLING)),
        (PUT, {**_call(TELLING), "rkey": "a"}),
        (APPLY, {"repo": DID, "writes": [
            {"$type": f"{bluesky.WRITES[2]}#create", "collection": "app.bsky.feed.post", "value": _record(TELLING)},
        ]}),
        (f"/xrpc/{bluesky.MESSAGES[0]}", {"convoId": "a", "message": {"text": TELLING}}),
        ("/xrpc/com.atproto.repo.create%52ecord", _call(TELLING)),
        (CREATE, {**_call("Road closed"), "collection": "com.example.entry", "record": {"title": TELLING}}),
        ("/xrpc/com.atproto.repo.importRepo", {}),
        ("/xrpc/com.atproto.repo.createRecordV2", _call("Road closed")),
        ("/xrpc/COM.atproto.repo.createRecord", _call(TELLING)),
        ("/xrpc//com.atproto.repo.createRecord", _call(TELLING)),
        ("/xrpc/com.atproto.repo.createRecord/", _call(TELLING)),
        ("/xrpc/app.bsky.graph.%2e%2e/com.atproto.repo.createRecord", _call(TELLING)),
    ],
)  # fmt: skip
def test_bluesky_bad_call_never_arrives(
    server: tuple[TestClient, list[Heard]], path: str, body: dict[str, Any]
) -> None:
    client, heard = server
    answer = client.post(path, json=body)
    assert answer.status_code >= 300
    assert heard == []
    assert NAME not in answer.text
    if path == CREATE and answer.status_code == 400:
        assert answer.json().keys() == {"error", "message"}


def test_bluesky_pictures_come_from_the_uploads_before(server: tuple[TestClient, list[Heard]]) -> None:
    client, heard = server

    def call(data: bytes) -> dict[str, Any]:
        image = {"$type": "blob", "ref": {"$link": bluesky.cid_of(data)}, "mimeType": "image/png", "size": len(data)}
        made = _call("The new hall")
        made["record"]["embed"] = {"$type": "app.bsky.embed.images", "images": [{"alt": "A hall", "image": image}]}
        return made

    assert client.post(CREATE, json=call(CLEAN)).status_code == 400  # its picture has not been seen
    for data in (CLEAN, VAN):
        assert (
            client.post(
                "/xrpc/com.atproto.repo.uploadBlob", content=data, headers={"content-type": "image/png"}
            ).status_code
            == 200
        )
    assert [request.body for request in heard] == [CLEAN, VAN]
    assert client.post(CREATE, json=call(CLEAN)).status_code == 200
    refused = client.post(CREATE, json=call(VAN))
    assert refused.status_code == 400
    assert "location" in refused.json()["message"].casefold()
    assert len(heard) == 3


def test_accounts_may_be_entered_while_a_gate_runs() -> None:
    with tool() as (address, heard):
        accounts: dict[str, Account] = {}
        client = served(bluesky_gate(address, accounts=accounts))
        assert client.post(CREATE, json=_call("Road closed.")).status_code == 400  # an officer's own may not be there
        accounts[DID] = CORPORATE
        assert client.post(CREATE, json=_call("Road closed.")).status_code == 200
        assert len(heard) == 1


def test_bluesky_uploads_are_kept_within_a_size() -> None:
    blobs = Blobs(25)
    first, second, third = (bytes([number]) * 10 for number in range(3))
    for data in (first, second, first, third):
        blobs.keep(data)
    names = [bluesky.cid_of(data) for data in (first, second, third)]
    assert [blobs.get(name) for name in names] == [first, None, third]
    blobs.keep(b"x" * 26)
    assert [blobs.get(name) for name in (*names, bluesky.cid_of(b"x" * 26))] == [None] * 4


def test_bluesky_what_publishes_nothing_passes(server: tuple[TestClient, list[Heard]]) -> None:
    client, heard = server
    like = {"repo": DID, "collection": "app.bsky.feed.like", "record": {"$type": "app.bsky.feed.like", "subject": {}}}
    for path, body in (
        (CREATE, like),
        ("/xrpc/com.atproto.server.createSession", {"identifier": "a", "password": "b"}),
        ("/xrpc/com.atproto.repo.deleteRecord", {"repo": DID, "collection": "app.bsky.feed.post", "rkey": "a"}),
        ("/oauth/token", {"grant_type": "refresh_token"}),
    ):
        assert client.post(path, json=body).status_code == 200
    assert client.get("/xrpc/com.atproto.repo.listRecords?repo=a&limit=1").status_code == 200
    assert heard[-1].path == "/xrpc/com.atproto.repo.listRecords?repo=a&limit=1"
    assert client.head("/xrpc/_health").status_code == 200
    assert len(heard) == 6


# Hootsuite


class Hootsuite:
    """Hootsuite's side: one message, and what is told of it."""

    def __init__(self, text: str = TELLING, **changes: Any) -> None:
        self.answered = payload("hootsuite-message")
        self.message = self.answered["data"][0]
        self.message |= {"text": text, **changes}
        self.rejections: list[dict[str, Any]] = []
        self.failing: list[str] = []

    def __call__(self, heard: Heard) -> tuple[int, Any]:
        assert heard.headers["authorization"] == "Bearer the-token"
        kind = "reject" if heard.path.endswith("/reject") else "get"
        if kind == "reject" and not self.failing:
            self.rejections.append(json.loads(heard.body))
            self.message["state"] = "REJECTED"
        if self.failing and self.failing[0].startswith(kind):
            lost = self.failing.pop(0)
            if lost == "reject-heard":
                self.rejections.append(json.loads(heard.body))
                self.message["state"] = "REJECTED"
                return 0, None
            return 502, {}
        return 200, self.answered if kind == "get" else {"data": {}}


def screened(side: Hootsuite, callback: Any = None, **files: bytes) -> tuple[Any, list[Heard]]:
    with tool(side) as (address, heard):
        app = hootsuite_prescreen(lambda: "the-token", address=address, fetch=files.get)
        return served(app).post("/", json=payload("hootsuite-callback") if callback is None else callback), heard


def test_hootsuite_bad_message_is_rejected_as_it_is_now() -> None:
    side = Hootsuite()
    answer, heard = screened(side)
    assert (answer.status_code, answer.json()) == (200, {"messages": 1})
    assert [request.path for request in heard] == ["/v1/messages/4094517701", "/v1/messages/4094517701/reject"]
    assert [(body["sequenceNumber"], body["reviewerType"]) for body in side.rejections] == [(11, "EXTERNAL")]


@pytest.mark.parametrize("text", ["Road closed.", "Come to Northgate Bakery, the best sausage rolls in town."])
def test_hootsuite_the_rest_is_left_to_the_approver(text: str) -> None:
    side = Hootsuite(text)
    answer, heard = screened(side)
    assert answer.status_code == 200
    assert [(request.method, request.path) for request in heard] == [("GET", "/v1/messages/4094517701")]


def test_hootsuite_ping_is_answered_without_asking_anything() -> None:
    answer, heard = screened(Hootsuite(), payload("hootsuite-callback")[3:])
    assert (answer.status_code, heard) == (200, [])


def test_hootsuite_picture_that_cannot_be_had_is_rejected() -> None:
    side = Hootsuite("Road closed.", media=[{"id": "m1"}])
    screened(side)
    assert "Not looked at" in side.rejections[0]["reason"]
    side = Hootsuite("Road closed.", media=[{"id": "m1"}])
    screened(side, m1=CLEAN)
    assert side.rejections == []


def test_hootsuite_is_asked_again_and_never_told_twice() -> None:
    side = Hootsuite()
    side.failing = ["get", "reject"]
    assert screened(side)[0].status_code == 503  # two attempts, one failure each
    assert side.rejections == []
    for failing in (["get"], ["reject"], ["reject-heard"]):
        side = Hootsuite()
        side.failing = failing
        assert screened(side)[0].status_code == 200
        assert len(side.rejections) == 1


def test_hootsuite_that_does_not_answer_is_no_silence() -> None:
    side = Hootsuite()
    side.failing = ["get", "get"]
    answer, _ = screened(side)
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    side = Hootsuite()
    side.answered = {"data": []}
    assert screened(side)[0].status_code == 503


def test_hootsuite_message_that_cannot_be_read_is_rejected_with_the_reason() -> None:
    side = Hootsuite(location={"latitude": "north"})
    screened(side)
    assert "data[0].location" in side.rejections[0]["reason"]
    assert PHONE not in side.rejections[0]["reason"]


def test_hootsuite_place_that_is_none_is_a_reason_too() -> None:
    side = Hootsuite("Road closed.", location={"latitude": 520.5, "longitude": 0})
    screened(side)
    assert "location.latitude" in side.rejections[0]["reason"]


def test_hootsuite_message_that_fails_holds_up_no_other() -> None:
    side = Hootsuite()

    def answered(heard: Heard) -> tuple[int, Any]:
        return (200, {"data": []}) if "/111" in heard.path else side(heard)

    event = payload("hootsuite-callback")[0]
    other = json.loads(json.dumps(event).replace("4094517701", "111"))
    with tool(answered) as (address, _):
        client = served(hootsuite_prescreen(lambda: "the-token", address=address))
        assert client.post("/", json=[other, event]).status_code == 503
    assert len(side.rejections) == 1


@pytest.mark.parametrize("callback", [{}, [{}], [{"type": "com.hootsuite.messages.event.v1"}], "text"])
def test_hootsuite_callback_that_is_none_is_refused(callback: Any) -> None:
    answer, heard = screened(Hootsuite(), callback)
    assert (answer.status_code, heard) == (422, [])


# Orlo


def test_orlo_is_told_who_received_it_and_people_what_was_found() -> None:
    told: list[tuple[list[Post], list[Report]]] = []
    client = served(orlo_receiver({"a1b2": "secret"}, lambda *found: told.append(found)))
    body = json.dumps(payload("orlo-notification") | {"content": TELLING}).encode()
    code = hmac.new(b"secret", body, sha256).hexdigest()
    answer = client.post("/", content=body, headers={orlo.HOOK: "a1b2", orlo.HASH: code})
    assert answer.json() == {"verification-hash": hmac.new(b"secret", code.encode(), sha256).hexdigest()}
    [(posts, reports)] = told
    assert (posts[0].text, reports[0].verdict) == (TELLING, "block")
    assert client.post("/", content=body, headers={orlo.HOOK: "a1b2", orlo.HASH: "0" * 64}).status_code == 401
    empty = b'{"content": 7}'
    signed = {orlo.HOOK: "a1b2", orlo.HASH: hmac.new(b"secret", empty, sha256).hexdigest()}
    assert client.post("/", content=empty, headers=signed).status_code == 422
    assert len(told) == 1


# Forms


def test_forms_answer_what_each_tool_says_to_its_user() -> None:
    app = forms(accounts={"ch-1": CORPORATE, "1": CORPORATE, "2": CORPORATE, "4": CORPORATE})
    client = served(app, "http://127.0.0.1")
    for name in ("mixpost-form", "wordpress-request"):
        answer = client.post(f"/{name.partition('-')[0]}", json=payload(name))
        assert (answer.status_code, answer.json()) == (200, {}), name
    assert client.post("/buffer", json=payload("buffer-input")).json() == {
        "input": payload("buffer-input"),
        "note": None,
    }

    form = payload("mixpost-form")
    form["versions"][1]["content"][0]["body"] = TELLING
    answer = client.post("/mixpost", json=form)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["versions.1.content.0.body"])
    request = payload("wordpress-request") | {"title": TELLING}
    answer = client.post("/wordpress", json=request)
    assert (answer.status_code, answer.json()["code"]) == (400, "postlint_block")
    assert client.post("/wordpress", json=request | {"status": "draft"}).json() == {}
    answer = client.post("/buffer", json=payload("buffer-input") | {"text": TELLING})
    assert answer.json()["input"]["saveToDraft"] is True
    assert "mobile number" in answer.json()["note"]
    assert client.post("/buffer", json={"text": "x"}).json()["where"] == "channelId"
    for path in ("/mixpost", "/wordpress", "/buffer"):
        assert client.post(path, content=b"[]", headers={"content-type": "application/json"}).status_code == 422


def test_forms_ask_for_keys_or_answer_this_machine_only(tmp_path: Path) -> None:
    assert served(forms()).post("/buffer", json={}).status_code == 400
    key, lines = new_key("wordpress")
    keys = tmp_path / "keys.toml"
    keys.write_text(lines)
    client = served(forms(keys=keys))
    body = payload("wordpress-request")
    assert client.post("/wordpress", json=body).status_code == 401
    assert client.post("/wordpress", json=body, headers={"authorization": "Bearer no"}).status_code == 401
    assert client.post("/wordpress", json=body, headers={"authorization": f"Bearer {key}"}).status_code == 200


# What all share


def test_a_tool_that_does_not_answer_is_told_apart_from_a_refusal() -> None:
    with tool(lambda heard: (0, None)) as (address, _):
        answer = served(postiz_gate(address)).get("/public/v1/integrations")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    answer = served(bluesky_gate(address, accounts={DID: CORPORATE})).post(CREATE, json=_call("Road closed"))
    assert answer.status_code == 503


def test_a_gate_that_breaks_lets_nothing_through_and_logs_no_words(logged: list[str]) -> None:
    def prepare(post: Post) -> Post:
        raise KeyError(post.text)

    with tool() as (address, heard):
        answer = served(postiz_gate(address, prepare=prepare)).post(POSTS, json=_postiz(TELLING))
        assert answer.status_code == 500
        assert heard == []
    assert any("KeyError" in line for line in logged)
    assert not any(NAME in line for line in logged)


def test_a_gate_that_has_enough_to_do_refuses_at_once() -> None:
    looker = Looker(Linter(rules=[Slow]), waiting=1, seconds=5)

    async def crowd() -> list[str]:
        tasks = [asyncio.create_task(looker.look(lambda: [Post("SLOW 5")])) for _ in range(4)]
        return [type(found).__name__ for found in await asyncio.gather(*tasks, return_exceptions=True)]

    assert sorted(asyncio.run(crowd())) == ["Problem", "Problem", "tuple", "tuple"]


def test_a_gate_can_be_mounted() -> None:
    with tool() as (address, heard):
        app = Starlette(routes=[Mount("/behind/postiz", postiz_gate(address))])
        assert served(app).get("/behind/postiz/public/v1/integrations").status_code == 200
        assert heard[0].path == "/public/v1/integrations"


def test_sockets_are_not_let_through() -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), served(application([])).websocket_connect("/xrpc/anything"):
        pass


@pytest.mark.parametrize("address", ["", "postiz", "ftp://a", "http://", "http://a/path", "http://a?x=1"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="scheme, host and port"):
        Upstream(address)


def test_files_come_from_where_the_host_says_and_nowhere_else() -> None:
    def answer(heard: Heard) -> tuple[int, Any]:
        return (302, b"") if "moved" in heard.path else (404, b"") if "gone" in heard.path else (200, CLEAN)

    with tool(answer) as (address, heard):
        fetch = files_from([f"{address}/uploads/"], most=len(CLEAN))
        assert fetch(f"{address}/uploads/a%20b.png?v=1") == CLEAN
        assert heard[-1].path == "/uploads/a%20b.png?v=1"
        assert fetch(f"{address}/uploads/moved.png") is None
        assert fetch(f"{address}/uploads/gone.png") is None
        count = len(heard)
        other = address.replace("127.0.0.1", "localhost")
        for outside in (
            f"{address}/private/a.png",
            f"{address}/uploads/../private/a.png",
            f"{address}/uploads/..",
            f"{address}/uploads/%2e%2e/private/a.png",
            f"{other}/uploads/a.png",
            f"{address}@example.org/uploads/a.png",
            f"{address.replace('http:', 'https:')}/uploads/a.png",
            "/uploads/a.png",
            "file:///etc/passwd",
            "",
        ):
            assert fetch(outside) is None, outside
        assert len(heard) == count
        with pytest.raises(OSError, match="too long"):
            files_from([f"{address}/uploads/"], most=10)(f"{address}/uploads/a.png")
