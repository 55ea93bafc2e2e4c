"""Photographs the officer's page for the documentation: ``make screenshots``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT / "tests" / "server"), str(ROOT)]

from chromium import chromium, picture, write  # noqa: E402  it stands beside the tests
from PIL import Image  # noqa: E402
from running import running  # noqa: E402

TELLING = (
    "🚓 A blue van was taken from the depot last night. Call 07700 900123. Crimestoppers, anonymously, on 0800 555 11."
)
CLEAR = "Thanks to everybody who came to our open day in Perry Barr. The dogs enjoyed it as much as you did. 🐕"


def findings(page: Any) -> None:
    """Show a post with much to find, and a picture that says where it was taken."""
    page.set_input_files("#files", picture())
    page.fill("#alt-0", "Our new van in the yard")
    write(page, TELLING)


def clean(page: Any) -> None:
    """Show a post in which nothing is found."""
    write(page, CLEAR)


def failed(page: Any) -> None:
    """Show a post that could not be checked."""
    page.route("**/v1/lint", lambda route: route.fulfill(status=503, body="{}", headers={"retry-after": "9"}))
    write(page, CLEAR)


SCENES: tuple[Callable[[Any], None], ...] = (findings, clean, failed)


def main(folder: Path) -> None:
    """Write the pictures into a folder.

    Args:
        folder: where they go; each is a PNG of 64 colours.
    """
    with running() as service, chromium() as browser:
        for scheme, width in (("light", 1280), ("dark", 1280), ("light", 320)):
            for scene in SCENES:
                context = browser.new_context(
                    viewport={"width": width, "height": 640}, color_scheme=scheme, locale="en-GB"
                )
                page = context.new_page()
                page.goto(f"http://127.0.0.1:{service.port}/")
                page.wait_for_selector("#platform option[value=x]", state="attached")
                page.select_option("#platform", "x")
                page.select_option("#account", index=3)
                scene(page)
                page.evaluate("document.activeElement.blur()")
                name = f"page-{scene.__name__}-{'narrow' if width == 320 else scheme}.png"
                with tempfile.TemporaryDirectory() as taken:
                    raw = Path(taken) / name
                    page.screenshot(path=raw, full_page=True)
                    with Image.open(raw) as shot:
                        shot.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(folder / name, optimize=True)
                context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
