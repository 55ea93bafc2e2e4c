"""The same words from every kind of account, and as post, reply, message and share: severities as the policy means."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from wmp_postlint import Account, InReplyTo, Linter, Location, Media, Post, all_rules
from wmp_postlint.post import AccountKind, SharedFrom

LINTER = Linter()
INSTALLED = {rule.name for rule in all_rules()}
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
KINDS: tuple[AccountKind, ...] = ("corporate", "team", "officer", "personal")
LINK = "https://www.west-midlands.police.uk/a"

MISSING = "#MISSING| Have you seen Tansy Okello-Brandt, 14? She was last seen in Erdington yesterday. Call 999."
WANTED = "WANTED: have you seen Lee Harcastle, 34? He is wanted on recall to prison. Call 101 with information."
STABBING = (
    "We're currently at the scene of a stabbing in Lozells Road. A man has serious injuries and a cordon is in place."
)
CHILD = "Tom Wadsley has been found guilty of the murder of Kian Thrale, 9."


def everywhere(severity: str | None) -> dict[AccountKind, str | None]:
    return dict.fromkeys(KINDS, severity)


def but(severity: str | None, **kinds: str | None) -> dict[AccountKind, str | None]:
    """One severity for all kinds but those that are named."""
    return {kind: kinds.get(kind, severity) for kind in KINDS}


# What is said, the rule that it concerns, other fields of the post, and the gravest severity by kind of account.
SAID: list[tuple[str, str, dict[str, Any], dict[AccountKind, str | None]]] = [
    (MISSING, "appeal/missing-person", {}, but("error", corporate=None)),
    (f"{MISSING} {LINK}", "appeal/missing-person", {}, but("error", corporate=None)),
    (MISSING, "appeal/link-required", {}, everywhere("warning")),
    (f"{MISSING} {LINK}", "appeal/link-required", {}, everywhere(None)),
    (WANTED, "appeal/wanted-person", {}, but("error", corporate=None)),
    (f"{MISSING} {LINK}", "appeal/photograph", {"media": (Media(filename="a.jpg"),)}, but("error", corporate=None)),
    (
        "CCTV appeal: do you recognise this man? It follows a robbery at a shop in Tipton.",
        "appeal/custody-or-cctv",
        {"media": (Media(filename="a.jpg"),)},
        but("error", corporate=None),
    ),
    (STABBING, "incident/major-incident", {}, but("error", corporate=None)),
    ("@bbcmtd can you give me a ring about the story you ran?", "journalist/contact", {}, but("error", corporate=None)),
    ("We're going live on Facebook at six!", "content/live-video", {}, but("error", corporate=None)),
    ("OFFICIAL-SENSITIVE\nPlan for Saturday", "marking/classification", {}, everywhere("error")),
    ("NOT PROTECTIVELY MARKED\nOpen day on Sunday", "marking/classification", {}, everywhere("info")),
    ("Not for onward transmission: who is on at the weekend", "marking/handling", {}, everywhere("error")),
    ("The station wifi password is Truncheon99", "security/credentials", {}, everywhere("error")),
    ("Ring me on 07700 900123", "personal-data/phone-number", {}, everywhere("error")),
    ("Rape victim Sarah Example gave evidence today.", "court/anonymity", {}, everywhere("error")),
    ("Tyler Pellow, 15, has been charged with robbery.", "court/anonymity", {}, everywhere("error")),
    (CHILD, "court/anonymity", {}, but("warning", corporate=None)),
    (
        "Darren Quillan, 34, has been arrested on suspicion of burglary.",
        "court/active-proceedings",
        {},
        everywhere("warning"),
    ),
    (
        "Darren Quillan, 34, has been charged with burglary. We've got the burglar who did it, guilty as sin.",
        "court/active-proceedings",
        {},
        everywhere("error"),
    ),
    ("What the fuck was that parking about?", "disrepute/profanity", {}, everywhere("error")),
    ("Vote Labour on Thursday if you care about policing.", "political/opinion", {}, everywhere("warning")),
    ("We've been watching your Snapchat map, Kyle.", "conduct/surveillance", {}, everywhere("warning")),
    (
        "Early start tomorrow, we've got three doors to put in over Lozells way.",
        "operational/detail",
        {},
        everywhere("warning"),
    ),
    ("On patrol", "location/geotag", {"location": Location(52.48, -1.89)}, everywhere("error")),
    ("On patrol", "location/geotag", {"location": Location(name="Cannon Hill Park")}, everywhere("warning")),
    ("Proud to work for West Midlands Police.", "personal-account/force-reference", {}, but(None, personal="error")),
    ("Night duty in Lozells again.", "personal-account/working-location", {}, but(None, personal="error")),
    (
        "Arrested a burglar tonight after a foot chase.",
        "personal-account/police-business",
        {},
        but(None, personal="error"),
    ),
    (
        "Me in my uniform on day one",
        "personal-account/uniform-or-crest",
        {"media": (Media(filename="a.jpg"),)},
        but(None, personal="error"),
    ),
    ("I'm a police officer and love my job.", "personal-account/force-reference", {}, everywhere(None)),
    ("Morning all", "account/platform", {"platform": "facebook"}, but("error", corporate=None, personal=None)),
    (
        "Have you seen this stolen car? Silver Golf BX19 ABC was taken in Tipton last night.",
        "personal-data/vehicle-registration",
        {},
        but("warning", corporate="info"),
    ),
    ("Stopped BX19 ABC today, no insurance.", "personal-data/vehicle-registration", {}, everywhere("error")),
]


def gravest(rule: str, post: Post) -> str | None:
    """The gravest severity that one rule gives a post."""
    if rule not in INSTALLED:
        pytest.skip("the rule was taken out")
    found = [str(finding.severity) for finding in LINTER.lint(post, now=NOW).findings if finding.rule == rule]
    return min(found, key=("error", "warning", "info").index) if found else None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("text", "rule", "fields", "severities"), SAID, ids=lambda value: str(value)[:40])
def test_kinds(
    text: str, rule: str, fields: dict[str, Any], severities: dict[AccountKind, str | None], kind: AccountKind
) -> None:
    post = Post(text, account=Account("someone", kind), **fields)
    assert gravest(rule, post) == severities[kind]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("said_as", ["reply", "direct_message"])
@pytest.mark.parametrize(("text", "rule", "fields", "severities"), SAID, ids=lambda value: str(value)[:40])
def test_replies_and_messages_are_public(
    text: str,
    rule: str,
    fields: dict[str, Any],
    severities: dict[AccountKind, str | None],
    said_as: Any,
    kind: AccountKind,
) -> None:
    """Clause 4.4: what a post may not say, a reply and a direct message may not say either."""
    post = Post(text, kind=said_as, account=Account("someone", kind), in_reply_to=InReplyTo("sam_t"), **fields)
    assert gravest(rule, post) == severities[kind]


@pytest.mark.parametrize(("text", "rule", "fields", "severities"), SAID, ids=lambda value: str(value)[:40])
def test_words_of_the_other_person_are_not_the_officers(
    text: str, rule: str, fields: dict[str, Any], severities: dict[AccountKind, str | None]
) -> None:
    post = Post("Thanks, we will look at it.", kind="reply", in_reply_to=InReplyTo("sam_t", text))
    assert gravest(rule, post) is None


# What clauses 4.8, 4.11, 4.12 and 4.14 let others share once the force has said it.
SHAREABLE = [
    (MISSING, "appeal/missing-person"),
    (WANTED, "appeal/wanted-person"),
    (STABBING, "incident/major-incident"),
]


@pytest.mark.parametrize("kind", ["team", "officer"])
@pytest.mark.parametrize(("text", "rule"), SHAREABLE)
class TestShares:
    def test_of_the_main_account_or_a_local_unit_pass(self, text: str, rule: str, kind: AccountKind) -> None:
        for handle in ("WMPolice", "@wmpolice", "BrumPolice"):
            for post in (
                Post(text, kind="repost", shared_from=SharedFrom(handle), account=Account("someone", kind)),
                Post("", kind="repost", shared_from=SharedFrom(handle, text=text), account=Account("someone", kind)),
                Post(f"RT @{handle.strip('@')}: {text}", account=Account("someone", kind)),
            ):
                assert gravest(rule, post) is None

    def test_of_anybody_else_do_not(self, text: str, rule: str, kind: AccountKind) -> None:
        for handle in ("WMPolicee", "WMP0lice", "sam_t", "wm_police", "CrimestoppersUK", "bbcmtd"):
            for post in (
                Post(text, kind="repost", shared_from=SharedFrom(handle), account=Account("someone", kind)),
                Post("", kind="repost", shared_from=SharedFrom(handle, text=text), account=Account("someone", kind)),
                Post(f"RT @{handle}: {text}", account=Account("someone", kind)),
            ):
                assert gravest(rule, post) == "error", handle

    def test_copied_words_are_the_copiers_own(self, text: str, rule: str, kind: AccountKind) -> None:
        assert gravest(rule, Post(text, account=Account("someone", kind))) == "error"

    def test_added_words_are_linted(self, text: str, rule: str, kind: AccountKind) -> None:
        shared = SharedFrom("WMPolice", text="Open day on Saturday")
        assert gravest(rule, Post(text, kind="repost", shared_from=shared, account=Account("someone", kind))) == "error"
        typed = f"{text} RT @WMPolice: Open day on Saturday"
        assert gravest(rule, Post(typed, account=Account("someone", kind))) == "error"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("handle", ["WMPolice", "sam_t"])
@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("OFFICIAL-SENSITIVE\nPlan for Saturday", "marking/classification"),
        ("The station wifi password is Truncheon99", "security/credentials"),
        ("Rape victim Sarah Example gave evidence today.", "court/anonymity"),
    ],
)
def test_what_nobody_may_publish_is_found_in_shared_words(text: str, rule: str, handle: str, kind: AccountKind) -> None:
    post = Post("Look", kind="repost", shared_from=SharedFrom(handle, text=text), account=Account("someone", kind))
    assert gravest(rule, post) == "error"


@pytest.mark.parametrize("kind", KINDS)
class TestJournalists:
    """The same words to an outlet, from whoever answers."""

    def test_an_answer(self, kind: AccountKind) -> None:
        post = Post(
            "Happy to talk, DM me for a quote.",
            kind="reply",
            in_reply_to=InReplyTo("bbcmtd"),
            account=Account("a", kind),
        )
        assert gravest("journalist/contact", post) == (None if kind == "corporate" else "error")

    def test_sending_them_to_the_press_office(self, kind: AccountKind) -> None:
        post = Post(
            "Please contact our press office on 0121 626 5858.",
            kind="reply",
            in_reply_to=InReplyTo("bbcmtd", "Can you tell us more about the stabbing?"),
            account=Account("a", kind),
        )
        assert gravest("journalist/contact", post) == (None if kind == "corporate" else "info")

    def test_good_wishes(self, kind: AccountKind) -> None:
        post = Post(
            "Congratulations on the award!", kind="reply", in_reply_to=InReplyTo("sam_t"), account=Account("a", kind)
        )
        assert gravest("journalist/contact", post) is None


def test_an_account_of_the_register_needs_no_kind() -> None:
    assert gravest("appeal/missing-person", Post(MISSING, account=Account("WMPolice"))) is None
    assert gravest("appeal/missing-person", Post(MISSING, account=Account("BrumPolice"))) == "error"
    assert gravest("appeal/missing-person", Post(MISSING)) == "error"
    assert gravest("appeal/missing-person", Post(MISSING, account=Account("WMPolicee"))) == "error"
