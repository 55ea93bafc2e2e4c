"""Post files that the tests of the checker share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def week(tmp_path: Path) -> Path:
    (tmp_path / "week").mkdir()
    posts = [
        {"id": "mon", "text": "Good morning"},
        {"id": "tue", "text": "🚓 a pear\nand a plum"},
        {"id": "wed", "text": "a plum"},
        {"id": "thu", "text": "a fig"},
    ]
    (tmp_path / "week/a.posts.jsonl").write_text("\n".join(map(json.dumps, posts)) + "\n", "utf-8")
    (tmp_path / "week/b.post.md").write_text("---\nid: fri\n---\n\nNothing here.\nTwo pears.\n", "utf-8")
    return tmp_path
