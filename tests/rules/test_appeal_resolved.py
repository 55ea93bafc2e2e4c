"""The end of an appeal: advice that says what goes out again."""

from __future__ import annotations

import pytest

from wmp_postlint import Linter, Media, Post

module = pytest.importorskip("wmp_postlint.rules.appeal.resolved")
LINTER = Linter(rules=[module.Resolved])


def message(post: Post) -> str:
    (finding,) = LINTER.lint(post).findings
    assert str(finding.severity) == "info"
    return finding.message


def test_the_name_and_the_picture_are_noted() -> None:
    picture = (Media(data=b"", filename="one.jpg"),)
    assert "name" in message(Post("Missing Jane Example has been found safe and well."))
    assert "picture" in message(Post("Missing Jane Example has been found safe and well.", media=picture))
    bare = message(Post("The missing girl from Aston has been found safe and well."))
    assert "name" not in bare
    assert "picture" not in bare


def test_an_open_appeal_is_none() -> None:
    assert LINTER.lint("Have you seen Jane Example, 14? We want to know she is safe.").findings == ()
