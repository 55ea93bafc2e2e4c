"""Chromium, axe-core and a service for the tests of the page, which are skipped where one of them is not there.

``make test-page`` brings what it can by name, and lets nothing be skipped (POSTLINT_PAGE).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from running import ROOT

AXE = ROOT / "build" / "page" / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FINISHED = "() => !['empty', 'checking'].includes(document.getElementById('outcome').dataset.state)"


def wanting(what: str) -> None:
    """Skip a test for want of something, or fail it where nothing may be skipped."""
    if os.environ.get("POSTLINT_PAGE"):
        pytest.fail(what)
    pytest.skip(what)


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield a running Chromium."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        wanting("Chromium is not installed (Debian: apt-get install chromium)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        wanting("playwright is not installed: make test-page")
    with sync_playwright() as playwright:
        # Without a sandbox, since containers give none; the pages are ours.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def violations(page: Any) -> list[str]:
    """Return what axe-core has against a page as it is now; its context must bypass the CSP, since axe is put in."""
    if not AXE.exists():
        wanting("axe-core is not installed: make test-page")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [f"{one['id']}: {node['html'][:120]} {node['failureSummary']}" for one in found for node in one["nodes"]]


def state(page: Any) -> tuple[str, str]:
    """Return the state that the page shows, and its heading."""
    shown = page.locator("#outcome").get_attribute("data-state")
    return str(shown), page.locator("#outcome-title").inner_text()


def write(page: Any, text: str) -> None:
    """Put a text into the box and wait for what comes of it."""
    page.fill("#text", text)
    page.wait_for_function(FINISHED)


def sideways(page: Any) -> int:
    """Return how many pixels of the page lie beyond its right side."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def picture(name: str = "van.jpg") -> Path:
    """Return a picture of the examples, geotagged."""
    return ROOT / "examples" / "week" / "pictures" / name
