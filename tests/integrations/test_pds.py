"""A real Bluesky server behind the gate (`make test-pds`): the bad post never reaches it, the good one does."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette

from wmp_postlint import Account
from wmp_postlint.adapters.bluesky import cid_of
from wmp_postlint.server.gates.bluesky import bluesky_gate

PLACE = os.environ.get("POSTLINT_PDS")
pytestmark = pytest.mark.skipif(not PLACE, reason="needs a server that npm installs; make test-pds does so")

PICTURES = Path(__file__).parents[2] / "examples" / "week" / "pictures"
POST = "app.bsky.feed.post"
TELLING = "Ring Wilhelmina Quarrell on 07700 900461 about it."


class Refused(Exception):
    """An answer that is an error: its status and body."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(status)
        self.status, self.body = status, body


class Client:
    """Somebody who is logged in; ``gate`` is where they call, ``server`` is what really holds their posts."""

    def __init__(self, gate: str, server: str) -> None:
        self.gate, self.server = gate, server
        account = {"handle": "traffic.test", "email": "traffic@example.org", "password": "correct-horse"}
        session = self.call("com.atproto.server.createAccount", account)
        self.did, self.token = session["did"], session["accessJwt"]

    token = ""

    def call(self, method: str, body: dict[str, Any]) -> Any:
        return self._send(f"{self.gate}/xrpc/{method}", json.dumps(body).encode(), "application/json")

    def upload(self, data: bytes, kind: str) -> Any:
        return self._send(f"{self.gate}/xrpc/com.atproto.repo.uploadBlob", data, kind)["blob"]

    def create(self, text: str, **more: Any) -> Any:
        record = {"$type": POST, "text": text, "createdAt": "2026-05-05T09:00:00.000Z", **more}
        return self.call("com.atproto.repo.createRecord", {"repo": self.did, "collection": POST, "record": record})

    def held(self, collection: str = POST) -> list[Any]:
        """What the server itself holds, asked without the gate."""
        query = f"repo={self.did}&collection={collection}&limit=100"
        found = self._send(f"{self.server}/xrpc/com.atproto.repo.listRecords?{query}")
        return [record["value"] for record in found["records"]]

    def _send(self, address: str, body: bytes | None = None, kind: str = "") -> Any:
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= {"content-type": kind} if kind else {}
        try:
            with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=20) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise Refused(error.code, json.load(error)) from None


@contextmanager
def running(app: Starlette) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def officer() -> Iterator[Client]:
    command = ["node", "server.mjs"]
    with subprocess.Popen(command, cwd=PLACE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        line = next((line for line in process.stdout if line.startswith("{")), "")
        assert line, "the server did not start"
        address = json.loads(line)["address"]
        accounts: dict[str, Account] = {}
        with running(bluesky_gate(address, accounts=accounts)) as gate:
            client = Client(gate, address)
            accounts[client.did] = Account("WMPolice", kind="corporate", platform="bluesky")
            yield client
        process.stdin.close()
        process.wait(20)


def test_the_bad_post_never_reaches_the_server(officer: Client) -> None:
    before = officer.held()
    with pytest.raises(Refused) as refused:
        officer.create(TELLING)
    assert refused.value.status == 400
    assert refused.value.body["error"] == "InvalidRequest"
    assert "mobile number" in refused.value.body["message"]
    assert officer.held() == before


def test_the_good_post_does_with_its_facets_intact(officer: Client) -> None:
    text = "🚓 Road closed – more at www.west-midlands.police.uk #Traffic"
    encoded = text.encode()

    def at(words: str) -> dict[str, int]:
        start = encoded.index(words.encode())
        return {"byteStart": start, "byteEnd": start + len(words.encode())}

    facets = [
        {
            "index": at("www.west-midlands.police.uk"),
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://www.west-midlands.police.uk/a38"}],
        },
        {"index": at("#Traffic"), "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "Traffic"}]},
    ]
    made = officer.create(text, facets=facets, langs=["en"])
    assert made["uri"].startswith(f"at://{officer.did}/{POST}/")
    [held] = [record for record in officer.held() if record["text"] == text]
    assert held["facets"] == facets
    assert held["langs"] == ["en"]
    [link, _] = held["facets"]
    assert (
        held["text"].encode()[link["index"]["byteStart"] : link["index"]["byteEnd"]] == b"www.west-midlands.police.uk"
    )


def test_pictures_are_looked_at_under_the_name_that_the_server_gives_them(officer: Client) -> None:
    clean, van = (PICTURES / "hall-clean.png").read_bytes(), (PICTURES / "van.jpg").read_bytes()

    def embed(blob: Any) -> dict[str, Any]:
        return {"$type": "app.bsky.embed.images", "images": [{"alt": "The new hall", "image": blob}]}

    blob = officer.upload(clean, "image/png")
    assert blob["ref"]["$link"] == cid_of(clean)
    officer.create("Our new hall.", embed=embed(blob))
    [held] = [record for record in officer.held() if record["text"] == "Our new hall."]
    assert held["embed"]["images"][0]["image"]["ref"] == blob["ref"]
    telling = officer.upload(van, "image/jpeg")
    with pytest.raises(Refused) as refused:
        officer.create("Our new van.", embed=embed(telling))
    assert "location" in refused.value.body["message"].casefold()
    assert [record for record in officer.held() if record["text"] == "Our new van."] == []


def test_one_bad_write_stops_all_of_a_call(officer: Client) -> None:
    before = officer.held()

    def write(text: str) -> dict[str, Any]:
        record = {"$type": POST, "text": text, "createdAt": "2026-05-05T09:00:00.000Z"}
        return {"$type": "com.atproto.repo.applyWrites#create", "collection": POST, "value": record}

    with pytest.raises(Refused):
        officer.call(
            "com.atproto.repo.applyWrites", {"repo": officer.did, "writes": [write("The A38 is open."), write(TELLING)]}
        )
    assert officer.held() == before
    officer.call("com.atproto.repo.applyWrites", {"repo": officer.did, "writes": [write("The A38 is open.")]})
    assert len(officer.held()) == len(before) + 1


def test_a_profile_is_words_too(officer: Client) -> None:
    call = {"repo": officer.did, "collection": "app.bsky.actor.profile", "rkey": "self"}
    profile = {"$type": "app.bsky.actor.profile", "displayName": "Traffic", "description": TELLING}
    with pytest.raises(Refused):
        officer.call("com.atproto.repo.putRecord", {**call, "record": profile})
    assert officer.held(call["collection"]) == []
    profile["description"] = "Road news. Call 999 in an emergency or 101 otherwise. We take no reports of crime here."
    officer.call("com.atproto.repo.putRecord", {**call, "record": profile})
    assert officer.held(call["collection"]) == [profile]


def test_what_the_server_refuses_is_told_in_its_own_words(officer: Client) -> None:
    before = officer.held()
    with pytest.raises(Refused) as refused:
        officer.create("a" * 301)
    assert "grapheme" in refused.value.body["message"]
    assert officer.held() == before
