"""Who a post deals with: the accounts of outlets and journalists, and whether a journalist asked."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary
from wmp_postlint.analysis.tokens import tokens
from wmp_postlint.document import Document, Surface
from wmp_postlint.lazy import Record
from wmp_postlint.policy import Policy, handle_key

_BOUNDARY = lazy.regex(r"(?<![.!?])[.!?]+(?=\s|$)|\n|\Z")

Press = Literal["outlet", "local", "journalist"]


class PressHandle(Record):
    """A handle of an outlet or a journalist in the folded text of a surface."""

    start: int
    end: int
    press: Press


class _Vocabulary(Record):
    handle_anywhere: tuple[str, ...]
    handle_end: tuple[str, ...]
    broadcasters: tuple[str, ...]
    handle_not: tuple[str, ...]
    roles: tuple[str, ...]
    work: tuple[str, ...]


@cache
def _vocabulary() -> _Vocabulary:
    return load_vocabulary("analysis/journalists", _Vocabulary)


def role_words() -> tuple[str, ...]:
    """Return the words for journalists and newsrooms, in small letters."""
    return _vocabulary().roles


@cache
def _handle_cue() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = _vocabulary()
    initials = "|".join(words.broadcasters)
    return (
        lazy.regex(any_of(words.handle_anywhere), re.IGNORECASE),
        lazy.regex(rf"(?i:{any_of(words.handle_end)})\d{{0,3}}$|^(?:{initials})(?=[A-Z_])|(?:{initials})$"),
        lazy.regex(any_of(words.handle_not), re.IGNORECASE),
    )


@cache
def _asking() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = _vocabulary()
    role, work = any_of((*words.roles, "producer", "researcher", "presenter", "photographer")), any_of(words.work)
    outlet = (
        r"(?:bbc|itv|sky|lbc|channel \d|radio|news|times|mail|mirror|gazette|telegraph|star"
        "|express|post|live|tv|paper|magazine|midlands today|echo)"
    )
    introduces = (
        rf"(?<!\w)(?:i'?m|i am|we'?re|we are|it'?s|this is|my name is|here is|speaking as)\b[^.?!\n]{{0"
        rf",40}}?(?<!\w)(?:{role})(?!\w)"
        rf"|(?<!\w)(?:{role})(?: \w+){{0,4}} here\b|(?<!\w)(?:{role}) (?:at|for|from|with"
        rf"|on)(?!\w)|(?<!\w)from (?:the )?(?:\w+ (?:& |and )?){{0,3}}newsdesk"
        r"|(?<!\w)(?:writing|working on|doing|making|putting together|running|preparing)"
        rf"(?: an?| our| the| this)?(?: \w+){{0,2}} (?:{work}|story)(?!\w)"
        rf"|(?<!\w)for (?:an?|our|my|tonight'?s|tomorrow'?s|today'?s|the) (?:\w+ ){{0,2}}"
        rf"(?:{work}|story)(?!\w)|\bpress (?:enquiry|inquiry|query|request|deadline)"
        rf"|(?<!\w)(?:can|could|may|would) (?:we|i)(?: \w+){{0,2}} (?:use|publish|run"
        rf"|broadcast|credit|quote) (?:you|your|this|that)\b[^?\n]{{0,40}}?(?:credit|online"
        rf"|article|story|website|news|air|{outlet})(?!\w)"
        rf"|(?<!\w)(?:may|can|could) (?:i|we) quote you|(?<!\w)(?:i'?m|we'?re) (?:\w+ ){{0,3}}from "
        rf"(?:the )?(?:\w+ ){{0,2}}{outlet}(?!\w)|#journorequest"
    )
    wants = (
        r"\?|(?<!\w)(?:please|could you|can you|confirm|any (?:statement|comment|update"
        r"|info\w*|details|word)|(?:we'?d|would|i'?d) (?:like|love)|dm (?:me|us)|"
        "looking (?:for|to)|deadline|statement|interview|get in touch|call me|ring me"
        r"|comment|want(?:ed)? to)(?!\w)"
    )
    return lazy.regex(introduces, re.IGNORECASE), re.compile(wants, re.IGNORECASE)


def _outlets(policy: Policy) -> dict[str, Press]:
    # Where two outlets name one handle, the first in the pack has it.
    return {
        handle_key(handle): "local" if outlet.local else "outlet"
        for outlet in reversed(policy.outlets)
        for handle in outlet.handles
    }


def press_account(policy: Policy, handle: str) -> Press | None:
    """Return what an account is to the press: an outlet or local page, a journalist by its name, or None."""
    key = handle_key(handle)
    outlet = policy.read(_outlets).get(key)
    if outlet is not None:
        return outlet
    if policy.registered_kind(key) is not None or key in policy.partners:
        return None
    person, outlet_like, other = _handle_cue()
    name = handle.strip().lstrip("@")
    if other.search(name) or any(short.casefold() in key for short in policy.force.short_names):
        return None
    return "journalist" if person.search(name) else "outlet" if outlet_like.search(name) else None


def press_handles(document: Document, surface: Surface) -> tuple[PressHandle, ...]:
    """Return the handles of outlets and journalists in one text, save that of a post shared by hand ("RT @...")."""
    found = []
    for token in document.read(tokens, surface):
        if token.kind != "handle" or surface.text[: token.start].endswith(("RT ", "via ", "rt ")):
            continue
        press = press_account(document.policy, token.text)
        if press is not None:
            found.append(PressHandle(token.start, token.end, press))
    return tuple(found)


def answered_press(document: Document) -> Press | None:
    """Return what the account that the post answers or writes to is to the press, by its handle or its own words."""
    other = document.post.in_reply_to
    if other is None:
        return None
    press = press_account(document.policy, other.handle)
    if press is None and other.text and _asking()[0].search(other.text[:2000]):
        # Its words may sound like a journalist's, but an official account is none.
        return None if document.policy.registered_kind(other.handle) else "journalist"
    return press


def press_asked(document: Document) -> bool:
    """Tell whether the post that is answered asks for something; one whose words are not known is taken to."""
    other = document.post.in_reply_to
    if other is None:
        return False
    return not other.text or bool(_asking()[1].search(other.text[:2000]))


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a text begin and end, without the white space around them."""
    found = []
    begin = 0
    for match in _BOUNDARY.finditer(text):
        part = text[begin : match.end()]
        start, end = begin + len(part) - len(part.lstrip()), begin + len(part.rstrip())
        if start < end:
            found.append((start, end))
        begin = match.end()
    return tuple(found)
