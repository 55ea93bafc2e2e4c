"""Platforms that accounts of a kind may not use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wmp_postlint import lazy
from wmp_postlint.analysis.cues import CueMatch, CueRule
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.lazy import replace
from wmp_postlint.rule import Flag, Pass

# One platform by its many names: as a post or a pack may call it, to one of them.
_SAME: Mapping[str, str] = {
    "twitter": "x",
    "x (twitter)": "x",
    "blog": "wordpress",
    "wp": "wordpress",
    "fb": "facebook",
    "insta": "instagram",
    "snap": "snapchat",
    "tik tok": "tiktok",
    "linked in": "linkedin",
}
_ADDRESS = lazy.regex(r"^(?:https?://)?(?:www\.)?|\.(?:com|org|net|social|app|tv)/?$")
# Those that the vocabulary's cues know, longest names first.
_ELSEWHERE = lazy.regex(
    r"(?i)\b(?:facebook|fb|instagram|insta|tik ?tok|snapchat|snap|youtube|threads|bluesky|mastodon|linked ?in|pinterest"
    r"|telegram|whatsapp|nextdoor|reddit|discord|twitch|tumblr)\b"
)
_TEAM = {"handle": "TiptonWMP", "kind": "team"}


class Platform(CueRule):
    """Flags accounts on platforms that the policy pack does not allow their kind, such as a team on Facebook.

    The press office looks after few platforms well, and a forgotten page still takes reports of crime. Instead, ask
    the corporate account to post it there. Found are the platform of the post or its account, and posts that announce
    a page elsewhere. A pack allows platforms by account kind (``platforms``); accounts of a kind that it does not name
    pass, and without a platform nothing is said. Limits: it believes what it is told about the platform.
    """

    name = "account/platform"
    vocabulary = "account/platform"
    clauses = ("3.3",)
    severity = Severity.ERROR
    message = "Accounts of this kind do not use this platform."
    advice = "Ask {press_office} to post it from the corporate account."
    examples = (
        Flag("Morning all", field="platform", post={"platform": "Facebook", "account": _TEAM}),
        Flag("Morning all", field="account.platform", post={"account": {**_TEAM, "platform": "instagram"}}),
        Flag("We've «set up a Facebook page» for the team!", post={"account": _TEAM}),
        Pass("Morning all", post={"platform": "X", "account": _TEAM}),
        Pass("Morning all", post={"platform": "twitter.com", "account": _TEAM}),
        Pass("Morning all", post={"platform": "facebook", "account": {"handle": "westmidlandspolice"}}),
        Pass("Fraudsters use Facebook Marketplace, be careful.", post={"account": _TEAM}),
        Pass("Morning all", post={"account": _TEAM}),
    )

    def applies(self, document: Document) -> bool:
        return document.account_kind in document.policy.platforms

    def run(self, document: Document) -> Iterator[Finding]:
        if not self.applies(document):
            return
        allowed = document.policy.platforms[document.account_kind]
        account = document.post.account
        for field, platform in (
            ("platform", document.post.platform),
            ("account.platform", account.platform if account else None),
        ):
            if platform and platform.strip() and not _is_one_of(platform, allowed):
                yield self.finding(field, message=_said(allowed))
                return
        yield from super().run(document)

    def judged(self, match: CueMatch, surface: Surface, document: Document) -> Iterator[Finding]:
        allowed = document.policy.platforms[document.account_kind]
        named = _ELSEWHERE.findall(surface.text[match.start : match.end])
        if named and all(_is_one_of(platform, allowed) for platform in named):
            return
        for finding in super().judged(match, surface, document):
            yield replace(finding, message=_said(allowed) or finding.message)


def _said(allowed: Sequence[str]) -> str | None:
    return f"Accounts of this kind use only these: {', '.join(allowed)}." if allowed else None


def _is_one_of(platform: str, allowed: Sequence[str]) -> bool:
    return _plain(platform) in map(_plain, allowed)


def _plain(platform: str) -> str:
    name = _ADDRESS.sub("", " ".join(platform.casefold().split()))
    return _SAME.get(name, name)
