"""Where accounts may be is what the policy pack says: by account kind, under any of a platform's names."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from wmp_postlint import Linter, PolicyError, load_policy
from wmp_postlint.post import AccountKind

HEAD = 'id="x"\nversion="1"\ntitle="X"\nextends="uk-police"\n'
KINDS: tuple[AccountKind, ...] = get_args(AccountKind)


def said(folder: Path, platforms: str, post: dict[str, Any], kind: str = "team") -> list[str]:
    pack = folder / "pack.toml"
    pack.write_text(f"{HEAD}[platforms]\n{platforms}\n", "utf-8")
    post = {"text": "Morning all", **post, "account": {"handle": "a", "kind": kind, **post.get("account", {})}}
    return [finding.message for finding in Linter(policy=pack, rules=["account/platform"]).lint(post).findings]


@pytest.mark.parametrize(
    ("allowed", "platform"),
    [
        ("X", "twitter"),
        ("twitter.com", "X"),
        ("X (Twitter)", "x.com"),
        ("WordPress", "wordpress.com"),
        ("WordPress", "blog"),
        ("Facebook", " fb "),
        ("Instagram", "https://www.instagram.com/"),
        ("tik tok", "TikTok"),
        ("Our own app", "our  own app"),
    ],
)
def test_a_platform_by_its_many_names(allowed: str, platform: str, tmp_path: Path) -> None:
    assert said(tmp_path, f'team=["{allowed}"]', {"platform": platform}) == []
    assert said(tmp_path, f'team=["{allowed}"]', {"account": {"platform": platform}}) == []
    assert said(tmp_path, 'team=["Nextdoor"]', {"platform": platform}) == [
        "Accounts of this kind use only these: Nextdoor."
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_kinds_that_the_pack_names_are_bound(kind: str, tmp_path: Path) -> None:
    found = said(tmp_path, 'corporate=["X","Facebook"]\nteam=["X"]\npersonal=[]', {"platform": "facebook"}, kind)
    expected: dict[str, list[str]] = {
        "corporate": [],
        "team": ["Accounts of this kind use only these: X."],
        "officer": [],
        "personal": ["Accounts of this kind do not use this platform."],
    }
    assert found == expected[kind]


def test_a_page_that_is_announced(tmp_path: Path) -> None:
    post = {"text": "We've set up a Facebook page for the team!"}
    assert said(tmp_path, 'team=["X","Facebook"]', post) == []
    assert said(tmp_path, 'team=["X","WordPress"]', post) == ["Accounts of this kind use only these: X, WordPress."]
    assert said(tmp_path, 'officer=["X"]', post) == []


def test_the_default_pack_says_where_and_the_common_one_does_not() -> None:
    assert load_policy().platforms == {"team": ("X", "WordPress"), "officer": ("X", "WordPress")}
    assert load_policy("uk-police").platforms == {}


def test_a_kind_that_there_is_none_of(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"pack\.toml: platforms\.teams: expected one of corporate, team"):
        said(tmp_path, 'teams=["X"]', {})
