"""Made archives: posts of the rules' cases, told apart by a number, some with pictures, some the same, some broken."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from wmp_postlint.readers.loaded import loaded_post

CASES = Path(__file__).parents[1] / "rules" / "cases"
BROKEN = ("{broken", '{"text": 5}', '{"txt": "no such key"}', '"a text"')


def made_posts(count: int) -> list[dict[str, Any]]:
    """Return posts of the wire format: every tenth with a picture, every seventh the text of an earlier one."""
    texts = [
        json.loads(line)["text"]
        for path in sorted(CASES.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if '"on"' not in line
    ]
    # From all families alike, however few posts there are.
    step = max(1, len(texts) // max(1, count))
    posts: list[dict[str, Any]] = []
    for number in range(count):
        post: dict[str, Any] = {
            "id": f"p{number}",
            "text": f"{texts[number * step % len(texts)]} {number // len(texts)}",
        }
        if number % 7 == 6:
            post["text"] = posts[number // 2]["text"]
        if number % 3:
            post["published_at"] = f"20{16 + number % 9}-{1 + number % 12:02}-09T08:30:00+00:00"
        if number % 2:
            post["account"] = {"handle": f"Team{number % 11}WMP"}
        if number % 10 == 9:
            post["media"] = [{"filename": f"IMG_{number}.jpg", "alt": f"A van at 0121 496 0{number % 1000:03}"}]
        posts.append(post)
    return posts


def picture(number: int) -> bytes:
    """Return a small JPEG; every third says where it was taken."""
    kept = BytesIO()
    exif = Image.Exif()
    if number % 3 == 0:
        exif[0x8825] = {1: "N", 2: (52.0, 28.0, 30.0), 3: "W", 4: (1.0, 53.0, float(number % 60))}
    Image.new("RGB", (8, 8), (number % 256, 90, 30)).save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def write_archive(folder: Path, count: int) -> Path:
    """Write posts as ``archive.posts.jsonl`` with their pictures beside it."""
    lines = []
    for number, post in enumerate(made_posts(count)):
        for medium in post.get("media", ()):
            medium["path"] = medium["filename"]
            (folder / medium["path"]).write_bytes(picture(number))
        lines.append(json.dumps(post))
    path = folder / "archive.posts.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def posts_in(path: Path) -> list[Any]:
    """Return the posts of such an archive as the readers give them."""
    lines = path.read_text("utf-8").splitlines()
    loaded = [loaded_post(json.loads(line), str(path), at, path.parent) for at, line in enumerate(lines, 1)]
    return [each.post for each in loaded]


def even(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows that all have the same keys, as Arrow wants them."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    return [{key: row.get(key) for key in keys} for row in rows]
