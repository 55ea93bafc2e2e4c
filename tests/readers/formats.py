"""What the tests of the formats share."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import wmp_postlint
from wmp_postlint import Post
from wmp_postlint.readers.files import find
from wmp_postlint.readers.loaded import Loaded

SAMPLES = Path(wmp_postlint.__file__).parents[1] / "examples" / "formats"
NUMBER = "07700 900461"


def read(*paths: str | Path, stdin: bytes = b"") -> list[Loaded]:
    """Read everything that paths mean."""
    return [loaded for source in find(map(str, paths), BytesIO(stdin)) for loaded in source.read()]


def posts(*paths: str | Path, stdin: bytes = b"") -> list[Post]:
    """Read posts, none of which may be wrong."""
    loaded = read(*paths, stdin=stdin)
    assert [each.error for each in loaded if each.error] == []
    return [each.post for each in loaded if each.post]


def given(content: object) -> list[Loaded]:
    """Read JSON from standard input."""
    return read("-", stdin=json.dumps(content).encode())


def post_of(content: object) -> Post:
    """Read the only post of a JSON text."""
    (loaded,) = given(content)
    assert loaded.post is not None, loaded.error
    return loaded.post
