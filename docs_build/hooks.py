"""What mkdocs asks while it builds the site: pages made from the rules, from the package and from real output."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT)]

import pages  # noqa: E402  it stands beside this file, which mkdocs loads by its path
import screens  # noqa: E402
from mkdocs.config.defaults import MkDocsConfig  # noqa: E402
from mkdocs.structure.files import File, Files  # noqa: E402
from mkdocs.structure.nav import Navigation  # noqa: E402

# Pages of the repository that the site has too, under names of its own.
ELSEWHERE = {"CHANGELOG.md": "changelog.md", "training/MODEL_CARD.md": "model-card.md"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages and pictures that are made."""
    made: dict[str, str] = {**pages.rule_pages(), "api.md": pages.api_page()}
    for source, name in ELSEWHERE.items():
        made[name] = (ROOT / source).read_text("utf-8")
    made |= screens.pictures(ROOT)
    for name, content in made.items():
        files.append(File.generated(config, name, content=content))
    return files


def on_page_markdown(markdown: str, *, page: Any, config: MkDocsConfig, files: Files) -> str:
    """Let links to files of the repository lead to their pages on the site, and rules to theirs."""
    for source, name in ELSEWHERE.items():
        markdown = markdown.replace(f"](../{source}", f"]({name}")
    depth = page.file.src_uri.count("/")
    return markdown if page.file.src_uri.startswith("rules/") else pages.linked(markdown, depth)


def on_post_page(output: str, *, page: Any, config: MkDocsConfig) -> str:
    """Give the search a name, which the theme leaves out and a screen reader needs."""
    return output.replace(
        'data-md-component="search" role="dialog"', 'data-md-component="search" role="dialog" aria-label="Search"'
    )


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Say nothing of the pages of the single rules, which the list of rules leads to."""
    logging.getLogger("mkdocs.structure.nav").setLevel(logging.WARNING)
    return nav
