"""The HTML report: masked unless it is asked for, harmless whatever a post holds, and fit for everybody to read."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from own_rules import Fig, Pear, Plum
from runs import run_format

from wmp_postlint import Linter, Media, Post
from wmp_postlint.checker.formats.html import make
from wmp_postlint.checker.marked import marked_text
from wmp_postlint.checker.small_map import nearest, small_map
from wmp_postlint.media import samples

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = os.environ.get("POSTLINT_AXE")  # the path of axe.min.js, out of the npm package axe-core
HOSTILE = '<script>alert(1)</script> a pear & "a plum" \u202egnp.exe\x1b[31m <img src=x onerror=alert(1)>'


def page(*posts: Post, show_text: bool = True) -> str:
    return run_format(make, posts, show_text=show_text).decode("utf-8")


def test_the_words_are_marked_and_numbered() -> None:
    text = page(Post("a pear and a plum", id="tue"))
    assert '<mark class="error">pear</mark><sup><a href="#p1-1" aria-label="finding 1">1</a></sup>' in text
    assert '<mark class="warning">plum</mark>' in text
    assert 'id="p1-2"' in text
    assert "Clause 1.1: No fruit in posts" in text
    assert "ask the gardener" in text


def test_masked_unless_it_is_asked_for() -> None:
    place = Media(data=samples.jpeg((52.5, -1.9)), alt="A pear tree", filename="t.jpg")
    post = Post("a pear in Larch Street", media=(place,))
    text = run_format(make, (post,), show_text=False, linter=Linter()).decode()
    assert "Larch" not in text
    assert "pear in" not in text
    assert "52.5" not in text
    assert "<img" not in text
    assert "The place is masked" in text
    shown = run_format(make, (post,), show_text=True, linter=Linter()).decode()
    assert "<svg" in shown
    assert "km" in nearest(52.5, -1.9) or "in " in nearest(52.5, -1.9)


def test_nothing_of_a_post_becomes_markup() -> None:
    text = page(Post(HOSTILE, id="<b>id</b>"))
    assert "<script" not in text
    assert "<img" not in text
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert "&lt;script&gt;" in text
    assert not re.search(r"(?:src|href)=\"(?!data:|#)", text)


class Balance(HTMLParser):
    """Checks that elements close in the order they opened, and that no id stands twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [str(value) for key, value in attrs if key == "id"]
        if tag not in ("meta", "img", "br", "rect", "circle", "path"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("rect", "circle", "path"):
            assert self.open.pop() == tag


def test_the_page_is_sound() -> None:
    balance = Balance()
    balance.feed(page(Post("a pear", id="a"), Post("a\npear pear"), Post(HOSTILE), Post("rotten")))
    balance.close()
    assert balance.open == []
    assert len(balance.ids) == len(set(balance.ids))


def test_marks_of_stretches_that_overlap() -> None:
    text = "a pear and a plum"
    found = list(enumerate(Linter(rules=[Pear(), Plum(), Fig()]).lint(text).findings, 1))
    shown = marked_text(text, found, "p", show=True)
    assert html.unescape(re.sub(r"<sup>.*?</sup>|<[^>]+>", "", shown)) == text


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [
        (52.48, -1.90, "in Birmingham"),
        (52.57, -1.90, "km south of Aldridge"),
        (52.60, -1.70, "km south of Tamworth"),
        (0.0, 0.0, "outside the United Kingdom"),
        (89.0, 179.0, "outside the United Kingdom"),
        (-89.9, -179.9, "outside the United Kingdom"),
    ],
)
def test_the_map_says_where_it_is(latitude: float, longitude: float, words: str) -> None:
    assert words in nearest(latitude, longitude)
    drawn = small_map(latitude, longitude, "1")
    assert f"{latitude:.4f}, {longitude:.4f}" in drawn
    assert drawn.count("<svg") == drawn.count("</svg>") == 1


@pytest.mark.skipif(not CHROMIUM or not AXE, reason="needs Chromium, and POSTLINT_AXE with the path of axe.min.js")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(tmp_path: Path, scheme: str) -> None:
    picture = Media(data=samples.jpeg((52.5, -1.9)), alt="A van", filename="v.jpg")
    posts = (Post("Ring me on 07700 900461", id="a", media=(picture,)), Post("Road closed on the A38"))
    text = run_format(make, posts, show_text=True, linter=Linter()).decode()
    script = (
        f"<script>{Path(str(AXE)).read_text('utf-8')}</script><script>axe.run().then(r => {{ "
        "const found = JSON.stringify(r.violations.map(v => [v.id, v.nodes.map(n => n.html)]));"
        "document.body.innerHTML = '<pre id=axe>' + found.replace(/</g, '&lt;') + '</pre>' })</script>"
    )
    text = re.sub(r"<meta http-equiv=[^>]*>", "", text).replace("</body>", script + "</body>")
    if scheme == "dark":
        text = text.replace("(prefers-color-scheme: dark)", "all")
    (tmp_path / "page.html").write_text(text, "utf-8")
    done = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom",
         (tmp_path / "page.html").as_uri()],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    found = re.search(r'<pre id="axe">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, done.stderr[-500:]
    assert json.loads(html.unescape(found[1])) == []
