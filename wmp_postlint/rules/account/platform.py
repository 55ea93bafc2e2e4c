"""Platforms that team and officer accounts may not use."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.cues import CueRule
from wmp_postlint.document import Document
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass

# X by its names of then and now, and WordPress.
_ALLOWED = frozenset({"twitter", "x", "x.com", "twitter.com", "wordpress", "wordpress.com", "blog", "wp"})
_TEAM = {"handle": "TiptonWMP", "kind": "team"}


class Platform(CueRule):
    """Flags team and officer accounts on other platforms than X (Twitter) and WordPress.

    The press office looks after few platforms well, and a forgotten page still takes reports of crime. Instead, ask
    the corporate account to post it there. Found are the platform of the post or its account, and posts that announce
    a page elsewhere. The corporate account and personal accounts pass; without a platform nothing is said. Limits: it
    believes what it is told about the platform.
    """

    name = "account/platform"
    vocabulary = "account/platform"
    clauses = ("3.3",)
    severity = Severity.ERROR
    message = "Teams and officers use X (Twitter) or a WordPress blog only."
    advice = "Ask {press_office} to post it from the corporate account."
    examples = (
        Flag("Morning all", field="platform", post={"platform": "Facebook", "account": _TEAM}),
        Flag("Morning all", field="account.platform", post={"account": {**_TEAM, "platform": "instagram"}}),
        Flag("We've «set up a Facebook page» for the team!", post={"account": _TEAM}),
        Pass("Morning all", post={"platform": "X", "account": _TEAM}),
        Pass("Morning all", post={"platform": "facebook", "account": {"handle": "westmidlandspolice"}}),
        Pass("Fraudsters use Facebook Marketplace, be careful.", post={"account": _TEAM}),
        Pass("Morning all", post={"account": _TEAM}),
    )

    def applies(self, document: Document) -> bool:
        return document.account_kind in ("team", "officer")

    def run(self, document: Document) -> Iterator[Finding]:
        account = document.post.account
        for field, platform in (
            ("platform", document.post.platform),
            ("account.platform", account.platform if account else None),
        ):
            if self.applies(document) and platform and platform.strip().casefold() not in _ALLOWED:
                yield self.finding(field)
                return
        yield from super().run(document)
