"""Signed approvals: one that holds, and every way in which one does not."""

from __future__ import annotations

import base64
import json
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from signing import DEPUTY, LATER, NOW, POST, PRESS, STRANGER, approved, checked, new_key, pack, problems

from wmp_postlint import (
    Account,
    Approval,
    InReplyTo,
    Link,
    Linter,
    Location,
    Media,
    Post,
    Rule,
    SharedFrom,
    Status,
    lint,
)
from wmp_postlint.approvals.content import content_digest, content_of
from wmp_postlint.approvals.keys import key_id, public_part
from wmp_postlint.approvals.token import TYPE, TokenError, sign
from wmp_postlint.pack_tables import SigningKey

SIGNED = approved()


def signature(post: Post) -> str:
    (approval,) = post.approvals
    assert approval.signature
    return approval.signature


def with_approval(**changes: Any) -> Post:
    return replace(SIGNED, approvals=(replace(SIGNED.approvals[0], **changes),))


class TestWhatHolds:
    def test_a_signed_approval_covers_and_stays_visible(self, asking: type[Rule]) -> None:
        post = approved(Post("please", account=Account("ErdingtonWMP")))
        report = checked(post, rules=[asking])
        (finding,) = report.findings
        assert (finding.status, finding.reference) == (Status.APPROVED, "CC-12")
        assert report.passed

    def test_the_same_words_written_otherwise_are_the_same(self) -> None:
        post = approved(Post("Caf\u00e9 appeal\nin two lines", account=Account("@ErdingtonWMP", platform="X")))
        same = replace(post, text="Cafe\u0301 appeal\r\nin two lines\n", account=Account("erdingtonwmp", "team", "x"))
        assert problems(same) == []

    def test_a_file_and_its_bytes_are_the_same(self, tmp_path: Path) -> None:
        path = tmp_path / "poster.jpg"
        path.write_bytes(b"a picture")
        post = approved(Post("x", media=(Media(path=path),)))
        assert problems(replace(post, media=(Media(data=b"a picture", filename="poster.jpg"),))) == []
        path.write_bytes(b"another picture")
        assert "the pictures" in problems(post)[0]

    def test_it_lasts_to_its_last_second(self) -> None:
        assert problems(SIGNED, now=LATER - timedelta(seconds=1)) == []
        assert problems(SIGNED, now=LATER) == ["The approval CC-12 has ended."]


class TestWhatDoesNot:
    def test_a_key_that_the_pack_does_not_hold(self) -> None:
        assert "a key that the policy pack does not hold" in problems(approved(key=STRANGER))[0]

    def test_a_key_under_the_name_of_another(self) -> None:
        header = {"alg": "Ed25519", "kid": key_id(PRESS), "typ": TYPE}
        assert "signature is wrong" in problems(forged(header, key=STRANGER))[0]

    @pytest.mark.parametrize("algorithm", ["none", "HS256", "EdDSA", "ES256", "", "ed25519"])
    def test_another_algorithm(self, algorithm: str) -> None:
        header = {"alg": algorithm, "kid": key_id(PRESS), "typ": TYPE}
        for part in ("", signature(SIGNED).split(".")[2]):
            token = ".".join([encoded(header), signature(SIGNED).split(".")[1], part])
            assert "another algorithm" in problems(with_approval(signature=token))[0]

    def test_a_public_key_taken_for_a_shared_secret(self) -> None:
        import hashlib
        import hmac

        header = encoded({"alg": "HS256", "kid": key_id(PRESS), "typ": TYPE})
        body = f"{header}.{signature(SIGNED).split('.')[1]}"
        secret = base64.urlsafe_b64decode(public_part(PRESS) + "=")
        mac = base64.urlsafe_b64encode(hmac.new(secret, body.encode(), hashlib.sha256).digest()).decode().rstrip("=")
        assert "another algorithm" in problems(with_approval(signature=f"{body}.{mac}"))[0]

    @pytest.mark.parametrize(
        "extra", [{"jwk": {"kty": "OKP"}}, {"crit": ["b64"], "b64": False}, {"jku": "https://example.org"}, {"x5c": []}]
    )
    def test_a_header_that_says_how_to_check(self, extra: dict[str, Any]) -> None:
        header = {"alg": "Ed25519", "kid": key_id(PRESS), "typ": TYPE} | extra
        token = ".".join([encoded(header), *signature(SIGNED).split(".")[1:]])
        assert "not that of an approval" in problems(with_approval(signature=token))[0]

    def test_a_token_of_another_type(self) -> None:
        assert "not that of an approval" in problems(forged({"alg": "Ed25519", "kid": key_id(PRESS), "typ": "JWT"}))[0]

    @pytest.mark.parametrize("token", ["", ".", "..", "a.b.c", "no token", "é.é.é", "x" * 20_000, "{}", "a.b", "....."])
    def test_what_is_no_token(self, token: str) -> None:
        assert "no JWS in compact form" in problems(with_approval(signature=token))[0]

    @pytest.mark.parametrize("payload", [b"", b"[]", b"{}", b"\xff", b'{"jti": 5}', b"[" * 9000])
    def test_a_signature_over_something_else(self, payload: bytes) -> None:
        header = {"alg": "Ed25519", "kid": key_id(PRESS), "typ": TYPE}
        assert len(problems(forged(header, payload))) == 1

    def test_its_time_has_not_come(self) -> None:
        early = approved(starts=NOW + timedelta(hours=1))
        assert problems(early) == ["The approval CC-12 does not count: its time has not come yet."]
        assert problems(early, now=NOW + timedelta(hours=1)) == []

    def test_an_earlier_date_of_the_post_does_not_bring_it_back(self) -> None:
        post = replace(approved(), published_at=NOW)
        assert problems(post, now=LATER + timedelta(days=1)) == ["The approval CC-12 has ended."]

    def test_it_must_last_until_the_post_is_published(self) -> None:
        assert problems(replace(SIGNED, published_at=LATER)) == ["The approval CC-12 has ended."]

    def test_taken_back_by_id_reference_or_key(self) -> None:
        claims = json.loads(base64.urlsafe_b64decode(signature(SIGNED).split(".")[1] + "=="))
        for name in (claims["jti"], "CC-12", key_id(PRESS)):
            assert problems(SIGNED, pack(revoked=(name,))) == ["The approval CC-12 does not count: it was taken back."]
        assert problems(SIGNED, pack(revoked=("CC-1",))) == []

    def test_a_scope_that_is_none(self) -> None:
        assert "no scope of the policy pack" in problems(approved(covers="apeal"))[0]

    def test_a_signer_who_may_not_approve_this(self) -> None:
        policy = pack(SigningKey("A. Press", public_part(PRESS), scopes=("image",)))
        assert "may not approve this" in problems(SIGNED, policy)[0]
        assert problems(approved(covers="image"), policy) == []

    @pytest.mark.parametrize(
        "key",
        [
            SigningKey("A. Press", public_part(PRESS), expires=NOW.date() - timedelta(days=1)),
            SigningKey("A. Press", public_part(PRESS), starts=NOW.date() + timedelta(days=1)),
        ],
        ids=["ended", "to come"],
    )
    def test_a_key_that_is_out_of_date(self, key: SigningKey) -> None:
        assert "out of date" in problems(SIGNED, pack(key))[0]

    @pytest.mark.parametrize(
        "changes",
        [{"covers": "image"}, {"by": "C. Other"}, {"reference": "CC-13"}, {"expires": LATER + timedelta(days=1)}],
        ids=str,
    )
    def test_plain_words_that_say_something_else(self, changes: dict[str, Any]) -> None:
        assert len(problems(with_approval(**changes))) == 1

    def test_no_signature_where_the_pack_has_keys(self) -> None:
        assert "it is not signed" in problems(with_approval(signature=None))[0]

    def test_the_word_of_a_program_where_the_pack_has_keys(self, asking: type[Rule]) -> None:
        post = Post("please", approvals=(Approval("appeal", "Press", "CC-1"),))
        report = Linter(policy=pack(), rules=[asking]).lint(post, now=NOW)
        assert report.findings[0].status is Status.OPEN

    def test_a_picture_without_its_content(self) -> None:
        media = (Media(filename="poster.jpg"), *POST.media[1:])
        assert "given without its content" in problems(replace(SIGNED, media=media))[0]
        assert "is no file" in problems(replace(SIGNED, media=(Media(path="missing.jpg"), *POST.media[1:])))[0]

    def test_a_pack_with_a_key_that_is_none(self) -> None:
        report = checked(SIGNED, pack(SigningKey("A. Press", "c2hvcnQ")))
        assert not report.passed
        assert any("holds a key that is none" in error.message for error in report.errors)

    def test_signatures_that_cannot_be_checked_here(self, monkeypatch: pytest.MonkeyPatch, asking: type[Rule]) -> None:
        """Without the extra none counts, and the report says that it could not look."""
        import sys

        from wmp_postlint.approvals import judge

        monkeypatch.setitem(sys.modules, "joserfc.jwk", None)
        judge._ring.cache_clear()
        report = checked(approved(Post("please")), rules=[asking])
        assert "need the extra approvals" in report.errors[0].message
        assert [finding.status for finding in report.findings] == [Status.OPEN]
        assert not report.passed

    def test_more_than_anybody_needs(self) -> None:
        many = replace(SIGNED, approvals=SIGNED.approvals * 60)
        assert len(problems(many)) == 10

    def test_no_waiver_answers_it(self) -> None:
        from wmp_postlint import Waiver

        post = replace(approved(key=STRANGER), waivers=(Waiver("*", "agreed", "Press"), Waiver("approval", "a", "P")))
        assert len(problems(post)) == 1


class TestTwoPeople:
    POLICY = pack(signers={"appeal": 2})
    PLEASE = Post("please")

    def report(self, post: Post, rule: type[Rule]) -> tuple[Status, tuple[str, ...]]:
        (finding,) = checked(post, self.POLICY, rules=[rule]).findings
        return finding.status, finding.notes

    def test_one_is_not_enough(self, asking: type[Rule]) -> None:
        status, notes = self.report(approved(self.PLEASE), asking)
        assert status is Status.OPEN
        assert notes == ("2 different people must approve this, and 1 did.",)

    def test_nobody_counts_twice(self, asking: type[Rule]) -> None:
        assert self.report(approved(approved(self.PLEASE)), asking)[0] is Status.OPEN
        again = new_key()
        policy = pack(
            SigningKey("A. Press", public_part(PRESS)),
            SigningKey("a. press ", public_part(again)),
            signers={"appeal": 2},
        )
        (finding,) = checked(approved(approved(self.PLEASE), again), policy, rules=[asking]).findings
        assert finding.status is Status.OPEN

    def test_two_are(self, asking: type[Rule]) -> None:
        post = approved(approved(self.PLEASE), DEPUTY, by="B. Deputy")
        assert self.report(post, asking)[0] is Status.APPROVED


class TestWithoutKeys:
    def test_a_digest_binds_the_word_of_a_program(self, asking: type[Rule]) -> None:
        post = Post("please")
        bound = replace(post, approvals=(Approval("appeal", "Press", "CC-1", digest=content_digest(post)),))
        assert lint(bound, rules=[asking]).findings[0].status is Status.APPROVED
        moved = replace(bound, text="please, please")
        assert {finding.status for finding in lint(moved, rules=[asking]).findings} == {Status.OPEN}

    def test_a_signature_that_nothing_checks_is_none(self, asking: type[Rule]) -> None:
        post = approved(Post("please"))
        report = Linter(rules=[asking], trust_approvals=False).lint(post, now=NOW)
        assert "holds no key to check its signature" in report.findings[0].notes[0]
        assert report.verdict == "review"


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def forged(header: dict[str, Any], payload: bytes | None = None, key: Any = PRESS) -> Post:
    """Return the signed post under another header, or with another payload, signed by a key with its raw arithmetic."""
    body = signature(SIGNED).split(".")[1]
    if payload is not None:
        body = base64.urlsafe_b64encode(payload).decode().rstrip("=")
    signing_input = f"{encoded(header)}.{body}".encode()
    raw = key.raw_value.sign(signing_input)
    token = f"{signing_input.decode()}.{base64.urlsafe_b64encode(raw).decode().rstrip('=')}"
    return with_approval(signature=token)


# Every field that a reader, or the platform, would see otherwise; a new field of a post must be put here or there.
PUBLISHED: dict[str, tuple[Any, ...]] = {
    "text": ("Have you seen Invented Person? Please ring 999.", " ", "have you seen Invented Person? Please ring 101."),
    "text_format": ("html",),
    "kind": ("post", "direct_message"),
    "platform": ("facebook",),
    "account": (None, Account("WMPolice", platform="x"), Account("ErdingtonWMP", platform="facebook")),
    "media": (
        (),
        POST.media[:1],
        POST.media[::-1],
        (*POST.media, Media(data=b"more")),
        (replace(POST.media[0], data=b"a pictura"), POST.media[1]),
        (replace(POST.media[0], alt="A face"), POST.media[1]),
        (replace(POST.media[0], caption=None), POST.media[1]),
        (replace(POST.media[0], filename="name.jpg"), POST.media[1]),
    ),
    "links": ((), (Link("https://example.org/2", "101", 0, 1),), (Link("https://example.org/1", "102", 0, 1),)),
    "shared_from": (None, SharedFrom("another", "x", "Words"), SharedFrom("somebody", "x", "Other words")),
    "in_reply_to": (InReplyTo("somebody"),),
    "location": (None, Location(52.0, -1.8, "Here"), Location(52.0, -1.9, "There")),
}
NOT_PUBLISHED = {"id", "published_at", "approvals", "waivers", "lang", "meta"}


def test_every_field_of_a_post_is_accounted_for() -> None:
    assert {field.name for field in fields(Post)} == PUBLISHED.keys() | NOT_PUBLISHED


@pytest.mark.parametrize("name", PUBLISHED)
def test_no_alteration_verifies(name: str) -> None:
    for value in PUBLISHED[name]:
        assert len(problems(replace(SIGNED, **{name: value}))) == 1, value


@given(st.data())
def test_no_alteration_of_text_or_bytes_verifies(data: st.DataObject) -> None:
    """Whatever is put in, taken out or exchanged, anywhere in the words or the picture: the approval is void."""
    text, picture = POST.text, b"a picture"
    at = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(at, min(len(text), at + 5)))
    put = data.draw(st.text(max_size=5))
    altered = text[:at] + put + text[end:]
    if content_of(Post(altered)) != content_of(Post(text)):
        assert len(problems(replace(SIGNED, text=altered))) == 1
    byte = data.draw(st.integers(0, len(picture) - 1))
    changed = picture[:byte] + bytes([picture[byte] ^ data.draw(st.integers(1, 255))]) + picture[byte + 1 :]
    media = (replace(POST.media[0], data=changed), POST.media[1])
    assert len(problems(replace(SIGNED, media=media))) == 1


@given(st.text(max_size=30), st.text(max_size=30))
def test_texts_are_the_same_only_when_a_reader_sees_the_same(one: str, other: str) -> None:
    import unicodedata

    def seen(text: str) -> str:
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()

    assert (content_digest(Post(one)) == content_digest(Post(other))) == (seen(one) == seen(other))


@given(st.data())
def test_no_alteration_of_a_token_verifies(data: st.DataObject) -> None:
    """Neither a letter of the token changed, nor one put in or taken out."""
    token = signature(SIGNED)
    at = data.draw(st.integers(0, len(token) - 1))
    put = data.draw(st.text("ABCXYZabcxyz0189-_.= ", max_size=2))
    altered = token[:at] + put + token[at + data.draw(st.integers(0, 1)) :]
    if altered != token:
        assert len(problems(with_approval(signature=altered))) == 1


def test_an_approval_that_nobody_gave_cannot_be_signed() -> None:
    content = content_of(Post("x"))
    for covers, by, reference in ((), "A", "1"), (("appeal",), " ", "1"), (("appeal",), "A", ""):
        with pytest.raises(TokenError, match="expected at least one scope"):
            sign(content, PRESS, covers=covers, by=by, reference=reference, expires=LATER, now=NOW)
    with pytest.raises(TokenError, match="after the start"):
        sign(content, PRESS, covers=("appeal",), by="A", reference="1", expires=NOW, now=NOW)
    with pytest.raises(TokenError, match="with its zone"):
        sign(content, PRESS, covers=("appeal",), by="A", reference="1", expires=LATER.replace(tzinfo=None), now=NOW)
