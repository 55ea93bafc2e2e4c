"""What the service answers, to whom, and what its answers carry."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx2
import pytest
from running import MAIL, NAME, PHONE, TELLING, VAN, Crashing, Slow, client, form
from starlette.testclient import TestClient

from wmp_postlint import Linter, lint
from wmp_postlint.checker.cli import main
from wmp_postlint.errors import InputError
from wmp_postlint.server.app import create_app
from wmp_postlint.server.board import Rates
from wmp_postlint.server.guard import HEADERS
from wmp_postlint.server.keys import KeyFileError, new_key, read_keys
from wmp_postlint.server.settings import Settings, check

FORM = "multipart/form-data; boundary=x"
LINES = {"content-type": "application/x-ndjson"}


@pytest.fixture(scope="module")
def service() -> TestClient:
    return client()


def problem(answer: Any, status: int, name: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    members: dict[str, Any] = answer.json()
    assert members["type"] == f"urn:wmp-postlint:problem:{name}"
    assert members["status"] == status
    return members


# Linting


@pytest.mark.parametrize("post", [{"text": TELLING}, {"text": "🚓 Road closed", "id": "a", "platform": "x"}])
def test_a_post_gets_the_report_of_the_library(service: TestClient, post: dict[str, Any]) -> None:
    answer = service.post("/v1/lint", json=post)
    assert answer.status_code == 200
    assert answer.json() == json.loads(json.dumps(Linter(trust_approvals=False).lint(post).to_dict()))


def test_files_of_a_form_are_the_media_of_the_post(service: TestClient) -> None:
    bare = service.post("/v1/lint", files=form({"text": "A van"}, ("quince.jpg", VAN))).json()
    assert [finding["field"] for finding in bare["findings"]] == ["media[0].location"]
    post = {"text": "A van", "media": [{"alt": f"Ring {PHONE}"}, {"alt": "two"}]}
    told = service.post("/v1/lint", files=form(post, ("a.jpg", VAN), ("b.jpg", VAN))).json()
    found = {finding["field"] for finding in told["findings"]}
    assert {"media[0].location", "media[1].location", "media[0].alt"} <= found


def test_a_medium_names_its_file(service: TestClient) -> None:
    plain = b"\x89PNG no picture at all"
    post = {"text": "A van", "media": [{"name": "b.jpg", "alt": "the van"}, {"name": "a.png"}]}
    found = service.post("/v1/lint", files=form(post, ("a.png", plain), ("b.jpg", VAN))).json()
    assert "media[0].location" in {finding["field"] for finding in found["findings"]}
    assert found["errors"][0]["field"] == "media[1]"
    nameless = service.post("/v1/lint", files=form({"text": "", "media": [{"name": "c.jpg"}]}, ("a.jpg", VAN)))
    assert problem(nameless, 422, "post-shape")["where"] == "media[0].name"


def test_a_file_that_was_not_sent_is_never_passed(service: TestClient) -> None:
    report = service.post("/v1/lint", json={"text": "A van", "media": [{"alt": "the van"}]}).json()
    assert report["verdict"] == "review"
    assert report["errors"][0]["field"] == "media[0]"


@pytest.mark.parametrize("path", ["/etc/passwd", "https://example.org/a.jpg", __file__])
def test_no_file_and_no_address_is_opened(service: TestClient, path: str) -> None:
    answer = service.post("/v1/lint", json={"text": "A van", "media": [{"path": path}]})
    assert problem(answer, 422, "post-shape")["where"] == "media[0].path"
    inner = service.post("/v1/lint", files=form({"text": "", "media": [{"path": path, "data": "AA=="}]}))
    assert problem(inner, 422, "post-shape")["where"] == "media[0].path"


def test_a_form_that_was_cut_off_is_no_form_with_fewer_files(service: TestClient) -> None:
    """Wherever it ends too early, the post in it is not passed without its picture."""
    request = service.build_request("POST", "/v1/lint", files=form({"text": "A van"}, ("a.jpg", VAN)))
    whole, headers = request.read(), {"content-type": request.headers["content-type"]}
    for end in (*range(0, 400, 7), *range(len(whole) - 60, len(whole) - 4)):
        problem(service.post("/v1/lint", content=whole[:end], headers=headers), 422, "form")
    assert service.post("/v1/lint", content=whole, headers=headers).json()["verdict"] == "block"


def test_a_path_in_a_file_name_is_cut_off(service: TestClient) -> None:
    content = form({"text": "A van"}, ("C:\\Users\\someone\\van.jpg", VAN))
    fixed = service.post("/v1/fix", files=content).json()
    assert fixed["media"][0]["name"] == "van.jpg"


def test_half_a_surrogate_pair_does_no_harm(service: TestClient) -> None:
    content = b'{"text": "\\ud800 ring 07700 900461", "id": "\\udfff"}'
    answer = service.post("/v1/lint", content=content, headers={"content-type": "application/json"})
    assert answer.status_code == 200
    assert answer.json()["findings"][0]["span"]["start"] == 7


@pytest.mark.parametrize(
    ("content", "kind", "status", "name"),
    [
        (b"", "application/json", 422, "not-json"),
        (b"{", "application/json", 422, "not-json"),
        (b"\xff", "application/json", 422, "not-json"),
        (b"[]", "application/json", 422, "post-shape"),
        (b'{"text": "a", "text": "b"}', "application/json", 422, "not-json"),
        (b'{"text": NaN}', "application/json", 422, "not-json"),
        (b"[" * 100_000, "application/json", 422, "not-json"),
        (b'{"text": 1}', "application/json", 422, "post-shape"),
        (b'{"txt": "a"}', "application/json", 422, "post-shape"),
        (b'{"text": "a", "media": {"0": 1}}', "application/json", 422, "post-shape"),
        (b'{"text": "a", "media": [1]}', "application/json", 422, "post-shape"),
        (b'{"text": "a", "published_at": "2026-05-05T09:00:00"}', "application/json", 422, "post-shape"),
        (b"text=a", "application/x-www-form-urlencoded", 415, "body-type"),
        (b"a", "", 415, "body-type"),
        (b"--x", "multipart/form-data", 422, "form"),
        (b"--x\r\n\r\n", FORM, 422, "form"),
        (b"--x--\r\n", FORM, 422, "form"),
        (b'--x\r\nContent-Disposition: form-data; name="media"\r\n\r\n1\r\n--x--\r\n', FORM, 422, "form"),
    ],
)  # fmt: skip
def test_bad_input_is_told_to_whoever_sent_it(
    service: TestClient, content: bytes, kind: str, status: int, name: str
) -> None:
    for path in ("/v1/lint", "/v1/fix"):
        told = problem(service.post(path, content=content, headers={"content-type": kind}), status, name)
        assert told["detail"]


def test_an_unsigned_approval_counts_only_where_it_is_trusted() -> None:
    approval = {"covers": "appeal", "by": "Press office", "reference": "1"}
    post = {"text": "MISSING: Tom Reader, 14, from Exampleton. Call 101 log 1 of 5 June.", "approvals": [approval]}
    statuses = {}
    for trust in (False, True):
        report = client(Settings(trust_approvals=trust)).post("/v1/lint", json=post).json()
        statuses[trust] = {finding["status"] for finding in report["findings"]}
    assert "approved" in statuses[True]
    assert "approved" not in statuses[False]


# Fixing


def test_a_post_and_its_picture_are_mended_together(service: TestClient) -> None:
    post = {"text": "A van", "media": [{"alt": "the van"}]}
    fixed = service.post("/v1/fix", files=form(post, ("van.jpg", VAN))).json()
    clean = base64.b64decode(fixed["media"][0]["content"])
    assert fixed["media"][0]["sha256"] == sha256(clean).hexdigest()
    assert [part["route"] for part in fixed["media"][0]["removed"]]
    assert fixed["report"]["verdict"] == "pass"
    assert fixed["post"] == {"text": "A van", "media": [{"filename": "van.jpg", "alt": "the van"}]}
    assert lint({"text": "A van", "media": [{"data": fixed["media"][0]["content"]}]}).passed


def test_one_clean_file_comes_as_itself(service: TestClient) -> None:
    wanted = {"accept": "application/octet-stream"}
    clean = service.post("/v1/fix?remove=all", files=form({"text": ""}, ("van.jpg", VAN)), headers=wanted)
    assert clean.headers["content-type"] == "application/octet-stream"
    assert len(clean.content) == len(VAN)
    assert clean.content != VAN
    two = service.post("/v1/fix", files=form({"text": ""}, ("a.jpg", VAN), ("b.jpg", VAN)), headers=wanted)
    problem(two, 422, "one-file")
    broken = service.post("/v1/fix", files=form({"text": ""}, ("a.jpg", VAN[:999])), headers=wanted)
    assert problem(broken, 422, "not-clean")["where"] == "media[0]"


def test_what_cannot_be_mended_stays_in_the_report(service: TestClient) -> None:
    fixed = service.post("/v1/fix", files=form({"text": TELLING}, ("a.jpg", VAN[:999]))).json()
    assert fixed["media"][0]["content"] is None
    assert fixed["media"][0]["problem"]
    assert fixed["report"]["verdict"] == "block"


def test_unsafe_fixes_are_made_when_they_are_asked_for(service: TestClient) -> None:
    safe = service.post("/v1/fix", json={"text": f"Ring {PHONE}"}).json()
    unsafe = service.post("/v1/fix?unsafe=true", json={"text": f"Ring {PHONE}"}).json()
    assert PHONE in safe["post"]["text"]
    assert PHONE not in unsafe["post"]["text"]
    for query in ("remove=everything", "unsafe=perhaps", "remove=all&remove=location"):
        problem(service.post(f"/v1/fix?{query}", json={"text": ""}), 422, "query")


# Batches


def test_each_line_of_a_batch_gets_its_line(service: TestClient) -> None:
    lines = [json.dumps({"text": f"Road closed {number}", "id": str(number)}) for number in range(30)]
    lines[7] = "no JSON"
    lines[8] = '{"text": 1}'
    answer = service.post("/v1/lint/batch", content="\n".join([*lines, "", "  "]).encode(), headers=LINES)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/x-ndjson"
    found = [json.loads(line) for line in answer.text.splitlines()]
    assert [one.get("id") for one in found] == [None if n in (7, 8) else str(n) for n in range(30)]
    assert [one["status"] for one in found[7:9]] == [422, 422]


def test_a_batch_comes_in_pieces_of_any_size() -> None:
    content = b"".join(
        json.dumps({"text": "é" * n, "id": str(n)}, ensure_ascii=False).encode() + b"\n" for n in range(1, 60)
    )

    async def pieces() -> Any:
        for at in range(0, len(content), 37):
            yield content[at : at + 37]

    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(create_app(linter=Linter(rules=[Slow])))
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as asking:
            return await asking.post("/v1/lint/batch", content=pieces(), headers=LINES)

    answer = asyncio.run(ask())
    assert [json.loads(line)["id"] for line in answer.text.splitlines()] == [str(n) for n in range(1, 60)]


def test_what_is_wrong_with_a_batch_as_a_whole() -> None:
    small = client(Settings(max_line=100, max_body=1000, batches=0), Linter(rules=[Slow]))
    problem(small.post("/v1/lint/batch", content=b'{"text": ""}', headers=LINES), 503, "busy")
    small = client(Settings(max_line=100, max_body=1000), Linter(rules=[Slow]))
    problem(small.post("/v1/lint/batch", content=b"", headers=LINES), 422, "not-json")
    problem(small.post("/v1/lint/batch", json={"text": ""}), 415, "body-type")
    problem(small.post("/v1/lint/batch", content=b" " * 2000, headers=LINES), 413, "too-large")
    long = small.post("/v1/lint/batch", content=b'{"text": "%s"}\n{"text": ""}' % (b"a" * 200), headers=LINES)
    assert [json.loads(line).get("status") for line in long.text.splitlines()] == [413, None]
    assert small.post("/v1/lint/batch", content=b'{"text": "a"}', headers=LINES).status_code == 200


# What else there is to read


def test_rules_policy_and_state(service: TestClient) -> None:
    rules = service.get("/v1/rules").json()
    assert len(rules["rules"]) == len(Linter().rules)
    policy = service.get("/v1/policy").json()
    assert policy["policy"]["id"] == "west-midlands"
    register = Linter().policy.accounts
    told = {
        kind: [one["handle"] for one in policy["accounts"] if one["kind"] == kind] for kind in ("corporate", "team")
    }
    assert told == {"corporate": [*register.corporate], "team": [*register.teams]}
    assert all(clause["number"] and clause["title"] for clause in policy["clauses"])
    for path in ("/healthz", "/readyz", "/openapi.json"):
        assert service.get(path).status_code == 200
    assert "<html" in service.get("/").text
    problem(service.get("/nothing"), 404, "not-found")
    problem(service.get("/static/../app.py"), 404, "not-found")
    problem(service.get("/static/%2e%2e/app.py"), 404, "not-found")
    gone = problem(service.get("/v1/lint"), 405, "method")
    assert gone["title"] == "Method Not Allowed"


def test_every_answer_carries_the_headers(service: TestClient) -> None:
    for answer in (service.get("/"), service.get("/nothing"), service.post("/v1/lint", json={"text": ""})):
        assert all(answer.headers[name] == value for name, value in HEADERS.items())
        assert answer.headers["x-request-id"]
    policy = HEADERS["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert service.post("/v1/lint", json={"text": ""}).headers["cache-control"] == "no-store"


def test_the_numbers_hold_nothing_that_a_request_chose() -> None:
    counted = client(linter=Linter(rules=[Slow]))
    counted.post("/v1/lint", json={"text": f"SLOW 0 {TELLING}", "id": NAME})
    counted.get(f"/{NAME}?{MAIL}")
    counted.post("/v1/lint/batch", content=b'{"text": "a"}\n{"text": "b"}', headers=LINES)
    text = counted.get("/metrics").text
    assert 'postlint_requests_total{route="/v1/lint",status="200"} 1' in text
    assert 'postlint_requests_total{route="other",status="404"} 1' in text
    assert 'postlint_posts_total{verdict="pass"} 3' in text
    assert 'postlint_findings_total{rule="test/slow"} 1' in text
    assert 'postlint_request_seconds_bucket{route="/v1/lint",le="+Inf"} 1' in text
    assert NAME not in text
    assert MAIL not in text


# Who may call


def write_keys(folder: Path, lines: str) -> Settings:
    path = folder / "keys.toml"
    path.write_text(lines, "utf-8")
    return Settings(keys=path, host="0.0.0.0")


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def test_without_keys_only_this_machine_is_served() -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "postlint.example.org"):
        with pytest.raises(InputError, match="--keys"):
            check(Settings(host=host))
    for host in ("127.0.0.1", "127.9.9.9", "::1", "localhost"):
        check(Settings(host=host))


@pytest.mark.parametrize(
    "host", ["evil.example.org", "evil.example.org:8000", "192.0.2.1", "127.0.0.1.example.org", ""]
)
def test_a_name_that_was_made_to_mean_this_machine_is_refused(service: TestClient, host: str) -> None:
    problem(service.post("/v1/lint", json={"text": ""}, headers={"host": host}), 400, "host")


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]"])
def test_names_of_this_machine(service: TestClient, host: str) -> None:
    assert service.post("/v1/lint", json={"text": ""}, headers={"host": host}).status_code == 200


def test_a_page_of_another_site_is_refused(service: TestClient) -> None:
    for site in ("cross-site", "same-site"):
        problem(service.post("/v1/lint", json={"text": ""}, headers={"sec-fetch-site": site}), 403, "cross-site")
        assert service.get("/", headers={"sec-fetch-site": site}).status_code == 200
    assert service.post("/v1/lint", json={"text": ""}, headers={"sec-fetch-site": "same-origin"}).status_code == 200


def test_keys_are_asked_for_and_rotated(tmp_path: Path) -> None:
    (old, _), (new, _), (ended, _) = (new_key("orlo") for _ in range(3))
    hashes = [sha256(key.encode()).hexdigest() for key in (old, new, ended)]
    settings = write_keys(
        tmp_path,
        f"""[[callers]]
name = "orlo"
keys = [
  {{ sha256 = "{hashes[0]}", expires = 2999-01-01T00:00:00Z }},
  {{ sha256 = "{hashes[1].upper()}" }},
  {{ sha256 = "{hashes[2]}", expires = 2001-01-01T00:00:00Z }},
]
""",
    )
    guarded = client(settings, Linter(rules=[Slow]))
    for key in (old, new):
        assert guarded.post("/v1/lint", json={"text": ""}, headers=bearer(key)).status_code == 200
    for headers in (
        {},
        bearer(ended),
        bearer("nonsense"),
        bearer(""),
        bearer(hashes[0]),
        {"authorization": f"Basic {old}"},
    ):
        for path in ("/v1/rules", "/v1/policy", "/metrics"):
            answer = guarded.get(path, headers=headers)
            problem(answer, 401, "key")
            assert answer.headers["www-authenticate"].startswith("Bearer")
        problem(guarded.post("/v1/lint", json={"text": ""}, headers=headers), 401, "key")
    for path in ("/", "/healthz", "/readyz", "/openapi.json"):
        assert guarded.get(path).status_code == 200
    assert guarded.get("/v1/rules", headers={**bearer(new), "host": "postlint.example.org"}).status_code == 200


def test_each_key_has_limits_of_its_own(tmp_path: Path) -> None:
    keys, lines = zip(*(new_key(name) for name in ("slow", "small", "free")), strict=True)
    limits = ("per_minute = 6\nburst = 2\n", "max_body = 50\n", "")
    settings = write_keys(tmp_path, "\n".join(line + more for line, more in zip(lines, limits, strict=True)))
    guarded = client(settings, Linter(rules=[Slow]))
    asked = [guarded.post("/v1/lint", json={"text": ""}, headers=bearer(keys[0])) for _ in range(3)]
    assert [answer.status_code for answer in asked] == [200, 200, 429]
    assert problem(asked[2], 429, "rate")
    assert 1 <= int(asked[2].headers["retry-after"]) <= 10
    assert guarded.get("/v1/rules", headers=bearer(keys[0])).status_code == 200
    problem(guarded.post("/v1/lint", json={"text": "a" * 60}, headers=bearer(keys[1])), 413, "too-large")
    assert guarded.post("/v1/lint", json={"text": "a" * 60}, headers=bearer(keys[2])).status_code == 200


def test_a_rate_is_kept_over_time() -> None:
    rates, passed = Rates(1), 0
    for tenth in range(6000):
        passed += rates.wait(0, tenth / 10, per_minute=60, burst=5) == 0
    assert 600 <= passed <= 605


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", "callers: missing"),
        ("callers = []", "--new-key"),
        ("callers = [", "is not TOML"),
        ('[[callers]]\nname = "a"\nkeys = []', "one key at least"),
        ('[[callers]]\nname = " "\nkeys = [{sha256 = "00"}]', "no other caller"),
        ('[[callers]]\nname = "a"\nkeys = [{sha256 = "postlint_abc"}]', "not a key itself"),
        ('[[callers]]\nname = "a"\nkey = []', "did you mean"),
        (f'[[callers]]\nname = "a"\nburst = 0\nkeys = [{{sha256 = "{"0" * 64}"}}]', "1 or more"),
        (f'[[callers]]\nname = "a"\nkeys = [{{sha256 = "{"0" * 64}", expires = 2026-01-01T00:00:00}}]', "its zone"),
    ],
)
def test_a_file_of_keys_that_cannot_be_used(tmp_path: Path, lines: str, told: str) -> None:
    settings = write_keys(tmp_path, lines)
    assert settings.keys
    with pytest.raises(KeyFileError, match=told):
        read_keys(settings.keys)


def test_a_new_key_is_printed_with_its_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--new-key", 'The "press" office']) == 0
    printed = capsys.readouterr().out
    key = printed.splitlines()[0]
    settings = write_keys(tmp_path, printed[printed.index("[[callers]]") :])
    assert settings.keys
    found = read_keys(settings.keys).caller(key)
    assert found
    assert found.name == 'The "press" office'
    assert key not in printed[len(key) :]


# Limits


def test_bodies_past_their_limits() -> None:
    small = client(Settings(max_json=100, max_body=30_000), Linter(rules=[Slow]))
    problem(small.post("/v1/lint", json={"text": "a" * 100}), 413, "too-large")
    problem(small.post("/v1/lint", files=form({"text": ""}, ("a.jpg", VAN), ("b.jpg", VAN))), 413, "too-large")
    assert small.post("/v1/lint", files=form({"text": ""}, ("a.jpg", VAN))).status_code == 200
    unsaid = small.post("/v1/lint", content=iter([b" " * 60] * 3), headers={"content-type": "application/json"})
    problem(unsaid, 413, "too-large")
    many = form({"text": ""}, *((f"{number}.jpg", b"") for number in range(101)))
    problem(small.post("/v1/lint", files=many), 422, "form")


def test_the_memory_for_bodies_is_given_back() -> None:
    narrow = client(Settings(memory=40_000), Linter(rules=[Slow]))
    for _ in range(3):
        assert narrow.post("/v1/lint", files=form({"text": ""}, ("a.jpg", VAN))).status_code == 200
        answer = narrow.post("/v1/lint", files=form({"text": ""}, ("a.jpg", VAN), ("b.jpg", VAN)))
        problem(answer, 503, "busy")
        assert answer.headers["retry-after"] == "1"


def test_files_are_never_written_to_a_disk(monkeypatch: pytest.MonkeyPatch, service: TestClient) -> None:
    """A form larger than what libraries keep in memory makes no temporary file."""
    import tempfile

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was made")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    large = VAN + bytes(3_000_000)
    assert service.post("/v1/lint", files=form({"text": ""}, ("a.jpg", large))).status_code == 200


async def together(app: Any, texts: list[str], gap: float = 0.0) -> list[tuple[httpx2.Response, float]]:
    """Send posts at the same time; return the answers and how long each took."""
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as asking:

        async def one(text: str) -> tuple[httpx2.Response, float]:
            start = time.monotonic()
            answer = await asking.post("/v1/lint", json={"text": text})
            return answer, time.monotonic() - start

        tasks = []
        for text in texts:
            tasks.append(asyncio.create_task(one(text)))
            await asyncio.sleep(gap)
        return await asyncio.gather(*tasks)


def test_past_its_limit_it_refuses_at_once() -> None:
    app = create_app(Settings(waiting=2), Linter(rules=[Slow]))
    answers = asyncio.run(together(app, ["SLOW 8"] * 8, gap=0.01))
    assert [answer.status_code for answer, _ in answers] == [200] * 3 + [503] * 5
    for answer, seconds in answers[3:]:
        assert answer.headers["retry-after"] == "1"
        assert seconds < 0.6  # before the first of the others was done
    problem(answers[-1][0], 503, "busy")


def test_a_post_that_takes_too_long_is_given_up_and_holds_up_nobody_for_ever() -> None:
    app = create_app(Settings(seconds=0.5), Linter(rules=[Slow]))
    answers = asyncio.run(together(app, ["SLOW 15", "quick"]))
    problem(answers[0][0], 503, "took-too-long")
    problem(answers[1][0], 503, "busy")
    assert max(seconds for _, seconds in answers) < 1.45  # the post itself takes 1.5 s
    stuck = TestClient(app, base_url="http://127.0.0.1")
    for path in ("/healthz", "/readyz"):
        problem(stuck.get(path), 503, "busy")


def test_a_batch_leaves_room_for_others() -> None:
    """Posts that come one by one are answered while a batch is read."""
    app = create_app(Settings(waiting=4), Linter(rules=[Slow]))

    async def both() -> tuple[httpx2.Response, list[tuple[httpx2.Response, float]]]:
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as asking:
            lines = b'{"text": "SLOW 1"}\n' * 16
            batch = asyncio.create_task(asking.post("/v1/lint/batch", content=lines, headers=LINES))
            await asyncio.sleep(0.1)
            singles = await together(app, ["quick"] * 3)
            assert not batch.done()
            return await batch, singles

    batch, singles = asyncio.run(both())
    assert len(batch.text.splitlines()) == 16
    assert [answer.status_code for answer, _ in singles] == [200] * 3


def test_a_crash_is_a_problem_whose_words_quote_nothing(logged: list[str]) -> None:
    broken = client(linter=Linter(rules=[Crashing]))
    answer = broken.post("/v1/lint", json={"text": f"CRASH {TELLING}"})
    told = problem(answer, 500, "failed")
    assert NAME not in answer.text
    assert answer.headers["x-request-id"] in told["detail"]
    assert any("RuntimeError" in line and answer.headers["x-request-id"] in line for line in logged)
    assert broken.post("/v1/lint", json={"text": "calm"}).status_code == 200


def test_the_log_says_what_happened_and_not_to_whom(logged: list[str], service: TestClient) -> None:
    for path in (f"/v1/lint?text={NAME}", f"/{NAME}/{MAIL}"):
        answer = service.post(path, json={"text": TELLING}, headers={"user-agent": NAME, "referer": f"http://{MAIL}/"})
        line = next(line for line in logged if answer.headers["x-request-id"] in line)
        assert NAME not in line
        assert str(answer.status_code) in line
    service.post("/v1/lint", content=TELLING.encode(), headers={"content-type": "multipart/form-data; boundary=x"})


@pytest.mark.parametrize(
    "options", [["--host", "0.0.0.0"], ["--keys", "missing.toml"], ["--port", "70000"], ["--workers", "0"]]
)
def test_a_wrong_call_ends_with_two(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", *options]) == 2
    told = capsys.readouterr().err
    assert told.startswith("postlint: error: ")
    assert "Traceback" not in told
