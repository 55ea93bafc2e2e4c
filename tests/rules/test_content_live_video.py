"""Live video: announced, linked, over, or something else that is live."""

from __future__ import annotations

import pytest

from wmp_postlint import Account, Linter, Post

module = pytest.importorskip("wmp_postlint.rules.content.live_video")
LINTER = Linter(rules=[module.LiveVideo])

LIVE = [
    "We're live on Instagram in ten minutes with the dog unit!",
    "Join us for a Facebook Live at 6pm tonight on burglary.",
    "Going live on TikTok from the night shift, come along",
    "We will be livestreaming the memorial service.",
    "Watch live as our firearms team train.",
    "Streaming live from the custody suite tomorrow",
    "Follow our patrol on #Periscope tonight",
    "#FacebookLive with Inspector Example at noon",
    "YouTube Live: ask the Chief, Thursday 7pm",
    "PC Example will be live on Facebook from the control room",
    "LIVE video from the helicopter tonight",
    "We're going live!",
]
NOT_LIVE = [
    "Live chat is open from 8am to midnight.",
    "Live Q&A on hate crime at 5pm, tweet your questions.",
    "I live in Facebook HQ, joked the engineer.",
    "Where do you live? Find your local team.",
    "Hear our sergeant live on Free Radio at 8, listen in.",
    "Live on @BBCCrimewatch this morning: our burglary appeal.",
    "Applications for police constables go live on Friday.",
    "The new control room system went live today.",
    "If you missed our Facebook Live, catch up with the recording of our Facebook Live here.",
    "Thanks for joining the Instagram Live last night.",
    "He was jailed after he was seen on a Facebook Live with a gun.",
    "Don't livestream from the scene of an incident, please.",
    "Keep children safe: gaming and live streaming risks for parents.",
    "Real lives, real stories. We live and breathe policing.",
    "Watch our new video on Facebook.",
    "Live music at the fete on Saturday!",
]


def severities(text: str, **fields: object) -> list[str]:
    return [str(finding.severity) for finding in LINTER.lint(Post(text, **fields)).findings]  # type: ignore[arg-type]


@pytest.mark.parametrize("text", LIVE)
def test_live(text: str) -> None:
    assert severities(text) == ["error"]


@pytest.mark.parametrize("text", NOT_LIVE)
def test_not_live(text: str) -> None:
    assert severities(text) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/example/live",
        "https://x.com/i/broadcasts/1abc",
        "https://www.tiktok.com/@example/live",
        "twitch.tv/example",
        "https://youtube.com/live/abc?x=1",
    ],
)
def test_live_links(url: str) -> None:
    assert severities(f"Tonight: {url}") == ["error"]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/example/videos/1",
        "https://example.org/live",
        "https://x.com/example/status/1",
        "https://nottwitch.tv.example.com/a",
    ],
)
def test_other_links(url: str) -> None:
    assert severities(f"Tonight: {url}") == []


def test_the_corporate_account_may_go_live() -> None:
    assert severities(LIVE[0], account=Account("WMPolice")) == []
