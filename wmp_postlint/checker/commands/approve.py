"""``postlint approve``: keys of the press office, signed approvals of posts, and what they are worth."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from wmp_postlint.checker.options import add_policy
from wmp_postlint.checker.terminal import visible
from wmp_postlint.errors import InputError, NotLooked

if TYPE_CHECKING:
    from wmp_postlint.policy import Policy
    from wmp_postlint.post import Post


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = "Makes keys, signs approvals of posts, and tells whether the approvals of posts hold."
    actions = parser.add_subparsers(title="actions", dest="action", required=True, metavar="keygen | sign | verify")

    keygen = actions.add_parser("keygen", help="make a key", description="Makes a key and prints its public half.")
    keygen.add_argument("key", metavar="FILE", help="where the private key goes; only you may read it")
    keygen.add_argument("--holder", required=True, metavar="NAME", help="who signs with it")

    sign = actions.add_parser("sign", help="approve a post", description="Signs an approval and puts it into the post.")
    sign.add_argument("path", metavar="POST", help="a *.post.md, *.post.json or *.posts.jsonl file")
    sign.add_argument("--id", metavar="ID", help="the post's id, where the file holds several")
    sign.add_argument("--key", required=True, metavar="FILE", help="the private key")
    sign.add_argument("--covers", required=True, action="append", metavar="SCOPE", help="what is approved; repeatable")
    sign.add_argument("--by", required=True, metavar="NAME", help="who approves")
    sign.add_argument("--reference", required=True, metavar="REF", help="where the approval is on record")
    sign.add_argument("--expires", required=True, metavar="DATE", help="its last day, or a date and time with a zone")
    sign.add_argument("--starts", metavar="DATE", help="its first day, or a date and time with a zone (now)")
    sign.add_argument("--print", action="store_true", help="print the approval as JSON and leave the file as it is")
    add_policy(sign)

    verify = actions.add_parser(
        "verify",
        help="check approvals",
        description="Tells of each approval in post files whether it holds.",
        epilog="Exit codes: 0 all hold; 1 one does not, or there is none; 2 something could not be read.",
    )
    verify.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
    add_policy(verify)


def run(given: argparse.Namespace) -> int:
    """Do what is asked and return the exit code."""
    try:
        return {"keygen": _keygen, "sign": _sign, "verify": _verify}[given.action](given)
    except NotLooked as error:
        raise InputError("approvals", str(error)) from None


def _keygen(given: argparse.Namespace) -> int:
    import json

    from wmp_postlint.approvals.keys import key_id, make_key, public_key

    public = make_key(Path(given.key))
    _say(f"# The private key is in {given.key}. Keep it to yourself; what follows goes into the policy pack.")
    _say(f"# To take back everything it signed, put its id into approving.revoked: {key_id(public_key(public))}")
    _say("[[approving.keys]]")
    _say(f"holder = {json.dumps(given.holder, ensure_ascii=False)}")
    _say(f'public = "{public}"')
    return 0


def _sign(given: argparse.Namespace) -> int:
    from wmp_postlint.approvals.content import content_of
    from wmp_postlint.approvals.keys import read_private_key
    from wmp_postlint.approvals.token import sign
    from wmp_postlint.checker.amend import add_approvals, plain_approval, the_post
    from wmp_postlint.policy import load_policy
    from wmp_postlint.post import Approval

    known = load_policy(given.policy).approving.scopes
    for scope in given.covers:
        if scope not in known:
            raise InputError("--covers", f"{scope!r} is no scope of the policy pack; it has {', '.join(known)}")
    expires = _moment(given.expires, "--expires", time(23, 59, 59))
    starts = _moment(given.starts, "--starts", time()) if given.starts else None
    key = read_private_key(Path(given.key))
    loaded = the_post(given.path, given.id)
    assert loaded.post is not None
    content = content_of(loaded.post)
    token = sign(
        content, key, covers=given.covers, by=given.by, reference=given.reference, expires=expires, starts=starts
    )
    made = [
        Approval(scope, given.by, given.reference, expires, content.digest, token)
        for scope in dict.fromkeys(given.covers)
    ]
    if given.print:
        import json

        sys.stdout.write(json.dumps([plain_approval(approval) for approval in made], indent=2) + "\n")
        return 0
    add_approvals(loaded, made)
    _say(f"{given.path}: approved for {', '.join(given.covers)} until {expires.isoformat()}")
    return 0


def _verify(given: argparse.Namespace) -> int:
    from wmp_postlint.policy import load_policy
    from wmp_postlint.readers.files import find

    policy = load_policy(given.policy)
    if not policy.approving.keys:
        raise InputError(policy.id, "this policy pack holds no keys, so nothing signed can be checked with it")
    worst, found = 0, False
    for source in find(given.paths, sys.stdin.buffer):
        for loaded in source.read():
            if loaded.post is None:
                _say(f"{loaded.place}: not read. {loaded.error}")
                worst = 2
                continue
            for holds, line in _judged(loaded.post, policy):
                found = True
                _say(f"{loaded.place}{f' {loaded.id}' if loaded.id else ''}: {line}")
                worst = worst if holds else max(worst, 1)
    if not found:
        _say("there is no approval")
    return worst if found else max(worst, 1)


def _judged(post: Post, policy: Policy) -> Iterator[tuple[bool, str]]:
    from wmp_postlint.approvals.judge import judge
    from wmp_postlint.document import Document

    for judgement in judge(Document(post, policy)):
        approval = judgement.approval
        name = f"approval {approval.reference} ({approval.covers})"
        if judgement.problem:
            yield False, f"{name} {judgement.problem}"
        else:
            yield True, f"{name} holds, signed by {judgement.holder}; its id is {judgement.token_id}"


def _moment(text: str, option: str, at: time) -> datetime:
    """Read a day, at a time of this computer's zone, or a moment with its zone."""
    try:
        if len(text) == len("2026-12-01"):
            return datetime.combine(date.fromisoformat(text), at).astimezone()
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise InputError(option, "expected a day such as 2026-12-01, or a date and time with its zone")
    return moment


def _say(line: str) -> None:
    sys.stdout.write(f"{visible(line)}\n")
