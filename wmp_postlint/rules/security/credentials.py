"""Passwords, PINs, door codes, tokens and other secrets in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary, words
from wmp_postlint.analysis.phones import phones
from wmp_postlint.analysis.phrases import fill
from wmp_postlint.analysis.sieve import Sieve
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.rule import Flag, Pass, TextRule

# Secrets within an address: the password of an account, the value of a field.
_IN_ADDRESS = lazy.regex(
    r"(?<=://)[^\s/:@]{1,64}:[^\s/@]{1,128}(?=@)"
    r"|(?<=[?&])(?:\w{0,20}token|api_?key|\w{0,10}secret|password|passwd|pwd|sig|signature)=[^\s&#]{6,2000}"
)
_FIGURE_OR_QUOTE = lazy.regex(r"[\d\"']")
# What the code of a lock holds at least.
_FIGURES = lazy.regex(r"\d{3}|\d[- ]\d")
_TIME = lazy.regex(r"(?:[01]\d|2[0-3])[0-5][05]|(?:19|20)\d\d")

_SENTENCE_WORDS = frozenset(
    "the an for to of your and is are on in with at from it this that how be not our you".split()
)


class _Vocabulary(Record):
    passwords: tuple[str, ...]
    pins: tuple[str, ...]
    codes: tuple[str, ...]
    phrases: tuple[str, ...]
    keys: tuple[str, ...]
    locks: tuple[str, ...]
    places: tuple[str, ...]
    devices: tuple[str, ...]
    advice: tuple[str, ...]
    said_of: tuple[str, ...]
    meetings: tuple[str, ...]
    internal: tuple[str, ...]
    named: tuple[str, ...]
    given_away: tuple[str, ...]
    plain: str
    loose: str
    tokens: tuple[str, ...]
    slots: Mapping[str, str]


class _Patterns(Record):
    named: Sieve  # a word for the secret stands beside it
    plain: Sieve  # a password that is an ordinary word
    given_away: Sieve  # only the sentence gives it away
    loose: Sieve  # a lock and a bare number
    tokens: Sieve  # the shape shows what it is
    advice: re.Pattern[str]
    said_of: frozenset[str]
    meeting: re.Pattern[str]
    internal: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    lists = load_vocabulary("security/credentials", _Vocabulary)
    slots = {
        "password": any_of(lists.passwords),
        "phrase": any_of((*lists.passwords, *lists.phrases)),
        "pin": any_of(lists.pins),
        "code": any_of(lists.codes),
        "key": any_of(lists.keys),
        "lock": any_of(lists.locks),
        "place": any_of((*lists.locks, *lists.places)),
        "device": any_of(lists.devices),
        **lists.slots,
    }

    def sieve(*sources: str) -> Sieve:
        return Sieve(fill(source, slots) for source in sources)

    return _Patterns(
        named=sieve(*lists.named),
        plain=sieve(lists.plain),
        given_away=sieve(*lists.given_away),
        loose=sieve(lists.loose),
        tokens=Sieve(f"(?-i:{token})" for token in lists.tokens),
        advice=words(lists.advice),
        said_of=frozenset(lists.said_of),
        meeting=words(lists.meetings),
        internal=words(lists.internal),
    )


class Credentials(Worded, TextRule):
    """Flags passwords, PINs, passcodes, tokens, keys, recovery codes, and the codes of doors, key safes and alarms.

    Whoever reads a secret can use it, and a deleted post has been copied. Instead, hand it over in person, and change
    one that was ever published. The passcode of a public online meeting is advice only. Advice about passwords is left
    alone. Limits: a code without a word for it counts only where the sentence speaks of a lock or of opening one.
    """

    name = "security/credentials"
    clauses = ("3.8", "5.7")
    severity = Severity.ERROR
    message = "This gives away a password, a code or a key."
    advice = "Take it out, and change it if it was ever published or sent."
    examples = (
        Flag("The station wifi password is «Truncheon99»."),
        Flag("Password: «copperkettle»"),
        Flag("The login is cadets, password «Tally2020»"),
        Flag("PIN for the work mobile: «1379»"),
        Flag("the code for the back gate is «4471#»"),
        Flag("The key's in the key safe, «5512»"),
        Flag("Alarm is set, it's «4432» to turn it off"),
        Flag("Front door is «C4590Z», just push."),
        Flag("Verification code «493021» came through for the account."),
        Flag("Recovery codes: «8f3k-22mm»"),
        Flag("Dashboard: https://«admin:hunter2»@intranet.example.org/"),
        Flag("token «ghp_abcdefghijklmnopqrstuvwxyz0123456789»"),
        Flag("Join our public Zoom meeting, passcode «482913»", severity=Severity.INFO),
        Flag("Gold group Teams call at 2pm, passcode «44XyZ1»", severity=Severity.ERROR),
        Flag("Whiteboard with the wifi password «Copper2022» on it", on="media[0].alt", post={"media": [{}]}),
        Pass("Use three random words as your password, such as HippoPizzaRocket1."),
        Pass("Never share your PIN. Is your password Password1? Change it."),
        Pass("Meet at Gate 4 at 1930. The alarm was raised at 0430."),
        Pass("Use code BLUE20 for 20% off at our charity shop."),
        Pass("Quote log 4471 of 5 June. Collar number 4482."),
        Pass("Password: tips for staying safe online"),
        Pass("Your bank will never ask for your PIN."),
        Pass("Locker 22 had 5 kilos of cannabis in it."),
        Pass("Key safe code still set to 0000? Change it."),
    )

    def excused(self, surface: Surface, document: Document) -> bool:
        return bool(document.read(phones, surface))

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = surface.text
        found = sorted(_secrets(text))
        if not found:
            return
        patterns = _patterns()
        public = patterns.meeting.search(text) is not None and not patterns.internal.search(text)
        taken: list[tuple[int, int]] = []
        for start, end, certain in found:
            if any(start < other_end and end > other_start for other_start, other_end in taken):
                continue
            taken.append((start, end))
            meeting = public and certain and _of_meeting(text, start)
            yield self.finding(
                surface,
                surface.span(start, end),
                severity=Severity.INFO if meeting else None,
                confidence=Confidence.HIGH if certain else Confidence.MEDIUM,
                message="This is the passcode of a public online meeting." if meeting else None,
                advice="Check that the meeting is open to everybody; use a waiting room." if meeting else None,
            )


def _secrets(text: str) -> Iterator[tuple[int, int, bool]]:
    patterns = _patterns()
    for match in patterns.tokens.finditer(text):
        yield *match.span(), True
    if "://" in text or "=" in text:
        for match in _IN_ADDRESS.finditer(text):
            yield *match.span(), True
    if _FIGURE_OR_QUOTE.search(text):
        for match in patterns.named.finditer(text):
            if not _is_advice(text, match):
                yield *match.span("value"), True
    if _FIGURES.search(text):
        for match in patterns.given_away.finditer(text):
            if not _is_advice(text, match):
                yield *match.span("value"), False
        for match in patterns.loose.finditer(text):
            spelt = match["joint"].strip(" ,")
            if not _is_advice(text, match) and (spelt not in ("", "-", ":") or not _TIME.fullmatch(match["value"])):
                yield *match.span("value"), False
    for match in patterns.plain.finditer(text):
        said = match["value"].casefold().split()
        spelt = "is" not in match["joint"].split()
        ordinary = said[0] in patterns.said_of or any(word.endswith(("ed", "ing", "ly")) for word in said)
        if len(said) > 1:
            ordinary = bool(_SENTENCE_WORDS & set(said)) or (len(said) < 4 and ordinary)
        if not ordinary and (spelt or len(said) == 1) and not _is_advice(text, match):
            yield *match.span("value"), True


def _is_advice(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence warns, asks or gives an example, and does not tell a secret."""
    start, end = match.span("value")
    first = max(text.rfind(mark, max(0, start - 160), match.start()) for mark in (". ", "! ", "? ", "\n")) + 1
    before = text[max(first, start - 160, 0) : start]
    if re.match(r"[\"' ]{0,2}\?", text[end : end + 3]) or re.search(
        r"\bcode of (?:practice|conduct|ethics)\b", before, re.IGNORECASE
    ):
        return True
    return bool(_patterns().advice.search(before))


def _of_meeting(text: str, start: int) -> bool:
    return bool(
        re.search(r"pass ?(?:code|word)|\bpin\b|\bpw\b|code|meeting", text[max(0, start - 40) : start], re.IGNORECASE)
    )
