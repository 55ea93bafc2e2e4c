"""The officer's page in a real browser: what it shows of a post, and that it never shows an all clear that is none."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import chromium, picture, sideways, state, violations, write
from running import MAIL, PHONE, TELLING, Running, running

from wmp_postlint import Media, Post, lint
from wmp_postlint.server.keys import new_key

CLEAR = "A quiet morning on patrol in Perry Barr."
MARKED = "OFFICIAL-SENSITIVE\nPatrol plan for Saturday: two vans at the ground."


@pytest.fixture(scope="module")
def service() -> Iterator[Running]:
    with running() as service:
        yield service


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_page(browser: Any, service: Running) -> Iterator[Any]:
    """Return what opens the page, with options of the context."""
    contexts = []

    def opened(port: int | None = None, script: str = "", **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", **options})
        contexts.append(context)
        context.set_default_timeout(15_000)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.said = []  # what the browser complains of
        page.on("console", lambda message: page.said.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(f"http://127.0.0.1:{port or service.port}/")
        return page

    yield opened
    for context in contexts:
        context.close()


def marks(page: Any) -> list[str]:
    return list(page.locator("#read mark").all_text_contents())


def fail_with(page: Any, status: int, **headers: str) -> None:
    body = json.dumps({"status": status, "detail": "Expected something else.", "title": "x", "type": "y"})
    page.route(
        "**/v1/lint",
        lambda route: route.fulfill(
            status=status, body=body, headers={"content-type": "application/problem+json", **headers}
        ),
    )


# What it shows


def test_a_post_is_read_while_it_is_written_under_the_policy_of_the_service(open_page: Any) -> None:
    page = open_page()
    assert state(page) == ("empty", "Not checked")
    page.locator("#text").press_sequentially(f"Ring {PHONE} for tickets")
    page.wait_for_selector("#outcome[data-state=block]")
    assert state(page) == ("block", "Do not post")
    assert marks(page) == [PHONE]
    finding = page.locator("#finding-1").inner_text()
    assert "Do not post" in finding
    assert "mobile number" in finding
    assert "4.13" in finding
    assert "101" in finding
    assert page.evaluate("document.activeElement.id") == "text"
    assert page.locator("#spoken").inner_text() == "Do not post. 1 thing must not go out."
    write(page, CLEAR)
    assert state(page) == ("pass", "Nothing found")
    assert page.locator("#results").is_hidden()
    assert page.said == []  # nothing that the CSP would have refused, and nothing else


def test_an_answer_of_the_summary_leads_to_its_finding(open_page: Any) -> None:
    page = open_page()
    write(page, TELLING)
    links = page.locator("#summary a")
    assert links.count() == page.locator("article").count() >= 2
    links.nth(1).click()
    assert page.evaluate("document.activeElement.id") == "finding-2"


@pytest.mark.parametrize(
    "text",
    [
        f"🚓👮‍♀️🏳️‍🌈 Ring {PHONE} 🚓 or write to {MAIL}",
        f"𝔄𝔅 𐍈 Ring {PHONE}, {MAIL}",
        f"שלום {PHONE} مرحبا {MAIL}",
        f"e\u0301\u0301 \u202eabc\u202c {PHONE}\r\n\r\n{MAIL}",
        f"{PHONE}{' ' * 3}\n\t<b>{MAIL}</b>",
    ],
)
def test_the_words_themselves_are_marked(open_page: Any, text: str) -> None:
    page = open_page()
    write(page, text)
    assert marks(page) == [PHONE, MAIL]
    numbers = page.locator("#read a.number").all_text_contents()
    page.evaluate("document.querySelectorAll('#read a.number').forEach(a => a.remove())")
    kept = page.evaluate("document.getElementById('read').textContent")
    assert kept == text.replace("\r\n", "\n")
    assert numbers == ["1", "2"]
    assert page.locator("blockquote").all_text_contents() == [PHONE, MAIL]
    page.get_by_role("button", name="Go to these words").nth(1).click()
    chosen = page.evaluate("(box => box.value.slice(box.selectionStart, box.selectionEnd))(document.activeElement)")
    assert chosen == MAIL


def test_html_in_a_post_is_text(open_page: Any) -> None:
    page = open_page()
    hostile = f"<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script> {PHONE}"
    write(page, hostile)
    assert marks(page) == [PHONE]
    assert page.locator("#read img, #read script, article img").count() == 0
    assert "run" not in page.title()
    assert page.said == []


def test_a_fix_is_applied_and_undone(open_page: Any) -> None:
    page = open_page()
    write(page, MARKED)
    assert state(page)[0] == "block"
    page.get_by_role("button", name="Apply: Take the marking out.").click()
    mended = page.input_value("#text")
    assert "OFFICIAL" not in mended
    assert mended.endswith("Patrol plan for Saturday: two vans at the ground.")
    assert page.evaluate("document.activeElement.id") == "undo"
    page.wait_for_function("() => document.getElementById('outcome').dataset.state === 'pass'")
    page.keyboard.press("Enter")
    assert page.input_value("#text") == MARKED
    assert page.evaluate("document.activeElement.id") == "text"
    page.wait_for_selector("#outcome[data-state=block]")


def test_what_was_written_since_is_never_undone(open_page: Any) -> None:
    page = open_page()
    write(page, MARKED)
    page.get_by_role("button", name="Apply: Take the marking out.").click()
    page.locator("#text").press_sequentially("More.")
    assert page.locator("#undo").is_hidden()


def test_a_picture_is_checked_and_its_clean_copy_has_no_location(open_page: Any, tmp_path: Path) -> None:
    page = open_page()
    page.fill("#text", "Our new van.")
    page.set_input_files("#files", picture())
    page.wait_for_selector("#outcome[data-state=block]")
    page.fill("#alt-0", f"A van. Ring {PHONE}")
    page.wait_for_selector("article:has-text('Alt text of picture 1 (van.jpg)')")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download copy without location").click()
    assert coming.value.suggested_filename == "van.clean.jpg"
    coming.value.save_as(tmp_path / "clean.jpg")
    fields = {finding.field for finding in lint(Post("A van", media=(Media(tmp_path / "clean.jpg"),))).findings}
    assert "media[0].location" not in fields
    before = {finding.field for finding in lint(Post("A van", media=(Media(picture()),))).findings}
    assert "media[0].location" in before
    page.get_by_role("button", name="Check that copy instead").click()
    page.fill("#alt-0", "A van")
    page.wait_for_selector("#outcome[data-state=pass]")
    assert page.said == []


def test_a_picture_that_cannot_be_read_is_not_passed(open_page: Any) -> None:
    page = open_page()
    page.fill("#text", CLEAR)
    broken = {"name": "broken.png", "mimeType": "image/png", "buffer": b"\x89PNG no picture at all"}
    page.set_input_files("#files", [broken])
    page.wait_for_selector("#outcome[data-state=review]")
    assert state(page) == ("review", "Not everything was checked")
    assert "broken.png" in page.locator("#summary").inner_text()
    page.get_by_role("button", name="Take out broken.png").click()
    page.wait_for_selector("#outcome[data-state=pass]")


@pytest.mark.parametrize(("event", "carrier"), [("drop", "dataTransfer"), ("paste", "clipboardData")])
def test_pictures_are_taken_wherever_they_are_dropped_or_pasted(open_page: Any, event: str, carrier: str) -> None:
    page = open_page()
    page.fill("#text", "Our new van.")
    stopped = page.evaluate(
        """([bytes, event, carrier]) => {
        const carried = new DataTransfer();
        carried.items.add(new File([Uint8Array.from(bytes)], "van.jpg", {type: "image/jpeg"}));
        const made = new Event(event, {bubbles: true, cancelable: true});
        made[carrier] = carried;
        return !document.querySelector("h1").dispatchEvent(made); }""",
        [list(picture().read_bytes()), event, carrier],
    )
    assert stopped  # else the browser would open the picture in the place of the page
    page.wait_for_selector("#outcome[data-state=block]")
    assert "Location kept in picture 1 (van.jpg)" in page.locator("#findings").inner_text()
    assert page.input_value("#text") == "Our new van."


def test_a_copy_that_cannot_be_made_is_said_to_be_none(open_page: Any) -> None:
    page = open_page()
    page.set_input_files("#files", picture())
    page.wait_for_selector("#outcome[data-state=block]")
    page.route("**/v1/fix*", lambda route: route.fulfill(status=422, body=json.dumps({"detail": "It is too odd."})))
    page.get_by_role("button", name="Download copy without location").click()
    page.wait_for_selector("article:has-text('There is no copy.')")
    assert "It is too odd." in page.locator("article").inner_text()
    assert page.get_by_role("button", name="Check that copy instead").count() == 0


def test_a_time_that_is_not_complete_is_not_taken_for_now(open_page: Any) -> None:
    page = open_page()
    page.click("summary")
    page.locator("#when").press_sequentially("05")
    write(page, CLEAR)
    assert state(page) == ("failed", "Not checked")
    assert "not complete" in page.locator("#outcome-words").inner_text()


def test_account_platform_and_reply_are_sent(open_page: Any) -> None:
    page = open_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data) if request.url.endswith("/v1/lint") else None)
    page.wait_for_selector("#platform option[value=bluesky]", state="attached")
    page.select_option("#platform", "bluesky")
    page.select_option("#account", label="Another account")
    page.fill("#handle", "PcQuince")
    page.select_option("#kind", "personal")
    page.click("summary")
    page.fill("#when", "2031-06-05T14:30")
    page.fill("#reply", "somebody")
    write(page, CLEAR)
    body = sent[-1]
    post = json.loads(body[body.index("{") : body.rindex("}") + 1])
    assert post["platform"] == "bluesky"
    assert post["account"] == {"handle": "PcQuince", "kind": "personal"}
    assert post["published_at"].startswith("2031-06-05T")
    assert post["published_at"].endswith("Z")
    assert (post["kind"], post["in_reply_to"]) == ("reply", {"handle": "somebody"})


@pytest.mark.parametrize(
    ("platform", "text", "words"),
    [
        ("x", "a" * 270, "10 characters left on X"),
        ("x", "👮‍♀️" * 10, "260 characters left on X"),
        ("x", "See https://www.example.org/a/very/long/way/to/go?with=more#end.", "252 characters left on X"),
        ("x", "See west-midlands.police.uk/news, today", "246 characters left on X"),
        ("x", "Back home.at last", "263 characters left on X"),
        ("x", "Write to a.b@example.org", "256 characters left on X"),
        ("x", "警察" * 71, "4 characters too many for X"),
        ("x", "e\u0301" * 3, "277 characters left on X"),
        ("bluesky", "👮‍♀️" * 10, "290 characters left on Bluesky"),
        ("bluesky", "e\u0301" * 301, "1 character too many for Bluesky"),
        ("bluesky", "👨‍👩‍👧‍👦" * 121, "25 characters too many for Bluesky"),
        ("threads", "ab👮", "494 characters left on Threads"),
        ("facebook", "a", "63,205 characters left on Facebook"),
        ("nextdoor", "a", ""),
    ],
)
def test_characters_are_counted_as_the_platform_does(open_page: Any, platform: str, text: str, words: str) -> None:
    page = open_page()
    page.wait_for_selector(f"#platform option[value={platform}]", state="attached")
    page.select_option("#platform", platform)
    page.fill("#text", text)
    assert page.locator("#count").inner_text() == words


def test_little_room_is_said_politely(open_page: Any) -> None:
    page = open_page()
    page.wait_for_selector("#platform option[value=x]", state="attached")
    page.select_option("#platform", "x")
    page.fill("#text", "a" * 200)
    page.wait_for_timeout(1200)
    assert page.locator("#count-spoken").inner_text() == ""
    page.fill("#text", "a" * 261)
    page.wait_for_function("() => document.getElementById('count-spoken').textContent === '19 characters left on X'")


# Never an all clear that is none


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (401, {}, "asks for a key"),
        (413, {}, "too large"),
        (422, {}, "Expected something else."),
        (429, {"retry-after": "7"}, "in 7 seconds"),
        (503, {"retry-after": "9"}, "busy"),
        (500, {}, "(500)"),
        (502, {"content-type": "text/html"}, "(502)"),
    ],
)
def test_a_refused_check_is_said_to_be_none(open_page: Any, status: int, headers: dict[str, str], words: str) -> None:
    page = open_page(bypass_csp=True)
    write(page, CLEAR)
    assert state(page)[0] == "pass"
    fail_with(page, status, **headers)
    write(page, CLEAR + " And so on.")
    assert state(page) == ("failed", "Not checked")
    assert words in page.locator("#outcome-words").inner_text()
    assert page.locator("#spoken").inner_text().startswith("Not checked.")
    assert page.locator("#key-wanted").is_visible() == (status == 401)
    assert violations(page) == []
    page.unroute("**/v1/lint")
    page.get_by_role("button", name="Check again").click()
    page.wait_for_selector("#outcome[data-state=pass]")
    assert page.evaluate("document.activeElement.id") == "outcome"


def test_without_a_network_nothing_is_checked_and_it_goes_on_by_itself(open_page: Any) -> None:
    page = open_page()
    write(page, f"Ring {PHONE}")
    page.context.set_offline(True)
    write(page, CLEAR)
    assert state(page) == ("failed", "Not checked")
    assert "cannot be reached" in page.locator("#outcome-words").inner_text()
    assert page.locator("#results").is_hidden()
    page.context.set_offline(False)
    page.wait_for_selector("#outcome[data-state=pass]")


@pytest.mark.parametrize(
    "body",
    ["", "{}", "null", '{"version": 2, "verdict": "pass"}', '{"version":1,"verdict":"fine","findings":[],"errors":[]}'],
)
def test_an_answer_that_is_no_report_is_no_result(open_page: Any, body: str) -> None:
    page = open_page()
    page.route("**/v1/lint", lambda route: route.fulfill(status=200, body=body, content_type="application/json"))
    write(page, CLEAR)
    assert state(page) == ("failed", "Not checked")


@pytest.mark.parametrize(
    "change",
    [
        {"passed": False},
        {"errors": [{"rule": "input", "field": None, "message": "It could not be read."}]},
        {"verdict": "review"},
    ],
)
def test_a_report_that_contradicts_itself_is_no_pass(open_page: Any, change: dict[str, object]) -> None:
    page = open_page()
    report = {**lint(Post(CLEAR)).to_dict(), **change}
    page.route(
        "**/v1/lint", lambda route: route.fulfill(status=200, body=json.dumps(report), content_type="application/json")
    )
    write(page, CLEAR)
    assert state(page)[0] == "review"


@pytest.mark.parametrize("script", ["", "AbortController.prototype.abort = () => {}"], ids=["stopped", "not stopped"])
def test_an_answer_to_an_older_text_is_never_drawn(open_page: Any, script: str) -> None:
    page = open_page(script=script)
    held: list[Any] = []

    def handle(route: Any) -> None:
        if not held:
            held.append(route)  # the answer to the first text, a clear one, comes last
        else:
            route.continue_()

    page.wait_for_selector("#platform option[value=x]", state="attached")
    page.route("**/v1/lint", handle)
    page.fill("#text", CLEAR)
    while not held:
        page.wait_for_timeout(50)
    assert state(page)[0] == "checking"
    write(page, f"Ring {PHONE}")
    assert state(page)[0] == "block"
    held[0].fulfill(status=200, body=json.dumps(lint(Post(CLEAR)).to_dict()), content_type="application/json")
    page.wait_for_timeout(500)
    assert state(page)[0] == "block"
    assert marks(page) == [PHONE]


def test_while_a_check_is_under_way_nothing_earlier_looks_like_its_result(open_page: Any) -> None:
    page = open_page(bypass_csp=True)
    write(page, CLEAR)
    held: list[Any] = []
    page.route("**/v1/lint", lambda route: held.append(route))
    page.fill("#text", MARKED)
    assert state(page) == ("checking", "Not checked yet")
    while not held:
        page.wait_for_timeout(50)
    held.pop().continue_()
    page.wait_for_selector("#outcome[data-state=block]")
    page.fill("#text", MARKED + " More.")
    assert state(page) == ("checking", "Not checked yet")
    assert page.locator("#stale").is_visible()
    assert page.locator("#findings button:enabled").count() == 0
    assert violations(page) == []
    page.fill("#text", "")
    assert state(page) == ("empty", "Not checked")
    assert page.locator("#results").is_hidden()


# The key


def test_a_key_is_asked_for_once_and_kept_for_the_tab(open_page: Any, tmp_path: Path) -> None:
    key, lines = new_key("desk")
    (tmp_path / "keys.toml").write_text(lines, "utf-8")
    with running("--keys", str(tmp_path / "keys.toml")) as locked:
        page = open_page(locked.port, bypass_csp=True)
        page.wait_for_selector("#key-wanted:visible")
        assert state(page) == ("failed", "Not checked")
        assert violations(page) == []
        page.fill("#key", "postlint_wrong")
        page.keyboard.press("Enter")
        page.wait_for_selector("#key-wrong:visible")
        assert violations(page) == []
        page.fill("#key", key)
        page.keyboard.press("Enter")
        page.wait_for_selector("#key-wanted", state="hidden")
        write(page, CLEAR)
        assert state(page)[0] == "pass"
        page.reload()
        write(page, CLEAR)
        assert state(page)[0] == "pass"
        assert page.locator("#key-wanted").is_hidden()
        kept = page.evaluate("[Object.values(sessionStorage), Object.keys(localStorage), document.cookie]")
        assert kept == [[key], [], ""]


# For everybody


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_state_has_nothing_against_it(open_page: Any, scheme: str, width: int) -> None:
    page = open_page(bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 800})
    page.wait_for_selector("#platform option[value=x]", state="attached")
    assert violations(page) == []
    page.select_option("#platform", "x")
    page.select_option("#account", label="Another account")
    page.click("summary")
    write(page, f"{TELLING} Crimestoppers, anonymously, on 0800 555 11. " + "W" * 300)
    page.set_input_files("#files", picture())
    page.set_input_files("#files", [{"name": "b" * 120 + ".png", "mimeType": "image/png", "buffer": b"\x89PNG"}])
    page.wait_for_selector("#unread-1")
    assert page.locator(".finding.error").count() >= 2
    assert page.locator(".finding.warning").count() >= 2
    assert violations(page) == []
    assert sideways(page) <= 0
    page.reload()
    write(page, CLEAR)
    assert violations(page) == []
    assert sideways(page) <= 0


@pytest.mark.parametrize("zoom", [2, 4])
def test_nothing_is_lost_when_it_is_enlarged(open_page: Any, zoom: int) -> None:
    # Zooming in a browser makes the page's pixels larger and its width smaller.
    page = open_page(viewport={"width": 1280 // zoom, "height": 1024 // zoom}, device_scale_factor=zoom)
    write(page, TELLING)
    assert sideways(page) <= 0
    assert page.locator("#finding-1").is_visible()


def test_text_alone_can_be_twice_as_large(open_page: Any) -> None:
    page = open_page(viewport={"width": 640, "height": 800}, bypass_csp=True)
    page.add_style_tag(content="html { font-size: 200% }")
    write(page, TELLING)
    assert sideways(page) <= 0


def test_everything_can_be_done_by_keyboard(open_page: Any) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.type(MARKED.replace("\n", " ; "))
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#outcome[data-state=block]")
    page.wait_for_function("() => document.activeElement.id === 'outcome'")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "finding-1"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("Apply")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'undo'")
    assert "OFFICIAL" not in page.input_value("#text")


def test_what_has_the_focus_can_be_seen(open_page: Any) -> None:
    page = open_page()
    write(page, MARKED)
    page.evaluate("document.activeElement.blur()")
    seen = set()
    for _ in range(20):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.id || document.activeElement.textContent")
        width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        if page.evaluate("document.activeElement === document.body"):
            break
        assert width == "3px", name
        seen.add(name)
    assert len(seen) >= 8  # from the platform to what can be done about the finding


def test_forced_colours_and_still_pages_are_respected(open_page: Any) -> None:
    page = open_page(forced_colors="active", reduced_motion="reduce", bypass_csp=True)
    write(page, TELLING)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("getComputedStyle(document.querySelector('.finding')).borderTopWidth") == "2px"
    assert violations(page) == []


def test_without_javascript_it_says_what_to_do(open_page: Any) -> None:
    page = open_page(java_script_enabled=False)
    words = page.locator("noscript").inner_text()
    assert "Nothing is checked" in words
    assert state(page)[1] == "Not checked"


def test_a_long_text_stays_quick(open_page: Any) -> None:
    page = open_page()
    page.wait_for_selector("#platform option[value=x]", state="attached")
    page.select_option("#platform", "x")
    long = (f"Thanks to all 🚓 who rang {PHONE} about the fete. " * 250)[:10_000]
    spent = page.evaluate(
        """text => { const box = document.getElementById('text'), start = performance.now();
        box.value = text; box.dispatchEvent(new Event('input', {bubbles: true}));
        return performance.now() - start; }""",
        long,
    )
    start = time.monotonic()
    page.wait_for_selector("#outcome[data-state=block]")
    assert spent < 500  # milliseconds in which the page would not react
    assert time.monotonic() - start < 10
    assert len(marks(page)) >= 100


# What it is served with


def test_its_files_are_asked_for_anew_and_sent_once(service: Running) -> None:
    for path in ("/", "/static/page.js", "/static/page.css"):
        status, headers, _ = service.ask("GET", path)
        assert (status, headers["cache-control"]) == (200, "no-cache")
        again, _, body = service.ask("GET", path, if_none_match=headers["etag"])
        assert (again, body) == (304, b"")
